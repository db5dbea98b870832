import { expect, test } from 'vitest';
import type { Store } from './connect.ts';
import { getShelf, type Shelf } from './register.ts';
import { openRegister } from './register-view.ts';
import { type Inputs, insertDevices, insertShelf, removeShelf, replaceShelf } from './register-write.ts';
import { freshStore, quiet } from './testing.ts';

const act = { by: 'wang', at: Date.parse('2026-11-21T12:00:00Z') };
const car = (over: Partial<Inputs['units']> = {}): Inputs['units'] => ({ name: 'Car', tier: 'city', stationId: 'st', ...over });
const radio = (over: Partial<Inputs['devices']> = {}): Inputs['devices'] => ({ kind: 'radio', driver: 'mqtt', name: 'Radio', ...over });

async function station(): Promise<Store> {
  const store = await freshStore();
  await insertShelf(store, 'stations', 'st', { name: 'Station' }, act);
  return store;
}
const ends = async (store: Store, wanted: Record<string, unknown>) => {
  const found: Record<string, unknown> = {};
  for (const path of Object.keys(wanted)) {
    const [shelf, id, field] = path.split(' ') as [Shelf, string, string];
    found[path] = Reflect.get((await getShelf(store.desk, shelf, id)) ?? {}, field);
  }
  expect(found).toEqual(wanted);
};

test('a unit may name radios before they are registered, and takes them from another unit', async () => {
  const store = await station();
  await insertShelf(store, 'units', 'u1', car({ deviceIds: ['r2', 'r1'] }), act);
  const made = await insertShelf(store, 'devices', 'r1', radio(), act, 'hash');
  expect(made.value.unitId).toBe('u1');
  await insertShelf(store, 'devices', 'r2', radio({ unitId: 'u2' }), act, 'hash');
  await ends(store, { 'units u1 deviceIds': ['r1'], 'devices r2 unitId': 'u2' });
  const second = await insertShelf(store, 'units', 'u2', car(), act);
  expect(second.value.deviceIds).toEqual(['r2']);
  const taken = await replaceShelf(store, 'units', 'u2', car({ deviceIds: ['r1', 'r2'] }), act);
  expect([...taken.changed].sort()).toEqual(['devices:r1', 'units:u1', 'units:u2']);
  await ends(store, { 'units u1 deviceIds': [], 'units u2 deviceIds': ['r1', 'r2'], 'devices r1 unitId': 'u2' });
});

test('a change of a unit that leaves its lists out keeps them; empty lists empty them at both ends', async () => {
  const store = await station();
  await insertShelf(store, 'devices', 'r1', radio({ unitId: 'u1' }), act, 'hash');
  await insertShelf(store, 'grids', 'g1', { name: 'Grid', stationId: 'st', unitIds: ['u1'] }, act);
  await insertShelf(store, 'units', 'u1', car({ status: 'busy' }), act);
  await ends(store, { 'units u1 deviceIds': ['r1'], 'units u1 gridIds': ['g1'] });
  await replaceShelf(store, 'units', 'u1', car({ name: 'Car 2' }), act);
  await ends(store, { 'units u1 deviceIds': ['r1'], 'units u1 gridIds': ['g1'], 'units u1 status': 'busy' });
  await replaceShelf(store, 'units', 'u1', car({ deviceIds: [], gridIds: [] }), act);
  await ends(store, { 'units u1 deviceIds': [], 'devices r1 unitId': undefined, 'grids g1 unitIds': [] });
});

test('grids and units name each other, whichever is written', async () => {
  const store = await station();
  await insertShelf(store, 'units', 'u1', car({ gridIds: ['g1', 'g2'] }), act);
  await insertShelf(store, 'grids', 'g1', { name: 'Grid', stationId: 'st' }, act);
  await ends(store, { 'grids g1 unitIds': ['u1'] });
  await insertShelf(store, 'units', 'u2', car(), act);
  await replaceShelf(store, 'grids', 'g1', { name: 'Grid', stationId: 'st', unitIds: ['u2'] }, act);
  await ends(store, { 'units u1 gridIds': ['g2'], 'units u2 gridIds': ['g1'] });
  await removeShelf(store, 'grids', 'g1', act);
  await ends(store, { 'units u2 gridIds': [] });
});

