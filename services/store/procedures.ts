import { sql } from 'kysely';
import type { Instant, Procedure } from '../alarm/index.ts';
import { audit } from './audit.ts';
import type { Db } from './connect.ts';
import { insertRows } from './rows.ts';
import type { Row } from './tables.ts';

/** The procedures of the station, and what they said when an incident began. */

export const toProcedure = (
  row: Pick<Row<'procedure_versions'>, 'id' | 'version' | 'title' | 'kinds' | 'site_kinds' | 'steps'>,
): Procedure => ({
  id: row.id,
  version: row.version,
  title: row.title,
  kinds: row.kinds,
  siteKinds: row.site_kinds,
  steps: row.steps,
});

/** What a procedure said in one of its versions, also of one that was removed since. */
export async function procedureVersion(
  db: Db,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Procedure | undefined> {
  const row = await db.selectFrom('procedure_versions').selectAll().where('id', '=', id).where('version', '=', version).executeTakeFirst();
  return row && toProcedure(row);
}

/** The number of the version that is written next; versions of one that was removed stay, and are not used twice. */
export async function nextVersion(db: Db, id: string): Promise<number> {
  const row = await db
    .selectFrom('procedure_versions')
    .select((all) => all.fn.max('version').as('last'))
    .where('id', '=', id)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/** Keeps what the procedure says now for the incidents that begin with it. */
export async function keepVersion(db: Db, id: string, at: Date): Promise<void> {
  await sql`insert into procedure_versions (id, version, title, kinds, site_kinds, steps, at)
    select id, version, title, kinds, site_kinds, steps, ${at} from procedures where id = ${id}`.execute(db);
}

/** Writes the product's own procedures where the record never had one of that name: one that was removed stays away. */
export async function seedProcedures(db: Db, procedures: readonly Omit<Procedure, 'version'>[], now: Instant): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('register', 0))`.execute(trx);
    const known = new Set((await trx.selectFrom('procedure_versions').select('id').distinct().execute()).map(({ id }) => id));
    const fresh = procedures.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    const at = new Date(now);
    const rows = fresh.map(({ id, title, kinds, siteKinds, steps }) => ({ id, version: 1, title, kinds, site_kinds: siteKinds, steps }));
    await insertRows(
      trx,
      'procedures',
      rows.map((row) => ({ ...row, created_at: at, updated_at: at })),
    );
    await insertRows(
      trx,
      'procedure_versions',
      rows.map((row) => ({ ...row, at })),
    );
    const ids = fresh.map(({ id }) => id);
    await audit(trx, { at: now, by: 'Baiying', act: 'procedures.shipped', subject: 'procedures:all', data: { ids } });
  });
}
