import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { candidates } from '../../../devices/media/ffmpeg.ts';
import { Absent, type Bench, memoryOf, until } from '../bench.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';

/** Cameras that wish us ill, and the programs that look at them. */

const faults = ['trickles', 'never ends', 'resets', 'garbage', 'redirects'] as const;

/** A camera's HTTP side that answers every request in a way of its own; where it listens. */
async function hostileCamera(bench: Bench, fault: (typeof faults)[number], elsewhere: string): Promise<string> {
  const server = createServer((_request, response) => answer(response, fault, elsewhere));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  bench.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(response: ServerResponse, fault: (typeof faults)[number], elsewhere: string): void {
  response.on('error', () => response.destroy());
  const every = (ms: number, chunk: Buffer) => {
    response.writeHead(200, { 'content-type': 'application/soap+xml' });
    const timer = setInterval(() => response.write(chunk), ms);
    response.on('close', () => clearInterval(timer));
  };
  switch (fault) {
    case 'trickles':
      return every(500, Buffer.from('<'));
    case 'never ends':
      return every(1, Buffer.alloc(256 * 1024, '<a>'));
    case 'resets':
      return void response.socket?.resetAndDestroy();
    case 'garbage':
      return void response
        .writeHead(200, { 'content-type': 'application/soap+xml' })
        .end(`${'<a>'.repeat(20_000)}&#0;\u0000<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>`);
    case 'redirects':
      return void response.writeHead(302, { location: elsewhere }).end();
    default:
      return fault satisfies never;
  }
}

async function hostile(bench: Bench): Promise<Found> {
  let hits = 0;
  const canary = createServer((_request, response) => {
    hits += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(canary, 'listening');
  bench.defer(() => canary.close());
  const elsewhere = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/inside`;
  const product = await bench.product();
  const { value, violations, figures } = await besiege(bench, { product, keys: 20, rate: 10, lasts: 20 }, async ({ desk }) => {
    const before = await memoryOf(product.pid());
    for (const [index, fault] of faults.entries()) {
      const address = await hostileCamera(bench, fault, elsewhere);
      const settings = { address: `${address}/onvif/device_service`, username: 'ops', password: 'secret' };
      await desk.ask('POST', '/devices', { id: `cam-${index}`, kind: 'camera', driver: 'onvif', name: fault, siteId: 'site-0', settings });
    }
    await pause(17_000);
    const told = await Promise.all(
      faults.map(async (_fault, index) => {
        const { health } = await desk.ask<{ health: { watch?: { state?: string; code?: string } } }>('GET', `/devices/cam-${index}`);
        return health.watch?.code ?? health.watch?.state ?? 'nothing';
      }),
    );
    return { grown: (await memoryOf(product.pid())) - before, told };
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [
        `presses acknowledged p99 ${figures.acknowledge.p99} ms, press to order p99 ${figures.order.p99} ms`,
        figures.order.p99 <= 500,
        'timed',
      ],
      [`memory ${value.grown >= 0 ? '+' : ''}${value.grown} MB`, value.grown < 200],
      [`${hits} requests where a camera pointed`, hits === 0],
      [
        `told of them: ${faults.map((fault, index) => `${fault} ${value.told[index]}`).join(', ')}`,
        value.told.every((state) => state !== 'nothing' && state !== 'watching'),
      ],
    ],
    violations,
  );
}

/** A process of ours with ffmpeg under it, which waits for pictures that never come; then it is killed. */
async function orphan(bench: Bench): Promise<Found> {
  const program = candidates(undefined)[0]?.program;
  if (program === undefined) throw new Absent('no ffmpeg is installed');
  const run = join(import.meta.dirname, '../../../devices/media/run.ts');
  const mark = `orphan-${bench.random.whole(1, 1e9)}`;
  const args = ['-hide_banner', '-f', 'mpegts', '-i', 'pipe:0', '-metadata', `comment=${mark}`, '-f', 'mpegts', 'pipe:1'];
  const script = `import { start } from ${JSON.stringify(run)}; start(${JSON.stringify(program)}, ${JSON.stringify(args)}); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  bench.defer(() => parent.kill('SIGKILL'));
  const others = async () => (await marked(mark)).filter((pid) => pid !== parent.pid);
  await until('ffmpeg runs', 20_000, async () => (await others()).length > 0, 50);
  await pause(1000);
  parent.kill('SIGKILL');
  const took = await until('ffmpeg is gone', 10_000, async () => (await others()).length === 0, 20).catch(() => undefined);
  for (const pid of took === undefined ? await others() : []) process.kill(pid, 'SIGKILL');
  return judged([
    [
      took === undefined ? 'ffmpeg outlived its parent by 10 s' : `gone ${Math.round(took)} ms after its parent`,
      took !== undefined && took <= 5000,
      'timed',
    ],
  ]);
}

/** Processes whose command line holds the mark. */
async function marked(mark: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const lines = await Promise.all(pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')] as const));
  return lines.flatMap(([pid, line]) => (line.includes(mark) && !line.includes('--input-type') ? [pid] : []));
}

export const cameraRows: readonly Row[] = [
  {
    number: 28,
    title: 'cameras that trickle, never end, reset, answer garbage or point elsewhere',
    bound: 'orders of keys p99 within 500 ms; memory below +200 MB; no request where a camera points; each is told as trouble',
    how: 'five HTTP servers registered as ONVIF cameras beside 20 keys under load',
    run: hostile,
  },
  {
    number: 29,
    title: 'ffmpeg that waits for ever, its parent killed with -9',
    bound: 'none is left after 5 s',
    how: 'ffmpeg started as the product starts it, on a pipe in which nothing comes',
    run: orphan,
  },
];
