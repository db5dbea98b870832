import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import {
  type Clock,
  type Disposition,
  type Duration,
  type Incident,
  type IncidentState,
  type Instant,
  type OpenIncident,
  type Priority,
  seconds,
} from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/** An incident with what the record alone keeps of it. */
export interface StoredIncident {
  readonly incident: Incident;
  readonly lastSignalAt: Instant;
  readonly signalCount: number;
  readonly chain: { readonly length: number; readonly head: string };
}

/** Serialises what is decided about one place, so that two keys pressed at once see each other. Held until the transaction ends. */
export async function lockPlace(db: Db, place: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(db);
}

export async function nextNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ number: string }>`select nextval('incident_number') as number`.execute(db);
  return Number(rows[0]?.number);
}

/** The incidents still open at a site or opened by a device: all that a signal could belong to. */
export async function openAround(db: Db, siteId: string | undefined, deviceId: string): Promise<readonly OpenIncident[]> {
  const rows = await db
    .selectFrom('incidents')
    .selectAll()
    .where('state', '<>', 'closed')
    .where((at) => at.or([at('device_id', '=', deviceId), ...(siteId === undefined ? [] : [at('site_id', '=', siteId)])]))
    .orderBy('opened_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => {
    const { id, number, kind, priority, silent, confirmed, exercise, siteId: site, deviceId: device, part } = toIncident(row);
    return {
      id,
      number,
      kind,
      priority,
      silent,
      confirmed,
      exercise,
      ...(site === undefined ? {} : { siteId: site }),
      ...(device === undefined ? {} : { deviceId: device }),
      ...(part === undefined ? {} : { part }),
      lastSignalAt: row.last_signal_at.getTime(),
    };
  });
}

/** What was opened by a device and is still open. */
export async function callsOpen(
  db: Db,
): Promise<readonly Pick<Incident, 'deviceId' | 'part' | 'exercise' | 'kind' | 'priority' | 'state'>[]> {
  const rows = await db.selectFrom('incidents').selectAll().where('state', '<>', 'closed').where('device_id', 'is not', null).execute();
  return rows.map(toIncident);
}

/** An incident by its own id, or by that of one of its orders. */
export type IncidentKey = { readonly incidentId: string } | { readonly orderId: string };

/** The incident's id as a part of a larger statement. */
export const incidentOf = (db: Db, key: IncidentKey) =>
  'incidentId' in key ? sql<string>`${key.incidentId}::uuid` : db.selectFrom('orders').select('incident_id').where('id', '=', key.orderId);

/**
 * The incidents of some orders, their rows locked until the transaction ends. Those that another decision holds are left out:
 * whoever waits for one while holding others could be waited for.
 */
export async function takeIncidentsOf(db: Db, orderIds: readonly string[]): Promise<readonly StoredIncident[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(incidentsOfOrders, [orderIds]));
  return (rows as Row<'incidents'>[]).map(toStored);
}
const incidentsOfOrders = `select * from incidents where id = any(array(select incident_id from orders where id = any($1::uuid[])))
  order by id for no key update skip locked`;

/** Those of some incidents whose clock has run out, the earliest first, in the same way: whoever holds one answers it, or it is still due. */
export async function takeDue(db: Db, ids: readonly string[], now: Instant): Promise<readonly StoredIncident[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(dueOf, [ids, new Date(now)]));
  return (rows as Row<'incidents'>[]).map(toStored);
}
const dueOf = `select * from incidents where id = any($1::uuid[]) and clock_due_at <= $2
  order by clock_due_at, id for no key update skip locked`;

/** Loads an incident and locks its row until the transaction ends. */
export async function takeIncident(db: Db, key: IncidentKey): Promise<StoredIncident | undefined> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', incidentOf(db, key)).forUpdate().executeTakeFirst();
  return row && toStored(row);
}

