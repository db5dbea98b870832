import { sql } from 'kysely';
import { type Disposition, type IncidentState, type Instant, type OrderState, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { toIncident } from './incidents.ts';
import { asGiven } from './orders.ts';
import type { Row } from './tables.ts';

/** Incidents and orders as people and programs read them: camelCase, absent instead of null, instants RFC 3339. */

type Some<K extends string, V> = { readonly [P in K]?: V };
const some = <K extends string, V>(key: K, value: V | null): Some<K, V> => (value === null ? {} : { [key]: value }) as Some<K, V>;
const when = <K extends string>(key: K, value: Date | null): Some<K, string> => some(key, value && rfc3339(value.getTime()));
const iso = (value: Date): string => rfc3339(value.getTime());

export type IncidentView = ReturnType<typeof incidentView>;
export type SignalView = ReturnType<typeof signalView>;
export type OrderView = ReturnType<typeof orderView>;
export type EntryView = ReturnType<typeof entryView>;
export interface RelatedView {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly state: IncidentState;
  readonly reason: string;
}

export interface IncidentFilter {
  readonly ids?: readonly string[];
  readonly states?: readonly string[];
  readonly stationId?: string;
  readonly siteId?: string;
  readonly number?: number;
  /** Opened then or later. */
  readonly since?: Instant;
  /** Opened before then. */
  readonly until?: Instant;
  /** The incident after which the page starts. */
  readonly after?: { readonly openedAt: string; readonly id: string };
  readonly limit: number;
}

/** Incidents, newest first. */
export async function listIncidents(
  db: Db,
  { ids, states, stationId, siteId, number, since, until, after, limit }: IncidentFilter,
): Promise<IncidentView[]> {
  let query = db.selectFrom('incidents').selectAll().orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (ids !== undefined) query = query.where('id', 'in', ids);
  if (states !== undefined) query = query.where('state', 'in', states);
  if (stationId !== undefined) query = query.where('station_id', '=', stationId);
  if (siteId !== undefined) query = query.where('site_id', '=', siteId);
  if (number !== undefined) query = query.where('number', '=', String(number));
  if (since !== undefined) query = query.where('opened_at', '>=', new Date(since));
  if (until !== undefined) query = query.where('opened_at', '<', new Date(until));
  if (after !== undefined) query = query.where(sql<boolean>`(opened_at, id) < (${after.openedAt}::timestamptz, ${after.id}::uuid)`);
  return (await query.execute()).map(incidentView);
}

/** How many orders of each incident stand on which rung. */
export async function orderStatesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
  const { rows } = await sql<{ id: string; state: string; count: string }>`
    select incident_id as id, state, count(*) as count from orders where incident_id = any(${ids}::uuid[]) group by incident_id, state`.execute(
    db,
  );
  const states = new Map<string, Record<string, number>>();
  for (const { id, state, count } of rows) states.set(id, { ...states.get(id), [state]: Number(count) });
  return states;
}

export async function findIncident(db: Db, id: string): Promise<IncidentView | undefined> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  return row && incidentView(row);
}

/** More signals than a page can show are counted in signalCount; the newest are the ones listed. */
const mostSignals = 500;

export interface IncidentParts {
  readonly signals: SignalView[];
  readonly orders: OrderView[];
  readonly related: RelatedView[];
  readonly timeline: EntryView[];
}

/** What belongs to an incident, each list oldest first. */
export async function partsOfIncident(db: Db, id: string): Promise<IncidentParts> {
  const [signals, orders, related, timeline] = await Promise.all([
    db.selectFrom('signals').selectAll().where('incident_id', '=', id).orderBy('id', 'desc').limit(mostSignals).execute(),
    db.selectFrom('orders').selectAll().where('incident_id', '=', id).orderBy(sql.raw(asGiven)).execute(),
    relatedTo(db, id),
    db.selectFrom('timeline').selectAll().where('incident_id', '=', id).orderBy('seq').execute(),
  ]);
  return { signals: signals.reverse().map(signalView), orders: orders.map(orderView), related, timeline: timeline.map(entryView) };
}

export async function relatedTo(db: Db, id: string): Promise<RelatedView[]> {
  const rows = await db
    .selectFrom('incident_links')
    .innerJoin('incidents', (join) => join.on(sql<boolean>`incidents.id = case when a = ${id}::uuid then b else a end`))
    .select(['incidents.id', 'number', 'kind', 'state', 'reason'])
    .where((is) => is.or([is('a', '=', id), is('b', '=', id)]))
    .orderBy('number')
    .execute();
  const once = new Map(rows.map((row) => [row.id, { ...row, number: Number(row.number), state: row.state as IncidentState }]));
  return [...once.values()];
}

