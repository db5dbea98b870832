import { randomUUID } from 'node:crypto';
import type { Announcement, Delivery, Powers } from '../../devices/driver.ts';
import { type Instant, minutes, seconds } from '../alarm/index.ts';
import type { Clock, Handlers, Hub } from '../ports.ts';
import { silentSites } from '../store/broadcast-lists.ts';
import { type BroadcastState, stopTarget } from '../store/broadcast-moves.ts';
import { type ClaimedTarget, claimTarget, retryTarget, type StoredBroadcast, settleTarget } from '../store/broadcasts.ts';
import type { Store } from '../store/connect.ts';
import { claimTalk } from '../store/talks.ts';
import type { Uttered } from './broadcast-sound.ts';
import { pieces } from './broadcast-sound.ts';
import { attempt, type LoudspeakerDeps, type Opened, openLoudspeaker } from './loudspeaker.ts';
import { openEar, type ProofDeps } from './proof.ts';
import { type Talk, type Talks, talkLease, talkName, talkTopic } from './talks.ts';
import type { Verdicts } from './verdicts.ts';

export interface AnnounceDeps extends LoudspeakerDeps {
  readonly db: Store['urgent'];
  readonly clock: Clock;
  readonly hub: Hub;
  readonly talks: Talks;
  readonly utter: (words: ClaimedTarget['broadcast']) => Promise<Uttered>;
  readonly proof: ProofDeps;
  readonly verdicts: Verdicts;
}

/** What it takes to end words that are being said, or wait. */
export type StopDeps = Pick<AnnounceDeps, 'db' | 'clock' | 'hub' | keyof LoudspeakerDeps>;

/** Words that come later than this are about something else by now. */
export const broadcastGoodFor = minutes(2);
/** Longer than any driver's own deadline for taking a message. */
const lease = seconds(15);
const longestPause = seconds(15);
/** A warning goes to another loudspeaker when this many tries found the first one out of reach: about 3 s. */
const mostTries = 3;

/**
 * Does what is due of a broadcast on one loudspeaker: has it said, or writes down what became of it. Safe to repeat: the claim
 * and the broadcast id see to it. Words that we speak ourselves go on after this has resolved.
 */
export function announceHandler(deps: AnnounceDeps): NonNullable<Handlers['broadcast']> {
  return async ({ id, deviceId }) => {
    if (await deps.verdicts.note(id, deviceId)) return;
    const opened = await openLoudspeaker(deviceId, deps);
    if ('powers' in opened && opened.powers.speak && !opened.powers.play) return speak(id, opened, opened.powers.speak, deps);
    const token = randomUUID();
    const claimed = await claimTarget(deps.db, id, deviceId, token, deps.clock.now(), lease);
    if (!claimed) return;
    const delivery = 'outcome' in opened ? opened : await play(claimed, opened, deps);
    await record(claimed, token, delivery, deps);
  };
}

async function play(claimed: ClaimedTarget, opened: Opened, deps: AnnounceDeps): Promise<Delivery> {
  const { device, powers } = opened;
  if (!powers.play) return { outcome: 'failed', reason: 'not-implemented' };
  if (await mustBeSilent(opened, deps)) return { outcome: 'failed', reason: 'incident-silent' };
  return attempt(() => powers.play?.(announcementOf(claimed)), device.id, deps.log);
}

function announcementOf({ broadcast }: ClaimedTarget): Announcement {
  const { id, text, audioUrl, lang, repeat, volume, priority, expiresAt } = broadcast;
  return {
    broadcastId: id,
    ...(text === undefined ? {} : { text }),
    ...(audioUrl === undefined ? {} : { audioUrl }),
    lang,
    repeat,
    ...(volume === undefined ? {} : { volume }),
    priority,
    expiresAt,
  };
}

/** A call under duress may have come after the broadcast was asked for. */
async function mustBeSilent({ device }: Opened, { db }: AnnounceDeps): Promise<boolean> {
  return device.siteId !== undefined && (await silentSites(db, [device.siteId])).has(device.siteId);
}

