import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import type { DeviceKind } from '../../devices/driver.ts';
import { simulateRadio } from '../../devices/radios/mqtt/simulator.ts';
import { startRedis } from '../queue/testing.ts';
import { startEmbedded } from '../store/embedded.ts';
import { quiet } from '../store/testing.ts';
import { type Api, signIn } from './api.ts';

/** The processes of docker-compose.yml, started by hand: two brokers, a pipeline and a dispatch, on PostgreSQL and Redis. */
export interface City {
  readonly brokerA: CityProcess;
  readonly brokerB: CityProcess;
  readonly pipeline: CityProcess;
  readonly dispatch: CityProcess;
  /** As admin. */
  readonly api: Api;
  /** Registers a device and connects its simulator to that broker. */
  key(id: string, siteId: string, broker: CityProcess): ReturnType<typeof simulateKey>;
  radio(id: string, unitId: string, broker: CityProcess): ReturnType<typeof simulateRadio>;
  /** Waits until what is asserted holds. */
  until<T>(assertion: () => T | Promise<T>): Promise<T>;
}

/** One process, named by its role, with the addresses of its ready line. */
export interface CityProcess {
  readonly http: string;
  readonly mqtt: string;
  kill(): Promise<void>;
  /** Starts it again after a kill; resolves at its ready line. */
  start(): Promise<void>;
}

const adminPassword = 'city-account-password';
const home = join(import.meta.dirname, '..', '..');
const patience = 60_000;

/** Starts a city that ends with the test. */
export async function openCity(): Promise<City> {
  const data = await mkdtemp(join(tmpdir(), 'baiying-city-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const [postgres, redis] = await Promise.all([
    startEmbedded({ dataDir: join(data, 'server'), log: quiet }),
    startRedis('--appendonly', 'yes', '--maxmemory-policy', 'noeviction'),
  ]);
  onTestFinished(async () => void (await Promise.all([postgres.stop(), redis.remove()])));
  const { host, user, database } = postgres.connection;
  const env = {
    DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    REDIS_URL: redis.url,
    BAIYING_ADMIN_PASSWORD: adminPassword,
    BAIYING_LANGUAGE: 'en',
    BAIYING_LOG_LEVEL: 'error',
    BAIYING_DATA: join(data, 'shared'),
    BAIYING_BIND: '127.0.0.1',
    BAIYING_HTTP_PORT: '0',
    BAIYING_MQTT_PORT: '0',
  };
  const [brokerA, brokerB, pipeline, dispatch] = await Promise.all([
    startProcess('broker', { ...env, BAIYING_BROKER_ID: 'broker-a' }),
    startProcess('broker', { ...env, BAIYING_BROKER_ID: 'broker-b' }),
    startProcess('pipeline', env),
    startProcess('dispatch', env),
  ]);
  const api = await signIn(() => dispatch.http, 'admin', adminPassword);
  const device = async (kind: DeviceKind, id: string, place: Readonly<Record<string, string>>, broker: CityProcess) => {
    const { secret } = await api<{ secret: string }>('POST', '/devices', { id, kind, driver: 'mqtt', name: id, ...place });
    return { url: broker.mqtt, id, secret };
  };
  const ends = <T extends { vanish(): Promise<void> }>(simulated: T): T => {
    onTestFinished(() => simulated.vanish());
    return simulated;
  };
  return {
    ...{ brokerA, brokerB, pipeline, dispatch, api },
    key: async (id, siteId, broker) => ends(await simulateKey(await device('key', id, { siteId }, broker))),
    radio: async (id, unitId, broker) => ends(await simulateRadio(await device('radio', id, { unitId }, broker))),
    until: (assertion) => vi.waitFor(assertion, { timeout: patience, interval: 50 }),
  };
}

async function startProcess(role: string, env: Readonly<Record<string, string>>): Promise<CityProcess> {
  let child: ChildProcess | undefined;
  let addresses = { http: '', mqtt: '' };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const start = async () => {
    child = spawn(process.execPath, ['services/main.ts', '--role', role], {
      cwd: home,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [, http = '', mqtt = ''] = await readyLine(child, role);
    addresses = { http, mqtt };
  };
  onTestFinished(() => end('SIGTERM'));
  await start();
  return {
    get http() {
      return addresses.http;
    },
    get mqtt() {
      return addresses.mqtt;
    },
    kill: () => end('SIGKILL'),
    start,
  };
}

/** @throws with what the process said, when it ends before it is ready */
function readyLine(child: ChildProcess, role: string): Promise<RegExpExecArray> {
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-10_000);
        const match = /^ready (http:\S+)(?: (mqtt:\S+))?$/m.exec(said);
        if (match) resolve(match);
      });
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${role} ended with ${code ?? signal}: ${said}`)));
  });
}
