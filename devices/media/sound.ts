import { Trouble } from '../driver.ts';
import { FormatError } from './boxes.ts';
import { decodeSound, grayPicture, recordSound } from './commands.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { ListenWanted, Source } from './media.ts';
import { fromBytes, readWav, resample } from './pcm.ts';
import type { Bridge } from './rtsp-bridge.ts';
import { runOnce } from './run.ts';

export interface SoundGive {
  readonly ffmpeg: () => Promise<Ffmpeg>;
  readonly bridge: (source: Source, signal: AbortSignal) => Promise<Bridge>;
  readonly queue: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

const rate = 8000;
/** Half an hour: nobody plays more over a loudspeaker in one piece. */
const longestSound = 1800 * rate * 2;
const longestListening = 120_000;
/** For a camera to answer and start to send. */
const startWithin = 10_000;
const withSignal = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});

/** Plain WAV is read here, so that recorded phrases play where there is no ffmpeg. @throws Trouble */
export async function decodeAny(bytes: Uint8Array, give: SoundGive, signal?: AbortSignal): Promise<Int16Array> {
  const wav = plainWav(bytes);
  if (wav) return resample(wav, rate);
  const { program } = await give.ffmpeg();
  const pcm = await give.queue(
    () => runOnce(program, decodeSound(), { input: bytes, largest: longestSound, milliseconds: 30_000, ...withSignal(signal) }),
    signal,
  );
  if (pcm.length < 2) throw new Trouble('garbled', 'there is no sound in it');
  return fromBytes(pcm);
}

function plainWav(bytes: Uint8Array): ReturnType<typeof readWav> {
  try {
    return readWav(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw new Trouble('garbled', error.message, { cause: error });
    throw error;
  }
}

/** Not queued: a proof of broadcast cannot wait for pictures. @throws Trouble unsupported for a camera without a microphone */
export async function recordCamera(source: Source, wanted: ListenWanted, give: SoundGive): Promise<Int16Array> {
  const milliseconds = Math.min(Math.max(1, wanted.milliseconds), longestListening);
  const ffmpeg = await give.ffmpeg();
  const bridge = await give.bridge(source, wanted.signal ?? new AbortController().signal);
  try {
    const pcm = await runOnce(ffmpeg.program, recordSound(ffmpeg, bridge.url, milliseconds), {
      largest: (longestListening / 1000 + 5) * rate * 2,
      milliseconds: milliseconds + startWithin,
      ...withSignal(wanted.signal),
      ...(wanted.began ? { began: wanted.began } : {}),
    });
    if (pcm.length < 2) throw new Trouble('silent', 'the microphone sent nothing');
    return fromBytes(pcm);
  } catch (error) {
    wanted.signal?.throwIfAborted();
    if (bridge.offers('video') && !bridge.offers('audio')) throw new Trouble('unsupported', 'the camera sends no sound', { cause: error });
    throw bridge.trouble() ?? error;
  } finally {
    bridge.close();
  }
}

const largestSide = 4096;

/** @throws Trouble garbled where it is no picture */
export async function readGray(
  jpeg: Uint8Array,
  width: number,
  height: number,
  give: SoundGive,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const sides = [width, height];
  if (!sides.every((side) => Number.isInteger(side) && side >= 1 && side <= largestSide))
    throw new Trouble('misconfigured', 'size of a picture');
  const { program } = await give.ffmpeg();
  const bounds = { input: jpeg, largest: width * height + 1, milliseconds: 8000, ...withSignal(signal) };
  const gray = await give.queue(() => runOnce(program, grayPicture(width, height), bounds), signal);
  if (gray.length !== width * height) throw new Trouble('garbled', 'the picture could not be decoded');
  return gray;
}
