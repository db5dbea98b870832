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
  readonly register: Pick<Register, 'deviceOrLoad'>;
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
/** The way through device, air and camera, and the camera's own start. */
const longestDelay: Duration = seconds(2.5);
/** A warning must not wait long for the ear; a microphone that begins later still hears the words. */
export const patienceForEar: Duration = seconds(1.2);
/** The verdict is there 5 s after the end of the words. */
export const decideWithin: Duration = seconds(4);

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
  const ear = earOf(loudspeaker);
  if (ear === undefined) return { verdict: async () => ({ verdict: 'unknown' }), close: () => undefined };
  const ending = new AbortController();
  const began = Promise.withResolvers<void>();
  const milliseconds = Math.min(length ?? mostListened, mostListened) + longestDelay + patience;
  let heardFrom: Instant | undefined;
  const begins = () => {
    heardFrom = deps.clock.now();
    began.resolve();
  };
  const recording = record(ear, milliseconds, ending.signal, begins, deps);
  recording.then(() => began.resolve());
  await within(deps.clock, 'ear begins', patience, began.promise);
  return {
    close: () => ending.abort(),
    async verdict(sent, sentAt) {
      const recorded = await within(deps.clock, 'ear decides', decideWithin, recording);
      ending.abort();
      if (recorded === undefined) return { verdict: 'unknown', proof: { ear, deaf: 'too-late' } };
      if ('deaf' in recorded) return { verdict: 'unknown', proof: { ear, deaf: recorded.deaf } };
      const hearing = await deps.hear(sent, recorded.samples);
      return judge(ear, hearing, heardFrom === undefined ? undefined : heardFrom - sentAt);
    },
  };
}

/** The camera that the installer bound to the loudspeaker as its ear, or the camera whose own loudspeaker it is. */
export function earOf({ settings }: Pick<Device, 'settings'>): string | undefined {
  const ear = settings['ear'];
  return typeof ear === 'string' && ear !== '' ? ear : undefined;
}

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
