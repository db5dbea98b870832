import { sql } from 'kysely';
import type { Duration, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** The ends of the chains as they stand, and how far they were noted outside the record. */

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}
export interface TimelineHead {
  readonly id: string;
  readonly number: number;
  readonly entries: number;
  readonly head: string;
}

/** Undefined while the audit trail is empty. */
export async function auditHead(db: Db): Promise<AuditHead | undefined> {
  const last = await db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return last && { seq: Number(last.seq), hash: last.hash };
}

/** Heads of the timelines that grew since `from`, of all when absent; numbers above `after`, in their order. */
export async function timelineHeads(db: Db, from: Instant | undefined, after: number, limit: number): Promise<TimelineHead[]> {
  let query = db
    .selectFrom('incidents')
    .select(['id', 'number', 'chain_length', 'chain_head'])
    .where('number', '>', String(after))
    .where('chain_length', '>', 0)
    .orderBy('number')
    .limit(limit);
  if (from !== undefined) {
    const grown = db.selectFrom('timeline').select('incident_id').where('at', '>=', new Date(from));
    query = query.where('id', 'in', grown);
  }
  const rows = await query.execute();
  return rows.map(({ id, number, chain_length, chain_head }) => ({
    id,
    number: Number(number),
    entries: chain_length,
    head: chain_head,
  }));
}

/** How far a file was written: the lines in it and the SHA-256 of the last. */
export interface Written {
  readonly lines: number;
  readonly last: string;
}

/** Undefined where nothing was ever written to a file of that path. */
export async function writtenTo(db: Db, path: string): Promise<Written | undefined> {
  return db.selectFrom('head_files').select(['lines', 'last']).where('path', '=', path).executeTakeFirst();
}

/** Takes a file for writing. @returns how far it was written; undefined while another process is at it */
export async function claimHeadFile(db: Db, path: string, holder: string, now: Instant, lease: Duration): Promise<Written | undefined> {
  const { rows } = await sql<Written>`
    insert into head_files as held (path, begun_at, holder, holder_until)
    values (${path}, ${new Date(now)}, ${holder}, ${new Date(now + lease)})
    on conflict (path) do update set holder = excluded.holder, holder_until = excluded.holder_until
      where held.holder is null or held.holder = excluded.holder or held.holder_until <= ${new Date(now)}
    returning lines, last`.execute(db);
  return rows[0];
}

export async function noteWritten(db: Db, path: string, written: Written): Promise<void> {
  await db.updateTable('head_files').set(written).where('path', '=', path).execute();
}

export async function letGoOfHeadFile(db: Db, path: string, holder: string): Promise<void> {
  await db
    .updateTable('head_files')
    .set({ holder: null, holder_until: null })
    .where('path', '=', path)
    .where('holder', '=', holder)
    .execute();
}

/** The hash of one row of the audit trail; undefined where there is none. */
export async function auditHash(db: Db, seq: number): Promise<string | undefined> {
  const row = await db.selectFrom('audit').select('hash').where('seq', '=', String(seq)).executeTakeFirst();
  return row?.hash;
}

/** The hashes of the entries that these heads name, by incident; without one where the entry is gone, without any where the incident is. */
export async function noted(db: Db, heads: readonly TimelineHead[]): Promise<ReadonlyMap<string, { readonly hash?: string }>> {
  if (heads.length === 0) return new Map();
  const ids = heads.map(({ id }) => id);
  const seqs = heads.map(({ entries }) => entries);
  const { rows } = await sql<{ id: string; hash: string | null }>`
    select i.id, t.hash from unnest(${ids}::uuid[], ${seqs}::int[]) as asked (id, seq)
    join incidents i on i.id = asked.id left join timeline t on t.incident_id = asked.id and t.seq = asked.seq`.execute(db);
  return new Map(rows.map(({ id, hash }) => [id, hash === null ? {} : { hash }]));
}

/** The number of the last entry of a timeline; 0 when it has none. */
export async function lastEntry(db: Db, incidentId: string): Promise<number> {
  const row = await db
    .selectFrom('timeline')
    .select((of) => of.fn.max('seq').as('seq'))
    .where('incident_id', '=', incidentId)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
