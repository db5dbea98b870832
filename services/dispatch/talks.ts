import type { Powers, Spoken } from '../../devices/driver.ts';
import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import type { Clock, Hub, Lanes, Log, Timer } from '../ports.ts';
import type { BroadcastState } from '../store/broadcast-moves.ts';
import type { ClaimedTarget } from '../store/broadcasts.ts';
import type { Store } from '../store/connect.ts';
import type { Device } from '../store/register-view.ts';
import { beginTalk, endTalk, keepTalk, nextTalks, type TalkEnd } from '../store/talks.ts';
import type { Ear } from './proof.ts';

/**
 * The talks of this process: words on their way to a loudspeaker for as long as they last. A lease of the record says
 * that the loudspeaker is ours, and is lengthened while we speak; should this process die, another takes it.
 */
export interface TalkDeps {
  readonly db: Store['urgent'];
  readonly clock: Clock;
  readonly hub: Hub;
  readonly log: Log;
  readonly lanes: Pick<Lanes, 'offer'>;
}

export const talkLease: Duration = seconds(10);
const lengthenEvery: Duration = seconds(3);
const longestPause: Duration = seconds(15);
/** A driver that does not come back after it was told to end is left behind: the loudspeaker is free for the next. */
const farewell: Duration = seconds(3);

/** News on the hub's topic `talk`: somebody wants this talk to end. About `<broadcast> <device>`. */
export const talkTopic = 'talk';
export const talkName = (broadcastId: string, deviceId: string): string => `${broadcastId} ${deviceId}`;
/** News on `loudspeaker-free`, about the device: whoever waits for it may try. */
export const freeTopic = 'loudspeaker-free';

export interface Source {
  readonly pieces: AsyncIterable<Int16Array>;
  /** What left so far, for the ear. */
  readonly sent: () => Int16Array;
  /** What the words were made of, where that is worth knowing. */
  readonly how?: string;
}

export interface Talk {
  readonly claimed: ClaimedTarget;
  readonly lease: string;
  readonly device: Device;
  readonly speak: NonNullable<Powers['speak']>;
  /** Made once the loudspeaker is ours. */
  readonly source: (signal: AbortSignal) => Promise<Source>;
  readonly ear: () => Promise<Ear>;
  /** Whether a try that found the loudspeaker out of reach is to be the last. */
  readonly givesUp: () => Promise<boolean>;
  readonly began?: () => void;
}

export interface Talks {
  /** Speaks in the background, and writes what is known of it. @returns the state that it ended in; undefined when the lease was lost */
  begin(talk: Talk): Promise<BroadcastState | undefined>;
  /** Ends every talk here; what can be said again is left to another process. */
  close(): Promise<void>;
}

/** Why a talk ends before its words do. */
type Ending = 'stopped' | 'lost' | 'closing' | { readonly taken: string };

interface Running {
  readonly end: (why: Ending) => void;
  readonly check: () => Promise<void>;
  readonly over: Promise<BroadcastState | undefined>;
}

export function openTalks(deps: TalkDeps): Talks {
  const running = new Map<string, Running>();
  const hearing = deps.hub.listen(talkTopic, (about) => {
    for (const [name, talk] of running) if (about === 'all' || about === name) void talk.check();
  });
  let closing = false;
  return {
    begin(talk) {
      const started = start(talk, deps);
      const name = talkName(talk.claimed.broadcast.id, talk.claimed.deviceId);
      running.set(name, started);
      if (closing) started.end('closing');
      return started.over.finally(() => running.delete(name));
    },
    async close() {
      closing = true;
      hearing.stop();
      for (const talk of running.values()) talk.end('closing');
      await Promise.allSettled([...running.values()].map((talk) => talk.over));
    },
  };
}

function start(talk: Talk, deps: TalkDeps): Running {
  const { clock, db, log } = deps;
  const { broadcast, deviceId } = talk.claimed;
  const ending = new AbortController();
  let why: Ending | undefined;
  let until = clock.now() + talkLease;
  const end = (reason: Ending): void => {
    why ??= reason;
    ending.abort();
  };
  const check = async (): Promise<void> => {
    const next = clock.now() + talkLease;
    try {
      const kept = await keepTalk(db, broadcast.id, deviceId, talk.lease, next);
      if (!kept) return end('lost');
      until = next;
      if (kept.state !== 'queued' && kept.state !== 'playing') end('stopped');
      else if (kept.askedToEnd !== undefined) end({ taken: kept.askedToEnd });
    } catch (error) {
      log.warn({ err: error, deviceId }, 'the lease of a loudspeaker could not be lengthened');
      // Another process may speak there by now.
      if (clock.now() >= until) end('lost');
    }
  };
  const timer = clock.every('loudspeaker lease', lengthenEvery, check);
  const over = run(talk, { signal: ending.signal, why: () => why }, deps).finally(() => timer.stop());
  return { end, check, over };
}

interface Interruption {
  readonly signal: AbortSignal;
  readonly why: () => Ending | undefined;
}

