import { expect, onTestFinished, test } from 'vitest';
import type { Powers } from '../../../devices/driver.ts';
import type { Media } from '../../../devices/media/index.ts';
import { hours, seconds } from '../../alarm/index.ts';
import { type ManualClock, manualClock } from '../../scenarios/manual-clock.ts';
import type { Store } from '../../store/connect.ts';
import type { Device, Register } from '../../store/register-view.ts';
import { freshStore, quiet } from '../../store/testing.ts';
import type { Cameras } from '../cameras.ts';
import { noMedia } from '../no-media.ts';
import { camerasThatMatter, keepPreRoll } from './pre-roll.ts';
import { removeOldFootage } from './prune.ts';
import type { Shelf } from './shelf.ts';

const device = (id: string, kind: 'camera' | 'key', siteId?: string, settings: Device['settings'] = {}): Device => ({
  ...{ id, kind, driver: 'onvif', name: id, settings, exercise: false },
  ...(siteId === undefined ? {} : { siteId }),
});
const registerOf = (...devices: Device[]): Register =>
  ({
    device: (id: string) => devices.find((one) => one.id === id),
    devicesAtSite: (siteId: string) => devices.filter((one) => one.siteId === siteId),
    cameras: () => devices.filter(({ kind }) => kind === 'camera'),
  }) as unknown as Register;

const key = device('key-1', 'key', 'bank');
test.each([
  { name: 'at a site with a key', camera: device('c', 'camera', 'bank'), matters: true },
  { name: 'at a site without', camera: device('c', 'camera', 'park'), matters: false },
  { name: 'nowhere', camera: device('c', 'camera'), matters: false },
  { name: 'bound to a key', camera: device('c', 'camera', 'park', { watches: ['key-1'] }), matters: true },
  { name: 'bound to a site with a key', camera: device('c', 'camera', 'park', { aims: { bank: '1' } }), matters: true },
  { name: 'bound to a site without', camera: device('c', 'camera', undefined, { watches: ['park'] }), matters: false },
  { name: 'said so', camera: device('c', 'camera', 'park', { preRoll: true }), matters: true },
  { name: 'said not', camera: device('c', 'camera', 'bank', { preRoll: false }), matters: false },
])('a camera $name: $matters', ({ camera, matters }) => {
  expect(camerasThatMatter(registerOf(key, camera)).map(({ id }) => id)).toEqual(matters ? ['c'] : []);
});

function processOf(store: Store, clock: ManualClock, register: Register, holder: string, streams: number) {
  const running = new Set<string>();
  const media: Media = {
    ...noMedia(clock.now),
    available: () => ({ ok: true, speech: 'none' }),
    watch: (id) => {
      running.add(id);
      return { release: () => void running.delete(id) };
    },
  };
  const cameras = { sourceOf: async () => async () => ({ url: 'rtsp://10.0.0.2/', host: '10.0.0.2' }) } as unknown as Cameras;
  const powersOf = (): Powers => ({ stream: async () => ({ url: 'rtsp://10.0.0.2/' }) });
  const kept = keepPreRoll({ store, clock, log: quiet, register, media, cameras, powersOf, holder, streams, before: seconds(30) });
  onTestFinished(() => kept.close());
  return { kept, running };
}

test('each stream is kept in one process, as many as it may; one that ends leaves them to the other', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const cameras = ['c1', 'c2', 'c3'].map((id) => device(id, 'camera', 'bank'));
  const dates = { created_at: new Date(0), updated_at: new Date(0) };
  const rows = cameras.map(({ id, kind, driver, name }) => ({ id, kind, driver, name, settings: '{}', exercise: false, ...dates }));
  await store.desk.insertInto('devices').values(rows).execute();
  const register = registerOf(key, ...cameras);
  const first = processOf(store, clock, register, 'first', 2);
  await clock.advance(0);
  const second = processOf(store, clock, register, 'second', 5);
  await clock.advance(0);
  expect(first.running.size).toBe(2);
  expect(second.running.size).toBe(1);
  expect([...first.running, ...second.running].toSorted()).toEqual(['c1', 'c2', 'c3']);

  await clock.advance(seconds(60));
  expect(first.running.size).toBe(2);
  await first.kept.close();
  expect(first.running.size).toBe(0);
  await clock.advance(seconds(10));
  expect([...second.running].toSorted()).toEqual(['c1', 'c2', 'c3']);
});

test('a file is removed when its time is over, not before; its row and hash stay', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const at = new Date(clock.now());
  const incidentId = '019b76da-a800-7000-8000-000000000001';
  const incident = { id: incidentId, number: '1', kind: 'emergency', priority: 1, state: 'closed', silent: false, confirmed: false };
  await store.desk
    .insertInto('incidents')
    .values({ ...incident, exercise: false, opened_at: at, last_signal_at: at })
    .execute();
  const piece = { incident_id: incidentId, camera_id: 'cam', what: 'still', media_type: 'image/jpeg', bytes: '1', sha256: 'aa' } as const;
  const times = { from_at: at, to_at: at, stored_at: at, gaps: 0 };
  const rows = [2, 3].map((last, part) => ({
    ...{ ...piece, ...times, part, id: `019b76da-a800-7000-8000-00000000001${part}`, file: `${incidentId}/${part}.jpg` },
    kept_until: new Date(clock.now() + hours(last)),
  }));
  await store.desk.insertInto('footage').values(rows).execute();
  const removed: string[] = [];
  const shelf = { remove: async (file: string) => void removed.push(file) } as unknown as Shelf;
  const timer = removeOldFootage({ db: store.routine, shelf, clock, log: quiet });
  onTestFinished(() => timer.stop());
  await clock.advance(hours(1));
  expect(removed).toEqual([]);
  await clock.advance(hours(1));
  expect(removed).toEqual([`${incidentId}/0.jpg`]);
  await clock.advance(hours(2));
  expect(removed).toEqual([`${incidentId}/0.jpg`, `${incidentId}/1.jpg`]);
  const left = await store.desk.selectFrom('footage').select(['sha256', 'removed_at']).execute();
  expect(left.map(({ sha256, removed_at }) => [sha256, removed_at !== null])).toEqual([
    ['aa', true],
    ['aa', true],
  ]);
});
