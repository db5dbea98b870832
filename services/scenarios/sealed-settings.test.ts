import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { viewShape } from '../../devices/cameras/view.ts';
import { catalogue, drivers } from '../../devices/catalogue.ts';
import type { Give } from '../../devices/driver.ts';
import { goesElsewhere, openSettings, sealedDrivers, sealSettings, sealStored, secretNames } from '../sealed-settings.ts';
import { openSealer } from '../secrets-at-rest.ts';
import { openSigningKeys } from '../signing.ts';
import { openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'baiying-sealed-'));
const sealer = openSealer(folder);
const other = openSealer(mkdtempSync(join(folder, 'other-')));
rmSync(folder, { recursive: true });

const camera = { address: 'http://10.0.0.9/onvif/device_service', username: 'viewer', password: 'marker-7f3a91' };
const give: Give = {
  now: () => 0,
  post: async () => ({ outcome: 'sent' }),
  request: async () => ({ error: 'nobody is called here' }),
};

test('what is secret is sealed, the rest stays readable, and the driver reads all of it', () => {
  const names = secretNames(drivers.find('camera', 'onvif'));
  const sealed = sealSettings({ id: 'c', settings: camera }, names, sealer);
  expect(sealed).toEqual({ ...camera, password: { sealed: expect.stringMatching(/^v2\./) } });
  expect(sealSettings({ id: 'c', settings: sealed }, names, sealer)).toEqual(sealed);
  expect(openSettings({ id: 'c', settings: sealed }, names, sealer)).toEqual(camera);
  expect(openSettings({ id: 'c', settings: sealed }, [], sealer)).toEqual(sealed);
  expect(() => openSettings({ id: 'c', settings: sealed }, names, other)).toThrow('another master.key');
  expect(() => openSettings({ id: 'd', settings: sealed }, names, sealer)).toThrow('for another place');
});

test('a driver is given its device opened; the device that the product holds stays sealed', () => {
  const device = { id: 'c', kind: 'camera', settings: sealSettings({ id: 'c', settings: camera }, ['password'], sealer) } as const;
  expect(drivers.list().length).toBe(sealedDrivers(drivers, sealer).list().length);
  // The schema takes no sealed password: only an opened one makes a driver.
  expect(() => drivers.find('camera', 'onvif')?.open(give, device)).toThrow('do not fit driver');
  const type = sealedDrivers(drivers, sealer).find('camera', 'onvif');
  expect(type?.open(give, device)).toHaveProperty('snapshot');
  expect(type?.dialect?.publishes(device)).toEqual(expect.arrayContaining([expect.stringContaining('cameras/c/')]));
  expect(JSON.stringify(device)).not.toContain('marker');
});

test('the signing key of the station is no password of a camera, and no password is a signing key', async () => {
  const store = await freshStore();
  const keys = openSigningKeys({ db: store.desk, sealer, clock: { now: () => 0 } });
  await keys.inUse();
  const [kept] = await keys.list();
  const stolen = { id: 'c', kind: 'camera', settings: { ...camera, password: { sealed: kept?.sealed } } } as const;
  const type = sealedDrivers(drivers, sealer).find('camera', 'onvif');
  expect(() => type?.open(give, stolen)).toThrow('for another place');
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { password } = sealSettings({ id: 'c', settings: { ...camera, password: pem } }, ['password'], sealer);
  const { x: public_key } = createPublicKey(pem).export({ format: 'jwk' });
  const { sealed } = password as { sealed: string };
  await store.desk.updateTable('signing_keys').set({ sealed, public_key }).execute();
  await expect(keys.inUse()).rejects.toMatchObject({ code: 'signing-key-unusable' });
});

test('every setting that sounds like a secret is one', () => {
  const shapes = catalogue.flatMap((type) =>
    type.settings instanceof z.ZodObject ? [{ type, names: Object.keys(type.settings.shape) }] : [],
  );
  expect(shapes.length).toBe(catalogue.length);
  const open = shapes.flatMap(({ type, names }) =>
    names
      .filter((name) => /pass|secret|token|credential|(^|[a-z])key$/i.test(name) && !secretNames(type).includes(name))
      .map((name) => `${type.kind}/${type.name}: ${name}`),
  );
  expect(open).toEqual([]);
});

