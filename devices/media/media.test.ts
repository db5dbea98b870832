import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { boxReader } from './boxes.ts';
import { openMedia } from './index.ts';
import type { FindSource, LivePiece, Media, MediaOptions, Pause } from './media.ts';
import { openRtspSimulator, type RtspFault, type RtspSimulator, type SimulatedStream } from './rtsp-simulator.ts';
import { runningCount } from './run.ts';
import { isWholeJpeg } from './still.ts';
import { ffmpegHere, handPause, silentLog, startWatcher, testPictures } from './testing.ts';

const ffmpeg = await ffmpegHere();
const level = (samples: Int16Array): number => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('without ffmpeg', () => {
  it('the plain status says so, and what needs it is refused', async () => {
    const media = openMedia({ log: silentLog, ffmpegBin: '/nowhere/ffmpeg' });
    const here = await media.ready();
    if (!here.ok) {
      expect(here.why).toContain('the ffmpeg of the settings does not run');
      await expect(media.still('a', { source: async () => ({ url: 'rtsp://127.0.0.1:1/', host: '127.0.0.1' }) })).rejects.toMatchObject({
        code: 'unsupported',
      });
    }
    expect(media.available()).toEqual(here);
  });

  it('a still picture of the camera itself needs none', async () => {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(200, 7), Buffer.from([0xff, 0xd9])]);
    const media = openMedia({ log: silentLog, now: () => 5 });
    expect(await media.still('a', { http: async () => jpeg })).toEqual({ jpeg, via: 'http', at: 5 });
    await expect(media.still('a', { http: async () => jpeg.subarray(0, 150) })).rejects.toMatchObject({ code: 'garbled' });
    await expect(media.still('a', {})).rejects.toMatchObject({ code: 'unsupported' });
    await media.close();
  });
});

