import { createHash } from 'node:crypto';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { insertRows } from './rows.ts';
import type { NewRow, Row } from './tables.ts';

/** A timeline entry worded and ready to be chained. */
export interface WordedEntry {
  readonly kind: string;
  readonly text: string;
  readonly reason?: string;
  readonly by?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Chain {
  readonly length: number;
  readonly head: string;
}

/** A value with its keys in order, so that the same content always has the same bytes (after RFC 8785). */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

interface Hashed extends WordedEntry {
  readonly incidentId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly prev: string;
}

/** SHA-256, hex, over the canonical JSON of the entry and the hash of the one before it. */
function hashOf(entry: Hashed): string {
  const { incidentId, seq, at, kind, text, reason, by, data, prev } = entry;
  const content = canonical([incidentId, seq, new Date(at).toISOString(), kind, text, reason ?? null, by ?? null, data, prev]);
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export type TimelineRow = Omit<NewRow<'timeline'>, 'data'> & Pick<WordedEntry, 'data'>;

/** Numbers and hashes entries onto an incident's chain. Pure: the rows are stored by whoever holds the incident's row. */
export function chainEntries(
  incidentId: string,
  chain: Chain,
  entries: readonly WordedEntry[],
  at: Instant,
): { readonly rows: readonly TimelineRow[]; readonly end: Chain } {
  let end = chain;
  const rows = entries.map((entry) => {
    const seq = end.length + 1;
    const prev = end.head;
    const hash = hashOf({ ...entry, incidentId, seq, at, prev });
    end = { length: seq, head: hash };
    return {
      incident_id: incidentId,
      seq,
      at: new Date(at),
      kind: entry.kind,
      text: entry.text,
      reason: entry.reason ?? null,
      by: entry.by ?? null,
      data: entry.data,
      prev,
      hash,
    };
  });
  return { rows, end };
}

export async function insertEntries(db: Db, rows: readonly TimelineRow[]): Promise<void> {
  await insertRows(db, 'timeline', rows);
}

export const chainFlaws = [
  ...(['entry-changed', 'entry-missing', 'entry-out-of-place', 'end-missing'] as const),
  ...(['picture-taken-out', 'picture-changed', 'picture-unknown'] as const),
] as const;
export type ChainVerdict =
  | { readonly intact: true; readonly entries: number; readonly head: string }
  | {
      readonly intact: false;
      readonly entries: number;
      readonly brokenAt: number;
      /** The chain itself, and, where it holds, the pictures and recordings that it tells of. */
      readonly why: (typeof chainFlaws)[number];
    };

export interface IncidentChain {
  readonly id: string;
  readonly number: number;
  readonly verdict: ChainVerdict;
}

/** Recomputes an incident's chain from the record and says where it breaks first; undefined when there is no such incident. */
export async function verifyChain(
  db: Db,
  incident: { readonly id: string } | { readonly number: number },
): Promise<IncidentChain | undefined> {
  const [found] = await inOneSnapshot(db, (trx) => {
    const incidents = incidentsOf(trx);
    return verdicts(
      trx,
      'id' in incident ? incidents.where('id', '=', incident.id) : incidents.where('number', '=', String(incident.number)),
    );
  });
  return found;
}

/** The same of the incidents with numbers above `after`, at most `limit`, in the order of their numbers. */
export async function verifyChains(db: Db, after: number, limit: number): Promise<readonly IncidentChain[]> {
  return inOneSnapshot(db, (trx) => verdicts(trx, incidentsOf(trx).where('number', '>', String(after)).orderBy('number').limit(limit)));
}

export async function countIncidents(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('incidents')
    .select((row) => row.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const incidentsOf = (db: Db) => db.selectFrom('incidents').select(['id', 'number', 'chain_length', 'chain_head']);

/** An entry that is written between the two readings would look like a chain whose end is missing. */
async function inOneSnapshot<T>(db: Db, read: (trx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? read(db) : db.transaction().setIsolationLevel('repeatable read').execute(read);
}

async function verdicts(db: Db, query: ReturnType<typeof incidentsOf>): Promise<readonly IncidentChain[]> {
  const incidents = await query.execute();
  if (incidents.length === 0) return [];
  const ids = incidents.map(({ id }) => id);
  const rows = await db.selectFrom('timeline').selectAll().where('incident_id', 'in', ids).orderBy('incident_id').orderBy('seq').execute();
  const entries = Map.groupBy(rows, (row) => row.incident_id);
  const pieces = await db.selectFrom('footage').select(['id', 'incident_id', 'sha256']).where('incident_id', 'in', ids).execute();
  const footage = Map.groupBy(pieces, (piece) => piece.incident_id);
  return incidents.map(({ id, number, chain_length: length, chain_head: head }) => ({
    id,
    number: Number(number),
    verdict: withPictures(verdictOf(id, { length, head }, entries.get(id) ?? []), entries.get(id) ?? [], footage.get(id) ?? []),
  }));
}

/** Footage whose time was over leaves its row, with its hash: a row that is gone was taken out, one that no entry names was slipped in. */
function withPictures(
  verdict: ChainVerdict,
  rows: readonly Row<'timeline'>[],
  pieces: readonly Pick<Row<'footage'>, 'id' | 'sha256'>[],
): ChainVerdict {
  if (!verdict.intact) return verdict;
  const held = new Map(pieces.map(({ id, sha256 }) => [id, sha256]));
  const named = new Set<string>();
  const { entries } = verdict;
  for (const { seq, data } of rows) {
    const id = data['footageId'];
    if (typeof id !== 'string') continue;
    const hash = held.get(id);
    if (hash === undefined) return { intact: false, entries, brokenAt: seq, why: 'picture-taken-out' };
    if (hash !== (data['sha256'] ?? hash)) return { intact: false, entries, brokenAt: seq, why: 'picture-changed' };
    named.add(id);
  }
  return held.size === named.size ? verdict : { intact: false, entries, brokenAt: entries + 1, why: 'picture-unknown' };
}

function verdictOf(incidentId: string, chain: Chain, rows: readonly Row<'timeline'>[]): ChainVerdict {
  let prev = '';
  for (const [index, row] of rows.entries()) {
    const seq = index + 1;
    if (row.seq !== seq) return { intact: false, entries: rows.length, brokenAt: seq, why: 'entry-missing' };
    const { reason, by, ...rest } = row;
    const entry = {
      ...rest,
      ...(reason === null ? {} : { reason }),
      ...(by === null ? {} : { by }),
      incidentId,
      at: row.at.getTime(),
      prev,
    };
    if (row.prev !== prev) return { intact: false, entries: rows.length, brokenAt: seq, why: 'entry-out-of-place' };
    if (hashOf(entry) !== row.hash) return { intact: false, entries: rows.length, brokenAt: seq, why: 'entry-changed' };
    prev = row.hash;
  }
  if (rows.length !== chain.length || prev !== chain.head)
    return { intact: false, entries: rows.length, brokenAt: rows.length + 1, why: 'end-missing' };
  return { intact: true, entries: rows.length, head: prev };
}
