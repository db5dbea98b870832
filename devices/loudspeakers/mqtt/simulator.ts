import { topicOf } from '../../branch.ts';
import { forgery, type StationKey } from '../../signature.ts';
import { connect, type Line, readLetter, type Sent, type SimulatedDevice, type Visible, visible } from '../../simulator.ts';
import { type PlaybackState, type PlayLetter, playLetter, stopLetter } from './payload.ts';

export type LoudspeakerBehaviour = 'plays' | 'fails' | 'silent';

/** One play letter that came in. Only an effective one is said aloud. */
export type ReceivedPlay = { readonly receivedAt: number } & (
  | { readonly outcome: 'effective' | 'repeat' | 'expired' | 'stopped'; readonly broadcast: PlayLetter }
  | { readonly outcome: 'unreadable' | 'forged'; readonly reason: string }
);

export interface SimulatedLoudspeaker extends Visible {
  readonly id: string;
  /** Every play letter in the order of arrival. */
  readonly plays: readonly ReceivedPlay[];
  /** The broadcasts that were said aloud: the first of each id that had neither expired nor been stopped before. */
  effective(): readonly PlayLetter[];
  /** Ids of the broadcasts that were stopped, in order. */
  readonly stops: readonly string[];
  behave(behaviour: LoudspeakerBehaviour): void;
  report(broadcastId: string, state: PlaybackState, reason?: string): Promise<Sent>;
  /** Any bytes on a channel of the loudspeaker. */
  raw(payload: string | Uint8Array, channel: string): Promise<Sent>;
}

export interface LoudspeakerOptions extends SimulatedDevice {
  /** What it does with a broadcast by itself; `plays` takes no time. Default `plays`. */
  readonly behaviour?: LoudspeakerBehaviour;
  /** Told the station's keys, it takes only what one of them signed. */
  readonly stationKeys?: readonly StationKey[];
}

/** A loudspeaker that keeps the contract to the letter. Promises resolve on PUBACK. */
export async function simulateLoudspeaker(options: LoudspeakerOptions): Promise<SimulatedLoudspeaker> {
  let behaviour = options.behaviour ?? 'plays';
  const plays: ReceivedPlay[] = [];
  const said = new Map<string, PlayLetter>();
  const stops: string[] = [];

  const line = await connect(options, 'loudspeaker', ['play', 'stop'], (channel, payload, own) => {
    const topic = topicOf({ id: options.id, kind: 'loudspeaker' }, channel);
    const forged = options.stationKeys && forgery(topic, payload, options.stationKeys, own.now());
    if (channel === 'stop') return forged === undefined ? stop(own, payload) : undefined;
    const received = forged === undefined ? judge(payload, said, stops, own.now()) : refused(forged, own.now());
    plays.push(received);
    if (received.outcome === 'effective') answer(own, received.broadcast.broadcastId);
  });

  function stop(own: Line, payload: Uint8Array): void {
    const letter = stopLetter.safeParse(readLetter(payload));
    if (letter.success) stops.push(letter.data.broadcastId);
    else own.inBackground(() => Promise.reject(new Error(`stop is not of the contract: ${letter.error.message}`)));
  }

  function answer(own: Line, broadcastId: string): void {
    if (behaviour === 'silent') return;
    const fails = behaviour === 'fails';
    own.inBackground(async () => {
      if (fails) return report(own, broadcastId, 'failed', 'amplifier fault');
      await report(own, broadcastId, 'playing');
      return report(own, broadcastId, 'played');
    });
  }

  function report(own: Line, broadcastId: string, state: PlaybackState, reason?: string): Promise<Sent> {
    return own.tell('report', { broadcastId, state, ...(reason === undefined ? {} : { reason }) });
  }

  return {
    ...visible(line),
    id: options.id,
    plays,
    effective: () => [...said.values()],
    stops,
    behave: (next) => {
      behaviour = next;
    },
    report: (broadcastId, state, reason) => report(line, broadcastId, state, reason),
    raw: (payload, channel) => line.publish(channel, payload),
  };
}

const refused = (reason: string, receivedAt: number): ReceivedPlay => ({ outcome: 'forged', reason, receivedAt });

/** Writes an effective broadcast into `said`. */
function judge(payload: Uint8Array, said: Map<string, PlayLetter>, stops: readonly string[], now: number): ReceivedPlay {
  const letter = playLetter.safeParse(readLetter(payload));
  if (!letter.success) return { outcome: 'unreadable', reason: letter.error.message, receivedAt: now };
  const broadcast = letter.data;
  if (said.has(broadcast.broadcastId)) return { outcome: 'repeat', broadcast, receivedAt: now };
  if (stops.includes(broadcast.broadcastId)) return { outcome: 'stopped', broadcast, receivedAt: now };
  if (Date.parse(broadcast.expiresAt) <= now) return { outcome: 'expired', broadcast, receivedAt: now };
  said.set(broadcast.broadcastId, broadcast);
  return { outcome: 'effective', broadcast, receivedAt: now };
}
