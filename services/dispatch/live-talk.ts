import { randomUUID } from 'node:crypto';
import { withChirp } from '../../devices/media/hearing.ts';
import { type Duration, milliseconds, minutes, seconds } from '../alarm/index.ts';
import { silentSites } from '../store/broadcast-lists.ts';
import type { BroadcastState } from '../store/broadcast-moves.ts';
import type { StoredBroadcast } from '../store/broadcasts.ts';
import { claimTalk, endTalk } from '../store/talks.ts';
import type { AnnounceDeps } from './announce.ts';
import { type Opened, openLoudspeaker } from './loudspeaker.ts';
import { openEar } from './proof.ts';
import { freeTopic, type Source, talkLease, talkName, talkTopic } from './talks.ts';

/** An operator speaks to loudspeakers: sound comes in pieces and goes to every loudspeaker that is ours by then. */

export type TalkNews =
  | { readonly type: 'waiting'; readonly deviceId: string; readonly behind: string }
  | { readonly type: 'talking'; readonly deviceId: string }
  | { readonly type: 'ended'; readonly deviceId: string; readonly state: BroadcastState };

export interface LiveTalk {
  /** Mono, 16 bit, 8 kHz, as it is spoken. */
  hear(samples: Int16Array): void;
  /** The operator has ended: what was spoken is still said to its end. */
  end(): void;
  /** Resolves when every loudspeaker is done. */
  readonly over: Promise<void>;
}

/** Nobody talks longer without pressing the button anew: a forgotten microphone must not fill a square. */
export const longestTalk: Duration = minutes(3);
/** Sound that waits longer than this for a slow loudspeaker is left out, so that the talk stays live. */
const mostBehind = 2 * 8000;
const patience = { ear: milliseconds(300), loudspeaker: seconds(2) };
/** What the ear compares is the beginning. */
const kept = 20 * 8000;

export function openLiveTalk(broadcast: StoredBroadcast, deps: AnnounceDeps, tell: (news: TalkNews) => void): LiveTalk {
  const lines = new Set<Line>();
  const ending = new AbortController();
  const waiting = broadcast.targets.filter(({ state }) => state === 'queued');
  const over = Promise.all(waiting.map(({ deviceId }) => speakThrough({ broadcast, deviceId, lines, ended: ending.signal, deps, tell })));
  const timer = deps.clock.after('live talk is long enough', longestTalk, () => end());
  const end = (): void => {
    timer.stop();
    ending.abort();
    for (const line of lines) line.end();
  };
  return {
    hear: (samples) => {
      for (const line of lines) line.put(samples);
    },
    end,
    over: over.then(() => timer.stop()),
  };
}

interface Part {
  readonly broadcast: StoredBroadcast;
  readonly deviceId: string;
  readonly lines: Set<Line>;
  readonly ended: AbortSignal;
  readonly deps: AnnounceDeps;
  readonly tell: (news: TalkNews) => void;
}

async function speakThrough(part: Part): Promise<void> {
  const { deviceId, deps, tell } = part;
  try {
    const state = await takeTurn(part);
    if (state !== undefined) tell({ type: 'ended', deviceId, state });
  } catch (error) {
    deps.log.error({ err: error, deviceId }, 'a live talk failed at a loudspeaker');
    tell({ type: 'ended', deviceId, state: 'failed' });
  }
}

/** Waits for the loudspeaker as long as the operator speaks. */
async function takeTurn(part: Part): Promise<BroadcastState | undefined> {
  const { broadcast, deviceId, ended, deps, tell } = part;
  const token = randomUUID();
  const opened = await openLoudspeaker(deviceId, deps);
  for (let told = false; !ended.aborted; ) {
    const turn = await claimTalk(deps.db, broadcast.id, deviceId, token, deps.clock.now(), talkLease, true);
    if (turn.act === 'nothing') return undefined;
    if (turn.act === 'speak') return speak({ ...part, opened, token, attempts: turn.claimed.attempts });
    if (turn.act === 'take') deps.hub.tell(talkTopic, talkName(turn.from, deviceId));
    if (!told) tell({ type: 'waiting', deviceId, behind: turn.act === 'take' ? turn.from : turn.behind });
    told = true;
    await freeAgain(deviceId, ended, deps);
  }
  return undefined;
}

/** Resolves when the loudspeaker may be free, or the operator has ended. */
async function freeAgain(deviceId: string, ended: AbortSignal, { hub, clock }: AnnounceDeps): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  const hearing = hub.listen(freeTopic, (about) => (about === deviceId || about === 'all' ? resolve() : undefined));
  const timer = clock.after('live talk looks for its loudspeaker', patience.loudspeaker, done);
  ended.addEventListener('abort', done, { once: true });
  await promise;
  ended.removeEventListener('abort', done);
  hearing.stop();
  timer.stop();
}

interface Claim extends Part {
  readonly opened: Awaited<ReturnType<typeof openLoudspeaker>>;
  readonly token: string;
  readonly attempts: number;
}

async function speak({
  broadcast,
  deviceId,
  lines,
  ended,
  deps,
  tell,
  opened,
  token,
  attempts,
}: Claim): Promise<BroadcastState | undefined> {
  const fault = await obstacle(opened, deps);
  if (fault !== undefined || !('powers' in opened) || !opened.powers.speak) {
    const end = { state: 'failed', reason: fault ?? 'not-implemented' } as const;
    return endTalk(deps.db, broadcast.id, deviceId, token, end, deps.clock.now());
  }
  const line = openLine();
  lines.add(line);
  if (ended.aborted) line.end();
  const { device, powers } = opened;
  const state = await deps.talks.begin({
    claimed: { broadcast, deviceId, attempts },
    lease: token,
    device,
    speak: powers.speak as NonNullable<typeof powers.speak>,
    source: async () => line.source,
    ear: () => openEar(device, undefined, deps.proof, patience.ear),
    givesUp: async () => true,
    began: () => tell({ type: 'talking', deviceId }),
  });
  lines.delete(line);
  line.end();
  return state;
}

async function obstacle(opened: Opened | { readonly reason: string }, { db }: AnnounceDeps): Promise<string | undefined> {
  if (!('powers' in opened)) return opened.reason;
  const { siteId } = opened.device;
  return siteId !== undefined && (await silentSites(db, [siteId])).has(siteId) ? 'incident-silent' : undefined;
}

interface Line {
  readonly source: Source;
  put(samples: Int16Array): void;
  end(): void;
}

/** The chirp, then what the operator says from now on. */
function openLine(): Line {
  const call = withChirp(new Int16Array(0));
  const queue: Int16Array[] = [];
  const sent: Int16Array[] = [call];
  let [held, count] = [0, 0];
  let over = false;
  let more = Promise.withResolvers<void>();
  const stir = (): void => {
    more.resolve();
    more = Promise.withResolvers<void>();
  };
  async function* pieces(): AsyncGenerator<Int16Array> {
    yield call;
    for (;;) {
      const piece = queue.shift();
      if (piece) {
        held -= piece.length;
        if (count < kept) sent.push(piece);
        count += piece.length;
        yield piece;
      } else if (over) return;
      else await more.promise;
    }
  }
  return {
    source: { pieces: pieces(), sent: () => joined(sent) },
    put(samples) {
      if (over) return;
      queue.push(samples);
      held += samples.length;
      while (held > mostBehind && queue.length > 1) held -= queue.shift()?.length ?? 0;
      stir();
    },
    end() {
      over = true;
      stir();
    },
  };
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
