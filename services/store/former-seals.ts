import { sql } from 'kysely';
import { closed } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** A secret in a form of before, and where it stands. */
export type FormerSeal = { readonly id: string; readonly sealed: string } & (
  | { readonly of: 'signing-key' | 'second-factor' | 'webhook' | 'former-webhook' }
  /** One of the settings, by its name. */
  | { readonly of: 'device'; readonly name: string }
);

/** Every one in the record whose form begins so. */
export async function formerSeals(db: Db, form: string): Promise<FormerSeal[]> {
  const { rows } = await sql<FormerSeal>`
    with seals (of, id, name, sealed) as (
      select 'signing-key', kid, '', sealed from signing_keys
      union all select 'second-factor', account_id::text, '', secret from second_factors
      union all select 'webhook', id::text, '', secret from webhooks
      union all select 'former-webhook', id::text, '', former_secret from webhooks
      union all select 'device', devices.id, setting.key, setting.value->>'sealed' from devices, jsonb_each(settings) as setting)
    select * from seals where starts_with(sealed, ${form})`.execute(db);
  return rows;
}

/** Another process that starts may have been faster, and is not written over. */
export async function putSealedAnew(db: Db, seal: FormerSeal, anew: string): Promise<void> {
  const { id, sealed } = seal;
  switch (seal.of) {
    case 'signing-key':
      await db.updateTable('signing_keys').set({ sealed: anew }).where('kid', '=', id).where('sealed', '=', sealed).execute();
      return;
    case 'second-factor':
      await db.updateTable('second_factors').set({ secret: anew }).where('account_id', '=', id).where('secret', '=', sealed).execute();
      return;
    case 'webhook':
      await db.updateTable('webhooks').set({ secret: anew }).where('id', '=', id).where('secret', '=', sealed).execute();
      return;
    case 'former-webhook':
      await db.updateTable('webhooks').set({ former_secret: anew }).where('id', '=', id).where('former_secret', '=', sealed).execute();
      return;
    case 'device':
      await sql`update devices set settings = jsonb_set(settings, array[${seal.name}, 'sealed'], to_jsonb(${anew}::text))
        where id = ${id} and settings->${seal.name}->>'sealed' = ${sealed}`.execute(db);
      return;
    default:
      closed(seal);
  }
}
