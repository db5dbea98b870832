import { type Sound, type Speaking, type Spoken, Trouble } from '../driver.ts';
import { openFeed } from './feed.ts';
import { encodeG711, type Law, silenceOf } from './g711.ts';
import { frameMilliseconds, frameSamples, openPace, type Pace, type Timer, wait } from './pace.ts';

/** One way of talking to a loudspeaker, from the first packet to the end of its session: what all drivers of this folder share. */

/** An open session of one loudspeaker, ready for sound. */
export interface Line {
  readonly law: Law;
  /**
   * 20 ms of G.711, when they are due. `leftOut` is how many packet times were passed over before them.
   * @throws Trouble
   */
  readonly send: (payload: Uint8Array, leftOut: number) => void | Promise<void>;
  /** Aborts, with the Trouble as its reason, when the device ends the session or the connection breaks. */
  readonly broken: AbortSignal;
  /**
   * Silence that follows the words, milliseconds: receivers hold some sound back until more comes. Without it a telephone
   * (baresip 1.0) kept the last 100 ms for itself.
   */
  readonly tail: number;
  /**
   * Ends the session. `stopped`: at once, the rest is not to be heard. Resolves with what the device had to say against
   * the words once they were over, if it did. Bounded in time; never rejects.
   */
  readonly close: (how: 'over' | 'stopped') => Promise<Trouble | undefined>;
}

/** The source of the words failed, not the loudspeaker. */
class SourceFault extends Error {}

/**
 * Opens a line, says everything at the speed of speech and closes the line. Answers at once when `speaking.signal`
 * aborts; the session is then ended behind its back.
 */
export async function speakOver(
  open: (signal: AbortSignal) => Promise<Line>,
  sound: Sound,
  speaking: Speaking,
  timer: Timer,
): Promise<Spoken> {
  const { signal } = speaking;
  let line: Line | undefined;
  try {
    signal.throwIfAborted();
    const opening = open(signal);
    line = await orEnded(opening, signal);
    if (!line) return forget(opening);
    const milliseconds = await talk(line, sound, speaking, timer);
    if (signal.aborted) return stop(line);
    if (line.broken.aborted) throw line.broken.reason;
    const protest = await orEnded(line.close('over'), signal);
    if (protest) throw protest;
    return { outcome: 'sent', milliseconds };
  } catch (error) {
    if (line) void line.close('stopped');
    return signal.aborted ? { outcome: 'stopped' } : spokenOf(error);
  }
}

/** Not every step on the way in can be broken off (a name that is looked up); what is opened too late is closed again. */
function forget(opening: Promise<Line>): Spoken {
  opening.then(
    (late) => late.close('stopped'),
    () => undefined,
  );
  return { outcome: 'stopped' };
}

function stop(line: Line): Spoken {
  void line.close('stopped');
  return { outcome: 'stopped' };
}

/** Resolves with the length of the sound that left, milliseconds, without filler. */
async function talk(line: Line, sound: Sound, speaking: Speaking, timer: Timer): Promise<number> {
  const ended = AbortSignal.any([speaking.signal, line.broken]);
  const feed = openFeed(sound.pieces);
  const close = (): void => feed.close();
  ended.addEventListener('abort', close, { once: true });
  const pace = openPace(timer);
  let samples = 0;
  try {
    while (!ended.aborted) {
      const frame = await feed.next().catch((error: unknown) => {
        throw new SourceFault('the words could not be fetched', { cause: error });
      });
      if (!frame) break;
      const leftOut = await pace.next(ended);
      if (ended.aborted) break;
      await orEnded(line.send(encodeG711(line.law, frame.samples), leftOut), ended);
      if (ended.aborted) break;
      if (samples === 0) speaking.began();
      samples += frame.sound;
    }
    if (samples === 0 && !ended.aborted) throw new SourceFault('there was nothing to say');
    await fadeOut(line, pace, ended);
    await wait(timer, frameMilliseconds, ended);
    return samples / 8;
  } finally {
    ended.removeEventListener('abort', close);
    feed.close();
  }
}

async function fadeOut(line: Line, pace: Pace, ended: AbortSignal): Promise<void> {
  const silence = new Uint8Array(frameSamples).fill(silenceOf[line.law]);
  for (let left = line.tail; left > 0 && !ended.aborted; left -= frameMilliseconds) {
    const leftOut = await pace.next(ended);
    if (!ended.aborted) await orEnded(line.send(silence, leftOut), ended);
  }
}

/** Whichever is first; a connection that takes nothing any more may not hold up who wants it to stop. */
async function orEnded<T>(work: T | Promise<T>, ended: AbortSignal): Promise<T | undefined> {
  if (!(work instanceof Promise)) return work;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const abort = (): void => resolve(undefined);
  if (ended.aborted) abort();
  ended.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => ended.removeEventListener('abort', abort));
}

/** The reason begins with the code of the trouble, so that whoever chooses the next route can tell busy from broken. */
export function spokenOf(error: unknown): Spoken {
  if (!(error instanceof Trouble)) {
    return { outcome: 'failed', reason: error instanceof SourceFault ? error.message : 'fault in the driver of the loudspeaker' };
  }
  const reason = `${error.code}: ${error.message}`;
  switch (error.code) {
    case 'unreachable':
    case 'silent':
    case 'busy':
      return { outcome: 'unreachable', reason };
    case 'refused':
    case 'garbled':
    case 'unsupported':
    case 'misconfigured':
      return { outcome: 'failed', reason };
    default:
      return error.code satisfies never;
  }
}
