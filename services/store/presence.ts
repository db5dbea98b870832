import { CompiledQuery, sql } from 'kysely';
import type { DeviceKind, Duration, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { storable } from './rows.ts';
import type { Row } from './tables.ts';

export interface NewPosition {
  readonly deviceId: string;
  readonly lat: number;
  readonly lon: number;
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** Metres. */
  readonly accuracy?: number;
}

/** Keeps the newest position of each device: one that was long on its way changes nothing. */
export async function putPositions(db: Db, positions: readonly NewPosition[]): Promise<void> {
  const newest = new Map<string, NewPosition>();
  for (const position of positions) {
    const { deviceId, at } = position;
    if ((newest.get(deviceId)?.at ?? at) <= at) newest.set(deviceId, position);
  }
  if (newest.size === 0) return;
  await db
    .insertInto('positions')
    .values(
      [...newest.values()].map((position) => ({
        device_id: position.deviceId,
        lat: position.lat,
        lon: position.lon,
        at: new Date(position.at),
        received_at: new Date(position.receivedAt),
        accuracy: position.accuracy ?? null,
      })),
    )
    .onConflict((already) =>
      already
        .column('device_id')
        .doUpdateSet((row) => ({
          lat: row.ref('excluded.lat'),
          lon: row.ref('excluded.lon'),
          at: row.ref('excluded.at'),
          received_at: row.ref('excluded.received_at'),
          accuracy: row.ref('excluded.accuracy'),
        }))
        // Earlier releases wrote times that had not come yet.
        .where(sql<boolean>`excluded.at >= least(positions.at, positions.received_at)`),
    )
    .execute();
}

/** The argon2id hashes of the secrets of these devices, each in its place; undefined for one that has none or is not there. */
export async function secretHashesOf(db: Db, deviceIds: readonly string[]): Promise<readonly (string | undefined)[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw('select id, secret_hash from devices where id = any($1)', [deviceIds]));
  const hashes = new Map((rows as Pick<Row<'devices'>, 'id' | 'secret_hash'>[]).map((row) => [row.id, row.secret_hash ?? undefined]));
  return deviceIds.map((id) => hashes.get(id));
}

export const secretHashOf = async (db: Db, deviceId: string): Promise<string | undefined> => (await secretHashesOf(db, [deviceId]))[0];

/** A device came to this broker, or left it. */
export interface Arrival {
  readonly deviceId: string;
  readonly online: boolean;
  readonly at: Instant;
}

/** Writes the last of what came and went. A device that has since come to another broker stays there. */
export async function putPresences(db: Db, arrivals: readonly Arrival[], brokerId: string): Promise<void> {
  const last = new Map(arrivals.map((arrival) => [arrival.deviceId, { ...arrival, at: new Date(arrival.at) }]));
  // In one order everywhere, so that two brokers never wait for each other's rows.
  const rows = [...last.values()].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  await db.executeQuery(CompiledQuery.raw(puttingPresences, [JSON.stringify(rows), brokerId]));
}
const puttingPresences = `insert into presence (device_id, state, last_seen_at, since, broker_id)
  select d.id, case when r.online then 'online' else 'offline' end, r.at, r.at, case when r.online then $2::text end
  from jsonb_to_recordset($1::jsonb) as r("deviceId" text, online boolean, at timestamptz) join devices d on d.id = r."deviceId" order by d.id
  on conflict (device_id) do update set
    state = excluded.state, last_seen_at = excluded.last_seen_at, broker_id = excluded.broker_id,
    since = case when presence.state = excluded.state then presence.since else excluded.since end
  where excluded.state = 'online' or presence.broker_id is null or presence.broker_id = $2`;

/**
 * Where the record and a broker disagree: devices connected there that no living broker claims, and those that it claims and are not
 * connected there. What another broker claims is left to that one for as long as it lives, which may have it by now: the same
 * statement there frees it if not. On a joined broker a device is connected to all of them, and one that died would claim it for ever.
 * @param living the other brokers that are alive
 */
export async function astray(
  db: Db,
  brokerId: string,
  connected: readonly string[],
  living: readonly string[],
): Promise<readonly { readonly deviceId: string; readonly claimed: boolean }[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(straying, [JSON.stringify(connected), brokerId, living]));
  return rows as { deviceId: string; claimed: boolean }[];
}
const straying = `select coalesce(p.device_id, c.id) as "deviceId", c.id is null as claimed
  from json_array_elements_text($1::json) as c(id) full join presence p on p.device_id = c.id
  where case when c.id is null then p.broker_id = $2 else (p.broker_id is null or p.broker_id <> all($3::text[] || $2::text)) and exists (select from devices d where d.id = c.id) end`;

export interface WatchedNow {
  readonly deviceId: string;
  readonly online: boolean;
  /** Stands as `watch` in the device's health. */
  readonly watch: Readonly<Record<string, unknown>>;
}