/** What an installer may change without giving the password again: it goes where it went. */
const harmless: readonly string[] = [
  ...['username', ...Object.keys(viewShape), 'ear', 'fallback'],
  // What the device is asked for there, and how its sound is cut.
  ...['profile', 'inputs', 'input', 'pullSeconds', 'events', 'channel', 'closeFirst', 'framing', 'transport', 'codec'],
  // A call goes to host and port whatever it is named by; to other hosts goes its sound alone.
  ...['user', 'callerId', 'autoAnswer', 'answerSeconds', 'mediaHosts'],
];

test('every setting beside a secret says whether it decides where the secret goes', () => {
  const secretive = catalogue.filter((type) => secretNames(type).length > 0);
  expect(secretive.length).toBeGreaterThan(6);
  const settled = secretive.flatMap((type) =>
    Object.keys((type.settings as z.ZodObject).shape)
      .filter((name) => !secretNames(type).includes(name))
      .map((name) => ({
        name: `${type.kind}/${type.name}: ${name}`,
        way: goesElsewhere(type, {}, { [name]: 'x' }),
        free: harmless.includes(name),
      })),
  );
  expect(settled.filter(({ way, free }) => way === free).map(({ name }) => name)).toEqual([]);
});

test.each([
  ['another path', { address: 'http://10.0.0.9/other' }, false],
  ['its port written out', { address: 'http://10.0.0.9:80/onvif/device_service' }, false],
  ['another name of the host', { address: 'http://attacker/onvif/device_service' }, true],
  ['another port', { address: 'http://10.0.0.9:8080/onvif/device_service' }, true],
  ['https instead of http', { address: 'https://10.0.0.9/onvif/device_service' }, true],
  ['no address', { address: undefined }, true],
  ['Basic allowed', { allowBasic: true }, true],
  ['Basic refused, as when nothing was said', { allowBasic: false }, false],
  ['another certificate', { fingerprint: 'ab'.repeat(32) }, true],
  ['another port of its stream', { rtspPort: 8554 }, true],
  ['another user, profile and bearing', { username: 'other', profile: 'p2', bearing: 90 }, false],
])('%s: the kept password is asked for again or not', (_what, change, again) => {
  expect(goesElsewhere(drivers.find('camera', 'onvif'), camera, { ...camera, ...change })).toBe(again);
});

test('what an earlier version stored readable is sealed at the start, once, and nothing else is touched', async () => {
  const store = await freshStore();
  const at = new Date(0);
  const row = (id: string, kind: string, driver: string, settings: object) => ({
    ...{ id, kind, driver, name: id, settings: JSON.stringify(settings), exercise: false, created_at: at, updated_at: at },
  });
  await store.desk
    .insertInto('devices')
    .values([
      row('c1', 'camera', 'onvif', camera),
      row('c2', 'camera', 'onvif', { address: camera.address }),
      row('gone', 'camera', 'of another release', { password: 'nobody knows whether this is one' }),
      row('r1', 'radio', 'webhook', { url: 'https://gateway.example/', secret: 'whsec_bWFya2VyLTdmM2E5MQ==' }),
    ])
    .execute();
  await sealStored(store, drivers, sealer, quiet);
  const settings = async () =>
    Object.fromEntries(
      (await store.desk.selectFrom('devices').select(['id', 'settings']).execute()).map((each) => [each.id, each.settings]),
    );
  const once = await settings();
  expect(once).toEqual({
    c1: { ...camera, password: { sealed: expect.any(String) } },
    c2: { address: camera.address },
    gone: { password: 'nobody knows whether this is one' },
    r1: { url: 'https://gateway.example/', secret: { sealed: expect.any(String) } },
  });
  await sealStored(store, drivers, sealer, quiet);
  expect(await settings()).toEqual(once);
  const register = await openRegister(store, quiet);
  expect(openSettings({ id: 'c1', settings: register.device('c1')?.settings ?? {} }, ['password'], sealer)).toEqual(camera);
  register.close();
});
