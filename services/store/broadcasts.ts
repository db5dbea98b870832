import { sql } from 'kysely';
import { type Duration, type Instant, minutes, type Priority, rfc3339 } from '../alarm/index.ts';
import type { Db, Store } from './connect.ts';
import { type NewEvent, putEvents } from './events.ts';
import type { Row, Rung } from './tables.ts';

export const broadcastStates = ['queued', 'playing', 'heard', 'played', 'sent', 'failed', 'stopped'] as const;
/** Of one loudspeaker. `sent` is all that is known of one that never reports; `heard` needs somebody, or a microphone. */
export type BroadcastState = (typeof broadcastStates)[number];

export interface NewBroadcast {
  readonly id: string;
  readonly incidentId?: string;
  readonly text?: string;
  readonly phraseId?: string;
  readonly audioUrl?: string;
  readonly lang: 'zh' | 'en';
  readonly repeat: number;
  /** Percent. */
  readonly volume?: number;
  readonly priority: Priority;
  readonly requestedBy: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly exercise: boolean;
  readonly deviceIds: readonly string[];
}

export interface StoredTarget {
  readonly deviceId: string;
  readonly state: BroadcastState;
  readonly reason?: string;
  readonly rungs: readonly Rung[];
}
export interface StoredBroadcast extends Omit<NewBroadcast, 'deviceIds'> {
  readonly targets: readonly StoredTarget[];
}

/** A loudspeaker's part of a broadcast that this process alone may play until the lease ends. */
export interface ClaimedTarget {
  readonly broadcast: Omit<NewBroadcast, 'deviceIds'>;
  readonly deviceId: string;
  readonly attempts: number;
}

/** Stores a broadcast, its targets and the news of it; the caller's transaction makes them one. */
export async function insertBroadcast(db: Db, broadcast: NewBroadcast): Promise<void> {
  await db
    .insertInto('broadcasts')
    .values({
      id: broadcast.id,
      incident_id: broadcast.incidentId ?? null,
      text: broadcast.text ?? null,
      phrase_id: broadcast.phraseId ?? null,
      audio_url: broadcast.audioUrl ?? null,
      lang: broadcast.lang,
      repeat: broadcast.repeat,
      volume: broadcast.volume ?? null,
      priority: broadcast.priority,
      requested_by: broadcast.requestedBy,
      issued_at: new Date(broadcast.issuedAt),
      expires_at: new Date(broadcast.expiresAt),
      exercise: broadcast.exercise,
    })
    .execute();
  const rungs = rung('queued', broadcast.issuedAt);
  const targets = broadcast.deviceIds.map((deviceId) => ({ broadcast_id: broadcast.id, device_id: deviceId, state: 'queued', rungs }));
  await db.insertInto('broadcast_targets').values(targets).execute();
  const { id, incidentId, text, lang, requestedBy: by, deviceIds, exercise } = broadcast;
  const data = {
    broadcastId: id,
    deviceIds,
    lang,
    by,
    exercise,
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(text === undefined ? {} : { text }),
  };
  await putEvents(db, [{ type: 'baiying.broadcast.requested.v1', subject: `broadcasts/${id}`, at: broadcast.issuedAt, data }]);
}

const rung = (state: string, at: Instant, reason?: string): string =>
  JSON.stringify([{ state, at: rfc3339(at), ...(reason === undefined ? {} : { reason }) } satisfies Rung]);

/** Takes a queued target that is due, for `length` milliseconds; undefined when it is not, or is another's. */
export async function claimTarget(
  db: Db,
  id: string,
  deviceId: string,
  lease: string,
  now: Instant,
  length: Duration,
): Promise<ClaimedTarget | undefined> {
  const at = new Date(now);
  const row = await db
    .updateTable('broadcast_targets')
    .from('broadcasts')
    .set({ lease, lease_until: new Date(now + length), attempts: sql`attempts + 1` })
    .whereRef('broadcasts.id', '=', 'broadcast_id')
    .where('broadcast_id', '=', id)
    .where('device_id', '=', deviceId)
    .where('state', '=', 'queued')
    .where('expires_at', '>', at)
    .where((is) => is.or([is('retry_at', 'is', null), is('retry_at', '<=', at)]))
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', at)]))
    .returningAll('broadcasts')
    .returning(['device_id', 'attempts'])
    .executeTakeFirst();
  return row && { broadcast: toBroadcast(row), deviceId: row.device_id, attempts: row.attempts };
}

