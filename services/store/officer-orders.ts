import { type IncidentState, type Instant, type OrderState, type Point, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Rung } from './tables.ts';

/** Orders as the officers of one unit see them: their own and no others. */

export interface HeldOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly incidentNumber: number;
  readonly incidentState: IncidentState;
  readonly silent: boolean;
  readonly state: OrderState;
  readonly kind: string;
  readonly priority: number;
  readonly text: string;
  readonly exercise: boolean;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly rungs: readonly Rung[];
  readonly siteId?: string;
  readonly location?: Point;
}

const mostOrders = 50;
const iso = (at: Date): string => rfc3339(at.getTime());

/** What the unit is asked to do or is doing, most urgent and newest first. */
export async function heldOrders(db: Db, unitId: string): Promise<readonly HeldOrder[]> {
  const rows = await db
    .selectFrom('orders as o')
    .innerJoin('incidents as i', 'i.id', 'o.incident_id')
    .selectAll('o')
    .select(['i.number', 'i.state as incident_state', 'i.silent'])
    .where('o.unit_id', '=', unitId)
    .where('o.live', '=', true)
    .orderBy('o.priority')
    .orderBy('o.id', 'desc')
    .limit(mostOrders)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    incidentId: row.incident_id,
    incidentNumber: Number(row.number),
    incidentState: row.incident_state as IncidentState,
    silent: row.silent,
    state: row.state as OrderState,
    kind: row.kind,
    priority: row.priority,
    text: row.text,
    exercise: row.exercise,
    issuedAt: iso(row.issued_at),
    expiresAt: iso(row.expires_at),
    rungs: row.rungs,
    ...(row.site_id === null ? {} : { siteId: row.site_id }),
    ...(row.location === null ? {} : { location: row.location }),
  }));
}

export interface EndedOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly incidentNumber: number;
  readonly state: OrderState;
  readonly kind: string;
  readonly text: string;
  readonly issuedAt: string;
}

/** What was asked of the unit since then and is over, newest first. */
export async function endedOrders(db: Db, unitId: string, since: Instant): Promise<readonly EndedOrder[]> {
  const rows = await db
    .selectFrom('orders as o')
    .innerJoin('incidents as i', 'i.id', 'o.incident_id')
    .select(['o.id', 'o.incident_id', 'i.number', 'o.state', 'o.kind', 'o.text', 'o.issued_at'])
    .where('o.unit_id', '=', unitId)
    .where('o.live', '=', false)
    .where('o.issued_at', '>=', new Date(since))
    .orderBy('o.issued_at', 'desc')
    .limit(mostOrders)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    incidentId: row.incident_id,
    incidentNumber: Number(row.number),
    state: row.state as OrderState,
    kind: row.kind,
    text: row.text,
    issuedAt: iso(row.issued_at),
  }));
}

export interface AroundOrders {
  /** The cameras of each incident, best first. */
  readonly cameras: readonly { readonly incidentId: string; readonly cameraId: string }[];
  /** Who else is sent there, each once and as the newest order stands. */
  readonly others: readonly { readonly incidentId: string; readonly unitId: string; readonly state: OrderState }[];
}

export async function aroundOrders(db: Db, incidentIds: readonly string[], unitId: string): Promise<AroundOrders> {
  if (incidentIds.length === 0) return { cameras: [], others: [] };
  const [cameras, others] = await Promise.all([
    db
      .selectFrom('incident_cameras')
      .select(['incident_id', 'camera_id'])
      .where('incident_id', 'in', incidentIds)
      .orderBy('place')
      .execute(),
    db
      .selectFrom('orders')
      .select(['incident_id', 'unit_id', 'state'])
      .where('incident_id', 'in', incidentIds)
      .where('unit_id', '<>', unitId)
      .where('live', '=', true)
      .distinctOn(['incident_id', 'unit_id'])
      .orderBy('incident_id')
      .orderBy('unit_id')
      .orderBy('id', 'desc')
      .execute(),
  ]);
  return {
    cameras: cameras.map((row) => ({ incidentId: row.incident_id, cameraId: row.camera_id })),
    others: others.map((row) => ({ incidentId: row.incident_id, unitId: row.unit_id, state: row.state as OrderState })),
  };
}

/** Whose order it is; undefined when there is none of that id. */
export async function unitOfOrder(db: Db, orderId: string): Promise<string | undefined> {
  const row = await db.selectFrom('orders').select('unit_id').where('id', '=', orderId).executeTakeFirst();
  return row?.unit_id;
}

/** Whether the unit is sent to an incident that this camera was called up for. */
export async function isSentWhere(db: Db, unitId: string, cameraId: string): Promise<boolean> {
  const row = await db
    .selectFrom('orders as o')
    .innerJoin('incident_cameras as c', 'c.incident_id', 'o.incident_id')
    .select('o.id')
    .where('o.unit_id', '=', unitId)
    .where('o.live', '=', true)
    .where('c.camera_id', '=', cameraId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
