import { expect, test } from 'vitest';
import { hours } from '../../alarm/index.ts';
import { beginTest, endTest } from '../../store/device-tests.ts';
import { uuidv7 } from '../../store/ids.ts';
import { driverRoutes } from './drivers.ts';
import { installationRoutes } from './installation.ts';
import { type Bench, bench, clock, drivers, furnish, key, noon } from './register-testing.ts';
import { testsDueRoutes } from './tests-due.ts';

async function installed(): Promise<Bench> {
  const b = await bench((deps) => [
    installationRoutes({ ...deps, link: { most: 4, radius: 300 }, cameras: { powers: () => ({}) } }),
    testsDueRoutes({ store: deps.store, clock, drivers, language: 'zh' }),
    driverRoutes({ ...deps, broker: { mqtt: 1883 } }),
  ]);
  await furnish(b);
  await b.ask('POST', '/devices', key({ id: 'k1', name: '前台', siteId: 'si' }));
  await b.ask('POST', '/devices', key({ id: 'k2', name: '药房', siteId: 'si' }));
  for (const [id, more] of [
    ['c1', { siteId: 'si' }],
    ['c9', { location: { lat: 30, lon: 100 } }],
  ] as const)
    await b.ask('POST', '/devices', { kind: 'camera', driver: 'view', name: id, id, ...more });
  for (const id of ['l1', 'l2']) await b.ask('POST', '/devices', { kind: 'loudspeaker', driver: 'mqtt', name: id, id, siteId: 'si' });
  return b;
}

async function walked(b: Bench, deviceId: string, at: number, passed: boolean): Promise<void> {
  const id = uuidv7(at);
  await beginTest(b.store.desk, { id, deviceId, siteId: 'si', kind: 'key', by: 'li', at, until: at + 60_000 });
  await endTest(b.store.desk, id, { passed, measured: {}, findings: [], steps: [] }, at + 1000);
}

async function pressed(b: Bench, deviceId: string, type: string, at: number, data: object = {}): Promise<void> {
  const when = new Date(at);
  await b.store.desk
    .insertInto('signals')
    .values({
      ...{ id: uuidv7(at), device_id: deviceId, device_kind: 'key', type, active: true, at: when, received_at: when, last_at: when },
      ...{ exercise: false, lane: 'urgent', data: JSON.stringify(data), via: 'mqtt' },
    })
    .execute();
}

const lines = async (b: Bench) => (await b.ask('GET', '/sites/si/installation')).json['devices'] as Record<string, unknown>[];
const lineOf = async (b: Bench, id: string) => (await lines(b)).find((line) => line['id'] === id);

test('a site shows all its devices, keys first, with state, battery, last test and what a press brings', async () => {
  const b = await installed();
  await pressed(b, 'k1', 'heartbeat', noon - hours(1), { battery: 61 });
  await pressed(b, 'k1', 'test', noon - hours(2));
  await walked(b, 'k2', noon - hours(3), true);
  await walked(b, 'k2', noon - hours(1), false);
  expect((await lines(b)).map(({ id }) => id)).toEqual(['k1', 'k2', 'c1', 'l1', 'l2']);
  expect(await lineOf(b, 'k1')).toMatchObject({
    ...{ state: 'unknown', battery: 61, provenAt: '2026-11-21T10:00:00.000Z' },
    callsUp: [{ id: 'c1', reason: 'at-the-site' }],
    ...{ cameras: [], speaksAt: ['l1', 'l2'] },
  });
  expect(await lineOf(b, 'k1')).not.toHaveProperty('lastTest');
  expect(await lineOf(b, 'k2')).toMatchObject({ provenAt: '2026-11-21T09:00:00.000Z', lastTest: { passed: false, by: 'li' } });
  expect((await b.ask('GET', '/sites/none/installation')).status).toBe(404);
});