const columns = (stored: StoredIncident) => {
  const { incident } = stored;
  const date = (instant: Instant | undefined) => (instant === undefined ? null : new Date(instant));
  return {
    kind: incident.kind,
    priority: incident.priority,
    state: incident.state,
    silent: incident.silent,
    confirmed: incident.confirmed,
    last_signal_at: new Date(stored.lastSignalAt),
    acknowledged_at: date(incident.acknowledgedAt),
    acknowledged_by: incident.acknowledgedBy ?? null,
    sounded_again_at: date(incident.soundedAgainAt),
    dispatched_at: date(incident.dispatchedAt),
    arrived_at: date(incident.arrivedAt),
    closed_at: date(incident.closedAt),
    disposition: incident.disposition ?? null,
    clock_name: incident.clock?.name ?? null,
    clock_level: incident.clock?.level ?? null,
    clock_started_at: date(incident.clock?.startedAt),
    clock_due_at: date(incident.clock?.dueAt),
    holder_id: incident.holder?.accountId ?? null,
    holder_name: incident.holder?.name ?? null,
    holder_since: date(incident.holder?.since),
    procedure_id: incident.procedure?.id ?? null,
    procedure_version: incident.procedure?.version ?? null,
    procedure_binding: incident.procedure?.binding ?? false,
    signal_count: stored.signalCount,
    chain_length: stored.chain.length,
    chain_head: stored.chain.head,
  };
};

/** How an incident is told to the record, and whether its key is to hear of it. */
export interface IncidentWrite {
  readonly stored: StoredIncident;
  readonly receiptDue: boolean;
}

/** The row of an incident that is new. */
export const openedRow = ({ stored, receiptDue }: IncidentWrite) => {
  const { incident } = stored;
  return {
    id: incident.id,
    number: String(incident.number),
    exercise: incident.exercise,
    station_id: incident.stationId ?? null,
    site_id: incident.siteId ?? null,
    grid_id: incident.gridId ?? null,
    device_id: incident.deviceId ?? null,
    part: incident.part ?? null,
    location: incident.location ?? null,
    opened_at: new Date(incident.openedAt),
    receipt_due: receiptDue,
    ...columns(stored),
  };
};

/** What may have changed of one that stands in the record: only such a one can be offered, or a step of its procedure be done. */
export const changedRow = ({ stored, receiptDue }: IncidentWrite) => ({
  id: stored.incident.id,
  receipt_due: receiptDue,
  ...columns(stored),
  offer: stored.incident.offer ?? null,
  ticks: stored.incident.ticks ?? {},
});

export async function linkIncidents(db: Db, a: string, b: string, reason: string, now: Instant): Promise<void> {
  await db
    .insertInto('incident_links')
    .values({ a, b, reason, at: new Date(now) })
    .onConflict((already) => already.doNothing())
    .execute();
}

