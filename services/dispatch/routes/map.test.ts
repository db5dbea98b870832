import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { hours, minutes, rfc3339 } from '../../alarm/index.ts';
import { putSample, takeDue } from '../../store/camera-health.ts';
import { uuidv7 } from '../../store/ids.ts';
import { insertRows } from '../../store/rows.ts';
import { openTiles } from '../map/tiles.ts';
import { staff } from '../roles.ts';
import { mapRoutes } from './map.ts';
import { coverageShape, placesShape, stateShape } from './map-shapes.ts';
import { mapTilesRoutes } from './map-tiles.ts';
import { type Bench, bench, furnish, noon, square, unit } from './register-testing.ts';

interface Rig extends Bench {
  later(by: number): void;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
}

async function rig(map: { tiles?: string; datum: 'wgs84' | 'gcj02' } = { datum: 'wgs84' }): Promise<Rig & { folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'map-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let now = noon;
  const tiles = openTiles({ data: folder, map });
  const made = await bench(({ store, register }) => [
    mapRoutes({
      ...{ db: store.desk, register, tiles, now: () => now },
      clock: { now: () => now, after: () => ({ stop: () => undefined }), every: () => ({ stop: () => undefined }) },
      health: { period: 600, perMinute: 60 },
    }),
    mapTilesRoutes(tiles),
  ]);
  await furnish(made);
  return {
    ...made,
    folder,
    later: (by) => {
      now += by;
    },
    get: (url, headers = {}) => made.app.inject({ url, headers }),
  };
}

const camera = (id: string, over: object = {}) => ({ id, kind: 'camera', driver: 'mqtt', name: id, ...over });
const incident = (over: object = {}) => ({
  ...{ id: uuidv7(noon), number: 1, kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false, exercise: false },
  ...{ site_id: 'si', opened_at: new Date(noon), last_signal_at: new Date(noon), signal_count: 1, receipt_due: false },
  ...{ chain_length: 0, chain_head: '' },
  ...over,
});

test('places come a column a field; a camera without a place of its own stands at its site', async () => {
  const at = await rig();
  await at.ask('POST', '/devices', camera('c1', { siteId: 'si' }));
  await at.ask('POST', '/devices', camera('c2', { location: { lat: 36.1234567, lon: 103 } }));
  await at.ask('POST', '/devices', camera('c3'));
  await at.ask('POST', '/units', unit({ id: 'u' }));
  const answer = await at.get('/map/places');
  const places = placesShape.parse(answer.json());
  expect(places.cameras).toMatchObject({
    id: ['c1', 'c2', 'c3'],
    lat: [36.5, 36.123457, null],
    lon: [103.5, 103, null],
    siteId: ['si', null, null],
    bearing: [null, null, null],
  });
  expect(places.sites).toMatchObject({ id: ['si'], name: ['市医院'], gridId: ['gr'] });
  expect(places.grids[0]?.area?.coordinates[0]).toHaveLength(5);
  expect(places.units).toEqual([{ id: 'u', name: 'Car', tier: 'city', stationId: 'st' }]);
  expect(places).not.toHaveProperty('tiles');
  expect(places.figures).toMatchObject({ staleAfter: 300, metresPerMinute: { city: 500 }, usual: { fieldOfView: 90 } });
});

test('a reload costs nothing until something changed', async () => {
  const at = await rig();
  const first = await at.get('/map/places', { 'accept-encoding': 'gzip' });
  expect([first.headers['content-encoding'], first.headers['cache-control']]).toEqual(['gzip', 'private, no-cache']);
  expect(placesShape.parse(JSON.parse(gunzipSync(first.rawPayload).toString())).sites.id).toEqual(['si']);
  const known = { 'if-none-match': String(first.headers['etag']) };
  const again = await at.get('/map/places', known);
  expect([again.statusCode, again.body]).toEqual([304, '']);
  await at.ask('POST', '/devices', camera('c1'));
  at.later(minutes(1));
  expect((await at.get('/map/places', known)).statusCode).toBe(200);
});

test('a site is red while its alarm is open, and yellow for what must be mended or tested', async () => {
  const at = await rig();
  const state = async () => {
    at.later(1000);
    return stateShape.parse((await at.get('/map/state')).json());
  };
  await at.ask('POST', '/devices', { id: 'k', kind: 'key', driver: 'mqtt', name: 'Key', siteId: 'si' });
  expect((await state()).sites).toEqual([{ id: 'si', state: 'due', why: ['test-due'], deviceIds: ['k'] }]);
  const press = { device_kind: 'key', active: true, at: new Date(noon), last_at: new Date(noon), received_at: new Date(noon), data: {} };
  await insertRows(at.store.urgent, 'signals', [
    { id: uuidv7(noon), device_id: 'k', type: 'test', exercise: false, lane: 'urgent', count: 1, via: 'mqtt', ...press },
  ]);
  expect((await state()).sites).toEqual([]);
  const [since, before] = [new Date(noon), new Date(noon - hours(1))];
  await insertRows(at.store.routine, 'presence', [
    { device_id: 'k', state: 'online', since: before, last_seen_at: before, silent_since: since, health: {} },
  ]);
  expect((await state()).sites).toEqual([{ id: 'si', state: 'trouble', why: ['device-missing'], deviceIds: ['k'] }]);
  await insertRows(at.store.urgent, 'incidents', [incident(), incident({ id: uuidv7(noon), number: 2, state: 'closed' })]);
  const { sites, incidents } = await state();
  expect(sites).toEqual([{ id: 'si', state: 'alarm', why: ['device-missing', 'incident'], deviceIds: ['k'] }]);
  expect(incidents.map(({ number, siteId, openedAt }) => [number, siteId, openedAt])).toEqual([[1, 'si', rfc3339(noon)]]);
});

