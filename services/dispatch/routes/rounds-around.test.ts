import { expect, test } from 'vitest';
import { type Bench, bench, clock, drivers, furnish } from './register-testing.ts';
import { aroundRoutes } from './rounds-around.ts';

const here = { lat: 36.5, lon: 103.5 };

/** Three cameras along a street that runs to the north, and one far away that the installer bound. */
async function rig(): Promise<Bench> {
  const at = await bench(({ store, register }) => [aroundRoutes({ store, clock, register })]);
  await furnish(at);
  expect(drivers.find('camera', 'mqtt')).toBeDefined();
  const put = (id: string, kind: string, more: object) => at.ask('POST', '/devices', { id, kind, driver: 'mqtt', name: `${id}!`, ...more });
  await put('north', 'camera', { location: { lat: 36.501, lon: 103.5 } });
  await put('south', 'camera', { location: { lat: 36.4985, lon: 103.5 } });
  await put('far', 'camera', { location: { lat: 37, lon: 103.5 } });
  await put('me', 'camera', { siteId: 'si', location: here });
  await put('horn', 'loudspeaker', { siteId: 'si' });
  await put('pole', 'loudspeaker', { location: { lat: 36.502, lon: 103.5 } });
  await put('away', 'loudspeaker', { location: { lat: 36.6, lon: 103.5 } });
  return at;
}

test('the next cameras along the street, the nearest first', async () => {
  const at = await rig();
  expect((await at.ask('GET', '/cameras/me/neighbours')).json.items).toEqual([
    { cameraId: 'north', name: 'north!', bound: false, distance: 111, bearing: 0 },
    { cameraId: 'south', name: 'south!', bound: false, distance: 167, bearing: 180 },
  ]);
});

test('the installer’s word on neighbours and on where it looks', async () => {
  const at = await rig();
  const settings = JSON.stringify({ neighbours: ['far', 'horn', 'gone'], bearing: 180 });
  // The mqtt driver of this bench takes no settings; the words are the same for every make.
  await at.store.desk.updateTable('devices').set({ settings }).where('id', '=', 'me').execute();
  await at.register.touch('devices:me');
  expect(
    (await at.ask('GET', '/cameras/me/neighbours')).json.items.map((item) => [item['cameraId'], item['bound'], item['direction']]),
  ).toEqual([
    ['far', true, 'behind'],
    ['north', false, 'behind'],
    ['south', false, 'ahead'],
  ]);
});

test('the loudspeakers that a warning from this picture speaks through: its site’s, then those in earshot', async () => {
  const at = await rig();
  expect((await at.ask('GET', '/cameras/me/loudspeakers')).json.items).toEqual([
    { deviceId: 'horn', name: 'horn!', siteId: 'si', distance: 0 },
    { deviceId: 'pole', name: 'pole!', distance: 222 },
  ]);
});

test('only cameras have any of it', async () => {
  const at = await rig();
  for (const path of ['/cameras/horn/neighbours', '/cameras/none/loudspeakers']) expect((await at.ask('GET', path)).status).toBe(404);
  expect((await at.ask('PUT', '/cameras/horn/reported-fault')).status).toBe(404);
});
