import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { find, firstMatch, freePort, keep } from '../processes.ts';
import { type Needs, type Stand, strangers } from './stand.ts';

/** The floors: brokers that store nothing and decide nothing. */

/** As many sockets as the machine lets anybody have: Node takes them by itself, others must be given them. */
export const withAllSockets = (program: string, args: readonly string[]) =>
  spawn('/bin/sh', ['-c', 'ulimit -n $(ulimit -Hn); exec "$0" "$@"', program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });

/** Where Mosquitto is installed: its path. */
export const mosquitto = (): string | undefined => find('mosquitto');

export async function startMosquitto(
  program: string,
): Promise<{ readonly mqtt: string; readonly pid: () => number; kill(): Promise<void>; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-floor-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'set_tcp_nodelay true',
    'persistence false',
    'max_inflight_messages 0',
    'max_queued_messages 0',
    'connection_messages false',
  ];
  await writeFile(config, lines.join('\n'));
  const kept = await keep(async () => {
    const child = withAllSockets(program, ['-c', config]);
    await firstMatch(child, /running/, 'stderr');
    child.stderr?.resume();
    return child;
  });
  return {
    mqtt: `mqtt://127.0.0.1:${port}`,
    pid: () => kept.pid,
    kill: kept.kill,
    stop: () => kept.stop().then(() => rm(folder, { recursive: true, force: true })),
  };
}

export async function onMosquitto(program: string, needs: Needs): Promise<Stand> {
  const { pid, ...server } = await startMosquitto(program);
  return { name: 'Mosquitto', ...server, ...strangers(needs), pids: () => [pid()] };
}

/** Bare Aedes, which is what the product's own ear is made of. */
export const onAedes = (needs: Needs): Promise<Stand> => ofOurs('Aedes', 'aedes-server.ts', needs);

/** Nothing behind it: what the load itself reaches. */
export const onNobody = (needs: Needs): Promise<Stand> => ofOurs('the load alone', 'nobody-server.ts', needs);

async function ofOurs(name: string, file: string, needs: Needs): Promise<Stand> {
  const port = await freePort();
  const kept = await keep(async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, file), String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await firstMatch(child, /running/);
    return child;
  });
  return {
    name,
    mqtt: `mqtt://127.0.0.1:${port}`,
    ...strangers(needs),
    pids: () => [kept.pid],
    kill: kept.kill,
    stop: kept.stop,
  };
}
