import { expect, onTestFinished, test } from 'vitest';
import { onvifCamera } from '../../../devices/cameras/onvif/driver.ts';
import { type OnvifCamera, openOnvifCamera } from '../../../devices/cameras/onvif/simulator.ts';
import type { Give } from '../../../devices/driver.ts';
import { erase } from '../../../devices/erase.ts';
import type { Media } from '../../../devices/media/index.ts';
import { sealedDrivers } from '../../sealed-settings.ts';
import { openTries } from '../device-try.ts';
import { noMedia } from '../no-media.ts';
import { deviceTryRoutes } from './device-try.ts';
import { type Bench, bench, drivers as benchDrivers, furnish, sealer } from './register-testing.ts';

const types = [...benchDrivers.list(), erase(onvifCamera)];
const drivers = sealedDrivers({ find: () => undefined, list: () => types }, sealer);
const give = { now: Date.now } as unknown as Give;

interface Tried {
  readonly ok: boolean;
  readonly description?: Readonly<Record<string, unknown>>;
  readonly picture?: { readonly jpeg: string; readonly via: string; readonly width: number };
  readonly troubles: readonly { readonly of: string; readonly code: string; readonly remedy: string }[];
  readonly code?: string;
  readonly faults: readonly { readonly path: string }[];
}

async function tries(media: Media = noMedia(Date.now)): Promise<Bench> {
  const b = await bench((deps) => [deviceTryRoutes({ ...deps, drivers, tryDevice: openTries({ give, media }) })]);
  await furnish(b);
  return b;
}

async function camera(options: Omit<Parameters<typeof openOnvifCamera>[0], 'id'> & { id?: string } = {}): Promise<OnvifCamera> {
  const opened = await openOnvifCamera({ id: 'cam', maker: 'Acme', model: 'Dome 7', ...options });
  onTestFinished(() => opened.close());
  return opened;
}

async function attempt(b: Bench, settings: object, more: object = {}): Promise<Tried & { status: number }> {
  const { status, json } = await b.ask('POST', '/devices/try', { kind: 'camera', driver: 'onvif', settings, ...more });
  return { status, ...(json as unknown as Tried) };
}

const right = { username: 'admin', password: 'Sesam öffne' };