test('what is removed is forgotten by both ends', async () => {
  const store = await station();
  await insertShelf(store, 'units', 'u1', car({ deviceIds: ['r1', 'r2'], gridIds: ['g1'] }), act);
  for (const id of ['r1', 'r2']) await insertShelf(store, 'devices', id, radio(), act, 'hash');
  await insertShelf(store, 'grids', 'g1', { name: 'Grid', stationId: 'st' }, act);
  const gone = await removeShelf(store, 'devices', 'r1', act);
  expect([...gone.changed].sort()).toEqual(['devices:r1', 'units:u1']);
  await ends(store, { 'units u1 deviceIds': ['r2'] });
  await removeShelf(store, 'units', 'u1', act);
  await ends(store, { 'devices r2 unitId': undefined, 'grids g1 unitIds': [] });
});

test('a device whose unit is changed leaves the one and joins the other; without one it leaves', async () => {
  const store = await station();
  for (const id of ['u1', 'u2']) await insertShelf(store, 'units', id, car(), act);
  await insertShelf(store, 'devices', 'r1', radio({ unitId: 'u1' }), act, 'hash');
  await replaceShelf(store, 'devices', 'r1', radio({ unitId: 'u2' }), act);
  await ends(store, { 'units u1 deviceIds': [], 'units u2 deviceIds': ['r1'] });
  await replaceShelf(store, 'devices', 'r1', radio(), act);
  await ends(store, { 'units u2 deviceIds': [], 'devices r1 unitId': undefined });
});

test('many devices at once join the units that list them, in the order of the sheet', async () => {
  const store = await station();
  await insertShelf(store, 'units', 'u1', car({ deviceIds: ['r5'] }), act);
  const devices = ['r9', 'r5', 'r1'].map((id) => ({
    id,
    input: radio(id === 'r5' ? {} : { unitId: 'u1', location: { lat: 1, lon: 2 } }),
    secretHash: 'hash',
  }));
  const { value } = await insertDevices(store, devices, act, () => undefined);
  expect(value.map((device) => [device.id, device.unitId, device.location])).toEqual([
    ['r9', 'u1', { lat: 1, lon: 2 }],
    ['r5', 'u1', undefined],
    ['r1', 'u1', { lat: 1, lon: 2 }],
  ]);
  await ends(store, { 'units u1 deviceIds': ['r5', 'r9', 'r1'] });
});

test('an open incident keeps its site and its device', async () => {
  const store = await station();
  await insertShelf(store, 'devices', 'k1', { kind: 'key', driver: 'mqtt', name: 'Key' }, act, 'hash');
  const at = new Date(act.at);
  const incident = {
    id: '01912345-0000-7000-8000-000000000001',
    number: '17',
    kind: 'emergency',
    priority: 1,
    silent: false,
    confirmed: false,
    exercise: false,
    device_id: 'k1',
    opened_at: at,
    last_signal_at: at,
  };
  await store.desk
    .insertInto('incidents')
    .values({ ...incident, state: 'open' })
    .execute();
  await expect(removeShelf(store, 'devices', 'k1', act)).rejects.toMatchObject({
    code: 'still-in-use',
    message: expect.stringContaining('incidents 17'),
  });
  await store.desk.updateTable('incidents').set({ state: 'closed' }).execute();
  await removeShelf(store, 'devices', 'k1', act);
});

test('the view has a write once it was touched, and news of other processes by the hub', async () => {
  const store = await station();
  const view = await openRegister(store, quiet);
  const { changed } = await insertShelf(store, 'units', 'u1', car({ deviceIds: ['r1'] }), act);
  await view.touch(...changed);
  expect(view.unitsOf('st').map((unit) => unit.id)).toEqual(['u1']);
  await insertShelf(
    store,
    'sites',
    's1',
    { name: 'Site', kind: 'bank', stationId: 'st', exercise: true, location: { lat: 30, lon: 100 } },
    act,
  );
  const device = (await insertShelf(store, 'devices', 'r1', radio({ siteId: 's1' }), act, 'hash')).value;
  await view.touch('devices:r1', 'sites:s1', 'units:u1');
  expect(view.bearersOf('u1')).toEqual([device]);
  expect(view.devicesAtSite('s1')).toEqual([device]);
  expect([view.inExercise(device), view.placeOf(device)]).toEqual([true, { lat: 30, lon: 100 }]);
  await store.desk.updateTable('devices').set({ site_id: null, name: 'Moved' }).execute();
  store.hub.tell('register', 'devices:r1');
  await expect.poll(() => view.device('r1')?.name).toBe('Moved');
  expect(view.devicesAtSite('s1')).toEqual([]);
  await store.desk.deleteFrom('devices').execute();
  await view.touch('all');
  expect(view.device('r1')).toBeUndefined();
  view.close();
});

