import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A server under measurement, in a process and a folder of its own on this machine. */
export interface Started {
  readonly http?: string;
  readonly mqtt: string;
  /** User plus system time of the process and its children so far, in seconds. */
  readonly pid: number;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A program's path, where it is installed; Debian keeps servers in sbin, which is not on everybody's PATH. */
export function find(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

export const adminPassword = 'bench-admin-password';

/** The product as a user starts it, on an empty data folder. */
export async function startBaiying(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const data = await mkdtemp(join(tmpdir(), 'baiying-bench-'));
  const child = spawn(process.execPath, ['services/main.ts'], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: {
      ...process.env,
      BAIYING_DATA: data,
      BAIYING_HTTP_PORT: '0',
      BAIYING_MQTT_PORT: '0',
      BAIYING_ADMIN_PASSWORD: adminPassword,
      BAIYING_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    await stopChild(child, 'SIGTERM');
    await rm(data, { recursive: true, force: true });
  };
  const line = await firstMatch(child, /ready (http:\S+) (mqtt:\S+)/);
  return { http: line[1] as string, mqtt: line[2] as string, pid: child.pid as number, stop };
}

/** The floor: a broker that stores nothing and decides nothing. */
export async function startMosquitto(program: string): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-floor-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  await writeFile(
    config,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\npersistence false\nmax_inflight_messages 0\nmax_queued_messages 0\n`,
  );
  const child = spawn(program, ['-c', config, '-v'], { stdio: ['ignore', 'ignore', 'pipe'] });
  await firstMatch(child, /running/, 'stderr');
  child.stderr?.resume();
  return {
    mqtt: `mqtt://127.0.0.1:${port}`,
    pid: child.pid as number,
    stop: () => stopChild(child, 'SIGTERM').then(() => rm(folder, { recursive: true, force: true })),
  };
}

function firstMatch(child: ChildProcess, wanted: RegExp, from: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child[from]?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-20_000);
      const match = wanted.exec(text);
      if (match) resolve(match);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready: ${text}`)));
    child.once('error', reject);
  });
}
