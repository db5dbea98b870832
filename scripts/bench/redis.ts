import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './processes.ts';

/** A Redis that can be killed and comes back with what it had written. */
export interface StartedRedis {
  readonly url: string;
  pid(): number;
  kill(): Promise<void>;
  /** Begins again on the same port and folder; resolves when it answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param flush `always` as a city that minds its queue would run it, `everysec` as docker-compose.yml does
 * @param evicts as `maxmemory-policy`
 */
export async function startRedis(program: string, flush: 'always' | 'everysec', evicts = 'noeviction'): Promise<StartedRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-redis-'));
  const port = await freePort();
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    flush,
    '--maxmemory-policy',
    evicts,
    '--hz',
    '100',
  ];
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const start = async () => {
    const started = spawn(program, options, { stdio: 'ignore' });
    child = started;
    while (!(await answers(port))) {
      if (started.exitCode !== null) throw new Error(`redis-server ended with ${started.exitCode}`);
      await pause(20);
    }
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => child?.pid ?? 0,
    kill,
    start,
    stop: () => kill().then(() => rm(folder, { recursive: true, force: true })),
  };
}

/** Also while it reads its append-only file a Redis takes connections, but it answers PING with LOADING. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (said: Buffer) => done(said.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.setTimeout(1000, () => done(false));
  });
}
