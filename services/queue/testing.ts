import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type DestinationStream, pino } from 'pino';
import type { Log } from '../ports.ts';

/** A Redis of one test file, in a folder of its own. */
export interface RedisServer {
  readonly url: string;
  /** Runs one command, on a connection of its own. */
  ask(...command: [string, ...string[]]): Promise<unknown>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
  /** Begins again on the same port, with nothing in it. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export const redisIsHere = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
if (!redisIsHere) process.stdout.write('The Redis half of the queue tests is skipped: redis-server is not on PATH.\n');

export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const begin = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...settings];
    child = spawn('redis-server', args, { stdio: 'ignore' });
    const probe = new Redis({ port, lazyConnect: true, retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on('error', () => undefined);
    await probe.ping();
    probe.disconnect();
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await begin();
  return {
    url: `redis://127.0.0.1:${port}`,
    async ask(...[name, ...args]) {
      const client = new Redis({ port });
      try {
        return await client.call(name, ...args);
      } finally {
        client.disconnect();
      }
    },
    signal: (signal) => child?.kill(signal),
    kill,
    start: begin,
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A log whose lines of level error and above can be read. */
export function readableLog(): { readonly log: Log; readonly errors: string[] } {
  const errors: string[] = [];
  const stream: DestinationStream = {
    write(line) {
      const { msg } = JSON.parse(line) as { msg: string };
      errors.push(msg);
    },
  };
  return { log: pino({ level: 'error' }, stream), errors };
}
