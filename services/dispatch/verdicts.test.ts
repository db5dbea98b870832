import { expect, test, vi } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { verdictsOwed } from '../store/broadcast-verdicts.ts';
import { type Bench, type BenchOptions, openBench, type Room, sentAfter } from './broadcast-testing.ts';

const until = <T>(assertion: () => T | Promise<T>) => vi.waitFor(assertion, { timeout: 20_000, interval: 5 });
const horns = ['horn-1', 'horn-2', 'horn-3'].map((id) => ({ id }));
const near = ['horn-2', 'horn-3'];

/** Does the jobs that were offered, and those that they offer; a talk that began goes on. @returns how many were done */
async function work(at: Bench, here: Room, from = 0): Promise<number> {
  let done = from;
  for (let job = at.jobs[done]; job !== undefined; job = at.jobs[done]) {
    if (job.type === 'broadcast') await here.broadcasting.handler(job);
    done += 1;
  }
  return done;
}

async function warned(options: Partial<BenchOptions>, over: Parameters<Bench['ask']>[0] = {}) {
  const at = await openBench({ devices: horns, near, ...options });
  const here = await at.room();
  const incidentId = await at.incident();
  const broadcast = await at.ask({ priority: 1, incidentId, ...over });
  await here.handle(broadcast);
  await until(() => expect(at.said).toHaveLength(1));
  return { at, here, broadcast, incidentId };
}
const summary = async (at: Bench, broadcast: Parameters<Bench['targets']>[0]) =>
  (await at.targets(broadcast)).map(({ deviceId, state, reason, insteadOf }) => [deviceId, state, reason, insteadOf]);

test('how a warning ended goes on the timeline of its incident, once', async () => {
  const { at, here, broadcast, incidentId } = await warned({});
  at.said[0]?.end({ outcome: 'played', milliseconds: 1000 });
  await until(() => expect(at.jobs).toHaveLength(1));
  await work(at, here);
  await work(at, here);
  expect(at.told).toEqual([
    [incidentId, { type: 'loudspeaker', by: 'horn-1', reason: 'loudspeaker-played', data: { broadcastId: broadcast.id, state: 'played' } }],
  ]);
  expect(await verdictsOwed(at.store.urgent, at.clock.now(), 9)).toEqual([]);
});

test('a notice that no incident asked for is told to nobody, and fails where it fails', async () => {
  const { at, here, broadcast } = await warned({}, {});
  const notice = await at.ask({ deviceIds: ['horn-3'] });
  await here.handle(notice, 'horn-3');
  await until(() => expect(at.said).toHaveLength(2));
  at.said[1]?.end({ outcome: 'failed', reason: 'refused: password' });
  await until(async () => expect(await summary(at, notice)).toEqual([['horn-3', 'failed', 'refused: password', undefined]]));
  await work(at, here);
  expect(at.told).toEqual([]);
  expect(await summary(at, broadcast)).toEqual([['horn-1', 'playing', undefined, undefined]]);
});

test('a verdict whose telling broke off is told by the next process; one told and not marked is not told twice', async () => {
  const { at, here, broadcast, incidentId } = await warned({});
  at.said[0]?.end(sentAfter(1000));
  await until(() => expect(at.jobs).toHaveLength(1));
  const due = await verdictsOwed(at.store.urgent, at.clock.now(), 9);
  expect(due).toEqual([{ id: broadcast.id, deviceId: 'horn-1' }]);
  const entry = { incident_id: incidentId, seq: 1, at: new Date(), kind: 'loudspeaker', text: 'x', by: 'horn-1', prev: '', hash: '' };
  const data = JSON.stringify({ broadcastId: broadcast.id, state: 'sent' });
  await at.store.urgent
    .insertInto('timeline')
    .values({ ...entry, data })
    .execute();
  await here.handle(broadcast);
  expect(at.told).toEqual([]);
  expect(await verdictsOwed(at.store.urgent, at.clock.now(), 9)).toEqual([]);
});