export interface TargetChange {
  readonly state: BroadcastState;
  readonly reason?: string;
}

/**
 * Writes how playing went, for the holder of the lease. The loudspeaker may have reported, or somebody stopped it,
 * meanwhile: then only the claim ends.
 * @returns the state that the target is now in; undefined when the lease was lost
 */
export async function settleTarget(
  db: Db,
  id: string,
  deviceId: string,
  lease: string,
  change: TargetChange,
  now: Instant,
): Promise<BroadcastState | undefined> {
  const row = await lockTarget(db, id, deviceId);
  if (row?.lease !== lease) return undefined;
  await db.updateTable('broadcast_targets').set({ lease: null, lease_until: null, retry_at: null }).where(target(id, deviceId)).execute();
  if (row.state !== 'queued') return row.state as BroadcastState;
  await moveTarget(db, id, deviceId, change, now);
  return change.state;
}

/** Ends a claim with the instant of the next try. */
export async function retryTarget(db: Db, id: string, deviceId: string, lease: string, reason: string, retryAt: Instant): Promise<void> {
  await db
    .updateTable('broadcast_targets')
    .set({ lease: null, lease_until: null, retry_at: new Date(retryAt), reason })
    .where(target(id, deviceId))
    .where('lease', '=', lease)
    .execute();
}

const target = (id: string, deviceId: string) => sql<boolean>`broadcast_id = ${id} and device_id = ${deviceId}`;

const lockTarget = (db: Db, id: string, deviceId: string) =>
  db.selectFrom('broadcast_targets').selectAll().where(target(id, deviceId)).forUpdate().executeTakeFirst();

/** Moves a target, writes the rung with its clock and the news. The caller's transaction holds the row. */
async function moveTarget(db: Db, id: string, deviceId: string, { state, reason }: TargetChange, now: Instant): Promise<void> {
  await db
    .updateTable('broadcast_targets')
    .set({ state, reason: reason ?? null, rungs: sql`rungs || ${rung(state, now, reason)}::jsonb` })
    .where(target(id, deviceId))
    .execute();
  await putEvents(db, [stateEvent(id, deviceId, state, reason, now)]);
}

const stateEvent = (broadcastId: string, deviceId: string, state: string, reason: string | null | undefined, at: Instant): NewEvent => ({
  type: `baiying.broadcast.${state}.v1`,
  subject: `broadcasts/${broadcastId}`,
  at,
  data: { broadcastId, deviceId, state, ...(reason ? { reason } : {}) },
});

/** How far a state is up the ladder; a report below it is written as a rung and moves nothing. */
const height: Readonly<Record<BroadcastState, number>> = { queued: 0, failed: 1, sent: 2, playing: 3, played: 4, heard: 5, stopped: 6 };

export interface Playback {
  readonly broadcastId: string;
  readonly deviceId: string;
  readonly state: 'playing' | 'played' | 'heard' | 'failed';
  readonly reason?: string;
  readonly now: Instant;
}

/**
 * Writes what a loudspeaker reports, within the caller's transaction. One that plays after it was given up is believed;
 * one that was stopped stays so. A failure counts until the end of the playing was reported.
 * @returns the state that the target is now in; undefined when this loudspeaker was never asked
 */
export async function applyPlayback(db: Db, { broadcastId, deviceId, state, reason, now }: Playback): Promise<BroadcastState | undefined> {
  const row = await lockTarget(db, broadcastId, deviceId);
  if (!row) return undefined;
  const held = row.state as BroadcastState;
  const climbs = state === 'failed' ? held === 'queued' || held === 'sent' || held === 'playing' : height[state] > height[held];
  if (climbs) {
    await moveTarget(db, broadcastId, deviceId, { state, ...(reason === undefined ? {} : { reason }) }, now);
    return state;
  }
  await db
    .updateTable('broadcast_targets')
    .set({ rungs: sql`rungs || ${rung(state, now, reason)}::jsonb` })
    .where(target(broadcastId, deviceId))
    .execute();
  return held;
}

