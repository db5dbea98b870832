import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** What came of the incidents of a time, counted by the record: how soon, where, and how many for nothing. */

export interface IncidentSpan {
  readonly from: Instant;
  /** Not included. */
  readonly to: Instant;
  readonly stationId?: string | undefined;
  /** Exercises in place of what was meant. */
  readonly exercise: boolean;
}

/** How long it took from the opening, seconds, of as many incidents as came so far. */
export interface Spread {
  readonly count: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly longest: number | null;
}
export interface ResponseTimes {
  readonly incidents: number;
  readonly acknowledged: Spread;
  readonly dispatched: Spread;
  readonly arrived: Spread;
}

const during = ({ from, to, stationId, exercise }: IncidentSpan) => sql`
  opened_at >= ${new Date(from)} and opened_at < ${new Date(to)} and exercise = ${exercise}
  ${stationId === undefined ? sql`` : sql`and station_id = ${stationId}`}`;

/** What turned out to be nothing says neither how quick a station is nor where its hot spots are. */
const meant = sql`disposition is distinct from 'test' and disposition is distinct from 'duplicate'`;

const spread = (step: string) => {
  const took = sql`extract(epoch from ${sql.ref(step)} - opened_at)::float8`;
  const at = (share: number) => sql`percentile_disc(${sql.lit(share)}) within group (order by ${took})`;
  return sql`json_build_object('count', count(${sql.ref(step)})::int, 'p50', ${at(0.5)}, 'p90', ${at(0.9)}, 'longest', max(${took}))`;
};

/** @returns a row for each station that had one, and one for all, which has no station and `whole` */
export async function responseTimes(
  db: Db,
  span: IncidentSpan,
): Promise<readonly (ResponseTimes & { readonly stationId: string | null; readonly whole: boolean })[]> {
  const { rows } = await sql<ResponseTimes & { stationId: string | null; whole: boolean }>`
    select station_id as "stationId", grouping(station_id) = 1 as whole, count(*)::int as incidents,
      ${spread('acknowledged_at')} as acknowledged, ${spread('dispatched_at')} as dispatched, ${spread('arrived_at')} as arrived
    from incidents where ${during(span)} and ${meant} group by rollup(station_id) order by whole, station_id`.execute(db);
  return rows;
}

export interface HotSpot {
  readonly id: string;
  readonly incidents: number;
  /** Of the time before, of the same length. */
  readonly before: number;
}
export interface HotSpots {
  readonly sites: readonly HotSpot[];
  readonly grids: readonly HotSpot[];
  /** Day of the week from 1, Monday, and hour from 0, by the wall clock of the station. */
  readonly hours: readonly { readonly weekday: number; readonly hour: number; readonly incidents: number }[];
}

const mostSpots = 50;

export async function hotSpots(db: Db, span: IncidentSpan, zone: string): Promise<HotSpots> {
  const both = { ...span, from: span.from - (span.to - span.from) };
  const real = sql`${meant} and disposition is distinct from 'false'`;
  const spots = async (column: 'site_id' | 'grid_id'): Promise<readonly HotSpot[]> => {
    const id = sql.ref(column);
    const now = sql`count(*) filter (where opened_at >= ${new Date(span.from)})::int`;
    const { rows } = await sql<HotSpot>`
      select ${id} as id, ${now} as incidents, count(*) filter (where opened_at < ${new Date(span.from)})::int as before
      from incidents where ${during(both)} and ${real} and ${id} is not null
      group by ${id} having ${now} > 0 order by incidents desc, before, id limit ${mostSpots}`.execute(db);
    return rows;
  };
  const wall = sql`opened_at at time zone ${zone}`;
  const hours = sql<HotSpots['hours'][number]>`
    select extract(isodow from ${wall})::int as weekday, extract(hour from ${wall})::int as hour, count(*)::int as incidents
    from incidents where ${during(span)} and ${real} group by 1, 2 order by 1, 2`.execute(db);
  const [sites, grids, { rows }] = await Promise.all([spots('site_id'), spots('grid_id'), hours]);
  return { sites, grids, hours: rows };
}

export interface FalseAlarms {
  readonly closed: number;
  readonly genuine: number;
  readonly false: number;
  readonly test: number;
  readonly duplicate: number;
  readonly nonPolice: number;
}

const mostDevices = 500;

/** @returns what the closed incidents of each device turned out to be, the most false ones first; one row without a device is of all */
export async function falseAlarms(
  db: Db,
  span: IncidentSpan,
): Promise<{ readonly total: FalseAlarms; readonly devices: readonly (FalseAlarms & { readonly deviceId: string })[] }> {
  const of = (disposition: string) => sql`count(*) filter (where disposition = ${disposition})::int`;
  const counts = sql`count(*)::int as closed, ${of('genuine')} as genuine, ${of('false')} as "false", ${of('test')} as test,
    ${of('duplicate')} as duplicate, ${of('non-police')} as "nonPolice"`;
  const closed = sql`from incidents where ${during(span)} and state = 'closed'`;
  const [total, devices] = await Promise.all([
    sql<FalseAlarms>`select ${counts} ${closed}`.execute(db),
    sql<FalseAlarms & { deviceId: string }>`
      select device_id as "deviceId", ${counts} ${closed} and device_id is not null
      group by device_id order by "false" desc, closed desc, device_id limit ${mostDevices}`.execute(db),
  ]);
  return { total: total.rows[0] ?? { closed: 0, genuine: 0, false: 0, test: 0, duplicate: 0, nonPolice: 0 }, devices: devices.rows };
}
