import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { type WebSocket, WebSocketServer } from 'ws';
import { candidates, findFfmpeg } from '../../devices/media/ffmpeg.ts';
import { type FindSource, type Media, openMedia } from '../../devices/media/index.ts';
import { runOnce } from '../../devices/media/run.ts';
import { type CameraServer, startCameraServer } from './camera-server.ts';

/**
 * `node scripts/pictures/seen.ts`: snapshot, clip, many cameras and live view in a real browser, against GStreamer's RTSP
 * server; prints what was measured. Needs Debian's GStreamer (see camera-server.py) and a Chromium (`CHROMIUM_BIN`, or on
 * /usr/bin). Takes about three minutes. With `pictures`, `many` or `browser` only that part (`all` for all), and with a second argument that
 * MP4 file instead of one made for it.
 */

const silent = { info: () => undefined, warn: (about: object, text: string) => console.log('  log:', text, JSON.stringify(about)) };
const print = (what: string, value: unknown): void =>
  console.log(what.padEnd(34), typeof value === 'string' ? value : JSON.stringify(value));

/** Four minutes of ffmpeg's test picture, 720p25, 4 Mbit/s, key frame every 2 s. */
async function testFile(program: string, folder: string): Promise<string> {
  const file = join(folder, 'test.mp4');
  const encoding = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-x264-params',
    'keyint=50:scenecut=0',
    '-pix_fmt',
    'yuv420p',
  ];
  const rate = ['-b:v', '4M', '-maxrate', '4M', '-bufsize', '4M', '-t', 240, `file:${file}`];
  await runOnce(program, ['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25', ...encoding, ...rate], {
    largest: 1000,
    milliseconds: 300_000,
  });
  return file;
}

/** CPU seconds and resident MB of a process and of the children named so, from /proc. */
function usage(pid: number | 'self'): { cpu: number; mb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, mb: Math.round((Number(fields[21]) * 4096) / 1e6) };
}

function children(): number[] {
  const text = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim();
  const named = (pid: number): boolean => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'ffmpeg';
  return text.split(' ').filter(Boolean).map(Number).filter(named);
}

