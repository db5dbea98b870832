import { type RawBuilder, sql } from 'kysely';
import type { DeviceKind, Duration, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** How devices are and when each last proved that it works, many at once. */

export interface LastTest {
  readonly id: string;
  readonly at: Instant;
  readonly passed: boolean;
  readonly by: string;
}

export interface DeviceState {
  readonly state: 'online' | 'offline' | 'unknown';
  readonly lastSeenAt?: Instant;
  /** Percent, as it last told it. */
  readonly battery?: number;
  /** Last press or test button of a key, or last passed walk test. */
  readonly provenAt?: Instant;
  readonly lastTest?: LastTest;
}

export interface DueTest {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly siteId?: string;
  readonly siteName?: string;
  readonly stationId?: string;
  readonly registeredAt: Instant;
  readonly dueAt: Instant;
  readonly provenAt?: Instant;
  readonly lastTest?: LastTest;
}

interface TestRow {
  test_id: string | null;
  test_at: Date | null;
  test_passed: boolean | null;
  test_by: string | null;
  proven_at: Date | null;
}

/** Beside `devices d`. What proves a key is that of the alarm doctor and of the map, word for word. */
const proof = sql`
  left join lateral (select id as test_id, at as test_at, passed as test_passed, by as test_by from device_tests
    where device_id = d.id and ended_at is not null order by at desc, id desc limit 1) t on true
  cross join lateral (select greatest(
    (select max(at) from device_tests where device_id = d.id and passed),
    case when d.kind = 'key' then (select max(received_at) from signals where device_id = d.id and
      (type in ('press', 'test') or (type = 'digital-input' and incident_id is not null))) end) as proven_at) proof`;

/** So many of its last words are looked at for its battery. */
const looked = 50;

export async function deviceStates(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, DeviceState>> {
  const { rows } = await sql<TestRow & { id: string; state: DeviceState['state'] | null; seen: Date | null; battery: string | null }>`
    select d.id, p.state, p.last_seen_at as seen, t.*, proof.proven_at,
      case when d.kind <> 'camera' then (select last.data->>'battery' from (
        select data, received_at from signals where device_id = d.id order by received_at desc limit ${looked}) last
        where jsonb_typeof(last.data->'battery') = 'number' order by last.received_at desc limit 1) end as battery
    from devices d left join presence p on p.device_id = d.id ${proof}
    where d.id = any(${ids}::text[])`.execute(db);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        state: row.state ?? 'unknown',
        ...(row.seen === null ? {} : { lastSeenAt: row.seen.getTime() }),
        ...(row.battery === null ? {} : { battery: Number(row.battery) }),
        ...tested(row),
      },
    ]),
  );
}

export interface DueWanted {
  /** What is due then. */
  readonly by: Instant;
  /** How often each kind is tested; kinds that are not named are not listed. */
  readonly every: Readonly<Partial<Record<DeviceKind, Duration>>>;
  /** Drivers of what cannot be pressed: gateways. */
  readonly without: readonly string[];
  readonly siteId?: string | undefined;
  readonly stationId?: string | undefined;
  readonly limit: number;
}

/** Devices whose test is due, the longest due first. One that never proved itself is due since it was registered. */
export async function testsDue(db: Db, { by, every, without, siteId, stationId, limit }: DueWanted): Promise<DueTest[]> {
  const kinds = Object.entries(every);
  const narrow: RawBuilder<unknown>[] = [
    ...(siteId === undefined ? [] : [sql`and d.site_id = ${siteId}`]),
    ...(stationId === undefined ? [] : [sql`and s.station_id = ${stationId}`]),
  ];
  const { rows } = await sql<TestRow & DueRow>`
    select d.id, d.kind, d.name, d.site_id, s.name as site_name, s.station_id, d.created_at, t.*, proof.proven_at, due.at as due_at
    from devices d
      join unnest(${kinds.map(([kind]) => kind)}::text[], ${kinds.map(([, length]) => length)}::float8[]) as often (kind, ms) on often.kind = d.kind
      left join sites s on s.id = d.site_id ${proof}
      cross join lateral (select coalesce(proof.proven_at + often.ms * interval '1 millisecond', d.created_at) as at) due
    where d.driver <> all(${without}::text[]) and due.at <= ${new Date(by)} ${sql.join(narrow, sql` `)}
    order by due.at, d.id limit ${limit}`.execute(db);
  return rows.map((row) => ({
    deviceId: row.id,
    kind: row.kind,
    name: row.name,
    ...(row.site_id === null ? {} : { siteId: row.site_id }),
    ...(row.site_name === null ? {} : { siteName: row.site_name }),
    ...(row.station_id === null ? {} : { stationId: row.station_id }),
    registeredAt: row.created_at.getTime(),
    dueAt: row.due_at.getTime(),
    ...tested(row),
  }));
}

interface DueRow {
  id: string;
  kind: DeviceKind;
  name: string;
  site_id: string | null;
  site_name: string | null;
  station_id: string | null;
  created_at: Date;
  due_at: Date;
}

const tested = ({ test_id, test_at, test_passed, test_by, proven_at }: TestRow): Pick<DeviceState, 'provenAt' | 'lastTest'> => ({
  ...(proven_at === null ? {} : { provenAt: proven_at.getTime() }),
  ...(test_id === null || test_at === null
    ? {}
    : { lastTest: { id: test_id, at: test_at.getTime(), passed: test_passed ?? false, by: test_by ?? '' } }),
});
