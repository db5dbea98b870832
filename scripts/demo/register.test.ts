import { expect, test } from 'vitest';
import { verifySecret } from '../../services/secrets.ts';
import { secretHashOf } from '../../services/store/presence.ts';
import { rowsOf } from '../../services/store/register.ts';
import { openRegister } from '../../services/store/register-view.ts';
import { insertShelf, removeShelf } from '../../services/store/register-write.ts';
import { freshStore, quiet } from '../../services/store/testing.ts';
import { makeCounty } from './map.ts';
import { foreignStation } from './refusal.ts';
import { registerCounty } from './register.ts';

const county = makeCounty(1);
const [key = ''] = county.cast.keys;
const total = county.stations.length + county.units.length + county.grids.length + county.sites.length + county.devices.length;
const by = { by: 'test', at: Date.UTC(2026, 0, 1) };

test('the county is registered within 20 seconds, both ends agree, and a second time nothing is written', async () => {
  const store = await freshStore();
  const deps = { store, now: () => by.at, say: () => undefined, stopped: () => false };
  const started = performance.now();
  expect(await registerCounty(deps, county, new Map([[key, 'a-secret-of-the-test']]))).toBe(total);
  expect(performance.now() - started).toBeLessThan(20_000);

  const register = await openRegister(store, quiet);
  for (const { deviceIds, id } of county.units) expect(register.bearersOf(id).map((device) => device.id)).toEqual(deviceIds);
  for (const { id, unitIds } of county.grids) expect([...(register.grid(id)?.unitIds ?? [])].sort()).toEqual([...unitIds].sort());
  for (const { id, gridIds } of county.units) expect([...(register.unit(id)?.gridIds ?? [])].sort()).toEqual([...gridIds].sort());
  for (const { id, dutyUnitId } of county.stations) expect(register.station(id)?.dutyUnitId).toBe(dutyUnitId);
  expect(county.devices.every(({ id }) => register.device(id)?.exercise)).toBe(true);
  register.close();

  expect(await verifySecret('a-secret-of-the-test', (await secretHashOf(store.desk, key)) ?? '')).toBe(true);
  expect(await registerCounty(deps, county, new Map())).toBe(0);

  await removeShelf(store, 'devices', key, by);
  expect(await registerCounty(deps, county, new Map())).toBe(1);
}, 60_000);

test('a start that is interrupted is carried on by the next', async () => {
  const store = await freshStore();
  let asked = 0;
  const deps = { store, now: () => by.at, say: () => undefined };
  expect(await registerCounty({ ...deps, stopped: () => ++asked > 10 }, county, new Map())).toBe(10);
  expect(await rowsOf(store.desk, 'stations')).toHaveLength(10);
  expect(await registerCounty({ ...deps, stopped: () => false }, county, new Map())).toBe(total - 10);
}, 60_000);

test("a record with people's own stations is told apart", async () => {
  const store = await freshStore();
  expect(await foreignStation(store)).toBeUndefined();
  await insertShelf(store, 'stations', 'demo-station-01', { name: 'of the demo' }, by);
  expect(await foreignStation(store)).toBeUndefined();
  await insertShelf(store, 'stations', 'central', { name: 'Central' }, by);
  expect(await foreignStation(store)).toBe('Central');
});
