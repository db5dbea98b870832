import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { type CameraOptions, type OnvifCamera, openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

interface Seen {
  readonly cameras: readonly { readonly cameraId: string; readonly reason: string; readonly preset?: string }[];
  readonly footage: readonly {
    readonly id: string;
    readonly cameraId: string;
    readonly what: string;
    readonly part: number;
    readonly sha256: string;
    readonly bytes: number;
    readonly via?: string;
  }[];
}

const seen = (at: Station, incidentId: string) => at.api<Seen>('GET', `/incidents/${incidentId}`);

async function onvif(
  at: Station,
  id: string,
  place: object,
  options: Partial<CameraOptions> = {},
  settings: object = {},
): Promise<OnvifCamera> {
  const camera = await openOnvifCamera({ id, username: 'ops', password: 'secret', ...options });
  onTestFinished(() => camera.close());
  const reach = { address: camera.address, username: 'ops', password: 'secret', ...settings };
  await at.register('camera', id, { driver: 'onvif', ...place, settings: reach });
  return camera;
}

async function download(at: Station, path: string): Promise<Buffer> {
  const { url, authorization } = at.http();
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const said = async (at: Station, incidentId: string, reason: string) =>
  (await at.incident(incidentId)).timeline.filter((entry) => entry.reason === reason).map((entry) => entry.by);

test('a press calls up the cameras bound to it and those of its site, with a picture of each that waits for no clock', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await onvif(at, 'cam-hall', { siteId: 'hospital' });
  await onvif(at, 'cam-street', { location: { lat: 30.1005, lon: 120.1 } }, {}, { watches: ['key-1'] });
  await onvif(at, 'cam-far', { location: { lat: 30.15, lon: 120.1 } });
  const key = await at.key('key-1', 'hospital');

  await key.press();
  const { incidentId } = await orderOn(at, near);
  const { cameras, footage } = await at.until(async () => {
    const now = await seen(at, incidentId);
    expect(now.footage.filter(({ what }) => what === 'still')).toHaveLength(2);
    return now;
  });

  expect(cameras.map(({ cameraId, reason }) => [cameraId, reason])).toEqual([
    ['cam-street', 'bound-by-installer'],
    ['cam-hall', 'at-the-site'],
  ]);
  for (const picture of footage) {
    const body = await download(at, `/incidents/${incidentId}/footage/${picture.id}`);
    expect(createHash('sha256').update(body).digest('hex')).toBe(picture.sha256);
    // The simulator writes the camera's id into its picture: a mix-up would show.
    expect(body.toString('latin1')).toContain(picture.cameraId);
    expect(picture).toMatchObject({ via: 'http', bytes: body.byteLength });
  }
  expect(await said(at, incidentId, 'picture-attached')).toHaveLength(2);
  expect(await at.api('GET', `/incidents/${incidentId}/chain`)).toMatchObject({ intact: true });
});

test('the first picture of an incident costs a camera the picture alone, since it was asked for the rest beforehand', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const hall = await onvif(at, 'cam-hall', { siteId: 'hospital' }, { authentication: 'digest' });
  const key = await at.key('key-1', 'hospital');
  const asked = () =>
    hall.ledger.filter(({ path, operation }) => operation === 'GET' || path.includes('media')).map((one) => one.operation);
  await at.until(async () => {
    await at.clock.advance(1000);
    expect(hall.ledger.some(({ operation, status }) => operation === 'GET' && status === 200)).toBe(true);
  });
  const before = asked().length;

  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.until(async () => expect(await said(at, incidentId, 'picture-attached')).toEqual(['cam-hall']));
  expect(asked().slice(before)).toEqual(['GET', 'GET']);
});

test('a camera that turns is sent to the preset of the key, and gives a second picture from there', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const dome = await onvif(at, 'dome', { siteId: 'hospital' }, { presets: [{ token: 'p3', name: 'Door' }] }, { aims: { 'key-1': 'p3' } });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.until(async () => expect(await said(at, incidentId, 'camera-turned')).toEqual(['dome']));
  expect(dome.ledger.map(({ operation }) => operation)).toContain('GotoPreset');
  await at.clock.advance(4000);
  await at.until(async () => expect((await seen(at, incidentId)).footage.filter(({ what }) => what === 'still')).toHaveLength(2));
});