test.each<[string, Partial<BenchOptions>, string]>([
  ['the nearest one', {}, 'horn-2'],
  [
    'the one that the installer bound',
    { devices: [{ id: 'horn-1', settings: { fallback: 'horn-3' } }, { id: 'horn-2' }, { id: 'horn-3' }] },
    'horn-3',
  ],
  [
    'the nearest one where the bound one is gone',
    { devices: [{ id: 'horn-1', settings: { fallback: 'horn-9' } }, { id: 'horn-2' }] },
    'horn-2',
  ],
])('a warning that failed is said by %s, and both are on the timeline', async (_what, options, other) => {
  const { at, here, broadcast } = await warned(options);
  at.said[0]?.end({ outcome: 'failed', reason: 'refused: password' });
  await until(() => expect(at.jobs).toHaveLength(1));
  const done = await work(at, here);
  await until(() => expect(at.said).toHaveLength(2));
  expect(at.said[1]?.deviceId).toBe(other);
  at.said[1]?.end(sentAfter(1000));
  await until(() => expect(at.jobs.length).toBeGreaterThan(done));
  await work(at, here, done);
  expect(await summary(at, broadcast)).toEqual([
    ['horn-1', 'failed', 'refused: password', undefined],
    [other, 'sent', undefined, 'horn-1'],
  ]);
  expect(at.told.map(([, input]) => input)).toMatchObject([
    { by: 'horn-1', reason: 'loudspeaker-failed-over', data: { why: 'refused: password', neighbour: other } },
    { by: other, reason: 'loudspeaker-sent', data: { insteadOf: 'horn-1' } },
  ]);
  const events = await at.store.urgent.selectFrom('events').select('type').where('type', 'like', '%rerouted%').execute();
  expect(events).toHaveLength(1);
});

test('a second failure is the last: nothing is tried a third time', async () => {
  const { at, here, broadcast } = await warned({});
  at.said[0]?.end({ outcome: 'failed', reason: 'not-heard' });
  await until(() => expect(at.jobs).toHaveLength(1));
  const done = await work(at, here);
  await until(() => expect(at.said).toHaveLength(2));
  at.said[1]?.end({ outcome: 'failed', reason: 'refused' });
  await until(() => expect(at.jobs.length).toBeGreaterThan(done));
  await work(at, here, done);
  expect((await summary(at, broadcast)).map(([id, state]) => [id, state])).toEqual([
    ['horn-1', 'failed'],
    ['horn-2', 'failed'],
  ]);
  expect(at.said).toHaveLength(2);
});

test('a loudspeaker that says the words already does not stand in, nor one at a silent place; one known to be off comes last', async () => {
  const bank = { id: 'horn-3', siteId: 'bank' };
  const { at, here, broadcast } = await warned(
    {
      devices: [{ id: 'horn-1' }, { id: 'horn-2' }, bank, { id: 'horn-4' }, { id: 'horn-5' }],
      near: ['horn-2', 'horn-3', 'horn-4', 'horn-5'],
    },
    { deviceIds: ['horn-1', 'horn-2'] },
  );
  await at.incident({ silent: true, site_id: 'bank' });
  const at0 = new Date();
  const row = { kind: 'loudspeaker', driver: 'fake', settings: '{}', exercise: false, created_at: at0, updated_at: at0 };
  await at.store.urgent
    .insertInto('devices')
    .values({ ...row, id: 'horn-4', name: '' })
    .execute();
  await at.store.urgent.insertInto('presence').values({ device_id: 'horn-4', state: 'offline', since: at0, health: '{}' }).execute();
  at.said[0]?.end({ outcome: 'failed', reason: 'refused' });
  await until(() => expect(at.jobs).toHaveLength(1));
  await work(at, here);
  expect((await summary(at, broadcast)).find(([, , , insteadOf]) => insteadOf === 'horn-1')?.[0]).toBe('horn-5');
});

test('a loudspeaker that stays out of reach is given up after three tries where another can stand in', async () => {
  const { at, here, broadcast } = await warned({});
  for (const [tries, pause] of [
    [1, 1],
    [2, 2],
    [3, 0],
  ] as const) {
    await until(() => expect(at.said).toHaveLength(tries));
    at.said[tries - 1]?.end({ outcome: 'unreachable', reason: 'unreachable: no route' });
    await until(async () => expect((await summary(at, broadcast))[0]?.[2]).toBe('unreachable: no route'));
    await until(async () => expect((await at.store.urgent.selectFrom('broadcast_targets').select('lease').execute())[0]?.lease).toBeNull());
    await at.clock.advance(seconds(pause));
    await here.handle(broadcast);
  }
  await work(at, here);
  await until(async () =>
    expect(await summary(at, broadcast)).toEqual([
      ['horn-1', 'failed', 'unreachable: no route', undefined],
      ['horn-2', 'playing', undefined, 'horn-1'],
    ]),
  );
});