/** Incidents whose running clock has run out. */
export async function clocksDue(db: Db, now: Instant, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('incidents')
    .select('id')
    .where('clock_due_at', '<=', new Date(now))
    .orderBy('clock_due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Incidents whose key has not been told yet where they stand. */
export async function receiptsDue(db: Db, limit: number): Promise<readonly string[]> {
  const rows = await db.selectFrom('incidents').select('id').where('receipt_due', '=', true).limit(limit).execute();
  return rows.map((row) => row.id);
}

/**
 * Takes the receipts that are owed of these incidents; whoever else asks gets none of them. What comes from a key at which a
 * call under threat is open is silent with it: its lamp must not light for a test, nor for another of its inputs. One that a decision holds is
 * waited for alone: whoever waits while holding others could be waited for.
 */
export async function takeReceipts(db: Db, ids: readonly string[]): Promise<readonly Incident[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(freeReceipts, [ids]));
  const owed = rows as (ReceiptTaken & { readonly owed: string })[];
  const taken: ReceiptTaken[] = owed.filter((row) => row.id !== null);
  for (const { owed: held } of owed.filter((row) => row.id === null)) {
    taken.push(...((await db.executeQuery(CompiledQuery.raw(heldReceipt, [held]))).rows as ReceiptTaken[]));
  }
  return taken.map((row) => toIncident({ ...row, silent: row.silent || row.hushed }));
}
type ReceiptTaken = Row<'incidents'> & { readonly hushed: boolean };
const withHushed = `returning *, exists (select from incidents d where d.device_id = incidents.device_id
  and d.state <> 'closed' and d.silent and not d.exercise) as hushed`;
const owedReceipts = 'select id from incidents where id = any($1::uuid[]) and receipt_due';
/** One row for each receipt that is owed; of what a decision holds it has nothing but the id. */
const freeReceipts = `with owed as (${owedReceipts}),
  taken as (update incidents set receipt_due = false where id in (${owedReceipts} for no key update skip locked) ${withHushed})
  select owed.id as owed, taken.* from owed left join taken on taken.id = owed.id`;
const heldReceipt = `update incidents set receipt_due = false where id = $1 and receipt_due ${withHushed}`;

export async function oweReceipt(db: Db, id: string): Promise<void> {
  await db.updateTable('incidents').set({ receipt_due: true }).where('id', '=', id).execute();
}

/** A sender keeps an order to itself for so long at a time: longer than any driver may take. */
export const longestLease: Duration = seconds(15);

/**
 * Deadlines armed in what is now the future were armed by a clock that has since been set back. They are moved back with
 * it where it is known how far that was, in ms; otherwise they get their whole span from now. Called once at start.
 * Returns how many.
 */
export async function rearmAfterClockStep(db: Db, now: Instant, setBack: Duration = 0): Promise<number> {
  const at = new Date(now);
  const anew = (armedAt: RawBuilder<unknown>) =>
    setBack > 0 ? sql`${armedAt} - ${setBack} * interval '1 millisecond'` : sql`${at}::timestamptz`;
  const [started, armed] = [sql.ref('clock_started_at'), sql.ref('clock_armed_at')];
  const incidents = await sql`
    update incidents set clock_due_at = clock_due_at - ${started} + ${anew(started)}, clock_started_at = ${anew(started)}
    where clock_due_at is not null and clock_started_at > ${at}`.execute(db);
  const orders = await sql`
    update orders set clock_due_at = clock_due_at - ${armed} + ${anew(armed)}, clock_armed_at = ${anew(armed)}
    where live and clock_due_at is not null and clock_armed_at > ${at}`.execute(db);
  // Also one that was issued before and was tried again, or passed on, by the clock that ran ahead.
  await sql`update orders set send_at = ${at}, lease = null, lease_until = null where live and send_at is not null
    and (issued_at > ${at} or send_at > ${at} or lease_until > ${at}::timestamptz + ${longestLease} * interval '1 millisecond')`.execute(
    db,
  );
  await sql`update webhook_deliveries set next_at = ${at}, lease_until = null where state = 'waiting' and created_at > ${at}`.execute(db);
  return Number(incidents.numAffectedRows ?? 0) + Number(orders.numAffectedRows ?? 0);
}

function toStored(row: Row<'incidents'>): StoredIncident {
  return {
    incident: toIncident(row),
    lastSignalAt: row.last_signal_at.getTime(),
    signalCount: row.signal_count,
    chain: { length: row.chain_length, head: row.chain_head },
  };
}

/** Who has it and what was done of its procedure. */
const deskOf = (row: Row<'incidents'>): Pick<Incident, 'holder' | 'offer' | 'procedure' | 'ticks'> => ({
  ...(row.holder_id === null || row.holder_name === null || row.holder_since === null
    ? {}
    : { holder: { accountId: row.holder_id, name: row.holder_name, since: row.holder_since.getTime() } }),
  ...(row.offer === null ? {} : { offer: row.offer }),
  ...(row.procedure_id === null || row.procedure_version === null
    ? {}
    : { procedure: { id: row.procedure_id, version: row.procedure_version, binding: row.procedure_binding } }),
  ...(Object.keys(row.ticks).length === 0 ? {} : { ticks: row.ticks }),
});

export function toIncident(row: Row<'incidents'>): Incident {
  const some = <K extends string, V>(key: K, value: V | null | undefined) =>
    value === null || value === undefined ? {} : ({ [key]: value } as Record<K, V>);
  const instant = <K extends string>(key: K, value: Date | null) => some(key, value?.getTime());
  return {
    id: row.id,
    number: Number(row.number),
    kind: row.kind,
    priority: row.priority as Priority,
    state: row.state as IncidentState,
    silent: row.silent,
    confirmed: row.confirmed,
    exercise: row.exercise,
    ...some('stationId', row.station_id),
    ...some('siteId', row.site_id),
    ...some('gridId', row.grid_id),
    ...some('deviceId', row.device_id),
    ...some('part', row.part),
    ...some('location', row.location),
    openedAt: row.opened_at.getTime(),
    ...instant('acknowledgedAt', row.acknowledged_at),
    ...some('acknowledgedBy', row.acknowledged_by),
    ...instant('soundedAgainAt', row.sounded_again_at),
    ...instant('dispatchedAt', row.dispatched_at),
    ...instant('arrivedAt', row.arrived_at),
    ...instant('closedAt', row.closed_at),
    ...some('disposition', row.disposition as Disposition | null),
    ...deskOf(row),
    ...(row.clock_name === null || row.clock_started_at === null || row.clock_due_at === null
      ? {}
      : {
          clock: {
            name: row.clock_name as Clock,
            level: row.clock_level ?? 0,
            startedAt: row.clock_started_at.getTime(),
            dueAt: row.clock_due_at.getTime(),
          },
        }),
  };
}
