import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Accepted, Job } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { incidentIdOf, uuidv7 } from '../store/ids.ts';
import { insertSignals, type NewSignal } from '../store/signals.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openAway } from './away.ts';
import { openSpools } from './spools.ts';

async function opened() {
  const store = await freshStore();
  const clock = manualClock();
  const folder = await mkdtemp(join(tmpdir(), 'baiying-away-'));
  const jobs: Job[] = [];
  const ordered: string[] = [];
  const away = openAway({
    ...{ store, clock, log: quiet },
    spools: await openSpools(folder, 'one', quiet),
    lanes: { offer: (job) => void jobs.push(job) },
    firstOrders: {
      decide: ({ id }) => ({
        ...{ unitIds: ['near'], send: () => void ordered.push(id) },
        withdraw: () => void ordered.push(`not ${id}`),
      }),
      forget: async () => void ordered.push('forgotten'),
    },
  });
  onTestFinished(async () => {
    await away.close();
    await rm(folder, { recursive: true, force: true });
  });
  const signal = (more: Partial<NewSignal> = {}): NewSignal => ({
    ...{ id: uuidv7(clock.now()), deviceId: 'key', deviceKind: 'key', type: 'press', active: true, at: clock.now() },
    ...{ receivedAt: clock.now(), exercise: false, lane: 'urgent', data: {}, settled: false, via: 'mqtt' },
    ...more,
  });
  return { away, clock, folder, jobs, ordered, signal, store };
}

test('a record that gives no answer within two seconds is away, and the next signal does not wait for it', async () => {
  const { away, clock, ordered, signal } = await opened();
  const first = signal();
  const kept = away.keep(first, () => new Promise(() => undefined));
  expect(away.since).toBeUndefined();
  await clock.advance(seconds(2));
  expect(await kept).toEqual({ signalId: first.id, known: false });
  expect(away.since).toBe(clock.now());
  const second = signal();
  await away.keep(second, () => Promise.reject(new Error('must not be asked')));
  expect([ordered, away.waiting]).toEqual([[first.id, second.id], 2]);
});

test('a record that is slow but takes one after the other is not away; once it takes nothing for two seconds, it is', async () => {
  const { away, clock, signal } = await opened();
  const slow = Promise.withResolvers<Accepted>();
  const [first, last] = [signal(), signal()];
  const kept = away.keep(first, () => slow.promise);
  await clock.advance(seconds(1.5));
  await away.keep(signal(), async () => ({ signalId: 'other', known: false }));
  const frozen = away.keep(last, () => new Promise(() => undefined));
  await clock.advance(seconds(1.5));
  expect([away.since, away.waiting]).toEqual([undefined, 0]);
  slow.resolve({ signalId: first.id, known: false });
  expect(await kept).toEqual({ signalId: first.id, known: false });
  await clock.advance(seconds(2));
  expect(await frozen).toEqual({ signalId: last.id, known: false });
  expect([away.since, away.waiting]).toEqual([clock.now(), 1]);
});

test('a fault of the signal itself is told, and is no reason to think that the record is away', async () => {
  const { away, signal } = await opened();
  await expect(away.keep(signal(), () => Promise.reject(new Error('a column is missing')))).rejects.toThrow('a column is missing');
  expect([away.since, away.waiting]).toEqual([undefined, 0]);
});

test('a call that no disk takes is not acknowledged and sends nobody; said again, it sends as if it were new', async () => {
  const { away, folder, ordered, signal } = await opened();
  const readOnly = () => Promise.reject(Object.assign(new Error('Read-only file system'), { code: '42501' }));
  const press = signal();
  const calls = join(folder, 'one', 'calls');
  await rename(calls, `${calls} is gone`);
  await writeFile(calls, 'no folder');
  await expect(away.keep(press, readOnly)).rejects.toMatchObject({ code: 'record-unavailable', cause: { code: 'EEXIST' } });
  await rm(calls);
  await rename(`${calls} is gone`, calls);
  await away.keep(press, readOnly);
  expect([ordered, away.waiting, away.sentFor.length]).toEqual([[`not ${press.id}`, press.id], 1, 1]);
});

