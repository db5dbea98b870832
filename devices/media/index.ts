import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from '../driver.ts';
import { readNetworks } from './address.ts';
import { writeClip } from './clip.ts';
import { candidates, type Ffmpeg, findFfmpeg } from './ffmpeg.ts';
import type { Availability, FindSource, Holding, Media, MediaOptions, Pause, Source } from './media.ts';
import { type Bridge, openBridge } from './rtsp-bridge.ts';
import { openQueue, openTurns } from './run.ts';
import { decodeAny, readGray, recordCamera } from './sound.ts';
import { openSpeech } from './speech.ts';
import { takeStill } from './still.ts';
import { CameraStream, type StreamGive } from './stream.ts';

/** The door of the media room. Pictures and sound of cameras, and words as sound; nothing runs while nobody asks. */

export type {
  Availability,
  Clip,
  ClipWanted,
  FindSource,
  Holding,
  ListenWanted,
  LivePiece,
  Media,
  MediaLog,
  MediaOptions,
  Pause,
  Source,
  Still,
  StillWays,
  StreamHealth,
} from './media.ts';
export { attentionTone } from './tone.ts';

/** A healthy camera's stream begins within half a second (measured), so a hundred are there in a few. */
const mostBeginning = 8;

const realPause: Pause = async (milliseconds, signal) => {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

/** Constructs, and begins to look for ffmpeg. @throws Trouble misconfigured for networks that are none */
export function openMedia(options: MediaOptions): Media {
  const { log, now = Date.now, pause = realPause } = options;
  const networks = readNetworks(options.networks ?? []);
  const queue = openQueue(options.mostAtOnce ?? 4, 400);
  const speech = openSpeech();
  const found = findFfmpeg(candidates(options.ffmpegBin));
  let state: Availability = { ok: false, why: 'is being looked for', speech: speech.by };
  const ready = found.then((answer) => {
    state = answer.ok ? { ok: true, version: answer.ffmpeg.version, speech: speech.by } : { ok: false, why: answer.why, speech: speech.by };
    if (answer.ok) log.info({ program: answer.ffmpeg.program, version: answer.ffmpeg.version, speech: speech.by }, 'ffmpeg found');
    else log.warn({ speech: speech.by }, `no live pictures and no clips: ${answer.why}`);
    return state;
  });
  const give = {
    now,
    pause,
    log,
    queue,
    turns: openTurns(mostBeginning, Number.POSITIVE_INFINITY),
    ffmpeg: async (): Promise<Ffmpeg> => {
      const answer = await found;
      if (answer.ok) return answer.ffmpeg;
      throw new Trouble('unsupported', `no ffmpeg here: ${answer.why}`);
    },
    bridge: (source: Source, signal: AbortSignal): Promise<Bridge> => openBridge(source, { networks, signal }),
    mostKept: options.mostKept ?? 64 * 1024 * 1024,
  };
  const streams = openStreams(give, options.mostStreams ?? 200);
  return {
    available: () => state,
    ready: () => ready,
    watch: (cameraId, source, { preRollSeconds }) => streams.hold(cameraId, source, preRollSeconds),
    live: (cameraId, source, signal) => streams.live(cameraId, source, signal),
    clip: (cameraId, source, wanted) => streams.during(cameraId, source, (stream) => writeClip(stream, wanted, give)),
    still: (cameraId, ways) => takeStill(ways, { ...give, group: () => streams.find(cameraId)?.group() ?? [] }),
    speech: speech.say,
    decode: (bytes, signal) => decodeAny(bytes, give, signal),
    listen: (source, wanted) => recordCamera(source, wanted, give),
    gray: (jpeg, width, height, signal) => readGray(jpeg, width, height, give, signal),
    health: (cameraId) => streams.find(cameraId)?.health(),
    streams: () => streams.all().map((stream) => stream.health()),
    close: streams.close,
  };
}

interface Streams {
  /** @throws Trouble busy */
  hold(cameraId: string, source: FindSource, preRollSeconds: number): Holding;
  during<T>(cameraId: string, source: FindSource, work: (stream: CameraStream) => Promise<T>): Promise<T>;
  live(cameraId: string, source: FindSource, signal: AbortSignal): ReturnType<CameraStream['live']>;
  find(cameraId: string): CameraStream | undefined;
  all(): CameraStream[];
  /** Resolves when the last process is gone, also of streams that were let go just before. */
  close(): Promise<void>;
}

/** The streams that somebody holds; the others are not even remembered. */
function openStreams(give: StreamGive, most: number): Streams {
  const held = new Map<string, CameraStream>();
  const leaving = new Set<Promise<void>>();
  const forget = (cameraId: string, stream: CameraStream): void => {
    if (held.get(cameraId) === stream) held.delete(cameraId);
    const gone = stream.close().finally(() => leaving.delete(gone));
    leaving.add(gone);
  };
  const take = (cameraId: string, source: FindSource, preRollSeconds: number): { stream: CameraStream; release: () => void } => {
    const stream = held.get(cameraId) ?? new CameraStream(cameraId, source, give);
    if (!held.has(cameraId) && held.size >= most) throw new Trouble('busy', `${most} streams run, and no more are allowed`);
    held.set(cameraId, stream);
    const holding = stream.hold(source, preRollSeconds);
    const release = (): void => {
      holding.release();
      if (!stream.held) forget(cameraId, stream);
    };
    return { stream, release };
  };
  return {
    hold: (cameraId, source, preRollSeconds) => ({ release: take(cameraId, source, preRollSeconds).release }),
    during: async (cameraId, source, work) => {
      const { stream, release } = take(cameraId, source, 0);
      try {
        return await work(stream);
      } finally {
        release();
      }
    },
    live: async function* (cameraId, source, signal) {
      const { stream, release } = take(cameraId, source, 0);
      try {
        yield* stream.live(signal);
      } finally {
        release();
      }
    },
    find: (cameraId) => held.get(cameraId),
    all: () => [...held.values()],
    close: async () => {
      for (const [cameraId, stream] of held) forget(cameraId, stream);
      await Promise.all(leaving);
    },
  };
}
