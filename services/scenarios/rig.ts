import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { onTestFinished, vi } from 'vitest';
import { loadSettings } from '../../config/load.ts';
import { loadPhrases } from '../../config/phrases/load.ts';
import { loadPolicies } from '../../config/policies/load.ts';
import type { Settings } from '../../config/schema.ts';
import { simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { simulateCamera } from '../../devices/cameras/mqtt/simulator.ts';
import { drivers } from '../../devices/catalogue.ts';
import type { DeviceKind } from '../../devices/driver.ts';
import { simulateLoudspeaker } from '../../devices/loudspeakers/mqtt/simulator.ts';
import type { Media } from '../../devices/media/index.ts';
import { type RadioBehaviour, type SimulatedRadio, simulateRadio } from '../../devices/radios/mqtt/simulator.ts';
import { compose, type Running } from '../compose.ts';
import type { Decision } from '../dispatch/access.ts';
import { firstAccount } from '../dispatch/first-account.ts';
import type { Clock } from '../ports.ts';
import { openStore, type Store } from '../store/connect.ts';
import type { EmbeddedConnection } from '../store/embedded.ts';
import { freshDatabase, quiet } from '../store/testing.ts';
import { words } from '../words.ts';
import { type Api, signIn } from './api.ts';
import type { IncidentView } from './incident-view.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

export type { Api } from './api.ts';
export type { IncidentView } from './incident-view.ts';

/** A police station for one story: the real rooms on a fresh record, a clock that the story moves, simulated devices. */
export interface Station {
  /** The clock of the rooms that run now; a restart may bring another. */
  readonly clock: ManualClock;
  readonly store: Store;
  /** As admin. */
  readonly api: Api;
  /** Every route of the HTTP side, with who may use it. */
  routes(): readonly Decision[];
  /** Where the HTTP side listens, and the admin's credential. */
  http(): { readonly url: string; readonly authorization: string };
  /** Makes an account and signs it in. */
  signIn(username: string, roles: readonly string[]): Promise<Api>;
  /** Registers a device that is not switched on; `more` is what its body says besides. */
  register(kind: DeviceKind, id: string, more: Readonly<Record<string, unknown>>): Promise<void>;
  /** Registers a device where it is not yet known, connects its simulator, and closes it when the story ends. */
  key(id: string, siteId: string): ReturnType<typeof simulateKey>;
  radio(id: string, unitId: string, behaviour?: RadioBehaviour): ReturnType<typeof simulateRadio>;
  loudspeaker(id: string, siteId: string): ReturnType<typeof simulateLoudspeaker>;
  camera(id: string, siteId: string): ReturnType<typeof simulateCamera>;
  /** Where a registered device signs in and with what, for simulators of makers' own dialects. */
  door(id: string): { readonly url: string; readonly id: string; readonly secret: string };
  /** The same door over TLS. */
  readonly tlsUrl: string;
  /** A bare MQTT connection of a registered device, for what no simulator would do. Rejects when it is not let in. */
  line(id: string, options?: IClientOptions): Promise<MqttClient>;
  /** Waits, in real time and without moving the story's clock, until what is asserted holds. */
  until<T>(assertion: () => T | Promise<T>): Promise<T>;
  incidents(): Promise<readonly IncidentView[]>;
  incident(id: string): Promise<IncidentView>;
  /** What consoles and webhooks hear, as far as the type begins so, oldest first. */
  events(
    type: string,
  ): Promise<readonly { readonly type: string; readonly at: number; readonly data: Readonly<Record<string, unknown>> }[]>;
  /** Closes the broker alone, under the others. */
  closeBroker(): Promise<void>;
  /** Closes the rooms, lets `meanwhile` happen, and puts them together again on the same record. */
  restart(clock?: ManualClock, meanwhile?: () => Promise<unknown>): Promise<void>;
}

export interface StationOptions {
  readonly redisUrl?: string;
  /** Pictures and sound; without it, only what cameras give as a JPEG. Not closed by the station. */
  readonly media?: (clock: Clock) => Media;
  readonly footage?: Partial<Settings['footage']>;
  readonly health?: Partial<Settings['cameraHealth']>;
  readonly floods?: Partial<Settings['floods']>;
  /** For a door over TLS. */
  readonly tls?: Pick<Settings, 'mqttsPort' | 'tlsCert' | 'tlsKey' | 'deviceCa' | 'deviceCrl'>;
  /** Where the product reaches its record, when not at the record itself. */
  readonly reached?: (record: EmbeddedConnection) => Promise<EmbeddedConnection>;
}

const password = 'scenario-account-password';

/** A story takes two seconds on a machine of its own; these only end what hangs, on a machine that others share. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });
const patience = { timeout: 20_000, interval: 10 };

/** Starts a station that ends with the test. */
export async function openStation(options: StationOptions = {}): Promise<Station> {
  const data = await mkdtemp(join(tmpdir(), 'baiying-scenario-'));
  const database = await freshDatabase();
  const env = { BAIYING_DATA: data, BAIYING_HTTP_PORT: '0', BAIYING_MQTT_PORT: '0', BAIYING_LANGUAGE: 'en' };
  const loaded = loadSettings({ env, cwd: process.cwd() }).settings;
  // The story's clock stands still while a commit is awaited, so chatter must not wait for it; all of a story's world is on loopback.
  const settings = {
    ...loaded,
    folding: { ...loaded.folding, rest: 0 },
    webhooks: { allowNetworks: ['127.0.0.0/8'] },
    footage: { ...loaded.footage, ...options.footage },
    cameraHealth: { ...loaded.cameraHealth, ...options.health },
    floods: { ...loaded.floods, ...options.floods },
    ...options.tls,
  };
  const connection = (await options.reached?.(database.connection)) ?? database.connection;
  const store = await openStore({ connection, log: quiet });
  const queue = options.redisUrl === undefined ? { postgres: connection } : { redisUrl: options.redisUrl };
  const phrases = loadPhrases();
  const parts = {
    role: 'all',
    settings,
    store,
    queue,
    log: quiet,
    policies: loadPolicies(settings.policies),
    words: { zh: words('zh', phrases), en: words('en', phrases) },
    drivers,
    version: '0.0.0',
  } as const;
  const open = async (clock: ManualClock): Promise<Rooms> => {
    const running = await compose({ ...parts, clock, ...(options.media === undefined ? {} : { media: options.media(clock) }) });
    return { clock, running, http: await running.http.listen({ host: '127.0.0.1', port: 0 }) };
  };
  let rooms = await open(manualClock());
  onTestFinished(async () => {
    await rooms.running.close();
    await store.close();
    await database.drop();
    await rm(data, { recursive: true, force: true });
  });
  await firstAccount({ db: store.desk, clock: rooms.clock, adminPassword: password });
  const restart: Station['restart'] = async (clock = rooms.clock, meanwhile) => {
    await rooms.running.close();
    await meanwhile?.();
    rooms = await open(clock);
  };
  return station(store, () => rooms, restart);
}

interface Rooms {
  readonly clock: ManualClock;
  readonly running: Running;
  readonly http: string;
}

async function station(store: Store, rooms: () => Rooms, restart: Station['restart']): Promise<Station> {
  const http = () => rooms().http;
  const api = await signIn(http, 'admin', password);
  const { token } = await api<{ token: string }>('POST', '/sessions', { username: 'admin', password });
  const authorization = `Bearer ${token}`;
  const secrets = new Map<string, string>();
  const register: Station['register'] = async (kind, id, more) => {
    const { secret } = await api<{ secret: string }>('POST', '/devices', { id, kind, driver: 'mqtt', name: id, ...more });
    secrets.set(id, secret);
  };
  const url = () => `mqtt://127.0.0.1:${rooms().running.broker?.ports.mqtt}`;
  const device = async (kind: DeviceKind, id: string, place: Readonly<Record<string, string>>) => {
    if (!secrets.has(id)) await register(kind, id, place);
    return { url: url(), id, secret: secrets.get(id) ?? '', now: () => rooms().clock.now() };
  };
  const ends = <T extends { close(): Promise<void> }>(simulated: T): T => {
    onTestFinished(() => simulated.close());
    return simulated;
  };
  return {
    get clock() {
      return rooms().clock;
    },
    store,
    get tlsUrl() {
      return `mqtts://127.0.0.1:${rooms().running.broker?.ports.mqtts}`;
    },
    api,
    routes: () => rooms().running.http.decisions,
    http: () => ({ url: http(), authorization }),
    signIn: async (username, roles) => {
      await api('POST', '/accounts', { username, password, roles });
      return signIn(http, username, password);
    },
    register,
    key: async (id, siteId) => ends(await simulateKey(await device('key', id, { siteId }))),
    radio: async (id, unitId, behaviour = 'answers') =>
      ends(await simulateRadio({ ...(await device('radio', id, { unitId })), behaviour })),
    loudspeaker: async (id, siteId) => ends(await simulateLoudspeaker(await device('loudspeaker', id, { siteId }))),
    camera: async (id, siteId) => ends(await simulateCamera(await device('camera', id, { siteId }))),
    door: (id) => ({ url: url(), id, secret: secrets.get(id) ?? '' }),
    line: async (id, options = {}) => {
      const client = await mqtt.connectAsync(
        url(),
        { protocolVersion: 4, username: id, password: secrets.get(id) ?? '', reconnectPeriod: 0, ...options },
        false,
      );
      onTestFinished(() => client.endAsync(true));
      return client;
    },
    until: (assertion) => vi.waitFor(assertion, patience),
    incidents: async () => (await api<{ items: readonly IncidentView[] }>('GET', '/incidents')).items,
    incident: (id) => api<IncidentView>('GET', `/incidents/${id}`),
    events: (type) => eventsOf(store, type),
    closeBroker: async () => rooms().running.broker?.close(),
    restart,
  };
}

async function eventsOf(store: Store, type: string): ReturnType<Station['events']> {
  const rows = await store.desk
    .selectFrom('events')
    .select(['type', 'at', 'data'])
    .where('type', 'like', `baiying.${type}%`)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** One station with a grid, a hospital in it, and units at growing distances from the hospital. */
export async function registerPlace(at: Station, units: readonly string[]): Promise<void> {
  const square = [
    [120, 30],
    [120.2, 30],
    [120.2, 30.2],
    [120, 30.2],
    [120, 30],
  ];
  await at.api('POST', '/stations', { id: 'central', name: 'Central station', location: { lat: 30.1, lon: 120.1 } });
  await at.api('POST', '/grids', {
    id: 'riverside',
    name: 'Riverside',
    stationId: 'central',
    area: { type: 'Polygon', coordinates: [square] },
    unitIds: [],
  });
  await at.api('POST', '/sites', {
    id: 'hospital',
    name: 'First Hospital',
    kind: 'hospital',
    stationId: 'central',
    gridId: 'riverside',
    address: '1 River Road',
    location: { lat: 30.1, lon: 120.1 },
    contacts: [],
  });
  for (const id of units)
    await at.api('POST', '/units', {
      id,
      name: id,
      tier: 'city',
      stationId: 'central',
      gridIds: ['riverside'],
      deviceIds: [],
      status: 'available',
    });
}

/** The place above with a switched-on radio `radio-<unit>` for each unit, the first unit nearest to the hospital. */
export async function registerCrew<const Units extends readonly string[]>(
  at: Station,
  units: Units,
  behaviour: RadioBehaviour = 'silent',
): Promise<{ [I in keyof Units]: SimulatedRadio }> {
  await registerPlace(at, units);
  const radios: SimulatedRadio[] = [];
  for (const [index, unit] of units.entries()) {
    const radio = await at.radio(`radio-${unit}`, unit, behaviour);
    await radio.position(30.101 + index * 0.01, 120.1);
    radios.push(radio);
  }
  return radios as { [I in keyof Units]: SimulatedRadio };
}

/** The first order that a radio's officer was shown. */
export const orderOn = (at: Station, radio: SimulatedRadio) =>
  at.until(() => {
    const [order] = radio.effective();
    if (!order) throw new Error(`no order on ${radio.id}`);
    return order;
  });

export interface Posted {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A system outside that takes POSTs and keeps them. */
export async function openReceiver(): Promise<{ readonly url: string; readonly posted: readonly Posted[] }> {
  const posted: Posted[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, posted };
}

export const eventId = (): string => randomUUID();
