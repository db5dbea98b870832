import { sql } from 'kysely';
import { afterTaken, type Duration, type Instant, seconds, type Talk, type Turn, turnOf } from '../alarm/index.ts';
import { type BroadcastState, lockTarget, moveTarget, type TargetChange, target } from './broadcast-moves.ts';
import { type ClaimedTarget, toBroadcast } from './broadcasts.ts';
import type { Db, Store } from './connect.ts';
import type { Row } from './tables.ts';

/** Loudspeakers that we send sound to: whose turn it is, and for how long. The rule is services/alarm/talk.ts. */

/** How a claim on a loudspeaker ended: it is ours, it was asked for or is another's, or there is nothing to say any more. */
export type Claimed =
  | { readonly act: 'speak'; readonly claimed: ClaimedTarget }
  | Exclude<Turn, { act: 'speak' }>
  | { readonly act: 'nothing' };

/** Whoever waits for a loudspeaker looks again after this long, should the news that it is free be lost. */
const lookAgain = seconds(2);
const busy = 'loudspeaker-busy';

/**
 * Takes the loudspeaker for the words of one broadcast, or puts them in line. Claims of one loudspeaker are decided one
 * at a time, in every process.
 * @param lease names the claim; it holds for `length` unless it is lengthened
 * @param live whether it is claimed for the operator who speaks; words and talks are never taken for each other
 */
