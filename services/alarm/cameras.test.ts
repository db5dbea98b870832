import fc from 'fast-check';
import { expect, test } from 'vitest';
import { angleBetween, bearingTo, type CameraSeen, callsUpCameras, linkedCameras, type SceneOfCameras } from './cameras.ts';

const scene: SceneOfCameras = { deviceId: 'key-1', siteId: 'bank', point: { lat: 30, lon: 120 }, silent: false };
const policy = { most: 3, radius: 300 };
const camera = (id: string, change: Partial<CameraSeen> = {}): CameraSeen => ({ id, watches: [], aims: {}, ...change });
/** Metres north of the scene, and metres east. */
const off = (north: number, east = 0) => ({
  lat: 30 + north / 111_195,
  lon: 120 + east / (111_195 * Math.cos((30 * Math.PI) / 180)),
});

const rows: readonly {
  name: string;
  camera: CameraSeen;
  scene?: { readonly [K in keyof SceneOfCameras]?: SceneOfCameras[K] | undefined };
  reason: string | undefined;
}[] = [
  { name: 'at the site', camera: camera('c', { siteId: 'bank' }), reason: 'at-the-site' },
  { name: 'at the site, looking away', camera: camera('c', { siteId: 'bank', point: off(20), bearing: 0 }), reason: 'at-the-site' },
  { name: 'at another site, no place', camera: camera('c', { siteId: 'school' }), reason: undefined },
  { name: 'bound to the site', camera: camera('c', { watches: ['bank'] }), reason: 'bound-by-installer' },
  { name: 'bound to the key', camera: camera('c', { watches: ['key-1'] }), reason: 'bound-by-installer' },
  { name: 'bound by a preset', camera: camera('c', { aims: { bank: '3' } }), reason: 'bound-by-installer' },
  { name: 'bound to another key', camera: camera('c', { watches: ['key-2'] }), reason: undefined },
  {
    name: 'bound, and far beyond its reach',
    camera: camera('c', { watches: ['bank'], point: off(900), reach: 50 }),
    reason: 'bound-by-installer',
  },
  { name: 'itself told of it', camera: camera('key-1'), reason: 'is-the-source' },
  { name: 'near, no direction known', camera: camera('c', { point: off(299) }), reason: 'nearest' },
  { name: 'just too far', camera: camera('c', { point: off(301) }), reason: undefined },
  { name: 'near, reach known and enough', camera: camera('c', { point: off(99), reach: 100 }), reason: 'nearest' },
  { name: 'near, beyond its reach', camera: camera('c', { point: off(101), reach: 100 }), reason: undefined },
  { name: 'a long reach does not widen the search', camera: camera('c', { point: off(400), reach: 5000 }), reason: undefined },
  { name: 'north of it, looking south', camera: camera('c', { point: off(100), bearing: 180 }), reason: 'looks-at-the-scene' },
  { name: 'north of it, 44 degrees off', camera: camera('c', { point: off(100), bearing: 224 }), reason: 'looks-at-the-scene' },
  { name: 'north of it, 46 degrees off', camera: camera('c', { point: off(100), bearing: 226 }), reason: undefined },
  { name: 'a narrow field', camera: camera('c', { point: off(100), bearing: 200, fieldOfView: 30 }), reason: undefined },
  { name: 'all round', camera: camera('c', { point: off(100), bearing: 0, fieldOfView: 360 }), reason: 'looks-at-the-scene' },
  {
    name: 'west of it, looking east across north',
    camera: camera('c', { point: off(0, -100), bearing: 70 }),
    reason: 'looks-at-the-scene',
  },
  { name: 'the scene has no place', camera: camera('c', { point: off(1) }), scene: { point: undefined }, reason: undefined },
  { name: 'the scene has no site', camera: camera('c', { siteId: 'bank' }), scene: { siteId: undefined }, reason: undefined },
  { name: 'a name of every object is no binding', camera: camera('c'), scene: { siteId: 'constructor' }, reason: undefined },
];