test('cameras are bound to a key and let go, wherever they stand, and their other settings stay', async () => {
  const b = await installed();
  await b.ask('PUT', '/devices/c9', { kind: 'camera', driver: 'view', name: 'c9', settings: { watches: ['other'], pin: 'p' } });
  const bind = (cameras: object[]) => b.ask('PUT', '/devices/k1/bindings', { cameras });
  expect((await bind([{ id: 'c9', preset: '3' }, { id: 'c1' }])).status).toBe(204);
  expect(await lineOf(b, 'k1')).toMatchObject({
    cameras: [{ id: 'c1' }, { id: 'c9', preset: '3' }].map((one) => expect.objectContaining(one)),
    callsUp: [{ reason: 'bound-by-installer' }, { reason: 'bound-by-installer' }],
  });
  expect(await lineOf(b, 'c9')).toMatchObject({ watches: ['other', 'k1'] });
  expect((await bind([{ id: 'c1' }])).status).toBe(204);
  expect((await b.ask('GET', '/devices/c9')).json['settings']).toEqual({ watches: ['other'], pin: 'p' });
  const refused = await bind([{ id: 'c1' }, { id: 'k2' }]);
  expect([refused.status, refused.json.faults.map(({ path }) => path)]).toEqual([422, ['body.cameras.1.id']]);
  expect((await lineOf(b, 'k1'))?.['cameras']).toHaveLength(1);
  expect((await b.ask('PUT', '/sites/si/bindings', { cameras: [{ id: 'c9' }] })).status).toBe(204);
  expect((await b.ask('GET', '/sites/si/installation')).json['cameras']).toEqual([{ id: 'c9', name: 'c9' }]);
});

test('a loudspeaker gets an ear and a fallback, and loses them', async () => {
  const b = await installed();
  const bind = (body: object) => b.ask('PUT', '/devices/l1/bindings', body);
  expect((await bind({ ear: 'c1', fallback: 'l2' })).status).toBe(204);
  expect(await lineOf(b, 'l1')).toMatchObject({ ear: { id: 'c1', bound: true }, fallback: 'l2' });
  expect((await bind({ fallback: null })).status).toBe(204);
  expect(await lineOf(b, 'l1')).toMatchObject({ ear: { id: 'c1' } });
  expect(await lineOf(b, 'l1')).not.toHaveProperty('fallback');
  const refused = await bind({ ear: 'l2', fallback: 'l1' });
  expect(refused.json.faults.map(({ path }) => path)).toEqual(['body.ear', 'body.fallback']);
  expect((await b.ask('PUT', '/devices/c1/bindings', { ear: 'c9' })).status).toBe(422);
});

test.each([
  ['just a week ago', hours(24 * 7), true],
  ['a second less', hours(24 * 7) - 1000, false],
])('a key that was pressed %s', async (_when, ago, due) => {
  const b = await installed();
  await walked(b, 'k2', noon, true);
  await pressed(b, 'k1', 'test', noon - ago);
  const { json } = await b.ask('GET', '/reports/tests-due?kind=key');
  expect(json.items.map((item) => item['deviceId'])).toEqual(due ? ['k1'] : []);
  const ahead = await b.ask('GET', '/reports/tests-due?kind=key&ahead=1&siteId=si');
  expect(ahead.json.items.map((item) => item['deviceId'])).toEqual(['k1']);
});

test('what never proved itself is due since it was registered; the list narrows and goes out as a sheet', async () => {
  const b = await installed();
  await walked(b, 'k1', noon - hours(1), false);
  const { json } = await b.ask('GET', '/reports/tests-due');
  expect(json.items.map((item) => item['deviceId']).sort()).toEqual(['c1', 'c9', 'k1', 'k2', 'l1', 'l2']);
  expect(json.items.find((item) => item['deviceId'] === 'k1')).toMatchObject({ siteName: '市医院', lastTest: { passed: false } });
  expect((await b.ask('GET', '/reports/tests-due?stationId=none')).json.items).toEqual([]);
  const sheet = await b.app.inject('/reports/tests-due?kind=key&format=csv');
  expect(sheet.headers['content-type']).toContain('text/csv');
  expect(sheet.body.split('\r\n')).toHaveLength(4);
});

test('the drivers tell their settings as JSON Schema, secrets marked', async () => {
  const b = await installed();
  const { json } = await b.ask('GET', '/drivers?kind=radio');
  expect(json['broker']).toEqual({ mqtt: 1883 });
  expect(json.items.map((item) => item['name'])).toEqual(['mqtt', 'gateway']);
  expect(json.items[1]).toMatchObject({
    kind: 'radio',
    settings: { type: 'object', required: ['url', 'secret'], properties: { secret: { type: 'string', secret: true } } },
    ...{ discovers: false, tries: false, signsIn: false },
  });
});
