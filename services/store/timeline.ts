import { createHash } from 'node:crypto';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { NewRow } from './tables.ts';

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
function canonical(value: unknown): unknown {
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

export type TimelineRow = NewRow<'timeline'>;

/** Numbers and hashes entries onto an incident's chain. Pure: the rows are stored by whoever holds the incident's row. */
export function chainEntries(incidentId: string, chain: Chain, entries: readonly WordedEntry[], at: Instant): { readonly rows: readonly TimelineRow[]; readonly end: Chain } {
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
      data: JSON.stringify(entry.data),
      prev,
      hash,
    };
  });
  return { rows, end };
}

export async function insertEntries(db: Db, rows: readonly TimelineRow[]): Promise<void> {
  if (rows.length > 0) await db.insertInto('timeline').values([...rows]).execute();
}

export type ChainVerdict =
  | { readonly intact: true; readonly entries: number; readonly head: string }
  | { readonly intact: false; readonly entries: number; readonly brokenAt: number; readonly why: 'entry-changed' | 'entry-missing' | 'end-missing' };

/** Recomputes an incident's chain from the record and says where it breaks first; undefined when there is no such incident. */
export async function verifyChain(db: Db, incidentId: string): Promise<ChainVerdict | undefined> {
  // One statement: read apart, an entry written in between would look like one that somebody added.
  const rows = await db
    .selectFrom('timeline')
    .innerJoin('incidents', 'incidents.id', 'timeline.incident_id')
    .selectAll('timeline')
    .select(['incidents.chain_length', 'incidents.chain_head'])
    .where('timeline.incident_id', '=', incidentId)
    .orderBy('timeline.seq')
    .execute();
  const [first] = rows;
  if (!first) {
    const incident = await db.selectFrom('incidents').select('id').where('id', '=', incidentId).executeTakeFirst();
    return incident && { intact: false, entries: 0, brokenAt: 1, why: 'end-missing' };
  }
  let prev = '';
  for (const [index, row] of rows.entries()) {
    const seq = index + 1;
    if (row.seq !== seq) return { intact: false, entries: rows.length, brokenAt: seq, why: 'entry-missing' };
    const { reason, by, kind, text, data } = row;
    const entry = { kind, text, data, ...(reason === null ? {} : { reason }), ...(by === null ? {} : { by }), seq, incidentId, at: row.at.getTime(), prev };
    if (row.prev !== prev || hashOf(entry) !== row.hash) return { intact: false, entries: rows.length, brokenAt: seq, why: 'entry-changed' };
    prev = row.hash;
  }
  if (rows.length !== first.chain_length || prev !== first.chain_head) {
    return { intact: false, entries: rows.length, brokenAt: rows.length + 1, why: 'end-missing' };
  }
  return { intact: true, entries: rows.length, head: prev };
}
