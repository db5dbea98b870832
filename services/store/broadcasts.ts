import { sql } from 'kysely';
import type { Duration, Instant, Priority } from '../alarm/index.ts';
import { type BroadcastState, lockTarget, moveTarget, rung, type TargetChange, target } from './broadcast-moves.ts';
import type { Db } from './connect.ts';
import { putEvents } from './events.ts';
import type { Row, Rung } from './tables.ts';

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
  /** An operator's microphone instead of words. */
  readonly live: boolean;
  readonly zoneId?: string;
  readonly deviceIds: readonly string[];
}

export interface StoredTarget {
  readonly deviceId: string;
  readonly state: BroadcastState;
  readonly reason?: string;
  /** We send the sound ourselves. */
  readonly spoken: boolean;
  /** The loudspeaker that failed and that this one stands in for. */
  readonly insteadOf?: string;
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
  /** The loudspeaker that it stands in for. */
  readonly insteadOf?: string;
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
      live: broadcast.live,
      zone_id: broadcast.zoneId ?? null,
    })
    .execute();
  const rungs = rung('queued', broadcast.issuedAt);
  const targets = broadcast.deviceIds.map((deviceId) => ({ broadcast_id: broadcast.id, device_id: deviceId, state: 'queued', rungs }));
  await db.insertInto('broadcast_targets').values(targets).execute();
  const { id, incidentId, text, lang, requestedBy: by, deviceIds, exercise, live } = broadcast;
  const data = {
    broadcastId: id,
    deviceIds,
    lang,
    by,
    exercise,
    live,
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(text === undefined ? {} : { text }),
  };
  await putEvents(db, [{ type: 'baiying.broadcast.requested.v1', subject: `broadcasts/${id}`, at: broadcast.issuedAt, data }]);
}

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
    .where('live', '=', false)
    .where('expires_at', '>', at)
    .where((is) => is.or([is('retry_at', 'is', null), is('retry_at', '<=', at)]))
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', at)]))
    .returningAll('broadcasts')
    .returning(['device_id', 'attempts'])
    .executeTakeFirst();
  return row && { broadcast: toBroadcast(row), deviceId: row.device_id, attempts: row.attempts };
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
  live: row.live,
  ...(row.zone_id === null ? {} : { zoneId: row.zone_id }),
});
