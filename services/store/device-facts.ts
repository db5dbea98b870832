import { sql } from 'kysely';
import { type Duration, type Finding, type Instant, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { NotedTrouble, TroubleKind } from './presence.ts';

/** What the record knows of one device, for whoever must find out why it is silent. */
export interface DeviceRecord {
  readonly registeredAt: Instant;
  readonly state: 'online' | 'offline' | 'unknown';
  readonly since?: Instant;
  readonly lastSeenAt?: Instant;
  readonly silentSince?: Instant;
  readonly troubles: Readonly<Partial<Record<TroubleKind, NotedTrouble>>>;
  readonly watch?: { readonly since?: string; readonly code?: string; readonly detail?: string };
  readonly leaseUntil?: Instant;
  readonly lastHeardAt?: Instant;
  readonly provenAt?: Instant;
  /** The walk test made last, where it failed. */
  readonly failure?: { readonly at: Instant; readonly findings: readonly Finding[] };
  readonly clockOffset?: Duration;
  readonly battery?: number;
  /** What it answered lately to orders that it was not given; `detail` is the last of them. */
  readonly wrongOrder?: NotedTrouble;
}

interface DeviceRow {
  created_at: Date;
  state: 'online' | 'offline' | 'unknown' | null;
  since: Date | null;
  last_seen_at: Date | null;
  silent_since: Date | null;
  health: Record<string, unknown> | null;
  lease_until: Date | null;
  heard_at: Date | null;
  proven_at: Date | null;
  tested_at: Date | null;
  failure: { readonly at: string; readonly findings: readonly Finding[] } | null;
  clock_offset: string | null;
  own_offset: string | null;
  battery: string | null;
  wrong_order: { readonly since: string; readonly at: string; readonly times: number; readonly detail: string } | null;
}

/** So many of its last words are looked at; a key speaks seldom, and a camera's chatter says nothing of its battery. */
const looked = 200;
/** A device that was away says late what happened early: only when its last words are all off is its clock. */
const offsets = 5;

export async function deviceRecord(db: Db, deviceId: string): Promise<DeviceRecord | undefined> {
  const { rows } = await sql<DeviceRow>`
    with last as (
      select type, active, at, received_at, last_at, via, data, incident_id, sorted_at from signals where device_id = ${deviceId}
      order by received_at desc limit ${looked}),
    own as (
      select extract(epoch from (at - received_at)) * 1000 as offset_ms from last where at <> received_at and via <> 'supervision'
      order by received_at desc limit ${offsets})
    select d.created_at, p.state, p.since, p.last_seen_at, p.silent_since, p.health, h.until as lease_until,
      (select max(last_at) from last where via <> 'supervision') as heard_at,
      (select max(received_at) from signals where device_id = d.id and
        (type in ('press', 'test') or (type = 'digital-input' and incident_id is not null))) as proven_at,
      (select max(at) from device_tests where device_id = d.id and passed) as tested_at,
      (select case when not passed then jsonb_build_object('at', at, 'findings', findings) end from device_tests
        where device_id = d.id and ended_at is not null order by at desc limit 1) as failure,
      (select clock_offset from camera_health where camera_id = d.id) as clock_offset,
      (select round(offset_ms) from own order by abs(offset_ms) limit 1) as own_offset,
      (select data->>'battery' from last where jsonb_typeof(data->'battery') = 'number' order by received_at desc limit 1) as battery,
      (select jsonb_build_object('since', min(received_at), 'at', max(received_at), 'times', count(*),
          'detail', (array_agg(data->>'orderId' order by received_at desc))[1])
        from last where type = 'report' and data ? 'orderId' and sorted_at is not null and incident_id is null
        having count(*) > 0) as wrong_order
    from devices d left join presence p on p.device_id = d.id
      left join holdings h on h.device_id = d.id and h.purpose = 'watch'
    where d.id = ${deviceId}`.execute(db);
  return rows[0] && toRecord(rows[0]);
}

function toRecord(row: DeviceRow): DeviceRecord {
  const health = row.health ?? {};
  const times = [row.proven_at, row.tested_at].flatMap((at) => (at === null ? [] : [at.getTime()]));
  const offset = row.clock_offset ?? row.own_offset;
  return {
    registeredAt: row.created_at.getTime(),
    state: row.state ?? 'unknown',
    ...at('since', row.since),
    ...at('lastSeenAt', row.last_seen_at),
    ...at('silentSince', row.silent_since),
    troubles: (health['troubles'] ?? {}) as DeviceRecord['troubles'],
    ...(health['watch'] === undefined ? {} : { watch: health['watch'] as NonNullable<DeviceRecord['watch']> }),
    ...at('leaseUntil', row.lease_until),
    ...at('lastHeardAt', row.heard_at),
    ...(times.length === 0 ? {} : { provenAt: Math.max(...times) }),
    ...(row.failure === null ? {} : { failure: { at: Date.parse(row.failure.at), findings: row.failure.findings } }),
    ...(offset === null ? {} : { clockOffset: Number(offset) }),
    ...(row.battery === null ? {} : { battery: Number(row.battery) }),
    ...(row.wrong_order === null ? {} : { wrongOrder: noted(row.wrong_order) }),
  };
}

const noted = ({ since, at, ...rest }: NonNullable<DeviceRow['wrong_order']>): NotedTrouble => ({
  since: rfc3339(Date.parse(since)),
  at: rfc3339(Date.parse(at)),
  ...rest,
});

const at = <K extends string>(name: K, date: Date | null): { readonly [N in K]?: Instant } =>
  (date === null ? {} : { [name]: date.getTime() }) as { readonly [N in K]?: Instant };

/** Inputs and covers that have been active since before `before`, as they were last told. */
export async function stuckInputs(db: Db, deviceId: string, before: Instant): Promise<{ what: string; since: Instant }[]> {
  const { rows } = await sql<{ type: string; part: string | null; received_at: Date; active: boolean }>`
    select distinct on (type, part) type, part, received_at, active from (
      select type, active, received_at, coalesce(ours->'mark'->>'of', data->'sourceValues'->>0, data->>'topic') as part
      from signals where device_id = ${deviceId} and (type in ('digital-input', 'tamper', 'video-loss') or ours->'mark'->'value' ? 'on')
      order by received_at desc limit ${looked}) as told
    order by type, part, received_at desc`.execute(db);
  return rows
    .filter(({ active, received_at }) => active && received_at.getTime() < before)
    .map(({ type, part, received_at }) => ({ what: part ?? type, since: received_at.getTime() }));
}