async function run(talk: Talk, interruption: Interruption, deps: TalkDeps): Promise<BroadcastState | undefined> {
  const { broadcast, deviceId } = talk.claimed;
  const end = await saying(talk, interruption, deps);
  if (interruption.why() === 'lost') return undefined;
  const state = await settle(talk, end, deps);
  deps.hub.tell('events');
  deps.hub.tell(freeTopic, deviceId);
  for (const id of await nextTalks(deps.db, deviceId, deps.clock.now())) deps.lanes.offer({ type: 'broadcast', id, deviceId });
  // What became of a warning goes on its incident's timeline, and another loudspeaker may have to stand in.
  if (state !== 'queued') deps.lanes.offer({ type: 'broadcast', id: broadcast.id, deviceId });
  return state;
}

/** The record may be away for a moment; what was said must not be said again for that. The lease goes on meanwhile. */
async function settle(talk: Talk, end: TalkEnd, { db, clock, log }: TalkDeps): Promise<BroadcastState | undefined> {
  const { broadcast, deviceId } = talk.claimed;
  try {
    return await endTalk(db, broadcast.id, deviceId, talk.lease, end, clock.now());
  } catch (error) {
    log.warn({ err: error, deviceId }, 'the end of a broadcast could not be written; it is tried once more');
    return endTalk(db, broadcast.id, deviceId, talk.lease, end, clock.now());
  }
}

async function saying(talk: Talk, interruption: Interruption, deps: TalkDeps): Promise<TalkEnd> {
  let ear: Ear | undefined;
  try {
    const source = await talk.source(interruption.signal);
    ear = await talk.ear();
    const { spoken, beganAt } = await speak(talk, source, interruption.signal, deps);
    const why = interruption.why();
    if (spoken.outcome === 'stopped' || why !== undefined) return interrupted(why, talk.claimed.broadcast.live);
    if (spoken.outcome === 'failed') return { state: 'failed', reason: spoken.reason };
    if (spoken.outcome === 'unreachable') return outOfReach(talk, spoken.reason, deps.clock);
    return proved(spoken.outcome, await ear.verdict(source.sent(), beganAt), source.how);
  } catch (error) {
    deps.log.error({ err: error, deviceId: talk.claimed.deviceId }, 'a broadcast could not be spoken');
    return outOfReach(talk, 'driver-error', deps.clock);
  } finally {
    ear?.close();
  }
}

async function speak(
  talk: Talk,
  source: Source,
  signal: AbortSignal,
  { db, clock, log }: TalkDeps,
): Promise<{ spoken: Spoken; beganAt: Instant }> {
  const { broadcast, deviceId } = talk.claimed;
  const { priority, volume } = broadcast;
  let beganAt = clock.now();
  let written: Promise<void> = Promise.resolve();
  const began = (): void => {
    beganAt = clock.now();
    talk.began?.();
    written = beginTalk(db, broadcast.id, deviceId, talk.lease, source.how, beganAt).catch((error: unknown) =>
      log.warn({ err: error, deviceId }, 'the beginning of a broadcast could not be written'),
    );
  };
  const sound = { sampleRate: 8000 as const, pieces: source.pieces };
  const speaking = talk.speak(sound, { priority, ...(volume === undefined ? {} : { volume }), began, signal });
  const left = leftBehind(signal, clock);
  const spoken = await Promise.race([speaking, left.promise]).finally(left.forget);
  await written;
  return { spoken, beganAt };
}

function leftBehind(signal: AbortSignal, clock: Clock): { readonly promise: Promise<Spoken>; readonly forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<Spoken>();
  let timer: Timer | undefined;
  const wait = () => {
    timer = clock.after('loudspeaker let go', farewell, () => resolve({ outcome: 'stopped' }));
  };
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  const forget = () => {
    signal.removeEventListener('abort', wait);
    timer?.stop();
  };
  return { promise, forget };
}

function interrupted(why: Ending | undefined, live: boolean): TalkEnd {
  if (typeof why === 'object') return { state: 'taken', reason: why.taken };
  if (why === 'closing') return live ? { state: 'failed', reason: 'cut-off' } : { state: 'queued', reason: 'process-stopping' };
  return { state: 'stopped', reason: 'stopped by the loudspeaker' };
}

async function outOfReach(talk: Talk, reason: string, clock: Clock): Promise<TalkEnd> {
  const { attempts, broadcast } = talk.claimed;
  if (broadcast.live || (await talk.givesUp())) return { state: 'failed', reason };
  const pause = Math.min(seconds(2 ** Math.min(attempts - 1, 5)), longestPause);
  return { state: 'queued', reason, retryAt: clock.now() + pause };
}

function proved(outcome: 'sent' | 'played', { verdict, proof }: Awaited<ReturnType<Ear['verdict']>>, how: string | undefined): TalkEnd {
  const known = proof === undefined ? {} : { proof };
  const unusual = how === undefined ? {} : { reason: how };
  if (verdict === 'heard') return { state: 'heard', ...known, ...unusual };
  if (verdict === 'not-heard') return { state: 'failed', reason: 'not-heard', ...known };
  return { state: outcome, ...known, ...unusual };
}
