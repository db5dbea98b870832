import { sql } from 'kysely';
import { type Instant, minutes } from '../alarm/index.ts';
import { rung, stateEvent } from './broadcast-moves.ts';
import type { Db, Store } from './connect.ts';
import { putEvents } from './events.ts';

/** What the sweeper finds of broadcasts: words that came too late, words that broke off, and words that wait. */

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
    const rows = await failLate(trx, at);
    const again = await sayAgain(trx, at);
    const events = [
      ...rows.map((row) => stateEvent(row.broadcast_id, row.device_id, { state: 'failed', reason: row.reason }, now)),
      ...again.map((row) => stateEvent(row.broadcast_id, row.device_id, { state: 'queued', reason: takenOver }, now)),
    ];
    await putEvents(trx, events);
    return rows.length;
  });
  const due = await db
    .selectFrom('broadcast_targets')
    .innerJoin('broadcasts', 'broadcasts.id', 'broadcast_id')
    .select(['broadcast_id as id', 'device_id as deviceId'])
    .where('state', '=', 'queued')
    .where('live', '=', false)
    .where((is) => is.or([is('retry_at', 'is', null), is('retry_at', '<=', at)]))
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', at)]))
    .orderBy('broadcast_id')
    .limit(limit)
    .execute();
  return { due, failed };
}

interface Late {
  readonly broadcast_id: string;
  readonly device_id: string;
  readonly reason: string;
}

/** `cut-off`: whoever spoke is gone, and the words are stale or were a person's own. */
async function failLate(db: Db, at: Date): Promise<readonly Late[]> {
  const failed = (reason: string) => sql`${rung('failed', at.getTime(), reason)}::jsonb`;
  const gone = sql`(t.lease_until is null or t.lease_until <= ${at})`;
  const { rows } = await sql<Late>`
    update broadcast_targets t set state = 'failed', lease = null, lease_until = null, retry_at = null, asked_to_end = null,
      owed = b.incident_id is not null,
      reason = case when t.state = 'playing' then case when t.spoken then 'cut-off' else 'end-unknown' end
        when t.reason is null then 'expired' else 'expired: ' || t.reason end,
      rungs = t.rungs || case when t.state = 'playing' then case when t.spoken then ${failed('cut-off')} else ${failed('end-unknown')} end
        else ${failed('expired')} end
    from broadcasts b where b.id = t.broadcast_id and (
      (t.state = 'queued' and b.expires_at <= ${at} and ${gone}) or
      (t.state = 'playing' and t.spoken and ${gone} and (b.live or b.expires_at <= ${at})) or
      (t.state = 'playing' and not t.spoken and b.expires_at <= ${new Date(at.getTime() - endUnknownAfter)}))
    returning t.broadcast_id, t.device_id, t.reason`.execute(db);
  return rows;
}

const takenOver = 'taken-over';

/** Words that we were sending when the process died are said by another one from the start: half a warning is none. */
async function sayAgain(db: Db, at: Date): Promise<readonly Omit<Late, 'reason'>[]> {
  const { rows } = await sql<Omit<Late, 'reason'>>`
    update broadcast_targets t set state = 'queued', lease = null, lease_until = null, retry_at = null, asked_to_end = null,
      reason = ${takenOver}, rungs = t.rungs || ${rung('queued', at.getTime(), takenOver)}::jsonb
    from broadcasts b where b.id = t.broadcast_id and t.state = 'playing' and t.spoken and not b.live and b.expires_at > ${at}
      and (t.lease_until is null or t.lease_until <= ${at})
    returning t.broadcast_id, t.device_id`.execute(db);
  return rows;
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
