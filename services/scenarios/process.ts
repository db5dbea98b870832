import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type SimulatedKey, simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { type Api, signIn } from './api.ts';

/** The product as an operator starts it: a process of its own on a data folder of its own. */
export interface Baiying {
  readonly pid: number;
  /** Where it answers, once `ready`. */
  readonly http: string;
  readonly mqtt: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its log so far. Lines that are no log are left out. */
  readonly log: () => readonly LogLine[];
  /** Sends a signal. */
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code once the process is gone; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface LogLine {
  /** pino's: 30 info, 40 warn, 50 error, 60 fatal. */
  readonly level: number;
  readonly msg: string;
  readonly deviceId?: string;
  readonly err?: { readonly message: string; readonly code?: string };
}

/** A start takes three seconds on a machine of its own; these only end what hangs, on a machine that others share. */
vi.setConfig({ testTimeout: 480_000, hookTimeout: 60_000 });
/** Waits until what is asserted holds. */
export const patiently = <T>(assertion: () => T | Promise<T>): Promise<T> => vi.waitFor(assertion, { timeout: 60_000, interval: 20 });

type Environment = Readonly<Record<string, string | undefined>>;

export const adminPassword = 'scenario-account-password';
const home = resolve(import.meta.dirname, '../..');

/** A folder that goes with the test. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}

/** Starts a process that ends with the test; does not wait for it to be ready. `BAIYING_DATA` must be given. */
export function spawnBaiying(
  env: Environment,
  args: readonly string[] = [],
): { readonly child: ChildProcess } & Omit<Baiying, 'http' | 'mqtt'> {
  const usual = { BAIYING_HTTP_PORT: '0', BAIYING_MQTT_PORT: '0', BAIYING_ADMIN_PASSWORD: adminPassword, BAIYING_LANGUAGE: 'en' };
  const child = spawn(process.execPath, ['services/main.ts', ...args], {
    cwd: home,
    env: { ...clean(process.env), ...usual, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await ended;
  });
  const lines = () => said.stderr.split('\n').filter((line) => line.startsWith('{'));
  return {
    child,
    pid: child.pid ?? 0,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    log: () => lines().map((line) => JSON.parse(line) as LogLine),
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Starts a process and waits for its ready line. */
export async function startBaiying(env: Environment, args: readonly string[] = []): Promise<Baiying> {
  const process = spawnBaiying(env, args);
  const ready = new Promise<RegExpExecArray>((found, fail) => {
    process.child.stdout?.on('data', () => {
      const match = /^ready (http:\S+)(?: (mqtt:\S+))?/m.exec(process.stdout());
      if (match) found(match);
    });
    void process.ended.then((code) => fail(new Error(`ended with ${code} before it was ready:\n${process.stderr()}`)));
  });
  const [, http = '', mqtt = ''] = await ready;
  return { ...process, http, mqtt };
}

/** Settings of whoever runs the tests must not reach the process under test. */
function clean(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(BAIYING_|DATABASE_URL$|REDIS_URL$|FFMPEG_BIN$)/.test(name)));
}

/** Signs in as the first administrator. Throws with status and body when a request is refused. */
export const signInTo = (http: string): Promise<Api> => signIn(() => http, 'admin', adminPassword);

/** A bank with so many keys, switched on; their secrets by id. */
export async function bankWithKeys(
  at: Baiying,
  api: Api,
  count: number,
): Promise<{ readonly keys: readonly SimulatedKey[]; readonly secrets: ReadonlyMap<string, string> }> {
  await api('POST', '/stations', { id: 'central', name: 'Central', location: { lat: 30, lon: 120 } });
  await api('POST', '/sites', {
    id: 'bank',
    name: 'Bank',
    kind: 'bank',
    stationId: 'central',
    address: '',
    location: { lat: 30, lon: 120 },
    contacts: [],
  });
  const secrets = new Map<string, string>();
  const keys: SimulatedKey[] = [];
  for (let number = 1; number <= count; number += 1) {
    const id = `key-${number}`;
    const { secret } = await api<{ secret: string }>('POST', '/devices', {
      id,
      kind: 'key',
      driver: 'mqtt',
      name: id,
      siteId: 'bank',
      settings: {},
    });
    secrets.set(id, secret);
    const key = await simulateKey({ url: at.mqtt, id, secret, reconnectAfter: 200 });
    onTestFinished(() => key.vanish());
    keys.push(key);
  }
  return { keys, secrets };
}

/** The event ids of all signals in the record. */
export async function eventIds(api: Api): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const page: { items: readonly { eventId?: string }[]; nextCursor?: string } = await api(
      'GET',
      `/signals?limit=500${cursor && `&cursor=${cursor}`}`,
    );
    for (const { eventId } of page.items) if (eventId !== undefined) ids.add(eventId);
    cursor = page.nextCursor;
  }
  return ids;
}