/** Writes how the watch over devices goes: whether each is reached, and why not. Other parts of a device's health stay. */
export async function putWatched(db: Db, devices: readonly WatchedNow[], now: Instant): Promise<void> {
  if (devices.length === 0) return;
  const at = new Date(now);
  await sql`
    insert into presence (device_id, state, since, health)
    select r."deviceId", case when r.online then 'online' else 'offline' end, ${at}, jsonb_build_object('watch', r.watch)
    from jsonb_to_recordset(${JSON.stringify(devices)}::jsonb) as r("deviceId" text, online boolean, watch jsonb)
    join devices d on d.id = r."deviceId"
    on conflict (device_id) do update set
      state = excluded.state, health = presence.health || excluded.health,
      since = case when presence.state = excluded.state then presence.since else excluded.since end`.execute(db);
}

/** What the broker can tell of why a device is silent; `subscribed` is the one good news among them. */
export type TroubleKind =
  | 'wrong-password'
  | 'wrong-certificate'
  | 'wrong-name'
  | 'wrong-driver'
  | 'wrong-topic'
  | 'wrong-filter'
  | 'unreadable'
  | 'flooding'
  | 'subscribed';

/** `since` and `at` (first and last time) are RFC 3339. */
export interface NotedTrouble {
  readonly since: string;
  readonly at: string;
  readonly times: number;
  readonly detail?: string;
}

export interface DeviceTroubles {
  readonly deviceId: string;
  readonly troubles: Readonly<Partial<Record<TroubleKind, NotedTrouble>>>;
}

/** Writes what was noted of devices, each kind over the one before, as `troubles` in their health. Other parts stay. */
export async function putTroubles(db: Db, devices: readonly DeviceTroubles[], now: Instant): Promise<void> {
  if (devices.length === 0) return;
  await sql`
    insert into presence (device_id, state, since, health)
    select r."deviceId", 'unknown', ${new Date(now)}, jsonb_build_object('troubles', r.troubles)
    from jsonb_to_recordset(${storable(devices)}::jsonb) as r("deviceId" text, troubles jsonb)
    join devices d on d.id = r."deviceId"
    on conflict (device_id) do update set health = presence.health || jsonb_build_object('troubles',
      coalesce(presence.health->'troubles', '{}'::jsonb) || (excluded.health->'troubles'))`.execute(db);
}

/** A broker that starts anew holds no connection yet, whatever it wrote before it died. */
export async function forgetConnections(db: Db, brokerId: string, now: Instant): Promise<void> {
  await db
    .updateTable('presence')
    .set({ state: 'offline', broker_id: null, since: new Date(now) })
    .where('broker_id', '=', brokerId)
    .execute();
}

/** Notes when devices were last heard; the ids of those that had been silent and are back. */
export async function putHeard(db: Db, heard: ReadonlyMap<string, Instant>): Promise<readonly string[]> {
  if (heard.size === 0) return [];
  const rows = [...heard].map(([id, at]) => ({ id, at: new Date(at) }));
  const { rows: back } = await sql<{ device_id: string }>`
    with incoming as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, at timestamptz)),
    was_silent as (select device_id from presence where silent_since is not null and device_id in (select id from incoming)),
    touched as (
      insert into presence (device_id, state, last_seen_at, since)
      select r.id, 'online', r.at, r.at from incoming r join devices d on d.id = r.id
      on conflict (device_id) do update set last_seen_at = greatest(presence.last_seen_at, excluded.last_seen_at), silent_since = null)
    select device_id from was_silent`.execute(db);
  return back.map((row) => row.device_id);
}

/**
 * Marks the devices that have been unheard for longer than their supervision interval, each once per silence.
 * @param since devices count as heard at this instant: the broker's own start, so that its absence is not theirs
 */
export async function takeSilent(
  db: Db,
  intervals: Readonly<Record<DeviceKind, Duration>>,
  since: Instant,
  now: Instant,
): Promise<readonly { deviceId: string; lastSeenAt: Instant }[]> {
  const { rows } = await sql<{ device_id: string; last_seen_at: Date }>`
    update presence p set silent_since = ${new Date(now)}
    from devices d
    where d.id = p.device_id and p.silent_since is null and p.last_seen_at is not null
      and greatest(p.last_seen_at, ${new Date(since)}) + interval '1 millisecond' * coalesce(d.supervision_seconds * 1000,
        case d.kind when 'key' then ${intervals.key}::int when 'camera' then ${intervals.camera}::int
          when 'radio' then ${intervals.radio}::int else ${intervals.loudspeaker}::int end) < ${new Date(now)}
    returning p.device_id, p.last_seen_at`.execute(db);
  return rows.map((row) => ({ deviceId: row.device_id, lastSeenAt: row.last_seen_at.getTime() }));
}

/** The broker that holds a device's connection. */
export async function brokerOf(db: Db, deviceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('presence')
    .select('broker_id')
    .where('device_id', '=', deviceId)
    .where('state', '=', 'online')
    .executeTakeFirst();
  return row?.broker_id ?? undefined;
}