async function speak(id: string, opened: Opened, power: NonNullable<Powers['speak']>, deps: AnnounceDeps): Promise<void> {
  const { db, clock, hub, log, talks } = deps;
  const { device } = opened;
  const token = randomUUID();
  const turn = await claimTalk(db, id, device.id, token, clock.now(), talkLease);
  if (turn.act === 'take') hub.tell(talkTopic, talkName(turn.from, device.id));
  if (turn.act !== 'speak') return;
  const talk = talkOf(turn.claimed, token, opened, power, deps);
  talks.begin(talk).catch((error: unknown) => log.error({ err: error, broadcastId: id }, 'the end of a broadcast is not in the record'));
}

function talkOf(claimed: ClaimedTarget, token: string, opened: Opened, power: NonNullable<Powers['speak']>, deps: AnnounceDeps): Talk {
  const { broadcast, attempts } = claimed;
  const { device } = opened;
  const words = deps.utter(broadcast);
  words.catch((error: unknown) => deps.log.debug({ err: error }, 'told by the talk itself'));
  return {
    claimed,
    lease: token,
    device,
    speak: async (sound, speaking) =>
      (await mustBeSilent(opened, deps)) ? { outcome: 'failed', reason: 'incident-silent' } : power(sound, speaking),
    source: async () => {
      const { samples, how } = await words;
      return { pieces: pieces(samples), sent: () => samples, ...(how === 'tone' ? { how: 'tone-only' } : {}) };
    },
    ear: async () => openEar(device, (await words).samples.length / 8, deps.proof),
    givesUp: async () => attempts >= mostTries && (await deps.verdicts.standIn(broadcast.id, device.id)) !== undefined,
  };
}

async function record(
  { broadcast, deviceId, attempts }: ClaimedTarget,
  token: string,
  delivery: Delivery,
  deps: AnnounceDeps,
): Promise<void> {
  const { db, clock, hub, verdicts } = deps;
  const now: Instant = clock.now();
  const givesUp = attempts >= mostTries && (await verdicts.standIn(broadcast.id, deviceId)) !== undefined;
  if (delivery.outcome === 'unreachable' && !givesUp) {
    const pause = Math.min(seconds(2 ** Math.min(attempts - 1, 5)), longestPause);
    await retryTarget(db, broadcast.id, deviceId, token, delivery.reason, now + pause);
    return;
  }
  const change = 'reason' in delivery ? ({ state: 'failed', reason: delivery.reason } as const) : ({ state: 'sent' } as const);
  const state = await db.transaction().execute((trx) => settleTarget(trx, broadcast.id, deviceId, token, change, now));
  if (state !== undefined) hub.tell('events');
  // Stopped while it was on its way: the loudspeaker got the words and must get the stop after them.
  if (state === 'stopped') await stopOn(broadcast.id, deviceId, deps);
  await verdicts.note(broadcast.id, deviceId);
}

/**
 * Stops a broadcast on all its loudspeakers. Words that we speak end at once, in whichever process; a loudspeaker that finds
 * the words itself and cannot be reached, or cannot stop, keeps its state.
 * @returns for each loudspeaker that did not stop, why
 */
export async function stopBroadcast(broadcast: StoredBroadcast, by: string, deps: StopDeps): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  const running = broadcast.targets.filter(({ state }) => state === 'queued' || state === 'sent' || state === 'playing');
  await Promise.all(
    running.map(async ({ deviceId, spoken }) => {
      const reason = `stopped by ${by}`;
      const ours: readonly BroadcastState[] = spoken ? ['queued', 'playing'] : ['queued'];
      if (await mark(broadcast.id, deviceId, reason, ours, deps)) return deps.hub.tell(talkTopic, talkName(broadcast.id, deviceId));
      if (spoken) return;
      const delivery = await stopOn(broadcast.id, deviceId, deps);
      if ('reason' in delivery) faults.set(deviceId, delivery.reason);
      else await mark(broadcast.id, deviceId, reason, ['sent', 'playing'], deps);
    }),
  );
  if (running.length > 0) deps.hub.tell('events');
  return faults;
}

const mark = (id: string, deviceId: string, reason: string, from: readonly BroadcastState[], { db, clock }: StopDeps): Promise<boolean> =>
  db.transaction().execute((trx) => stopTarget(trx, id, deviceId, reason, clock.now(), from));

async function stopOn(id: string, deviceId: string, deps: StopDeps): Promise<Delivery> {
  const opened = await openLoudspeaker(deviceId, deps);
  if ('outcome' in opened) return opened;
  return attempt(() => opened.powers.stop?.(id), deviceId, deps.log);
}
