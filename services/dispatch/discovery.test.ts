import { expect, test } from 'vitest';
import type { DriverType, Found } from '../../devices/driver.ts';
import { Trouble } from '../../devices/driver.ts';
import { seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import type { Device } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openDiscovery } from './discovery.ts';

const found = (urn: string, host: string): Found => ({
  urn,
  addresses: [`http://${host}/onvif/device_service`],
  via: 'eth0',
  maker: 'Acme',
});
const type = (name: string, discover: NonNullable<DriverType['discover']>) => ({ name, kind: 'camera', discover }) as unknown as DriverType;
const registered = { id: 'gate', settings: { address: 'http://10.0.0.2:80/x' } } as unknown as Device;

async function bench(...types: DriverType[]) {
  const { desk: db, hub } = await freshStore();
  const clock = manualClock();
  const drivers = { find: () => undefined, list: () => types };
  const discover = openDiscovery({ db, hub, clock, log: quiet, drivers, register: { cameras: () => [registered] } });
  const told = async () => (await db.selectFrom('events').select(['type', 'data']).orderBy('seq').execute()).map(({ data }) => data['urn']);
  return { clock, discover: () => discover({ length: seconds(2) }, 'wang'), told };
}

test('all that answer are found, each once, told as they come, and known ones by their host and port', async () => {
  const onvif = type('onvif', async ({ found: tell }) => {
    tell(found('a', '10.0.0.1'));
    tell(found('b', '10.0.0.2'));
    return [found('a', '10.0.0.1'), found('b', '10.0.0.2'), found('c', '10.0.0.2:8080')];
  });
  const { discover, told } = await bench(onvif, { name: 'mqtt', kind: 'camera' } as unknown as DriverType);
  const { items, troubles } = await discover();
  expect(items.map(({ urn, deviceId, driver }) => [urn, deviceId, driver])).toEqual([
    ['a', undefined, 'onvif'],
    ['b', 'gate', 'onvif'],
    ['c', undefined, 'onvif'],
  ]);
  expect(troubles).toEqual([]);
  expect((await told()).toSorted()).toEqual(['a', 'b', 'c']);
});

test('a driver that fails, or never ends, keeps nothing from the others', async () => {
  const deaf = type('deaf', async () => {
    throw new Trouble('unsupported', 'no interface is up');
  });
  const endless = type('endless', async ({ found: tell }) => {
    tell(found('slow', '10.0.0.9'));
    return new Promise(() => undefined);
  });
  const { discover, clock } = await bench(
    type('onvif', async () => [found('a', '10.0.0.1')]),
    deaf,
    endless,
  );
  const asked = discover();
  await expect(discover()).rejects.toMatchObject({ code: 'overloaded' });
  await clock.advance(seconds(5));
  const { items, troubles } = await asked;
  expect(items.map(({ urn }) => urn).toSorted()).toEqual(['a', 'slow']);
  expect(troubles.map(({ driver }) => driver).toSorted()).toEqual(['deaf', 'endless']);
});

test('without a driver that can search, it is said', async () => {
  const { discover } = await bench();
  await expect(discover()).rejects.toMatchObject({ code: 'not-implemented' });
});