export function claimTalk(
  store: Store['urgent'],
  id: string,
  deviceId: string,
  lease: string,
  now: Instant,
  length: Duration,
  live = false,
): Promise<Claimed> {
  return store.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${deviceId}, 7461))`.execute(db);
    const rows = await around(db, deviceId, now);
    const mine = rows.find((row) => row.broadcast_id === id);
    if (!mine || mine.live !== live || !isDue(mine, now, live)) return { act: 'nothing' };
    const others = rows.filter((row) => row !== mine);
    const speaking = others.find((row) => holds(row, now));
    const waiting = others.filter((row) => !row.live && row.expires_at.getTime() > now && isDue(row, now, row.reason === busy));
    const turn = turnOf(toTalk(mine), speaking && toTalk(speaking), waiting.map(toTalk));
    if (turn.act !== 'speak') {
      if (turn.act === 'take') await askToEnd(db, turn.from, deviceId, `preempted by ${id}`);
      await putInLine(db, id, deviceId, now);
      return turn;
    }
    await db
      .updateTable('broadcast_targets')
      .set({ lease, lease_until: new Date(now + length), attempts: sql`attempts + 1`, spoken: true, asked_to_end: null, retry_at: null })
      .where(target(id, deviceId))
      .execute();
    const claimed = { broadcast: toBroadcast({ ...mine, id }), deviceId, attempts: mine.attempts + 1 };
    return { act: 'speak', claimed: mine.instead_of === null ? claimed : { ...claimed, insteadOf: mine.instead_of } };
  });
}

type Wanting = Row<'broadcasts'> & Row<'broadcast_targets'>;

/** What wants the loudspeaker or has it. */
const around = (db: Db, deviceId: string, now: Instant): Promise<Wanting[]> =>
  db
    .selectFrom('broadcast_targets')
    .innerJoin('broadcasts', 'broadcasts.id', 'broadcast_id')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where(sql<boolean>`(state = 'queued' and expires_at > ${new Date(now)} or lease_until > ${new Date(now)})`)
    .execute();

/** Also while its state is `stopped` already: the device is let go of only when the lease ends. */
const holds = (row: Wanting, now: Instant): boolean => row.spoken && row.lease_until !== null && row.lease_until.getTime() > now;

const isDue = (row: Wanting, now: Instant, anyTime: boolean): boolean =>
  row.state === 'queued' &&
  (row.lease_until === null || row.lease_until.getTime() <= now) &&
  (anyTime || row.retry_at === null || row.retry_at.getTime() <= now);

const toTalk = (row: Wanting): Talk => ({
  id: row.broadcast_id,
  priority: row.priority as Talk['priority'],
  issuedAt: row.issued_at.getTime(),
  live: row.live,
  warning: row.incident_id !== null,
});

async function askToEnd(db: Db, id: string, deviceId: string, reason: string): Promise<void> {
  await db.updateTable('broadcast_targets').set({ asked_to_end: reason }).where(target(id, deviceId)).execute();
}

async function putInLine(db: Db, id: string, deviceId: string, now: Instant): Promise<void> {
  await db
    .updateTable('broadcast_targets')
    .set({ retry_at: new Date(now + lookAgain), reason: busy })
    .where(target(id, deviceId))
    .execute();
}

/** How the talk that a lease belongs to stands. */
export interface Kept {
  readonly state: BroadcastState;
  /** Why it is to let go of the loudspeaker. */
  readonly askedToEnd?: string;
}

/** Lengthens a lease; undefined when it was lost, and another may be speaking there. */
export async function keepTalk(db: Db, id: string, deviceId: string, lease: string, until: Instant): Promise<Kept | undefined> {
  const row = await db
    .updateTable('broadcast_targets')
    .set({ lease_until: new Date(until) })
    .where(target(id, deviceId))
    .where('lease', '=', lease)
    .returning(['state', 'asked_to_end'])
    .executeTakeFirst();
  return row && { state: row.state as BroadcastState, ...(row.asked_to_end === null ? {} : { askedToEnd: row.asked_to_end }) };
}

/** The first sound left for the loudspeaker. Nothing happens when it was stopped or the lease was lost meanwhile. */
export function beginTalk(
  store: Store['urgent'],
  id: string,
  deviceId: string,
  lease: string,
  how: string | undefined,
  now: Instant,
): Promise<void> {
  return store.transaction().execute(async (db) => {
    const row = await lockTarget(db, id, deviceId);
    if (row?.lease !== lease || row.state !== 'queued') return;
    await moveTarget(db, id, deviceId, { state: 'playing', ...(how === undefined ? {} : { reason: how }) }, now);
  });
}

/** How a talk ended, for the record. */
export type TalkEnd =
  | TargetChange
  /** To be said again, at once or from `retryAt` on. */
  | { readonly state: 'queued'; readonly reason: string; readonly retryAt?: Instant }
  /** Another needs the loudspeaker: the rule decides what becomes of these words. */
  | { readonly state: 'taken'; readonly reason: string };

/**
 * Ends a talk and lets go of the loudspeaker. What somebody stopped meanwhile stays stopped.
 * @returns the state that the target is now in; undefined when the lease was lost
 */
export function endTalk(
  store: Store['urgent'],
  id: string,
  deviceId: string,
  lease: string,
  end: TalkEnd,
  now: Instant,
): Promise<BroadcastState | undefined> {
  return store.transaction().execute(async (db) => {
    const row = await lockTarget(db, id, deviceId);
    if (row?.lease !== lease) return undefined;
    const retryAt = 'retryAt' in end && end.retryAt !== undefined ? new Date(end.retryAt) : null;
    await db
      .updateTable('broadcast_targets')
      .set({ lease: null, lease_until: null, retry_at: retryAt, asked_to_end: null })
      .where(target(id, deviceId))
      .execute();
    const state = row.state as BroadcastState;
    if (state !== 'queued' && state !== 'playing') return state;
    const change = end.state === 'taken' ? await taken(db, id, end.reason) : end;
    if (change.state === 'queued' && state === 'queued') {
      await db
        .updateTable('broadcast_targets')
        .set({ reason: change.reason ?? null })
        .where(target(id, deviceId))
        .execute();
      return state;
    }
    await moveTarget(db, id, deviceId, change as TargetChange, now);
    return change.state;
  });
}

async function taken(db: Db, id: string, reason: string): Promise<TargetChange> {
  const { live, incident_id } = await db
    .selectFrom('broadcasts')
    .select(['live', 'incident_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { state: afterTaken({ live, warning: incident_id !== null }) === 'again' ? 'queued' : 'stopped', reason };
}

/** Words that wait for this loudspeaker and may have it now, the most urgent first. */
export async function nextTalks(db: Db, deviceId: string, now: Instant): Promise<readonly string[]> {
  const rows = await db
    .updateTable('broadcast_targets')
    .from('broadcasts')
    .set({ retry_at: null })
    .whereRef('broadcasts.id', '=', 'broadcast_id')
    .where('device_id', '=', deviceId)
    .where('state', '=', 'queued')
    .where((is) => is.or([is('retry_at', 'is', null), is('reason', '=', busy), is('retry_at', '<=', new Date(now))]))
    .where('live', '=', false)
    .returning(['broadcast_id', 'priority', 'issued_at'])
    .execute();
  const urgency = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    a.priority - b.priority || a.issued_at.getTime() - b.issued_at.getTime();
  return rows.sort(urgency).map((row) => row.broadcast_id);
}
