import { sql } from 'kysely';
import { type Duration, type Instant, rfc3339 } from '../alarm/index.ts';
import { type BroadcastState, target } from './broadcast-moves.ts';
import type { Db, Store } from './connect.ts';
import { putEvents } from './events.ts';
import type { Proof, Rung } from './tables.ts';

/** What became of an incident's broadcasts and is not yet on its timeline. */

export interface OwedVerdict {
  readonly incidentId: string;
  readonly state: BroadcastState;
  readonly reason?: string;
  readonly proof?: Proof;
  readonly insteadOf?: string;
}

/** Whether there is nothing left to say, and whether the incident has still to be told. */
export async function standingOf(db: Db, id: string, deviceId: string): Promise<'open' | 'ended' | 'owed' | 'none'> {
  const row = await db.selectFrom('broadcast_targets').select(['state', 'owed']).where(target(id, deviceId)).executeTakeFirst();
  if (!row) return 'none';
  if (row.owed) return 'owed';
  return row.state === 'queued' || row.state === 'playing' ? 'open' : 'ended';
}

/** Takes the telling of a verdict for `length`; undefined when it is told, or being told. */
export async function takeVerdict(db: Db, id: string, deviceId: string, now: Instant, length: Duration): Promise<OwedVerdict | undefined> {
  const at = new Date(now);
  const row = await db
    .updateTable('broadcast_targets')
    .from('broadcasts')
    .set({ noting_until: new Date(now + length) })
    .whereRef('broadcasts.id', '=', 'broadcast_id')
    .where(target(id, deviceId))
    .where('owed', '=', true)
    .where((is) => is.or([is('noting_until', 'is', null), is('noting_until', '<=', at)]))
    .returning(['incident_id', 'state', 'reason', 'rungs', 'instead_of'])
    .executeTakeFirst();
  if (!row?.incident_id) return undefined;
  const proof = row.rungs.findLast((rung: Rung) => rung.state === row.state)?.proof;
  return {
    incidentId: row.incident_id,
    state: row.state as BroadcastState,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(proof === undefined ? {} : { proof }),
    ...(row.instead_of === null ? {} : { insteadOf: row.instead_of }),
  };
}

/** Whether the timeline tells this already: the process that wrote it there may have died before it could say so. */
export async function isNoted(db: Db, incidentId: string, id: string, deviceId: string, state: BroadcastState): Promise<boolean> {
  const said = JSON.stringify({ broadcastId: id, state });
  const row = await db
    .selectFrom('timeline')
    .select('seq')
    .where('incident_id', '=', incidentId)
    .where('kind', '=', 'loudspeaker')
    .where('by', '=', deviceId)
    .where(sql<boolean>`data @> ${said}::jsonb`)
    .executeTakeFirst();
  return row !== undefined;
}

export interface StandIn {
  readonly deviceId: string;
  readonly expiresAt: Instant;
}

/**
 * The verdict is told. With `standIn`, that loudspeaker is asked to say the words instead, once.
 * @returns whether it was asked now
 */
export function verdictTold(
  store: Store['urgent'],
  id: string,
  deviceId: string,
  state: BroadcastState,
  standIn: StandIn | undefined,
  now: Instant,
): Promise<boolean> {
  return store.transaction().execute(async (db) => {
    await db
      .updateTable('broadcast_targets')
      .set({ owed: sql<boolean>`state <> ${state}`, noting_until: null })
      .where(target(id, deviceId))
      .execute();
    if (!standIn) return false;
    const rungs = JSON.stringify([{ state: 'queued', at: rfc3339(now), reason: `instead of ${deviceId}` } satisfies Rung]);
    const asked = await db
      .insertInto('broadcast_targets')
      .values({ broadcast_id: id, device_id: standIn.deviceId, state: 'queued', rungs, instead_of: deviceId })
      .onConflict((conflict) => conflict.columns(['broadcast_id', 'device_id']).doNothing())
      .returning('device_id')
      .executeTakeFirst();
    if (!asked) return false;
    // Minutes may have gone by until the first loudspeaker was given up; the second gets its own time.
    await db
      .updateTable('broadcasts')
      .set({ expires_at: sql`greatest(expires_at, ${new Date(standIn.expiresAt)})` })
      .where('id', '=', id)
      .execute();
    const data = { broadcastId: id, deviceId: standIn.deviceId, insteadOf: deviceId };
    await putEvents(db, [{ type: 'baiying.broadcast.rerouted.v1', subject: `broadcasts/${id}`, at: now, data }]);
    return true;
  });
}

/** Verdicts that no timeline has, for the sweeper. */
export async function verdictsOwed(db: Db, now: Instant, limit: number): Promise<readonly { id: string; deviceId: string }[]> {
  return db
    .selectFrom('broadcast_targets')
    .select(['broadcast_id as id', 'device_id as deviceId'])
    .where('owed', '=', true)
    .where((is) => is.or([is('noting_until', 'is', null), is('noting_until', '<=', new Date(now))]))
    .orderBy('broadcast_id')
    .limit(limit)
    .execute();
}