/** Marks a target as stopped by somebody, if it is in one of the states `from`; what has ended already stays as it ended. */
export async function stopTarget(
  db: Db,
  id: string,
  deviceId: string,
  reason: string,
  now: Instant,
  from: readonly BroadcastState[],
): Promise<boolean> {
  const row = await lockTarget(db, id, deviceId);
  if (!row || !from.includes(row.state as BroadcastState)) return false;
  await moveTarget(db, id, deviceId, { state: 'stopped', reason }, now);
  return true;
}

/** A loudspeaker that began and never told its end is given so long after the broadcast ran out. */
const endUnknownAfter = minutes(10);

/**
 * Fails what was not played in time, and finds what waits to be played: for the sweeper.
 * @returns targets to put on the lane, and how many failed
 */
export async function sweepBroadcasts(
  db: Store['urgent'],
  now: Instant,
  limit = 500,
): Promise<{ readonly due: readonly { id: string; deviceId: string }[]; readonly failed: number }> {
  const at = new Date(now);
  const failed = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ broadcast_id: string; device_id: string; reason: string }>`
      update broadcast_targets t set state = 'failed', lease = null, lease_until = null, retry_at = null,
        reason = case when t.state = 'playing' then 'end-unknown' when t.reason is null then 'expired' else 'expired: ' || t.reason end,
        rungs = t.rungs || jsonb_build_array(jsonb_build_object('state', 'failed', 'at', ${rfc3339(now)}::text,
          'reason', case when t.state = 'playing' then 'end-unknown' else 'expired' end))
      from broadcasts b where b.id = t.broadcast_id and (
        (t.state = 'queued' and b.expires_at <= ${at} and (t.lease_until is null or t.lease_until <= ${at})) or
        (t.state = 'playing' and b.expires_at <= ${new Date(now - endUnknownAfter)}))
      returning t.broadcast_id, t.device_id, t.reason`.execute(trx);
    await putEvents(
      trx,
      rows.map((row) => stateEvent(row.broadcast_id, row.device_id, 'failed', row.reason, now)),
    );
    return rows.length;
  });
  const due = await db
    .selectFrom('broadcast_targets')
    .select(['broadcast_id as id', 'device_id as deviceId'])
    .where('state', '=', 'queued')
    .where((is) => is.or([is('retry_at', 'is', null), is('retry_at', '<=', at)]))
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', at)]))
    .orderBy('broadcast_id')
    .limit(limit)
    .execute();
  return { due, failed };
}

/** Lets a loudspeaker that is heard again have at once what waits for it; the ids of those broadcasts. */
export async function wakeTargets(db: Db, deviceId: string): Promise<readonly string[]> {
  const rows = await db
    .updateTable('broadcast_targets')
    .set({ retry_at: null })
    .where('device_id', '=', deviceId)
    .where('state', '=', 'queued')
    .returning('broadcast_id')
    .execute();
  return rows.map((row) => row.broadcast_id);
}

export const toBroadcast = (row: Row<'broadcasts'>): Omit<NewBroadcast, 'deviceIds'> => ({
  id: row.id,
  ...(row.incident_id === null ? {} : { incidentId: row.incident_id }),
  ...(row.text === null ? {} : { text: row.text }),
  ...(row.phrase_id === null ? {} : { phraseId: row.phrase_id }),
  ...(row.audio_url === null ? {} : { audioUrl: row.audio_url }),
  lang: row.lang as 'zh' | 'en',
  repeat: row.repeat,
  ...(row.volume === null ? {} : { volume: row.volume }),
  priority: row.priority as Priority,
  requestedBy: row.requested_by,
  issuedAt: row.issued_at.getTime(),
  expiresAt: row.expires_at.getTime(),
  exercise: row.exercise,
});
