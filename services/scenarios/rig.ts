import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { loadSettings } from '../../config/load.ts';
import { loadPhrases } from '../../config/phrases/load.ts';
import { loadPolicies } from '../../config/policies/load.ts';
import { drivers } from '../../devices/catalogue.ts';
import { simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { simulateCamera } from '../../devices/cameras/mqtt/simulator.ts';
import { simulateLoudspeaker } from '../../devices/loudspeakers/mqtt/simulator.ts';
import { simulateRadio, type RadioBehaviour } from '../../devices/radios/mqtt/simulator.ts';
import { compose, type Running } from '../compose.ts';
import { firstAccount } from '../dispatch/first-account.ts';
import { openStore } from '../store/connect.ts';
import { freshDatabase, quiet } from '../store/testing.ts';
import { words } from '../words.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';

/** A police station for one story: the real rooms on a fresh record, a clock that the story moves, simulated devices. */
export interface Station {
  readonly clock: ManualClock;
  readonly running: Running;
  /** An HTTP request as admin; throws with status and body when it is refused. */
  api<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Registers a device, connects its simulator, and closes it when the story ends. */
  key(id: string, siteId: string): ReturnType<typeof simulateKey>;
  radio(id: string, unitId: string, behaviour?: RadioBehaviour): ReturnType<typeof simulateRadio>;
  loudspeaker(id: string, siteId: string): ReturnType<typeof simulateLoudspeaker>;
  camera(id: string, siteId: string): ReturnType<typeof simulateCamera>;
  /** Waits, in real time and without moving the story's clock, until what is asserted holds. */
  until<T>(assertion: () => T | Promise<T>): Promise<T>;
  incidents(): Promise<readonly IncidentView[]>;
  incident(id: string): Promise<IncidentView>;
}

export interface IncidentView {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly priority: number;
  readonly state: string;
  readonly exercise: boolean;
  readonly silent: boolean;
  readonly signals: readonly { readonly id: string; readonly deviceId: string; readonly type: string }[];
  readonly orders: readonly { readonly id: string; readonly unitId: string; readonly state: string }[];
  readonly related: readonly { readonly id: string; readonly reason?: string }[];
  readonly timeline: readonly { readonly kind: string; readonly reason?: string; readonly text: string; readonly by?: string; readonly data?: Record<string, unknown> }[];
  readonly deadline?: { readonly clock: string; readonly level: number; readonly dueAt: string };
}

export interface StationOptions {
  /** Takes BAIYING_… settings; ports are free ones unless given. */
  readonly env?: Record<string, string>;
  readonly redisUrl?: string;
}

const password = 'scenario-admin-password';

/** Starts a station that ends with the test. */
export async function openStation(options: StationOptions = {}): Promise<Station> {
  const data = await mkdtemp(join(tmpdir(), 'baiying-scenario-'));
  const database = await freshDatabase();
  const env = { BAIYING_DATA: data, BAIYING_HTTP_PORT: '0', BAIYING_MQTT_PORT: '0', BAIYING_LANGUAGE: 'en', ...options.env };
  const loaded = loadSettings({ env, cwd: process.cwd() }).settings;
  // The story's clock stands still while a commit is awaited, so chatter must not wait for it.
  const settings = { ...loaded, folding: { ...loaded.folding, rest: 0 } };
  const store = await openStore({ connection: database.connection, log: quiet });
  const clock = manualClock();
  const queue = options.redisUrl === undefined ? { postgres: database.connection } : { redisUrl: options.redisUrl };
  const phrases = loadPhrases();
  const policies = loadPolicies(settings.policies);
  const running = await compose({ role: 'all', settings, store, queue, clock, log: quiet, policies, words: { zh: words('zh', phrases), en: words('en', phrases) }, drivers, version: '0.0.0' });
  const http = await running.http.listen({ host: '127.0.0.1', port: 0 });
  await firstAccount({ db: store.desk, clock, adminPassword: password });
  onTestFinished(async () => {
    await running.close();
    await store.close();
    await database.drop();
    await rm(data, { recursive: true, force: true });
  });
  return station(running, clock, http);
}

async function station(running: Running, clock: ManualClock, http: string): Promise<Station> {
  const token = await signIn(http);
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`${http}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const url = `mqtt://127.0.0.1:${running.broker?.ports.mqtt}`;
  const line = async (kind: string, id: string, place: Record<string, string>) => {
    const { secret } = await api<{ secret: string }>('POST', '/devices', { id, kind, driver: 'mqtt', name: id, ...place });
    return { url, id, secret, now: () => clock.now() };
  };
  const ends = <T extends { close(): Promise<void> }>(device: T): T => {
    onTestFinished(() => device.close());
    return device;
  };
  return {
    clock,
    running,
    api,
    key: async (id, siteId) => ends(await simulateKey(await line('key', id, { siteId }))),
    radio: async (id, unitId, behaviour = 'answers') => ends(await simulateRadio({ ...(await line('radio', id, { unitId })), behaviour })),
    loudspeaker: async (id, siteId) => ends(await simulateLoudspeaker(await line('loudspeaker', id, { siteId }))),
    camera: async (id, siteId) => ends(await simulateCamera(await line('camera', id, { siteId }))),
    until: (assertion) => vi.waitFor(assertion, { timeout: 10_000, interval: 10 }),
    incidents: async () => (await api<{ items: readonly IncidentView[] }>('GET', '/incidents')).items,
    incident: (id) => api<IncidentView>('GET', `/incidents/${id}`),
  };
}

async function signIn(http: string): Promise<string> {
  const body = JSON.stringify({ username: 'admin', password });
  const response = await fetch(`${http}/api/v1/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return ((await response.json()) as { token: string }).token;
}

/** One station with a grid, a hospital in it, and units at growing distances from the hospital. */
export async function registerPlace(at: Station, units: readonly string[]): Promise<void> {
  const square = [[120, 30], [120.2, 30], [120.2, 30.2], [120, 30.2], [120, 30]];
  await at.api('POST', '/stations', { id: 'central', name: 'Central station', location: { lat: 30.1, lon: 120.1 } });
  await at.api('POST', '/grids', { id: 'riverside', name: 'Riverside', stationId: 'central', area: { type: 'Polygon', coordinates: [square] }, unitIds: [] });
  await at.api('POST', '/sites', { id: 'hospital', name: 'First Hospital', kind: 'hospital', stationId: 'central', gridId: 'riverside', address: '1 River Road', location: { lat: 30.1, lon: 120.1 }, contacts: [] });
  for (const id of units) await at.api('POST', '/units', { id, name: id, tier: 'city', stationId: 'central', gridIds: ['riverside'], deviceIds: [], status: 'available' });
}

export const eventId = (): string => randomUUID();
