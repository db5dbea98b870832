import { CompiledQuery, sql } from 'kysely';
import type { Choice, Instant, OrderState, Point, Priority } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { type IncidentKey, incidentOf } from './incidents.ts';
import type { Row, Rung } from './tables.ts';

/** An order as it stands in the record. */
export interface StoredOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly unitId: string;
  readonly automatic: boolean;
  readonly kind: string;
  readonly priority: Priority;
  readonly text: string;
  readonly exercise: boolean;
  readonly state: OrderState;
  /** Which of the unit's bearers carries it, counted from 0. */
  readonly bearer: number;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly clock?: { readonly name: 'delivered' | 'accepted'; readonly dueAt: Instant };
  readonly live: boolean;
  /** How often this bearer was tried. */
  readonly attempts: number;
  readonly siteId?: string;
  readonly location?: Point;
}

export interface NewOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly unitId: string;
  readonly deviceId?: string;
  readonly cause: string;
  readonly automatic: boolean;
  readonly kind: string;
  readonly priority: Priority;
  readonly text: string;
  readonly choice: Choice;
  readonly exercise: boolean;
  readonly siteId?: string;
  readonly location?: Point;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly deliveredBy: Instant;
  /** Set where the process that writes the order sends it as well: nobody else takes it until then. */
  readonly lease?: { readonly token: string; readonly until: Instant };
}

/** A new order as the record will give it back. */
export function asStored(order: NewOrder): StoredOrder {
  const { id, incidentId, unitId, automatic, kind, priority, text, exercise, siteId, location, issuedAt, expiresAt, deliveredBy } = order;
  return {
    ...{ id, incidentId, unitId, automatic, kind, priority, text, exercise, issuedAt, expiresAt },
    state: 'queued',
    bearer: 0,
    clock: { name: 'delivered', dueAt: deliveredBy },
    live: true,
    attempts: order.lease === undefined ? 0 : 1,
    ...(siteId === undefined ? {} : { siteId }),
    ...(location === undefined ? {} : { location }),
  };
}

/** The row of an order. It is given once for each cause: a second one of the same cause fails the decision that would give it. */
export const newOrderRow = (order: NewOrder) => ({
  id: order.id,
  incident_id: order.incidentId,
  unit_id: order.unitId,
  device_id: order.deviceId ?? null,
  cause: order.cause,
  automatic: order.automatic,
  kind: order.kind,
  priority: order.priority,
  text: order.text,
  reason: order.choice.reason,
  choice: order.choice,
  exercise: order.exercise,
  site_id: order.siteId ?? null,
  location: order.location ?? null,
  state: 'queued',
  issued_at: new Date(order.issuedAt),
  expires_at: new Date(order.expiresAt),
  clock_name: 'delivered',
  clock_armed_at: new Date(order.issuedAt),
  clock_due_at: new Date(order.deliveredBy),
  send_at: new Date(order.issuedAt),
  rungs: [{ state: 'queued', at: new Date(order.issuedAt).toISOString() } satisfies Rung],
  bearer: 0,
  attempts: order.lease === undefined ? 0 : 1,
  lease: order.lease?.token ?? null,
  lease_until: order.lease === undefined ? null : new Date(order.lease.until),
  live: true,
});

/** All orders of the incidents that some orders belong to. */
export async function ordersBeside(db: Db, orderIds: readonly string[]): Promise<readonly StoredOrder[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(besideOrders, [orderIds]));
  return (rows as Row<'orders'>[]).map(toOrder);
}
/** Those of one moment as they were chosen: the nearest first. */
export const asGiven = "issued_at, (choice->>'distance')::float8 nulls last, id";
const besideOrders = `select * from orders where incident_id = any(array(select incident_id from orders where id = any($1::uuid[])))
  order by ${asGiven}`;

/** The orders of some incidents. */
export async function ordersUnder(db: Db, incidentIds: readonly string[]): Promise<readonly StoredOrder[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(underIncidents, [incidentIds]));
  return (rows as Row<'orders'>[]).map(toOrder);
}
const underIncidents = `select * from orders where incident_id = any($1::uuid[]) order by ${asGiven}`;

export async function ordersOf(db: Db, of: IncidentKey): Promise<readonly StoredOrder[]> {
  const rows = await db.selectFrom('orders').selectAll().where('incident_id', '=', incidentOf(db, of)).orderBy(sql.raw(asGiven)).execute();
  return rows.map(toOrder);
}

/** For each unit that still holds an order of an open incident, the number of that incident. */
export async function engagedUnits(db: Db, unitIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (unitIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; number: string }>`
    select u.id, held.number from unnest(${unitIds}::text[]) as u(id)
    cross join lateral (
      select i.number from orders o join incidents i on i.id = o.incident_id where o.unit_id = u.id and o.live limit 1) held`.execute(db);
  return new Map(rows.map((row) => [row.id, Number(row.number)]));
}

const ended: ReadonlySet<OrderState> = new Set(['declined', 'failed', 'expired', 'cancelled']);

/** Whether an order in this state may still come to something. */
export const lives = (state: OrderState): boolean => !ended.has(state);

export async function disarmOrder(db: Db, id: string): Promise<void> {
  await db.updateTable('orders').set({ clock_name: null, clock_armed_at: null, clock_due_at: null }).where('id', '=', id).execute();
}

/** Gives the order to the unit's next bearer and starts the delivery clock anew. */
export async function passToNextBearer(db: Db, id: string, deviceId: string | undefined, dueAt: Instant, now: Instant): Promise<void> {
  await db
    .updateTable('orders')
    .set({
      bearer: sql`bearer + 1`,
      device_id: deviceId ?? null,
      send_at: new Date(now),
      lease: null,
      lease_until: null,
      attempts: 0,
      clock_name: 'delivered',
      clock_armed_at: new Date(now),
      clock_due_at: new Date(dueAt),
    })
    .where('id', '=', id)
    .execute();
}

/** Officers of a closed incident are free again. */
export async function releaseOrders(db: Db, incidentId: string): Promise<void> {
  await db
    .updateTable('orders')
    .set({ live: false, send_at: null, clock_name: null, clock_armed_at: null, clock_due_at: null })
    .where('incident_id', '=', incidentId)
    .where('live', '=', true)
    .execute();
}

/** Orders of which a clock, or the time they are good for, has run out. */
export async function orderClocksDue(db: Db, now: Instant, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from orders where live and state in ('queued', 'sent', 'delivered', 'read')
      and least(clock_due_at, expires_at) <= ${new Date(now)} order by least(clock_due_at, expires_at) limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

export function toOrder(row: Row<'orders'>): StoredOrder {
  return {
    id: row.id,
    incidentId: row.incident_id,
    unitId: row.unit_id,
    automatic: row.automatic,
    kind: row.kind,
    priority: row.priority as Priority,
    text: row.text,
    exercise: row.exercise,
    state: row.state as OrderState,
    bearer: row.bearer,
    issuedAt: row.issued_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    ...(row.clock_name === null || row.clock_due_at === null
      ? {}
      : { clock: { name: row.clock_name as 'delivered' | 'accepted', dueAt: row.clock_due_at.getTime() } }),
    live: row.live,
    attempts: row.attempts,
    ...(row.site_id === null ? {} : { siteId: row.site_id }),
    ...(row.location === null ? {} : { location: row.location }),
  };
}