async function load(seconds: number): Promise<Record<string, unknown>> {
  const pids = children();
  const before = [usage('self'), ...pids.map(usage)].map(({ cpu }) => cpu);
  await sleep(seconds * 1000);
  const after = [usage('self'), ...pids.map(usage)];
  const spent = after.map(({ cpu }, index) => (100 * (cpu - (before[index] ?? 0))) / seconds);
  const ffmpeg = spent.slice(1).reduce((sum, each) => sum + each, 0);
  return {
    nodePercentOfACore: Number(spent[0]?.toFixed(1)),
    nodeMb: after[0]?.mb,
    ffmpegs: pids.length,
    ffmpegPercentInAll: Number(ffmpeg.toFixed(1)),
    ffmpegMbEach: pids.length === 0 ? 0 : Math.round(after.slice(1).reduce((sum, { mb }) => sum + mb, 0) / pids.length),
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function pictures(media: Media, server: CameraServer, folder: string): Promise<void> {
  const open: FindSource = async () => ({ url: `rtsp://127.0.0.1:${server.port}/file`, host: '127.0.0.1' });
  const guarded: FindSource = async () => ({
    url: `rtsp://127.0.0.1:${server.guardedPort}/file`,
    host: '127.0.0.1',
    username: 'guard',
    password: 's3cret',
  });
  const times: number[] = [];
  for (let i = 0; i < 8; i += 1) {
    const began = performance.now();
    const still = await media.still('a', { source: open });
    times.push(Math.round(performance.now() - began));
    if (i === 0) print('snapshot by rtsp, bytes', still.jpeg.length);
  }
  print('snapshot by rtsp, ms', { median: median(times), all: times });
  const began = performance.now();
  print('snapshot with Digest, bytes', (await media.still('b', { source: guarded })).jpeg.length);
  print('snapshot with Digest, ms', Math.round(performance.now() - began));
  const wrong = await media
    .still('b', { source: async () => ({ ...(await guarded()), password: 'wrong' }) })
    .catch((error: Error) => error.message);
  print('snapshot with a wrong password', String(wrong));
  const watching = media.watch('c', guarded, { preRollSeconds: 30 });
  await sleep(44_000);
  const press = Date.now();
  const still = await media.still('c', {});
  print('snapshot of a running stream, ms', { took: Date.now() - press, via: still.via, age: Date.now() - Math.round(still.at) });
  print('pre-roll kept, MB', (media.health('c')?.kept ?? 0) / 1e6);
  const clip = await media.clip('c', guarded, { from: press - 30_000, to: press + 10_000, folder, name: 'clip' });
  print('clip', {
    ...clip,
    file: 'clip.mp4',
    from: (clip.from - press) / 1000,
    to: (clip.to - press) / 1000,
    readyAfterEnd: Date.now() - press - 10_000,
  });
  watching.release();
}

async function many(media: Media, server: CameraServer): Promise<void> {
  const source: FindSource = async () => ({ url: `rtsp://127.0.0.1:${server.port}/file`, host: '127.0.0.1' });
  // The process of the clip may still be going.
  await sleep(1000);
  print('58 cameras, nobody looks', await load(5));
  const stop = new AbortController();
  let bytes = 0;
  const viewers = Array.from({ length: 8 }, async (_, index) => {
    for await (const piece of media.live(`camera-${index}`, source, stop.signal))
      if (piece.kind === 'fragment') bytes += piece.bytes.byteLength;
  });
  await sleep(5000);
  bytes = 0;
  print('50 idle, 8 watched', await load(20));
  print('their pictures, Mbit/s in all', Number(((bytes * 8) / 20e6).toFixed(1)));
  stop.abort();
  await Promise.all(viewers);
  await sleep(300);
  print('after the last viewer left', await load(2));
}

/** Sends one viewer what is live, waiting for its socket. */
async function serve(media: Media, source: FindSource, socket: WebSocket): Promise<void> {
  const stop = new AbortController();
  socket.on('close', () => stop.abort());
  for await (const piece of media.live('browser', source, stop.signal)) {
    if (piece.kind === 'trouble') socket.send(JSON.stringify({ trouble: piece.detail }));
    else {
      if (piece.kind === 'init') socket.send(JSON.stringify({ codec: piece.codec }));
      await new Promise<void>((resolve) => socket.send(piece.bytes, () => resolve()));
    }
  }
}

async function browser(media: Media, server: CameraServer, program: string): Promise<void> {
  const source: FindSource = async () => ({ url: `rtsp://127.0.0.1:${server.port}/flip`, host: '127.0.0.1' });
  const http = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    createReadStream(fileURLToPath(new URL('page.html', import.meta.url))).pipe(response);
  });
  new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => void serve(media, source, socket));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const chrome = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'] });
  try {
    for (const start of ['cold start', 'while it runs'] as const) {
      const holding = start === 'cold start' ? undefined : media.watch('browser', source, { preRollSeconds: 0 });
      if (holding) await sleep(5000);
      const page = await chrome.newPage();
      await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
      await sleep(30_000);
      const seen: { first: number; flips: { to: string; at: number }[]; codec: string; stalls: number; errors: string[] } =
        await page.evaluate('window.seen()');
      await page.close();
      holding?.release();
      const delays = seen.flips.flatMap(({ to, at }) => {
        const made = server.flips.findLast((flip) => flip.to === to && flip.at <= at);
        return made ? [at - made.at] : [];
      });
      const sorted = delays.toSorted((a, b) => a - b);
      print(`browser, ${start}`, { codec: seen.codec, firstPictureMs: seen.first, stalls: seen.stalls, errors: seen.errors });
      print('  delay from source to screen, ms', { median: median(delays), least: sorted[0], most: sorted.at(-1), flips: delays.length });
    }
  } finally {
    await chrome.close();
    http.close();
    http.closeAllConnections();
  }
}

async function main(): Promise<void> {
  const found = await findFfmpeg(candidates(process.env['FFMPEG_BIN']));
  if (!found.ok) return print('not run', found.why);
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const [part = 'all', file] = process.argv.slice(2);
  const wanted = (name: string): boolean => part === 'all' || part === name;
  const server = await startCameraServer(file ?? (await testFile(found.ffmpeg.program, folder)));
  const media = openMedia({ log: silent, ffmpegBin: found.ffmpeg.program });
  try {
    if (!server) return print('not run', "GStreamer's RTSP server is not installed");
    print('ffmpeg', (await media.ready()).version ?? '');
    if (wanted('pictures')) await pictures(media, server, folder);
    if (wanted('many')) await many(media, server);
    const program = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
    if (!wanted('browser')) return;
    if (existsSync(program)) await browser(media, server, program);
    else print('browser', 'not run: no Chromium');
  } finally {
    await media.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
