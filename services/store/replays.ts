import { sql } from 'kysely';
import type { Choice, EntryKind, Incident, Instant, KeptEntry, KeptOrder, Signal, SignalType } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { toIncident } from './incidents.ts';
import { toSignal } from './signals.ts';

/** What the record keeps of incidents, read to be lived through again. Nothing here writes. */

export interface KeptIncident {
  readonly incident: Incident;
  /** That opened it; absent where an operator did. */
  readonly signal?: Signal;
  readonly entries: readonly KeptEntry[];
  readonly orders: readonly KeptOrder[];
}

/** The entries that moved an incident, or that people made. What only tells of a camera or a loudspeaker is left out. */
const moving: readonly EntryKind[] = ['opened', 'raised', 'confirmed', 'acknowledged', 'ordered', 'order', 'closed', 'escalated'];

/** The newest incidents opened since then, at most `limit`, newest first. */
export async function keptIncidents(db: Db, since: Instant, limit: number): Promise<readonly KeptIncident[]> {
  return readOnly(db, async (trx) => {
    const rows = await trx
      .selectFrom('incidents')
      .selectAll()
      .where('opened_at', '>=', new Date(since))
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    const [entries, orders, signals] = [await entriesOf(trx, ids), await ordersOf(trx, ids), await openersOf(trx, ids)];
    return rows.map((row) => {
      const signal = signals.get(row.id);
      return { incident: toIncident(row), ...(signal && { signal }), entries: entries.get(row.id) ?? [], orders: orders.get(row.id) ?? [] };
    });
  });
}

/** One view of the record, in which nothing could be written by mistake either. */
const readOnly = <T>(db: Db, read: (trx: Db) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);

async function entriesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly KeptEntry[]>> {
  const rows = await db
    .selectFrom('timeline')
    .select(['incident_id', 'at', 'kind', 'reason', 'by', 'data'])
    .where('incident_id', 'in', ids)
    .where('kind', 'in', moving)
    .orderBy('incident_id')
    .orderBy('seq')
    .execute();
  const kept = rows.map(({ incident_id: id, at, kind, reason, by, data }) => ({
    id,
    entry: { at: at.getTime(), kind, ...(reason === null ? {} : { reason }), ...(by === null ? {} : { by }), data },
  }));
  return grouped(kept, ({ entry }) => entry);
}

async function ordersOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly KeptOrder[]>> {
  const rows = await db
    .selectFrom('orders')
    .select(['incident_id', 'unit_id', 'choice', 'issued_at', 'rungs'])
    .where('incident_id', 'in', ids)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
  const kept = rows.map(({ incident_id: id, unit_id: unitId, choice, issued_at: issuedAt, rungs }) => ({
    id,
    order: {
      choice: { ...choice, unitId } as Choice,
      issuedAt: issuedAt.getTime(),
      rungs: rungs.map(({ state, at }) => ({ state, at: Date.parse(at) })),
    },
  }));
  return grouped(kept, ({ order }) => order);
}

function grouped<R extends { readonly id: string }, T>(rows: readonly R[], of: (row: R) => T): ReadonlyMap<string, readonly T[]> {
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, group]) => [id, group.map(of)]));
}

/** The first signal of each incident that came from the device which opened it. */
async function openersOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Signal>> {
  const rows = await db
    .selectFrom('signals')
    .innerJoin('incidents', (join) =>
      join.onRef('incidents.id', '=', 'signals.incident_id').onRef('incidents.device_id', '=', 'signals.device_id'),
    )
    .distinctOn('signals.incident_id')
    .selectAll('signals')
    .where('signals.incident_id', 'in', ids)
    .orderBy('signals.incident_id')
    .orderBy('signals.received_at')
    .orderBy('signals.id')
    .execute();
  return new Map(rows.flatMap((row) => (row.incident_id === null ? [] : [[row.incident_id, toSignal(row)]])));
}

/** Signals of these types since then that belong to no incident, newest first, at most `limit`. */
export async function looseSignals(db: Db, types: readonly SignalType[], since: Instant, limit: number): Promise<readonly Signal[]> {
  return readOnly(db, async (trx) => {
    const rows = await trx
      .selectFrom('signals')
      .selectAll()
      .where('type', 'in', types)
      .where('received_at', '>=', new Date(since))
      .where(sql<boolean>`incident_id is null`)
      .orderBy('received_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toSignal);
  });
}