test('taken in: each once, with whom it sent; answers wait until the call that they belong to is decided', async () => {
  const { away, clock, jobs, ordered, signal, store } = await opened();
  const lost = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
  const press = signal({ eventId: '7' });
  const answer = signal({ type: 'report', deviceId: 'radio', deviceKind: 'radio', data: { orderId: press.id, state: 'accepted' } });
  for (const one of [answer, press, signal({ eventId: '7' })]) await away.keep(one, lost);
  const rows = () => store.desk.selectFrom('signals').select(['id', 'ours']).execute();

  const taking = clock.advance(seconds(1));
  await vi.waitFor(async () => expect(await rows()).toHaveLength(1), { timeout: 20_000, interval: 10 });
  expect(await rows()).toEqual([{ id: press.id, ours: { firstOrders: ['near'] } }]);
  await store.desk.updateTable('signals').set({ sorted_at: new Date() }).where('id', '=', press.id).execute();
  await taking;
  expect((await rows()).map(({ id }) => id).sort()).toEqual([press.id, answer.id].sort());
  expect(jobs.map((job) => 'id' in job && job.id)).toEqual([press.id, answer.id]);
  expect([away.since, away.waiting, ordered.at(-1)]).toEqual([undefined, 0, 'forgotten']);
});

test('a call that the record took late and put elsewhere is told who was sent for it, and is decided again', async () => {
  const { away, clock, jobs, signal, store } = await opened();
  // Whoever presses may write the word; it is not the product's.
  const undecided = signal({ deviceId: 'a', data: { firstOrders: ['nobody'] } });
  const [elsewhere, own] = [signal({ deviceId: 'b' }), signal({ deviceId: 'c' })];
  const another = incidentIdOf(undecided);
  const late = async (one: NewSignal, incident?: string): Promise<never> => {
    await insertSignals(store.ear, [one]);
    if (incident !== undefined) {
      const told = { kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false, exercise: false };
      const at = { opened_at: new Date(), last_signal_at: new Date() };
      await store.desk
        .insertInto('incidents')
        .values({ ...told, ...at, id: incident, number: incident === another ? '1' : '2' })
        .execute();
      await store.desk.updateTable('signals').set({ sorted_at: new Date(), incident_id: incident }).where('id', '=', one.id).execute();
    }
    throw new Fault('record-unavailable');
  };
  await Promise.all([
    away.keep(undecided, () => late(undecided)),
    away.keep(elsewhere, () => late(elsewhere, another)),
    away.keep(own, () => late(own, incidentIdOf(own))),
  ]);

  await clock.advance(seconds(1));
  const rows = await store.desk.selectFrom('signals').select(['id', 'incident_id', 'ours', 'sorted_at']).execute();
  const [sent, found] = [{ firstOrders: ['near'] }, new Map(rows.map((row) => [row.id, row]))];
  expect(found.get(undecided.id)).toMatchObject({ incident_id: null, sorted_at: null, ours: sent });
  expect(found.get(elsewhere.id)).toMatchObject({ incident_id: null, sorted_at: null, ours: sent });
  expect(found.get(own.id)).toMatchObject({ incident_id: incidentIdOf(own), sorted_at: expect.any(Date), ours: sent });
  expect(jobs.map((job) => 'id' in job && job.id)).toEqual(expect.arrayContaining([undecided.id, elsewhere.id]));
});

test('one that the record can never take keeps no other out, and is kept for people', async () => {
  const { away, clock, folder, signal, store } = await opened();
  const lost = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
  const good = [signal(), signal()];
  for (const one of [good[0], signal({ id: 'no uuid' }), good[1]]) if (one) await away.keep(one, lost);
  await clock.advance(seconds(1));
  const rows = await store.desk.selectFrom('signals').select('id').orderBy('id').execute();
  expect(rows.map(({ id }) => id)).toEqual(good.map(({ id }) => id).sort());
  const calls = join(folder, 'one', 'calls');
  const [left = '', ...more] = await readdir(calls);
  expect(JSON.parse(await readFile(join(calls, left), 'utf8'))).toMatchObject({ id: 'no uuid', type: 'press' });
  expect(more).toEqual([]);
  expect([away.since, away.waiting]).toEqual([undefined, 0]);
});

test('calls of a broker that is no more come into the record by one of the same data folder', async () => {
  const { away, clock, folder, signal, store } = await opened();
  const call = signal();
  const dead = await openSpools(folder, 'dead', quiet);
  await dead.calls.keep(call);
  const long = new Date(Date.now() - seconds(300));
  const left = join(folder, 'dead', 'calls');
  for (const path of [join(folder, 'dead'), ...(await readdir(left)).map((name) => join(left, name))]) await utimes(path, long, long);
  await clock.advance(seconds(10.5));
  const rows = await store.desk.selectFrom('signals').select('id').execute();
  expect([rows, away.waiting]).toEqual([[{ id: call.id }], 0]);
});
