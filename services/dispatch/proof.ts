import type { Hearing } from '../../devices/media/hearing.ts';
import type { FindSource, Media } from '../../devices/media/index.ts';
import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { Proof } from '../store/tables.ts';

/** The proof of a broadcast: a camera's microphone beside the loudspeaker records while we speak. */

export interface ProofDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly media: Pick<Media, 'listen'>;
  readonly register: Pick<Register, 'deviceOrLoad' | 'devicesAtSite'>;
  /** The stream of a camera, with its microphone; undefined when the camera has none. */
  readonly sourceOf: (cameraId: string) => Promise<FindSource | undefined>;
  readonly hear: (sent: Int16Array, recorded: Int16Array) => Hearing | Promise<Hearing>;
}

export type Verdict =
  | { readonly verdict: 'heard' | 'not-heard'; readonly proof: Proof }
  /** Nobody listens there, or what listened was deaf: nothing is proved either way. */
  | { readonly verdict: 'unknown'; readonly proof?: Proof };

export interface Ear {
  /**
   * Asked when the words are over; decides within `decideWithin`.
   * @param sent what was sent, from its beginning
   * @param sentAt when that beginning left
   */
  verdict(sent: Int16Array, sentAt: Instant): Promise<Verdict>;
  /** Nobody wants to know any more. */
  close(): void;
}

/** hear() looks at so much of what was sent; a longer recording proves nothing more. */
const mostListened: Duration = seconds(15);
/** A talk is judged by its beginning: nobody knows when it ends, and a recording cannot be cut short. */
const ofTalk: Duration = seconds(4);
/** Until the loudspeaker took the call, and the way through device, air and camera. */
const longestDelay: Duration = seconds(2.5);
/** A warning must not wait long for the ear; a microphone that begins later still hears the words. */
export const patienceForEar: Duration = seconds(1.2);
/** The recording is over 2.5 s after the words at the latest, the comparison takes 1.5 s: the verdict is there within 5 s. */
export const decideWithin: Duration = seconds(4.5);

/**
 * Begins to listen beside a loudspeaker. Resolves as soon as the microphone hears, and in any case within `patience`.
 * @param length of the words; undefined of an operator's talk, whose end nobody knows
 */
export async function openEar(
  loudspeaker: Device,
  length: Duration | undefined,
  deps: ProofDeps,
  patience: Duration = patienceForEar,
): Promise<Ear> {
  const ear = earOf(loudspeaker, deps.register);
  if (ear === undefined) return { verdict: async () => ({ verdict: 'unknown' }), close: () => undefined };
  const ending = new AbortController();
  const began = Promise.withResolvers<void>();
  const judged = Math.min(length ?? ofTalk, mostListened);
  let heardFrom: Instant | undefined;
  const begins = () => {
    heardFrom = deps.clock.now();
    began.resolve();
  };
  const recording = record(ear, judged + longestDelay, ending.signal, begins, deps);
  recording.then(() => began.resolve());
  await within(deps.clock, 'ear begins', patience, began.promise);
  return {
    close: () => ending.abort(),
    async verdict(sent, sentAt) {
      const hearing = await within(deps.clock, 'ear decides', decideWithin, compare(recording, sent.subarray(0, judged * 8), deps));
      ending.abort();
      if (hearing === undefined) return { verdict: 'unknown', proof: { ear, deaf: 'too-late' } };
      if ('deaf' in hearing) return { verdict: 'unknown', proof: { ear, deaf: hearing.deaf } };
      return judge(ear, hearing, heardFrom === undefined ? undefined : heardFrom - sentAt);
    },
  };
}

/** The camera that the installer bound to the loudspeaker as its ear, or the camera whose own loudspeaker it is. */
export function earOf({ settings, siteId }: Device, register: Pick<Register, 'devicesAtSite'>): string | undefined {
  const { ear, url } = settings as { readonly ear?: unknown; readonly url?: unknown };
  if (typeof ear === 'string') return ear;
  const host = hostOf(url);
  if (host === undefined || siteId === undefined) return undefined;
  return register.devicesAtSite(siteId).find((device) => device.kind === 'camera' && hostOf(device.settings['address']) === host)?.id;
}

const hostOf = (address: unknown): string | undefined => (typeof address === 'string' ? URL.parse(address)?.hostname : undefined);

type Recorded = { readonly samples: Int16Array } | { readonly deaf: string };

async function record(
  cameraId: string,
  milliseconds: Duration,
  signal: AbortSignal,
  began: () => void,
  { register, sourceOf, media, log }: ProofDeps,
): Promise<Recorded> {
  try {
    const camera = await register.deviceOrLoad(cameraId);
    if (camera?.kind !== 'camera') return { deaf: 'no-such-camera' };
    const source = await sourceOf(cameraId);
    if (!source) return { deaf: 'no-stream' };
    return { samples: await media.listen(await source(), { milliseconds, signal, began }) };
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, cameraId }, 'the microphone beside a loudspeaker could not be heard');
    return { deaf: codeOf(error) };
  }
}

async function compare(
  recording: Promise<Recorded>,
  sent: Int16Array,
  { hear, log }: ProofDeps,
): Promise<Hearing | { readonly deaf: string }> {
  const recorded = await recording;
  if ('deaf' in recorded) return recorded;
  try {
    return await hear(sent, recorded.samples);
  } catch (error) {
    log.error({ err: error }, 'what a microphone heard could not be compared');
    return { deaf: 'error' };
  }
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'error';
};

/** @param ahead by how much the recording began after our first sound, negative when it began before */
function judge(ear: string, { heard, why, confidence, delayMs, levelDb }: Hearing, ahead: Duration | undefined): Verdict {
  const found = {
    ...(delayMs === undefined || ahead === undefined ? {} : { delayMs: delayMs + ahead }),
    ...(levelDb === undefined ? {} : { level: levelDb }),
  };
  if (heard) return { verdict: 'heard', proof: { ear, confidence, ...found } };
  // A microphone that gives nothing at all is the camera's fault, not the loudspeaker's.
  if (why === 'microphone-silent' || why === 'too-short') return { verdict: 'unknown', proof: { ear, deaf: why } };
  return { verdict: 'not-heard', proof: { ear, confidence, why, ...found } };
}

async function within<T>(clock: Clock, name: string, patience: Duration, work: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = clock.after(name, patience, () => late.resolve(undefined));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    timer.stop();
  }
}
