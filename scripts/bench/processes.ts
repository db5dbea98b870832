import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The product under measurement, in a process and a folder of its own on this machine. */
export interface Started {
  readonly http: string;
  readonly mqtt: string;
  /** Its data folder. */
  readonly data: string;
  /** Of the process that runs now. */
  pid(): number;
  /** kill -9; it is started again at once on the same folder and ports. Resolves when it says that it is ready. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A port that nobody listens on, below those that the kernel gives to whoever calls out: a client that tries again and again
 * while a server is away would otherwise come to stand on the server's own port.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (free) return port;
  }
}

/** A program's path, where it is installed; Debian keeps servers in sbin, which is not on everybody's PATH. */
export function find(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Whatever ends this process, those that it started end with it; the product stops its PostgreSQL then. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/** A process that is started again at once after each kill. */
export interface Kept {
  readonly pid: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const attempts = 20;

/** As any supervisor does it: the port of a process that was killed amid many connections may be taken for a moment longer. */
async function again(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === attempts) throw error;
      await pause(50);
    }
  }
}

/** @param start begins the process; resolves when it takes connections */
export async function keep(start: () => Promise<ChildProcess>): Promise<Kept> {
  let child = await start();
  running.add(child);
  let starting: Promise<unknown> = Promise.resolve();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    running.delete(child);
  };
  return {
    get pid() {
      return child.pid ?? 0;
    },
    async kill() {
      await starting;
      await end('SIGKILL');
      starting = again(start).then((started) => {
        child = started;
        running.add(started);
      });
      await starting;
    },
    async stop() {
      await starting;
      await end('SIGTERM');
    },
  };
}

export const adminPassword = 'bench-admin-password';

/** The product as a user starts it, on an empty data folder. */
export async function startBaiying(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const data = await mkdtemp(join(tmpdir(), 'baiying-bench-'));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const own = {
    BAIYING_DATA: data,
    BAIYING_HTTP_PORT: String(httpPort),
    BAIYING_MQTT_PORT: String(mqttPort),
    BAIYING_ADMIN_PASSWORD: adminPassword,
    BAIYING_LOG_LEVEL: 'warn',
  };
  const kept = await keep(async () => {
    const child = spawn(process.execPath, ['services/main.ts'], {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { ...process.env, ...own, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await firstMatch(child, /ready http:/);
    return child;
  });
  return {
    http: `http://127.0.0.1:${httpPort}`,
    mqtt: `mqtt://127.0.0.1:${mqttPort}`,
    data,
    pid: () => kept.pid,
    kill: kept.kill,
    stop: () => kept.stop().then(() => rm(data, { recursive: true, force: true })),
  };
}

export function firstMatch(child: ChildProcess, wanted: RegExp, from: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
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