test.each(rows)('$name: $reason', ({ camera: one, scene: change, reason }) => {
  const { siteId, deviceId, point, silent } = { ...scene, ...change };
  const here = {
    silent: silent ?? false,
    ...(siteId === undefined ? {} : { siteId }),
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(point === undefined ? {} : { point }),
  };
  expect(linkedCameras(here, [one], policy).map((link) => link.reason)).toEqual(reason === undefined ? [] : [reason]);
});

test('the installer comes first, then the site, then who looks there, then who is near; no more than wanted', () => {
  const all = [
    camera('near', { point: off(10) }),
    camera('looks', { point: off(200), bearing: 180 }),
    camera('site-far', { siteId: 'bank', point: off(80) }),
    camera('site-near', { siteId: 'bank', point: off(40) }),
    camera('bound', { watches: ['key-1'], point: off(290) }),
    camera('key-1'),
  ];
  expect(linkedCameras(scene, all, { ...policy, most: 10 }).map(({ cameraId }) => cameraId)).toEqual([
    'key-1',
    'bound',
    'site-near',
    'site-far',
    'looks',
    'near',
  ]);
  expect(linkedCameras(scene, all, policy).map(({ cameraId }) => cameraId)).toEqual(['key-1', 'bound', 'site-near']);
});

test.each([
  { name: "its key's preset before its site's", aims: { bank: 'all', 'key-1': 'door' }, silent: false, preset: 'door', turns: true },
  { name: "its site's preset", aims: { bank: 'all' }, silent: false, preset: 'all', turns: true },
  { name: 'not moved after duress', aims: { bank: 'all' }, silent: true, preset: 'all', turns: false },
  { name: 'no preset', aims: {}, silent: false, preset: undefined, turns: false },
])('$name', ({ aims, silent, preset, turns }) => {
  const [link] = linkedCameras({ ...scene, silent }, [camera('c', { siteId: 'bank', aims })], policy);
  expect(link?.preset).toBe(preset);
  expect(link?.turns).toBe(turns);
});

test.each([
  ['emergency', true],
  ['duress', true],
  ['intrusion', true],
  ['street-fight', true],
  ['silence', false],
  ['device-fault', false],
] as const)('%s calls up cameras: %s', (kind, calls) => expect(callsUpCameras(kind)).toBe(calls));

test('the order in which cameras stand in the register makes no difference', () => {
  const cameras = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,4}$/),
      watches: fc.constantFrom([], ['bank']),
      aims: fc.constantFrom({}, { bank: '1' }),
      point: fc.record({
        lat: fc.double({ min: 29.99, max: 30.01, noNaN: true }),
        lon: fc.double({ min: 119.99, max: 120.01, noNaN: true }),
      }),
      bearing: fc.integer({ min: 0, max: 360 }),
    }),
    { selector: (one) => one.id, maxLength: 8 },
  );
  fc.assert(
    fc.property(cameras, (all) => {
      const links = linkedCameras(scene, all, policy);
      expect(linkedCameras(scene, all.toReversed(), policy)).toEqual(links);
      expect(new Set(links.map((link) => link.cameraId)).size).toBe(links.length);
    }),
  );
});

test.each([
  [{ lat: 1, lon: 0 }, 0],
  [{ lat: 0, lon: 1 }, 90],
  [{ lat: -1, lon: 0 }, 180],
  [{ lat: 0, lon: -1 }, 270],
])('the way to %o is %d degrees', (to, degrees) => expect(bearingTo({ lat: 0, lon: 0 }, to)).toBeCloseTo(degrees, 6));

test.each([
  [350, 10, 20],
  [10, 350, 20],
  [0, 360, 0],
  [0, 180, 180],
  [90, 270, 180],
])('between %d and %d lie %d degrees', (a, b, apart) => expect(angleBetween(a, b)).toBe(apart));
