import { sql } from 'kysely';
import type { DeviceKind } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** A secret among the settings of a device, as it is stored. */
export const isSealed = (value: unknown): value is { readonly sealed: string } =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';

/** A device whose settings have text under a name that some driver calls secret. */
export interface PlainDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly driver: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** In the order of ids, after `after`. */
export async function plainSecrets(db: Db, names: readonly string[], after: string, limit: number): Promise<PlainDevice[]> {
  const { rows } = await sql<PlainDevice>`select id, kind, driver, settings from devices where id > ${after} and exists (
    select from jsonb_each(settings) as setting where setting.key = any(${names}) and jsonb_typeof(setting.value) = 'string')
    order by id limit ${limit}`.execute(db);
  return rows;
}

/** Whoever changed the device meanwhile has sealed it, and is not written over. */
export async function putSealed(db: Db, { id, settings }: PlainDevice, sealed: Readonly<Record<string, unknown>>): Promise<void> {
  await sql`update devices set settings = ${JSON.stringify(sealed)}::jsonb
    where id = ${id} and settings = ${JSON.stringify(settings)}::jsonb`.execute(db);
}