test('a device that the view has not heard of is asked for once; a stranger stays one', async () => {
  const store = await station();
  const view = await openRegister(store, quiet);
  await store.desk
    .insertInto('devices')
    .values({
      id: 'k1',
      kind: 'key',
      driver: 'mqtt',
      name: 'Key',
      settings: '{}',
      exercise: false,
      created_at: new Date(0),
      updated_at: new Date(0),
    })
    .execute();
  expect(view.device('k1')).toBeUndefined();
  const both = await Promise.all([view.deviceOrLoad('k1'), view.deviceOrLoad('k1'), view.deviceOrLoad('nobody')]);
  expect(both.map((device) => device?.id)).toEqual(['k1', 'k1', undefined]);
  view.close();
});

test('positions: the freshest bearer speaks for its unit, and older news changes nothing', async () => {
  const store = await station();
  await insertShelf(store, 'units', 'u1', car({ deviceIds: ['r1', 'r2'] }), act);
  for (const id of ['r1', 'r2']) await insertShelf(store, 'devices', id, radio(), act, 'hash');
  const heard = (id: string, lat: number, at: number) => ({
    device_id: id,
    lat,
    lon: 100,
    at: new Date(at),
    received_at: new Date(at),
    accuracy: null,
  });
  await store.desk
    .insertInto('positions')
    .values(heard('r1', 1, 1000))
    .execute();
  const view = await openRegister(store, quiet);
  expect(view.unitPosition('u1')).toEqual({ lat: 1, lon: 100, at: 1000, receivedAt: 1000 });
  // Its clock is behind that of the other; what it says comes later all the same.
  view.setPosition('r2', { lat: 2, lon: 100, at: 300, receivedAt: 3000 });
  view.setPosition('r2', { lat: 9, lon: 100, at: 200, receivedAt: 3001 });
  expect(view.unitPosition('u1')).toEqual({ lat: 2, lon: 100, at: 300, receivedAt: 3000 });
  await store.desk
    .updateTable('positions')
    .set(heard('r1', 4, 4000))
    .execute();
  await view.catchUpPositions();
  expect(view.unitPosition('u1')?.lat).toBe(4);
  view.close();
});

test('nearest cameras and loudspeakers, by their own place or their site’s', async () => {
  const store = await station();
  await insertShelf(store, 'sites', 's1', { name: 'Site', kind: 'bank', stationId: 'st', location: { lat: 30, lon: 100.001 } }, act);
  const view = await openRegister(store, quiet);
  expect([view.camerasNear({ lat: 0, lon: 0 }, 3), view.loudspeakersNear({ lat: 0, lon: 0 }, 1000)]).toEqual([[], []]);
  const put = async (id: string, kind: 'camera' | 'loudspeaker', over: Partial<Inputs['devices']>) =>
    view.touch(...(await insertShelf(store, 'devices', id, { kind, driver: 'mqtt', name: id, ...over }, act, 'hash')).changed);
  await put('c-far', 'camera', { location: { lat: 31, lon: 100 } });
  await put('c-site', 'camera', { siteId: 's1' });
  await put('c-near', 'camera', { location: { lat: 30, lon: 100 } });
  await put('l-96m', 'loudspeaker', { siteId: 's1' });
  await put('l-nowhere', 'loudspeaker', {});
  const here = { lat: 30, lon: 100 };
  expect(view.camerasNear(here, 2).map((device) => device.id)).toEqual(['c-near', 'c-site']);
  expect([view.loudspeakersNear(here, 90), view.loudspeakersNear(here, 100).map((device) => device.id)]).toEqual([[], ['l-96m']]);
  view.close();
});

test('a point lies in the smallest grid around it, or in none', async () => {
  const store = await station();
  const square = (side: number, hole = false) => {
    const ring = (a: number, b: number) => [
      [a, a],
      [b, a],
      [b, b],
      [a, b],
      [a, a],
    ];
    return { type: 'Polygon' as const, coordinates: hole ? [ring(0, side), ring(1, 2)] : [ring(0, side)] };
  };
  await insertShelf(store, 'grids', 'wide', { name: 'Wide', stationId: 'st', area: square(10) }, act);
  await insertShelf(store, 'grids', 'small', { name: 'Small', stationId: 'st', area: square(4, true) }, act);
  await insertShelf(store, 'grids', 'no-area', { name: 'None', stationId: 'st' }, act);
  const view = await openRegister(store, quiet);
  const at = (lat: number, lon: number) => view.gridAt({ lat, lon })?.id;
  expect([at(3, 3), at(1.5, 1.5), at(9, 9), at(0, 0), at(11, 0)]).toEqual(['small', 'wide', 'wide', 'small', undefined]);
  view.close();
});
