import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminPassword, freePort } from '../bench/processes.ts';

/** The product's own process as a user starts it, with a supervisor that starts it again at once on the same folder and ports. */
export interface Product {
  readonly http: string;
  readonly mqtt: string;
  readonly data: string;
  readonly logFile: string;
  /** Times at which the process ended though nobody had killed it, in words. */
  readonly ownEnds: readonly string[];
  /** kill -9 of the running process. */
  kill(): Promise<void>;
  /** SIGTERM; the milliseconds until it is gone. It is started again at once. */
  terminate(): Promise<number>;
  /** Of the process that runs now. */
  pid(): number;
  ready(): Promise<boolean>;
  /** SIGTERM, and the data folder removed. */
  stop(): Promise<void>;
}

const home = join(import.meta.dirname, '..', '..');
/** A stop must end within 10 s (contract); after this it counts as hung. */
const patience = 20_000;
const askedFor = 2000;

export async function superviseProduct(env: Readonly<Record<string, string>>): Promise<Product> {
  const data = await mkdtemp(join(tmpdir(), 'baiying-torture-'));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const own = {
    BAIYING_DATA: data,
    BAIYING_BIND: '127.0.0.1',
    BAIYING_HTTP_PORT: String(httpPort),
    BAIYING_MQTT_PORT: String(mqttPort),
    BAIYING_ADMIN_PASSWORD: adminPassword,
    BAIYING_LANGUAGE: 'en',
    BAIYING_LOG_LEVEL: 'warn',
  };
  const logFile = join(data, 'product.log');
  const log = openSync(logFile, 'a');
  const ownEnds: string[] = [];
  let killed = false;
  let stopping = false;
  const start = (): ChildProcess => {
    const started = spawn(process.execPath, ['services/main.ts'], {
      cwd: home,
      env: { ...process.env, ...own, ...env },
      stdio: ['ignore', log, log],
    });
    started.once('exit', (code, signal) => {
      if (stopping) return;
      if (!killed) ownEnds.push(`${new Date().toISOString()}: ended with ${code ?? signal}`);
      killed = false;
      child = start();
    });
    return started;
  };
  let child = start();
  const hit = (signal: NodeJS.Signals): Promise<number> => {
    killed = true;
    return end(child, signal);
  };
  const http = `http://127.0.0.1:${httpPort}`;
  return {
    http,
    mqtt: `mqtt://127.0.0.1:${mqttPort}`,
    data,
    logFile,
    ownEnds,
    kill: async () => void (await hit('SIGKILL')),
    terminate: () => hit('SIGTERM'),
    pid: () => child.pid ?? 0,
    ready: () => readyz(http),
    async stop() {
      stopping = true;
      const late = setTimeout(() => child.kill('SIGKILL'), patience);
      if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
      clearTimeout(late);
      closeSync(log);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Milliseconds until the process was gone. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  const at = performance.now();
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return performance.now() - at;
}

async function readyz(http: string): Promise<boolean> {
  try {
    const answer = await fetch(`${http}/readyz`, { signal: AbortSignal.timeout(askedFor) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    // Nobody listens yet, or the answer was cut off by the next kill: not ready, whatever the words for it.
    return false;
  }
}
