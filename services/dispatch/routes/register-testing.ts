import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { type FastifyPluginAsyncZod, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { viewShape } from '../../../devices/cameras/view.ts';
import type { DriverType } from '../../../devices/driver.ts';
import type { Clock, Drivers } from '../../ports.ts';
import { openSealer } from '../../secrets-at-rest.ts';
import type { Store } from '../../store/connect.ts';
import { openRegister, type Register } from '../../store/register-view.ts';
import { freshStore, quiet } from '../../store/testing.ts';
import type { Role } from '../access.ts';
import { takeJsonOnly } from '../json-body.ts';
import { answerProblem } from '../problem.ts';
import { deviceRoutes } from './devices.ts';
import { gridRoutes } from './grids.ts';
import type { RegisterDeps } from './register.ts';
import { siteRoutes } from './sites.ts';
import { stationRoutes } from './stations.ts';
import { unitRoutes } from './units.ts';

export const noon = Date.parse('2026-11-21T12:00:00.000Z');
const stopped = { stop: () => undefined };
export const clock: Clock = { now: () => noon, after: () => stopped, every: () => stopped };

const driver = (kind: DriverType['kind'], name: string, settings: DriverType['settings']): DriverType => ({
  kind,
  name,
  settings,
  title: { zh: name, en: name },
  open: () => ({}),
});
const types = [
  driver('key', 'mqtt', z.strictObject({ prefix: z.string().max(20).optional() })),
  driver('camera', 'mqtt', z.strictObject({})),
  driver('camera', 'view', z.strictObject({ ...viewShape, pin: z.string().optional() })),
  driver('radio', 'mqtt', z.strictObject({})),
  driver('loudspeaker', 'mqtt', z.strictObject({ ear: z.string().optional(), fallback: z.string().optional() })),
  driver('radio', 'gateway', z.strictObject({ url: z.string().meta({ way: true }), secret: z.string().meta({ secret: true }) })),
];
export const drivers: Drivers = { find: (kind, name) => types.find((type) => type.kind === kind && type.name === name), list: () => types };

/** Under a key that nobody keeps. */
const data = mkdtempSync(join(tmpdir(), 'baiying-bench-'));
export const sealer = openSealer(data);
rmSync(data, { recursive: true });

export interface Bench {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly register: Register;
  /** The decision of each route, by `METHOD /path`. */
  readonly access: Readonly<Record<string, unknown>>;
  /** A JSON request as an administrator. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object): Promise<{ status: number; json: Answer }>;
}
/** What tests read of any answer. */
export interface Answer {
  [name: string]: unknown;
  id: string;
  items: Answer[];
  nextCursor?: string;
  code?: string;
  detail: string;
  faults: { path: string; message: string; row?: number; column?: string }[];
  device: Answer;
  secret: string;
}

/** The register's routes on an empty record, without the guard: who may do what is read from `config.access`. */
export async function bench(more: (deps: RegisterDeps & { register: Register }) => FastifyPluginAsyncZod[] = () => []): Promise<Bench> {
  const store = await freshStore();
  const register = await openRegister(store, quiet);
  const app = fastify({ bodyLimit: 256 * 1024 });
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler).setErrorHandler(answerProblem);
  takeJsonOnly(app);
  const access: Record<string, unknown> = {};
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) access[`${method} ${route.url}`] = route.config?.access;
  });
  app.decorateRequest('actor', { getter: () => ({ name: 'wang', roles: ['admin'] as Role[], kind: 'account' as const, id: 'a1' }) });
  const deps = { store, register, drivers, sealer, clock };
  for (const routes of [stationRoutes(deps), gridRoutes(deps), siteRoutes(deps), unitRoutes(deps), deviceRoutes(deps), ...more(deps)])
    await app.register(routes);
  onTestFinished(async () => {
    await app.close();
    register.close();
  });
  return {
    app,
    store,
    register,
    access,
    async ask(method, url, body) {
      const answer = await app.inject({ method, url, ...(body === undefined ? {} : { payload: body }) });
      return { status: answer.statusCode, json: (answer.body === '' ? {} : answer.json()) as Answer };
    },
  };
}

/** One of each, so that others may name them. */
export async function furnish({ ask }: Bench): Promise<void> {
  await ask('POST', '/stations', { id: 'st', name: '城关派出所', location: { lat: 36.06, lon: 103.83 } });
  await ask('POST', '/grids', { id: 'gr', name: '一网格', stationId: 'st', area: square(103, 36, 1), unitIds: [] });
  await ask('POST', '/sites', {
    id: 'si',
    name: '市医院',
    kind: 'hospital',
    stationId: 'st',
    gridId: 'gr',
    address: '和平路 1 号',
    location: { lat: 36.5, lon: 103.5 },
    contacts: [{ name: '李', phone: '1' }],
  });
}

export const square = (west: number, south: number, side: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ],
});
export const key = (over: object = {}) => ({ kind: 'key', driver: 'mqtt', name: 'Key', settings: {}, ...over });
export const unit = (over: object = {}) => ({
  name: 'Car',
  tier: 'city',
  stationId: 'st',
  gridIds: [],
  deviceIds: [],
  status: 'available',
  ...over,
});
