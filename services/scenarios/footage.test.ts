import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { type Media, openMedia } from '../../devices/media/index.ts';
import { openRtspSimulator } from '../../devices/media/rtsp-simulator.ts';
import { ffmpegHere, silentLog, testPictures } from '../../devices/media/testing.ts';
import { milliseconds } from '../alarm/index.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

const ffmpeg = await ffmpegHere();

interface Piece {
  readonly id: string;
  readonly what: string;
  readonly part: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly from: string;
  readonly to: string;
  readonly codec?: string;
}

/** The story's clock goes with the real one, since a camera's pictures do. */
function walk(at: Station): void {
  const step = 50;
  let last = performance.now();
  let moved = Promise.resolve();
  const timer = setInterval(() => {
    const now = performance.now();
    const span = milliseconds(Math.round(now - last));
    moved = moved.then(() => at.clock.advance(span));
    last = now;
  }, step);
  onTestFinished(async () => {
    clearInterval(timer);
    await moved;
  });
}

async function stationWithStream(before: number) {
  if (!ffmpeg) throw new Error('needs ffmpeg');
  const rtsp = await openRtspSimulator({ '/live': { pictures: await testPictures(ffmpeg) } });
  let media: Media | undefined;
  const at = await openStation({
    footage: { before, after: 5, leastFree: 0 },
    media: (clock) => {
      media ??= openMedia({ log: silentLog, now: () => clock.now() });
      return media;
    },
  });
  onTestFinished(async () => {
    await media?.close();
    await rtsp.close();
  });
  await media?.ready();
  const camera = await openOnvifCamera({ id: 'cam-hall', username: 'ops', password: 'secret', rtsp: rtsp.url('/live') });
  onTestFinished(() => camera.close());
  const settings = { address: camera.address, username: 'ops', password: 'secret' };
  const [near] = await registerCrew(at, ['near']);
  await at.register('camera', 'cam-hall', { driver: 'onvif', siteId: 'hospital', settings });
  return { at, rtsp, near };
}

test.skipIf(!ffmpeg)('a recording begins before the press, and its hash is on the chained timeline', async () => {
  const { at, rtsp, near } = await stationWithStream(4);
  const key = await at.key('key-1', 'hospital');
  walk(at);
  // The camera matters now, since its site has a key: its stream is kept.
  await at.until(() => expect(rtsp.playing).toBe(1));
  await pastOf(at, 4500);

  await key.press();
  const { incidentId } = await orderOn(at, near);
  const opening = Date.parse((await at.incident(incidentId)).openedAt);
  const clip = await at.until(async () => {
    const { footage } = await at.api<{ footage: readonly Piece[] }>('GET', `/incidents/${incidentId}`);
    const [first] = footage.filter(({ what }) => what === 'clip');
    if (!first) throw new Error('no recording yet');
    return first;
  });
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });

  expect(opening - Date.parse(clip.from)).toBeGreaterThan(2000);
  expect(Date.parse(clip.to) - opening).toBeGreaterThan(4000);
  expect(clip.codec).toMatch(/^avc1\./);
  const file = await download(at, `/incidents/${incidentId}/footage/${clip.id}`);
  expect(file.byteLength).toBe(clip.bytes);
  expect(createHash('sha256').update(file).digest('hex')).toBe(clip.sha256);
  const part = await download(at, `/incidents/${incidentId}/footage/${clip.id}`, { range: 'bytes=4-7' });
  expect(part.toString('latin1')).toBe('ftyp');
  const { timeline } = await at.incident(incidentId);
  expect(timeline.find(({ reason }) => reason === 'clip-attached')?.data).toMatchObject({ sha256: clip.sha256 });
  expect(await at.api('GET', `/incidents/${incidentId}/chain`)).toMatchObject({ intact: true });
});

test.skipIf(!ffmpeg)('the picture moves over a WebSocket: codec, start, pictures; strangers and other sites are kept out', async () => {
  const { at } = await stationWithStream(4);
  walk(at);
  const { url, authorization } = at.http();
  const live = `${url.replace('http', 'ws')}/api/v1/cameras/cam-hall/live`;

  const messages: (string | Buffer)[] = [];
  const socket = new WebSocket(live, { headers: { authorization } });
  onTestFinished(() => socket.terminate());
  socket.on('message', (data: Buffer, binary: boolean) => messages.push(binary ? data : data.toString()));
  await at.until(() => expect(messages.length).toBeGreaterThan(5));
  expect(JSON.parse(String(messages[0]))).toMatchObject({ type: 'init', codec: expect.stringMatching(/^avc1\./), width: 320, height: 180 });
  expect((messages[1] as Buffer).subarray(4, 8).toString()).toBe('ftyp');
  expect((messages[2] as Buffer).subarray(4, 8).toString()).toBe('moof');

  const cookie = `baiying_session=${authorization.slice('Bearer '.length)}`;
  expect(await refusal(live, {})).toBe(401);
  expect(await refusal(live, { cookie, origin: 'https://elsewhere.example' })).toBe(403);
  expect(await refusal(live.replace('cam-hall', 'nobody'), { authorization })).toBe(404);
  expect(await refusal(live, { cookie, origin: url })).toBe(101);
});

/** Pictures of so many milliseconds must have come: a past cannot be had sooner than it passes. */
async function pastOf(at: Station, span: number): Promise<void> {
  const since = at.clock.now();
  await at.until(() => expect(at.clock.now() - since).toBeGreaterThan(span));
}

/** The status that an upgrade is answered with. */
function refusal(address: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = new WebSocket(address, { headers });
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

async function download(at: Station, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const { url, authorization } = at.http();
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization, ...headers } });
  expect(response.ok).toBe(true);
  return Buffer.from(await response.arrayBuffer());
}
