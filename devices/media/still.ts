import { Trouble } from '../driver.ts';
import { keyFrame, pictureOf } from './commands.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { Source, Still, StillWays } from './media.ts';
import type { Kept } from './ring.ts';
import type { Bridge } from './rtsp-bridge.ts';
import { runOnce } from './run.ts';

export interface StillGive {
  readonly ffmpeg: () => Promise<Ffmpeg>;
  readonly bridge: (source: Source, signal: AbortSignal) => Promise<Bridge>;
  /** The current group of pictures of the camera's running stream; empty when it does not run. */
  readonly group: () => readonly Kept[];
  readonly queue: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
  readonly now: () => number;
}

const httpWithin = 2000;
/** Up to this age the key frame itself will do, which costs the decoding of one picture. */
const fresh = 2000;
const largest = 16 * 1024 * 1024;

/** SOI and EOI (ITU-T T.81, B.1.1.3): cameras send cut-off pictures, error pages and empty bodies with status 200. */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  if (bytes.length < 100 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return false;
  // Some makers pad behind the end.
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(Buffer.from([0xff, 0xd9]));
  return end > 2 && end >= bytes.length - 1024;
}

/**
 * A picture by the fastest way that works: the camera's own still, the running stream, a connection for one key frame.
 * @throws Trouble of the last way; the signal's reason when aborted
 */
export async function takeStill(ways: StillWays, give: StillGive): Promise<Still> {
  const { http, source } = ways;
  const tries: (() => Promise<Still>)[] = [];
  if (http) tries.push(() => fromHttp(http, ways.signal, give));
  if (give.group().length > 0) tries.push(() => fromGroup(ways.signal, give));
  if (source) tries.push(async () => fromCamera(await source(), ways.signal, give));
  let last: unknown = new Trouble('unsupported', 'the camera gives neither a still picture nor a stream');
  for (const attempt of tries) {
    try {
      return await attempt();
    } catch (error) {
      ways.signal?.throwIfAborted();
      last = error;
    }
  }
  throw last instanceof Trouble ? last : new Trouble('unreachable', last instanceof Error ? last.message : 'unknown', { cause: last });
}

async function fromHttp(http: NonNullable<StillWays['http']>, signal: AbortSignal | undefined, give: StillGive): Promise<Still> {
  const limit = AbortSignal.timeout(httpWithin);
  const both = signal ? AbortSignal.any([signal, limit]) : limit;
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const expire = (): void => reject(new Trouble('silent', `no still picture within ${httpWithin / 1000} s`));
  both.addEventListener('abort', expire, { once: true });
  // A driver that does not heed its signal must not hold up the other ways.
  const jpeg = await Promise.race([http(both), expired]).finally(() => both.removeEventListener('abort', expire));
  if (!isWholeJpeg(jpeg)) throw new Trouble('garbled', 'the still picture is no whole JPEG');
  return { jpeg, via: 'http', at: give.now() };
}

/** The key frame, or the newest picture where the key frame is old: then all between have to be decoded. */
async function fromGroup(signal: AbortSignal | undefined, give: StillGive): Promise<Still> {
  const group = give.group();
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) throw new Trouble('unreachable', 'the stream does not run');
  const old = give.now() - first.at > fresh;
  const used = old ? group : [first];
  const seconds = old ? Math.max(0, (last.at - first.at) / 1000) : 0;
  const { program } = await give.ffmpeg();
  const input = Buffer.concat([first.init.bytes, ...used.map((piece) => piece.bytes)]);
  const jpeg = await give.queue(
    () => runOnce(program, pictureOf(seconds), { input, largest, milliseconds: 5000, ...(signal ? { signal } : {}) }),
    signal,
  );
  if (!isWholeJpeg(jpeg)) throw new Trouble('garbled', 'the picture of the stream could not be decoded');
  return { jpeg, via: 'key-frame', at: old ? last.at : first.at };
}

async function fromCamera(source: Source, signal: AbortSignal | undefined, give: StillGive): Promise<Still> {
  const ffmpeg = await give.ffmpeg();
  const jpeg = await give.queue(async () => {
    const bridge = await give.bridge(source, signal ?? new AbortController().signal);
    try {
      return await runOnce(ffmpeg.program, keyFrame(ffmpeg, bridge.url), { largest, milliseconds: 12_000, ...(signal ? { signal } : {}) });
    } catch (error) {
      throw bridge.trouble() ?? error;
    } finally {
      bridge.close();
    }
  }, signal);
  if (!isWholeJpeg(jpeg)) throw new Trouble('garbled', 'no key frame could be decoded');
  return { jpeg, via: 'rtsp', at: give.now() };
}