export interface OrderFilter {
  readonly incidentId?: string;
  readonly states?: readonly string[];
  readonly unitId?: string;
  /** The order after which the page starts. */
  readonly after?: string;
  readonly limit: number;
}

/** Orders, newest first. */
export async function listOrders(db: Db, { incidentId, states, unitId, after, limit }: OrderFilter): Promise<OrderView[]> {
  let query = db.selectFrom('orders').selectAll().orderBy('id', 'desc').limit(limit);
  if (incidentId !== undefined) query = query.where('incident_id', '=', incidentId);
  if (states !== undefined) query = query.where('state', 'in', states);
  if (unitId !== undefined) query = query.where('unit_id', '=', unitId);
  if (after !== undefined) query = query.where('id', '<', after);
  return (await query.execute()).map(orderView);
}

export async function findOrder(db: Db, id: string): Promise<OrderView | undefined> {
  const row = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
  return row && orderView(row);
}

const incidentView = (row: Row<'incidents'>) => ({
  id: row.id,
  number: Number(row.number),
  kind: row.kind,
  priority: row.priority,
  state: row.state as IncidentState,
  silent: row.silent,
  confirmed: row.confirmed,
  exercise: row.exercise,
  ...some('stationId', row.station_id),
  ...some('siteId', row.site_id),
  ...some('gridId', row.grid_id),
  ...some('deviceId', row.device_id),
  ...some('location', row.location),
  openedAt: iso(row.opened_at),
  lastSignalAt: iso(row.last_signal_at),
  ...when('acknowledgedAt', row.acknowledged_at),
  ...some('acknowledgedBy', row.acknowledged_by),
  ...when('soundedAgainAt', row.sounded_again_at),
  ...when('dispatchedAt', row.dispatched_at),
  ...when('arrivedAt', row.arrived_at),
  ...when('closedAt', row.closed_at),
  ...some('disposition', row.disposition as Disposition | null),
  ...clockOf(row),
  ...deskOf(row),
  signalCount: row.signal_count,
});

/** Who has it, to whom it was offered, and by which procedure it goes. */
const deskOf = (row: Row<'incidents'>) => {
  const { holder, offer, procedure, ticks = {} } = toIncident(row);
  return {
    ...(holder && { holder: { ...holder, since: rfc3339(holder.since) } }),
    ...(offer && { offer: { ...offer, at: rfc3339(offer.at) } }),
    ...(procedure && { procedure }),
    ticks,
  };
};

const clockOf = ({ clock_name, clock_level, clock_due_at }: Row<'incidents'>) =>
  clock_name === null || clock_due_at === null ? {} : { deadline: iso(clock_due_at), clock: { name: clock_name, level: clock_level ?? 0 } };

const signalView = (row: Row<'signals'>) => ({
  id: row.id,
  deviceId: row.device_id,
  deviceKind: row.device_kind,
  type: row.type,
  ...some('grade', row.grade),
  active: row.active,
  ...some('eventId', row.event_id),
  at: iso(row.at),
  receivedAt: iso(row.received_at),
  lastAt: iso(row.last_at),
  count: row.count,
  exercise: row.exercise,
  data: row.data,
  ...some('incidentId', row.incident_id),
});

const orderView = (row: Row<'orders'>) => ({
  id: row.id,
  incidentId: row.incident_id,
  unitId: row.unit_id,
  state: row.state as OrderState,
  kind: row.kind,
  priority: row.priority,
  text: row.text,
  automatic: row.automatic,
  reason: row.reason,
  choice: row.choice,
  exercise: row.exercise,
  ...some('deviceId', row.device_id),
  issuedAt: iso(row.issued_at),
  expiresAt: iso(row.expires_at),
  ...(row.clock_name === null || row.clock_due_at === null ? {} : { deadline: iso(row.clock_due_at), clock: { name: row.clock_name } }),
  rungs: row.rungs,
});

const entryView = (row: Row<'timeline'>) => ({
  seq: row.seq,
  at: iso(row.at),
  kind: row.kind,
  text: row.text,
  ...some('reason', row.reason),
  ...some('by', row.by),
  data: row.data,
  hash: row.hash,
});