describe.skipIf(!ffmpeg)('with ffmpeg and a simulated camera', () => {
  let simulator: RtspSimulator;
  let stream: SimulatedStream;
  let media: Media;
  const folder = mkdtempSync(join(tmpdir(), 'media-'));
  const guard = { username: 'guard', password: 'pä"ss' };
  const source: FindSource = async () => ({ url: simulator.url('/live'), host: '127.0.0.1', ...guard });
  const opened = (more: Partial<MediaOptions> = {}): Media => {
    media = openMedia({ log: silentLog, ...(ffmpeg ? { ffmpegBin: ffmpeg.program } : {}), ...more });
    return media;
  };
  const take = async (count: number, want: (piece: LivePiece) => boolean = () => true): Promise<LivePiece[]> => {
    const pieces: LivePiece[] = [];
    for await (const piece of media.live('camera', source, new AbortController().signal)) {
      if (want(piece)) pieces.push(piece);
      if (pieces.length === count) break;
    }
    return pieces;
  };

  beforeAll(async () => {
    if (!ffmpeg) return;
    let phase = 0;
    const microphone = (samples: number): Int16Array =>
      Int16Array.from({ length: samples }, () => {
        phase += (2 * Math.PI * 440) / 8000;
        return 8000 * Math.sin(phase);
      });
    stream = { pictures: await testPictures(ffmpeg), microphone, credentials: { ...guard, algorithm: 'SHA-256' } };
    simulator = await openRtspSimulator({ '/live': stream });
  });
  afterEach(async () => {
    await media.close();
    simulator.set('/live', stream);
    expect(runningCount()).toBe(0);
    await expect.poll(() => simulator.playing).toBe(0);
  });
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  it('a viewer gets the header, then pictures from a key frame on, and nothing runs when he has left', async () => {
    opened();
    const [init, first] = await take(4);
    expect(init).toMatchObject({ kind: 'init', width: 320, height: 180 });
    expect(init?.kind === 'init' && init.codec).toMatch(/^avc1\.[0-9a-f]{6}$/);
    expect(first).toMatchObject({ kind: 'fragment', key: true });
    expect(media.streams()).toEqual([]);
  });

  it('who joins a running stream gets its current group at once', async () => {
    opened();
    const holding = media.watch('camera', source, { preRollSeconds: 5 });
    await expect.poll(() => media.health('camera')?.kept).toBeGreaterThan(0);
    const pieces = await take(2);
    expect(pieces.map(({ kind }) => kind)).toEqual(['init', 'fragment']);
    expect(media.health('camera')).toMatchObject({ state: 'running', width: 320, viewers: 0 });
    holding.release();
    expect(media.health('camera')).toBeUndefined();
  });

  it('a clip has what was before it was asked for and what followed, in one plain file with its hash', async () => {
    opened();
    const holding = media.watch('camera', source, { preRollSeconds: 30 });
    await expect.poll(() => media.health('camera')?.lastAt).toBeDefined();
    const began = media.health('camera')?.lastAt ?? 0;
    await expect.poll(() => (media.health('camera')?.lastAt ?? 0) - began).toBeGreaterThan(1000);
    const press = Date.now();
    const clip = await media.clip('camera', source, { from: press - 800, to: press + 600, folder, name: 'incident-17' });
    holding.release();
    // To the fragment; where one ends and the next begins is jitter of the machine.
    expect(clip.from).toBeLessThan(press - 400);
    expect(clip.to).toBeGreaterThan(press + 300);
    expect(clip.gaps).toBe(0);
    const bytes = readFileSync(clip.file);
    expect(clip).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    const order = ['moov', 'mdat'].map((type) => bytes.indexOf(type, 0, 'latin1'));
    expect(order[0]).toBeLessThan(order[1] ?? 0);
    expect(boxReader().push(bytes.subarray(0, (order[1] ?? 0) - 4))[0]).toMatchObject({ kind: 'init', codec: clip.codec });
  });

  it('a clip over a break of the stream says so and is one file', async () => {
    const soon: Pause = (wait, signal) => (wait < 2000 ? Promise.resolve() : handPause().pause(wait, signal));
    opened({ pause: soon });
    let back = Promise.resolve();
    const gated: FindSource = () => back.then(source);
    const holding = media.watch('camera', gated, { preRollSeconds: 30 });
    await expect.poll(() => media.health('camera')?.kept ?? 0).toBeGreaterThan(0);
    const began = Date.now();
    const clip = media.clip('camera', gated, { from: began, to: began + 3500, folder, name: 'broken' });
    await expect.poll(() => media.health('camera')?.lastAt ?? 0).toBeGreaterThan(began + 400);
    const broke = Date.now();
    const gate = Promise.withResolvers<void>();
    back = gate.promise;
    simulator.drop();
    await expect.poll(() => Date.now() - broke).toBeGreaterThan(1300);
    gate.resolve();
    const { gaps, to, file, bytes } = await clip;
    holding.release();
    expect(gaps).toBe(1);
    expect(to).toBeGreaterThan(broke + 1300);
    expect(readFileSync(file)).toHaveLength(bytes);
  });

  it('a clip of a camera from which nothing comes is trouble, and leaves no file', async () => {
    const hand = handPause();
    opened({ pause: hand.pause });
    simulator.set('/live', { ...stream, fault: 'missing' });
    const clip = media.clip('camera', source, { from: Date.now(), to: Date.now() + 100, folder, name: 'nothing' });
    await expect.poll(() => media.health('camera')?.state).toBe('waiting');
    for (const asked of hand.all()) asked();
    await expect(clip).rejects.toMatchObject({ code: 'misconfigured' });
    expect(readdirSync(folder).filter((name) => name.startsWith('nothing'))).toEqual([]);
  });

  it('a clip whose name would leave its folder is refused', async () => {
    await expect(opened().clip('camera', source, { from: 0, to: 1, folder, name: '../../x' })).rejects.toMatchObject({
      code: 'misconfigured',
    });
  });

  it('a still comes by the stream where the camera gives no JPEG, and by the running stream where there is one', async () => {
    opened();
    const refused = (): Promise<never> => Promise.reject(new Error('404'));
    const byRtsp = await media.still('camera', { http: refused, source });
    expect([byRtsp.via, isWholeJpeg(byRtsp.jpeg)]).toEqual(['rtsp', true]);
    const holding = media.watch('camera', source, { preRollSeconds: 1 });
    await expect.poll(() => media.health('camera')?.kept).toBeGreaterThan(0);
    const byStream = await media.still('camera', { http: refused, source });
    expect([byStream.via, isWholeJpeg(byStream.jpeg)]).toEqual(['key-frame', true]);
    holding.release();
    const gray = await media.gray(byStream.jpeg, 32, 18);
    expect(gray).toHaveLength(576);
    expect(Math.max(...gray) - Math.min(...gray)).toBeGreaterThan(100);
    await expect(media.gray(Buffer.from('no picture'), 32, 18)).rejects.toMatchObject({ code: 'garbled' });
  });

  it('the microphone is heard; a camera without one is told apart', async () => {
    opened();
    let began = 0;
    const sound = await media.listen(await source(), { milliseconds: 400, began: () => (began += 1) });
    expect(began).toBe(1);
    expect(sound.length).toBeGreaterThan(3000);
    expect(level(sound.subarray(800))).toBeGreaterThan(5000);
    const { microphone: _, ...deaf } = stream;
    simulator.set('/live', deaf);
    await expect(media.listen(await source(), { milliseconds: 400 })).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('a sound file of any kind is decoded, and a playlist that names other files is not followed', async () => {
    opened();
    const head = Buffer.from('UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQ==', 'base64').subarray(0, 40);
    const samples = Buffer.from(Int16Array.of(1, -2, 3).buffer);
    const wav = Buffer.concat([head, Buffer.from([6, 0, 0, 0]), samples]);
    expect(await media.decode(wav)).toEqual(Int16Array.of(1, -2, 3));
    const flags = Buffer.concat([
      Buffer.from('.snd'),
      Buffer.from([0, 0, 0, 24, 0, 0, 0, 160, 0, 0, 0, 1, 0, 0, 0x1f, 0x40, 0, 0, 0, 1]),
      Buffer.alloc(160, 0x80),
    ]);
    expect(level(await media.decode(flags))).toBeGreaterThan(30_000);
    for (const text of [
      '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n',
      'ffconcat version 1.0\nfile /etc/passwd\n',
      'v=0\r\nm=audio 5 RTP/AVP 0\r\n',
    ]) {
      await expect(media.decode(Buffer.from(text))).rejects.toMatchObject({ code: 'garbled' });
    }
  });

  it.each([
    ['missing', 'misconfigured'],
    ['busy', 'busy'],
    ['reset', 'unreachable'],
    ['garbage', 'garbled'],
  ] as const satisfies (readonly [RtspFault, string])[])('a camera that is %s is tried again, each time later', async (fault, code) => {
    const hand = handPause();
    opened({ pause: hand.pause });
    simulator.set('/live', { ...stream, fault });
    const holding = media.watch('camera', source, { preRollSeconds: 1 });
    for (let i = 1; i <= 3; i += 1) {
      await expect.poll(() => hand.asked.length).toBe(i);
      expect(media.health('camera')).toMatchObject({ state: 'waiting', trouble: { code } });
      hand.go();
    }
    for (const [index, wait] of [1000, 2000, 4000].entries())
      expect(Math.abs((hand.asked[index] ?? 0) - wait)).toBeLessThanOrEqual(wait * 0.2);
    await expect.poll(() => hand.asked.length).toBe(4);
    simulator.set('/live', stream);
    hand.go();
    await expect.poll(() => media.health('camera')?.state).toBe('running');
    holding.release();
  });

  it('a wrong password is tried once a minute, also when somebody looks', async () => {
    const hand = handPause();
    opened({ pause: hand.pause });
    const wrong: FindSource = async () => ({ ...(await source()), password: 'wrong' });
    const holding = media.watch('camera', wrong, { preRollSeconds: 1 });
    await expect.poll(() => hand.asked).toEqual([60_000]);
    const leave = new AbortController();
    const first = await media.live('camera', wrong, leave.signal)[Symbol.asyncIterator]().next();
    expect(first.value).toMatchObject({ kind: 'trouble', code: 'refused' });
    expect(hand.asked).toEqual([60_000]);
    leave.abort();
    holding.release();
  });

  it('a stream that breaks off goes on in time where it was', async () => {
    const hand = handPause();
    opened({ pause: hand.pause });
    const holding = media.watch('camera', source, { preRollSeconds: 30 });
    const reader = boxReader();
    const starts: number[] = [];
    for await (const piece of media.live('camera', source, new AbortController().signal)) {
      if (piece.kind === 'trouble') {
        hand.go();
        continue;
      }
      for (const box of reader.push(piece.bytes)) if (box.kind === 'fragment') starts.push(box.start);
      if (starts.length === 4) simulator.drop();
      if (starts.length === 12) break;
    }
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    holding.release();
  });

  it('more streams than allowed are refused', async () => {
    opened({ mostStreams: 1 });
    const holding = media.watch('camera', source, { preRollSeconds: 1 });
    expect(() => media.watch('other', source, { preRollSeconds: 1 })).toThrow(expect.objectContaining({ code: 'busy' }));
    media.watch('camera', source, { preRollSeconds: 1 }).release();
    holding.release();
  });

  it.skipIf(process.platform !== 'linux')('ffmpeg ends when we are killed, also where the camera has gone silent', async () => {
    opened();
    const { credentials: _, ...open } = stream;
    const hanging = await openRtspSimulator({ '/live': open });
    const watcher = startWatcher(hanging.url('/live'));
    const pid = await watcher.ffmpeg;
    hanging.hush();
    const there = (): boolean => {
      try {
        return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
      } catch {
        return false;
      }
    };
    expect(there()).toBe(true);
    watcher.kill();
    await expect.poll(there).toBe(false);
    await hanging.close();
  });
});