test('after duress no camera moves, and the timeline says why', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const dome = await onvif(at, 'dome', { siteId: 'hospital' }, { presets: [{ token: 'p3', name: 'Door' }] }, { aims: { hospital: 'p3' } });
  const key = await at.key('key-1', 'hospital');
  await key.press('duress');
  const { incidentId } = await orderOn(at, near);
  await at.until(async () => expect((await seen(at, incidentId)).footage.filter(({ what }) => what === 'still')).toHaveLength(1));
  expect(await said(at, incidentId, 'camera-kept-still')).toEqual(['dome']);
  expect(dome.ledger.map(({ operation }) => operation)).not.toContain('GotoPreset');
});

test('a camera that is dead delays nothing, and the incident says so', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const dead = await onvif(at, 'dead', { siteId: 'hospital' });
  await dead.unplug();
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.until(async () => expect(await said(at, incidentId, 'picture-missing')).toEqual(['dead']));
  expect((await seen(at, incidentId)).footage).toEqual([]);
});

test('with the disk nearly full recordings stop, alarms go on, and both the incident and the status say so', async () => {
  const at = await openStation({ footage: { leastFree: 1_000_000_000 } });
  const [near] = await registerCrew(at, ['near']);
  await onvif(at, 'cam-hall', { siteId: 'hospital' });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.until(async () => expect(await said(at, incidentId, 'disk-nearly-full')).toEqual(['cam-hall']));
  await at.until(async () => expect(await said(at, incidentId, 'picture-attached')).toEqual(['cam-hall']));
  const ready = await fetch(`${at.http().url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ status: 'ok', notes: [expect.stringMatching(/^footage: recordings have stopped/)] });
});

test('cameras of an incident whose process ended before it looked are called up after the start', async () => {
  const at = await openStation();
  await registerCrew(at, ['near']);
  await onvif(at, 'cam-hall', { siteId: 'hospital' });
  let incidentId = '';
  await at.restart(at.clock, async () => {
    const { id } = await at.store.desk.transaction().execute(async (trx) => {
      const row = {
        ...{ id: '019b76da-a800-7000-8000-000000000001', number: '9001', kind: 'emergency', priority: 1, state: 'open' },
        ...{ silent: false, confirmed: false, exercise: false, site_id: 'hospital' },
        ...{ opened_at: new Date(at.clock.now()), last_signal_at: new Date(at.clock.now()) },
      };
      return trx.insertInto('incidents').values(row).returning('id').executeTakeFirstOrThrow();
    });
    incidentId = id;
  });
  await at.clock.advance(4000);
  await at.until(async () => expect((await seen(at, incidentId)).footage.filter(({ what }) => what === 'still')).toHaveLength(1));
});

test('two operators do not fight over one camera', async () => {
  const at = await openStation();
  await registerCrew(at, ['near']);
  await onvif(at, 'dome', { siteId: 'hospital' }, { presets: [{ token: 'p3', name: 'Door' }] });
  const wang = await at.signIn('wang', ['operator']);
  const li = await at.signIn('li', ['operator']);
  const chief = await at.signIn('chief', ['supervisor']);
  const turn = { preset: 'p3' };

  expect(await wang('POST', '/cameras/dome/ptz', turn)).toMatchObject({ holder: 'wang', secondsLeft: 60 });
  await at.clock.advance(20_000);
  await expect(li('POST', '/cameras/dome/ptz', turn)).rejects.toThrow(/409.*camera-held|409.*wang moves it, for 40 s more/s);
  expect(await li('GET', '/cameras/dome/ptz')).toMatchObject({ lease: { holder: 'wang', secondsLeft: 40 } });
  await at.clock.advance(40_000);
  expect(await li('POST', '/cameras/dome/ptz', turn)).toMatchObject({ holder: 'li' });
  expect(await chief('POST', '/cameras/dome/ptz', turn)).toMatchObject({ holder: 'chief' });
  await expect(li('POST', '/cameras/dome/ptz', turn)).rejects.toThrow(/chief/);
  await chief('DELETE', '/cameras/dome/ptz');
  expect(await li('POST', '/cameras/dome/ptz', turn)).toMatchObject({ holder: 'li' });
  expect(await li('GET', '/cameras/dome/presets')).toEqual({ items: [{ token: 'p3', name: 'Door' }] });

  const { items } = await at.api<{ items: readonly { act: string; by: string; data: object }[] }>('GET', '/audit');
  const held = items.filter(({ act }) => act === 'camera.held').map(({ by, data }) => [by, data]);
  expect(held.reverse()).toEqual([
    ['wang', { grant: 'free' }],
    ['li', { grant: 'ran-out' }],
    ['chief', { grant: 'higher-role', from: 'li' }],
    ['li', { grant: 'free' }],
  ]);
});