test.each(['wsse', 'digest', 'either'] as const)(
  'a camera with %s tells its make and gives a picture, and nothing is registered',
  async (authentication) => {
    const b = await tries();
    const { address } = await camera({ ...right, authentication });
    const tried = await attempt(b, { address, ...right });
    expect(tried).toMatchObject({ status: 200, ok: true, description: { maker: 'Acme', model: 'Dome 7' }, troubles: [] });
    expect(tried.picture).toMatchObject({ via: 'http' });
    expect(
      Buffer.from(tried.picture?.jpeg ?? '', 'base64')
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('ffd8');
    expect((await b.ask('GET', '/devices')).json.items).toEqual([]);
    const trail = await b.store.desk.selectFrom('audit').select(['act', 'data']).where('act', '=', 'devices.tried').execute();
    expect(trail).toHaveLength(1);
    expect(JSON.stringify(trail)).not.toContain(right.password);
  },
);

test('a camera without a password, and one whose password is empty', async () => {
  const b = await tries();
  expect(await attempt(b, { address: (await camera()).address })).toMatchObject({ ok: true, troubles: [] });
  const empty = { username: 'admin', password: '' };
  const { address } = await camera({ ...empty, authentication: 'digest' });
  expect(await attempt(b, { address, ...empty })).toMatchObject({ ok: true, troubles: [] });
});

test('a wrong password is told once, and the camera is not asked again', async () => {
  const b = await tries();
  const { address, ledger } = await camera({ ...right, authentication: 'digest' });
  const tried = await attempt(b, { address, ...right, password: 'wrong' });
  expect(tried).toMatchObject({ status: 200, ok: false, troubles: [{ of: 'description', code: 'device-refused' }] });
  expect(tried.troubles[0]?.remedy).not.toBe('');
  // One question without and one answer: each further one counts towards the lock of the account.
  expect(ledger.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(2);
});

test('an address where nobody is, and one that is none', async () => {
  const b = await tries();
  const gone = await camera();
  await gone.close();
  expect(await attempt(b, { address: gone.address })).toMatchObject({
    ok: false,
    troubles: [{ code: 'device-unreachable' }, { code: 'device-unreachable' }],
  });
  expect(await attempt(b, { address: 'ftp://10.0.0.1/' })).toMatchObject({ status: 422, faults: [{ path: 'body.settings.address' }] });
  expect((await b.ask('POST', '/devices/try', { kind: 'key', driver: 'mqtt', settings: {} })).json.code).toBe('not-implemented');
});

test('a camera that answers but gives no picture is taken, and the picture’s trouble is told', async () => {
  const b = await tries();
  const { address } = await camera({ quirks: { withoutSnapshot: true } });
  const tried = await attempt(b, { address });
  expect(tried).toMatchObject({ ok: true, description: { maker: 'Acme' }, troubles: [{ of: 'picture' }] });
});

test('the kept password is tried only at the address that it belongs to', async () => {
  const b = await tries();
  const { address } = await camera({ ...right, authentication: 'digest' });
  const settings = { address, ...right };
  expect(
    (await b.ask('POST', '/devices/adopt', { kind: 'camera', driver: 'onvif', devices: [{ id: 'c1', name: 'C', settings }] })).status,
  ).toBe(200);
  const { username } = right;
  expect(await attempt(b, { address, username }, { deviceId: 'c1' })).toMatchObject({ ok: true });
  const elsewhere = await camera({ ...right, authentication: 'digest' });
  const other = elsewhere.address.replace('127.0.0.1', 'localhost');
  const astray = { status: 422, faults: [{ path: 'body.settings.password' }] };
  expect(await attempt(b, { address: other, username }, { deviceId: 'c1' })).toMatchObject(astray);
  expect(await attempt(b, { address, username, allowBasic: true }, { deviceId: 'c1' })).toMatchObject(astray);
  expect(elsewhere.ledger).toEqual([]);
});

test('of many cameras with one password each is told; those that take it are registered', async () => {
  const b = await tries();
  const good = await Promise.all(['a', 'b'].map((id) => camera({ id, ...right, authentication: 'digest' })));
  const other = await camera({ id: 'x', username: 'admin', password: 'another', authentication: 'digest' });
  const gone = await camera({ id: 'gone' });
  await gone.close();
  const devices = [good[0], other, gone, good[1]].map((each, index) => ({
    id: `c${index}`,
    name: `C${index}`,
    settings: { address: each?.address },
  }));
  const { status, json } = await b.ask('POST', '/devices/adopt', {
    ...{ ref: 'tour', kind: 'camera', driver: 'onvif', siteId: 'si', settings: right },
    devices,
  });
  expect([status, json['registered'], json['failed']]).toEqual([200, 2, 2]);
  const told = json.items.map(({ index, state, troubles }) => [index, state, (troubles as { code: string }[]).map(({ code }) => code)[0]]);
  expect(told).toEqual([
    [0, 'registered', undefined],
    [1, 'failed', 'device-refused'],
    [2, 'failed', 'device-unreachable'],
    [3, 'registered', undefined],
  ]);
  expect(JSON.stringify(json)).not.toContain(right.password);
  const registered = (await b.ask('GET', '/devices?siteId=si')).json.items;
  expect(registered.map(({ id }) => id)).toEqual(['c0', 'c3']);
  const events = await b.store.desk
    .selectFrom('events')
    .select('data')
    .where('type', '=', 'baiying.device-adoption.step.v1')
    .orderBy('seq')
    .execute();
  expect(events.map(({ data }) => data['done'])).toEqual([1, 2, 3, 4]);
  expect(new Set(events.map(({ data }) => data['index']))).toEqual(new Set([0, 1, 2, 3]));
  // Asked again, those that are there are told and not registered twice.
  const again = await b.ask('POST', '/devices/adopt', { kind: 'camera', driver: 'onvif', settings: right, devices: devices.slice(0, 1) });
  expect(again.json.items).toMatchObject([{ state: 'failed', troubles: [{ code: 'already-exists' }] }]);
});

test('faults in the list of devices are all told before any is tried', async () => {
  const b = await tries();
  const cam = await camera();
  const devices = [{ name: 'A', settings: { address: cam.address } }, { name: 'B' }, { name: 'C', settings: { address: 'x', zoom: 1 } }];
  const { status, json } = await b.ask('POST', '/devices/adopt', { kind: 'camera', driver: 'onvif', devices });
  expect([status, [...new Set(json.faults.map(({ path }) => path))]]).toEqual([
    422,
    ['body.devices.1.settings.address', 'body.devices.2.settings.address', 'body.devices.2.settings.zoom'],
  ]);
  expect(cam.ledger).toEqual([]);
});