test('a month after its last proof a key is due again', async () => {
  const at = await rig();
  await at.ask('POST', '/devices', { id: 'k', kind: 'key', driver: 'mqtt', name: 'Key', siteId: 'si' });
  const tested = {
    device_id: 'k',
    kind: 'key',
    by: 'wang',
    at: new Date(noon),
    until: new Date(noon),
    ended_at: new Date(noon),
    passed: true,
  };
  await insertRows(at.store.desk, 'device_tests', [{ id: uuidv7(noon), ...tested, measured: {}, findings: [], steps: [] }]);
  const sites = async () => stateShape.parse((await at.get('/map/state')).json()).sites;
  expect(await sites()).toEqual([]);
  at.later(hours(24 * 31) + 1);
  expect(await sites()).toMatchObject([{ state: 'due' }]);
});

test('cameras are good, faulty or not known; a unit has its place, its age and what it is at', async () => {
  const at = await rig();
  for (const id of ['c1', 'c2', 'c3']) await at.ask('POST', '/devices', camera(id));
  await takeDue(at.store.routine, noon - hours(1), 10, 1);
  await putSample(at.store, { cameraId: 'c1', at: noon, picture: { seen: [], measures: {} } }, () => ({ suspicions: [], events: [] }));
  const fault = { fault: 'black', votes: 'yy', since: noon, standing: true, detail: {} };
  await putSample(at.store, { cameraId: 'c2', at: noon, picture: { seen: [], measures: {} } }, () => ({ suspicions: [fault], events: [] }));
  await at.ask('POST', '/devices', { id: 'r', kind: 'radio', driver: 'mqtt', name: 'Radio' });
  await at.ask('POST', '/units', unit({ id: 'u', deviceIds: ['r'] }));
  at.register.setPosition('r', { lat: 36.00000049, lon: 103, at: noon - minutes(20), receivedAt: noon - 5000, accuracy: 8 });
  const { cameras, units } = stateShape.parse((await at.get('/map/state')).json());
  expect(cameras).toEqual({ most: 'good', good: [], faulty: ['c2'], unknown: ['c3'] });
  expect(units).toEqual([{ id: 'u', status: 'available', position: { lat: 36, lon: 103, at: rfc3339(noon - 5000), accuracy: 8 } }]);
});

test('the ground of a grid that is seen, and that nobody sees', async () => {
  const at = await rig();
  await at.ask('PUT', '/grids/gr', { name: '一网格', stationId: 'st', area: square(103, 36, 0.002), unitIds: [] });
  await at.ask('POST', '/devices', camera('c1', { location: { lat: 36.001, lon: 103.001 } }));
  const ground = coverageShape.parse((await at.get('/map/coverage/gr')).json());
  expect(ground.cells).toMatchObject({ seen: 0, unsure: 0, blind: ground.cells.all });
  expect(ground.cameras).toEqual({ counted: 0, undirected: 1 });
  expect(ground.cells.all * ground.cell ** 2).toBeGreaterThan(35_000);
  expect((await at.get('/map/coverage/none')).statusCode).toBe(404);
});

test('tiles are served in parts, from the one file that the settings name', async () => {
  const at = await rig({ tiles: 'town.pmtiles', datum: 'gcj02' });
  expect((await at.get('/map/tiles.pmtiles')).statusCode).toBe(404);
  expect((await at.get('/map/places')).json()).not.toHaveProperty('tiles');
  writeFileSync(join(at.folder, 'town.pmtiles'), 'PMTiles and more');
  at.later(minutes(1));
  expect((await at.get('/map/places')).json()).toMatchObject({ tiles: { url: '/api/v1/map/tiles.pmtiles', datum: 'gcj02' } });
  const part = await at.get('/map/tiles.pmtiles', { range: 'bytes=0-6' });
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, 'PMTiles', 'bytes 0-6/16']);
  expect((await at.get('/map/tiles.pmtiles', { range: 'bytes=99-' })).statusCode).toBe(416);
  expect((await at.get('/map/tiles.pmtiles')).body).toBe('PMTiles and more');
});

test('whoever is signed in may see where things stand; what happens there is for the station', async () => {
  const { access } = await rig();
  expect(access['GET /map/tiles.pmtiles']).toBe('signed-in');
  expect(access['GET /map/places']).toBe('signed-in');
  expect(access['GET /map/state']).toEqual(staff);
});
