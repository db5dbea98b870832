import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminPassword, freePort } from '../bench/processes.ts';
import { trapVariable } from './trap.ts';

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
  /** Ends it with the signal, and keeps it down until the work is done. */
  whileDown(signal: NodeJS.Signals, work: () => Promise<void>): Promise<void>;
  /** Of the process that runs now. */
  pid(): number;
  ready(): Promise<boolean>;
  /** SIGTERM, and its folder removed, which is its data folder where it was told of no other. */
  stop(): Promise<void>;
}

export type ProductRole = 'all' | 'broker' | 'pipeline' | 'dispatch';

const home = join(import.meta.dirname, '..', '..');
/** A stop must end within 10 s (contract); after this it counts as hung. */
const patience = 20_000;
const askedFor = 2000;

export async function superviseProduct(env: Readonly<Record<string, string>>, role: ProductRole = 'all'): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-'));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const own = {
    BAIYING_DATA: folder,
    BAIYING_BIND: '127.0.0.1',
    BAIYING_HTTP_PORT: String(httpPort),
    BAIYING_MQTT_PORT: String(mqttPort),
    BAIYING_ADMIN_PASSWORD: adminPassword,
    BAIYING_LANGUAGE: 'en',
    BAIYING_LOG_LEVEL: 'warn',
  };
  const logFile = join(folder, 'product.log');
  const log = openSync(logFile, 'a');
  const options: SpawnOptions = { cwd: home, env: { ...process.env, ...own, ...env }, stdio: ['ignore', log, log] };
  const { stop, ...kept } = keepRunning(
    role,
    () => spawn(process.execPath, ['services/main.ts', '--role', role], options),
    trapVariable in env,
  );
  const http = `http://127.0.0.1:${httpPort}`;
  return {
    ...kept,
    http,
    mqtt: `mqtt://127.0.0.1:${mqttPort}`,
    data: env['BAIYING_DATA'] ?? folder,
    logFile,
    ready: () => readyz(http),
    async stop() {
      await stop();
      closeSync(log);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Kept = Pick<Product, 'ownEnds' | 'kill' | 'terminate' | 'whileDown' | 'pid' | 'stop'>;

/** @param trapped it may also be killed by its own trap; nobody else sends it that signal */
function keepRunning(role: ProductRole, start: () => ChildProcess, trapped: boolean): Kept {
  const ownEnds: string[] = [];
  let killed = false;
  let down = false;
  const begin = (): ChildProcess => {
    const started = start();
    started.once('exit', (code, signal) => {
      if (down) return;
      const asked = killed || (trapped && signal === 'SIGKILL');
      if (!asked) ownEnds.push(`${new Date().toISOString()}: ${role} ended with ${code ?? signal}`);
      killed = false;
      child = begin();
    });
    return started;
  };
  let child = begin();
  const hit = (signal: NodeJS.Signals): Promise<number> => {
    killed = true;
    return end(child, signal);
  };
  return {
    ownEnds,
    kill: async () => void (await hit('SIGKILL')),
    terminate: () => hit('SIGTERM'),
    async whileDown(signal, work) {
      down = true;
      await endInTime(child, signal);
      await work();
      down = false;
      child = begin();
    },
    pid: () => child.pid ?? 0,
    stop() {
      down = true;
      return endInTime(child, 'SIGTERM');
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

/** One that hangs is killed. */
async function endInTime(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const late = setTimeout(() => child.kill('SIGKILL'), patience);
  if (child.exitCode === null && child.signalCode === null) await end(child, signal);
  clearTimeout(late);
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
