import { afterAll, beforeEach, expect, test } from 'vitest';
import { judge } from '../../devices/media/looking.ts';
import { render, type View } from '../../devices/media/looking-testing.ts';
import { minutes, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { type ManualClock, manualClock } from '../scenarios/manual-clock.ts';
import { standingFaults } from '../store/camera-health.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { type SamplerDeps, startSampler } from './camera-health.ts';

const noon = Date.parse('2026-06-01T05:00:00Z');
const store = await freshStore(afterAll);
let clock: ManualClock;
let shown: (id: string) => Partial<View>;
let looked: { id: string; at: number }[];

beforeEach(async () => {
  for (const table of ['devices', 'events'] as const) await store.desk.deleteFrom(table).execute();
  clock = manualClock(noon);
  shown = () => ({});
  looked = [];
});

async function cameras(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const row = { id: `c${number}`, kind: 'camera', driver: 'onvif', name: `C${number}`, settings: '{}', exercise: false };
    await store.desk
      .insertInto('devices')
      .values({ ...row, created_at: new Date(noon), updated_at: new Date(noon) })
      .execute();
  }
}

const sampler = (over: Partial<SamplerDeps> = {}) => {
  let turn = 0;
  let last = '';
  return startSampler({
    store,
    clock,
    log: quiet,
    period: minutes(10),
    atOnce: 1,
    perMinute: 60,
    leastFrames: 5,
    async still(id) {
      looked.push({ id, at: clock.now() });
      last = id;
      return { jpeg: new Uint8Array(), via: 'http', at: clock.now() };
    },
    gray: async () => {
      turn += 1;
      return render({ street: 3, light: 'sunny', moment: turn, ...shown(last) }).luma;
    },
    judge,
    health: () => undefined,
    describe: async () => undefined,
    placeOf: () => ({ lat: 36, lon: 104 }),
    reference: async () => undefined,
    turnedSince: async () => false,
    ...over,
  });
};

const events = async () =>
  (await store.desk.selectFrom('events').selectAll().orderBy('seq').execute()).map(
    ({ type, data }) => `${type} ${String(data['cameraId'])} ${String(data['fault'])}`,
  );

test('every camera has its turn once a period, spread over it', async () => {
  await cameras(12);
  const running = sampler();
  await clock.advance(minutes(20) + seconds(5));
  await running.stop();
  const first = looked.filter(({ at }) => at <= noon + minutes(10) + seconds(5));
  expect(new Set(first.map(({ id }) => id)).size).toBe(12);
  expect(new Set(first.map(({ at }) => at)).size).toBeGreaterThan(6);
  expect(Math.max(...[...Map.groupBy(looked, ({ id }) => id).values()].map((turns) => turns.length))).toBeLessThanOrEqual(3);
});

test('no more than the budget are looked at in a minute, and no more than so many at once', async () => {
  await cameras(40);
  await store.desk.insertInto('camera_health').columns(['camera_id', 'due_at']).expression(dueNow()).execute();
  let [now, most] = [0, 0];
  const busy: SamplerDeps['still'] = async (id) => {
    looked.push({ id, at: clock.now() });
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    throw new Fault('device-busy');
  };
  const running = sampler({ perMinute: 12, atOnce: 2, still: busy });
  await clock.advance(minutes(2));
  await running.stop();
  expect(looked.length).toBeGreaterThanOrEqual(20);
  expect(looked.length).toBeLessThanOrEqual(24);
  expect(most).toBeLessThanOrEqual(2);
});

const dueNow = () => store.desk.selectFrom('devices').select((column) => ['id', column.val(new Date(noon)).as('due_at')]);

test('a fault is told after two looks, a minute apart, and its end after two more; one bad picture is not told', async () => {
  await cameras(2);
  const running = sampler();
  await clock.advance(minutes(11));
  shown = (id) => (id === 'c0' ? { cloth: 1 } : {});
  await clock.advance(minutes(12));
  expect(await events()).toEqual(['baiying.camera.fault.v1 c0 covered']);
  const [fault] = await standingFaults(store.desk);
  const turns = looked.filter(({ id, at }) => id === 'c0' && at > noon + minutes(11)).map(({ at }) => at);
  expect(fault).toMatchObject({ cameraId: 'c0', fault: 'covered', since: turns[0] });
  expect((turns[1] ?? 0) - (turns[0] ?? 0)).toBeLessThanOrEqual(minutes(1) + seconds(5));
  shown = () => ({});
  await clock.advance(minutes(12));
  await running.stop();
  expect(await events()).toEqual(['baiying.camera.fault.v1 c0 covered', 'baiying.camera.recovered.v1 c0 covered']);
  expect(await standingFaults(store.desk)).toEqual([]);
});

test('a camera that is gone by the broker is told since it left; one removed meanwhile harms nothing', async () => {
  await cameras(2);
  const left = new Date(noon - minutes(7));
  await store.desk
    .insertInto('presence')
    .values({ device_id: 'c0', state: 'offline', since: left, last_seen_at: left, broker_id: null, silent_since: null, health: '{}' })
    .execute();
  const running = sampler({
    async still(id) {
      await store.desk.deleteFrom('devices').where('id', '=', id).execute();
      throw new Fault('device-unreachable');
    },
  });
  await clock.advance(minutes(25));
  await running.stop();
  expect(await standingFaults(store.desk)).toEqual([{ cameraId: 'c0', fault: 'offline', since: left.getTime(), detail: {} }]);
});

test('a budget of none looks at none; a record that is away is tried again', async () => {
  await cameras(1);
  await sampler({ perMinute: 0 }).stop();
  expect(clock.list()).toEqual([]);
  let failing = true;
  const broken = {
    hub: store.hub,
    get routine() {
      if (failing) throw new Error('away');
      return store.routine;
    },
  };
  const running = sampler({ store: broken });
  await clock.advance(minutes(11));
  expect(looked).toEqual([]);
  failing = false;
  await clock.advance(minutes(11));
  await running.stop();
  expect(looked.length).toBeGreaterThan(0);
});
