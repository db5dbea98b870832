import { sql } from 'kysely';
import { type Instant, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { type NewEvent, putEvents } from './events.ts';
import type { Proof, Rung } from './tables.ts';

/** How one loudspeaker's part of a broadcast moves from state to state, each step a rung with its clock. */

export const broadcastStates = ['queued', 'playing', 'heard', 'played', 'sent', 'failed', 'stopped'] as const;
/** Of one loudspeaker. `sent` is all that is known of one that never reports; `heard` needs somebody, or a microphone. */
export type BroadcastState = (typeof broadcastStates)[number];

/** Where a broadcast ends on a loudspeaker, as far as is known; a report may still say more. */
const ends: ReadonlySet<BroadcastState> = new Set(['heard', 'played', 'sent', 'failed', 'stopped']);

export const rung = (state: string, at: Instant, reason?: string, proof?: Proof): string =>
  JSON.stringify([
    { state, at: rfc3339(at), ...(reason === undefined ? {} : { reason }), ...(proof === undefined ? {} : { proof }) } satisfies Rung,
  ]);

export interface TargetChange {
  readonly state: BroadcastState;
  readonly reason?: string;
  readonly proof?: Proof;
}

export const target = (id: string, deviceId: string) => sql<boolean>`broadcast_id = ${id} and device_id = ${deviceId}`;

export const lockTarget = (db: Db, id: string, deviceId: string) =>
  db.selectFrom('broadcast_targets').selectAll().where(target(id, deviceId)).forUpdate().executeTakeFirst();

/** Moves a target, writes the rung with its clock and the news. The caller's transaction holds the row. */
export async function moveTarget(db: Db, id: string, deviceId: string, change: TargetChange, now: Instant): Promise<void> {
  const { state, reason, proof } = change;
  await db
    .updateTable('broadcast_targets')
    .set({
      state,
      reason: reason ?? null,
      rungs: sql`rungs || ${rung(state, now, reason, proof)}::jsonb`,
      owed: ends.has(state) ? sql<boolean>`(select incident_id is not null from broadcasts where id = broadcast_id)` : false,
    })
    .where(target(id, deviceId))
    .execute();
  await putEvents(db, [stateEvent(id, deviceId, change, now)]);
}

export const stateEvent = (
  broadcastId: string,
  deviceId: string,
  { state, reason, proof }: { readonly state: BroadcastState; readonly reason?: string | null; readonly proof?: Proof },
  at: Instant,
): NewEvent => ({
  type: `baiying.broadcast.${state}.v1`,
  subject: `broadcasts/${broadcastId}`,
  at,
  data: { broadcastId, deviceId, state, ...(reason ? { reason } : {}), ...(proof ? { proof } : {}) },
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
