import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../devices/driver.ts';
import { milliseconds, minutes, seconds } from '../alarm/index.ts';
import type { Accepted, Job, Speaker } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openEar } from './accept.ts';

const key: Speaker = { id: 'key', kind: 'key', exercise: false };
const camera: Speaker = { id: 'camera', kind: 'camera', exercise: false };
const press = (more: Partial<Fact> = {}): Fact => ({ type: 'press', active: true, data: {}, ...more });
const motion = (active = true): Fact => ({ type: 'motion', active, data: {} });
const mqtt = { via: 'mqtt' };

async function ear(more: Partial<Parameters<typeof openEar>[0]> = {}) {
  const store = await freshStore();
  const clock = manualClock();
  const jobs: Job[] = [];
  const moves: (readonly [at: number, receivedAt: number])[] = [];
  const it = openEar({
    store,
    clock,
    log: quiet,
    lanes: { offer: (job) => void jobs.push(job) },
    quiet: seconds(30),
    rest: milliseconds(0),
    moved: (_id, { at, receivedAt }) => void moves.push([at, receivedAt]),
    count: () => undefined,
    ...more,
  });
  /** What the rules are to look at: of the calls that were offered while they were being written, those that came to stand. */
  const asked = async () => {
    const stored = await Promise.all(jobs.map((job) => (job.type === 'signal' ? (job.coming?.stored ?? true) : true)));
    return jobs.filter((_job, index) => stored[index]);
  };
  const rows = () => store.urgent.selectFrom('signals').selectAll().orderBy('received_at').orderBy('id').execute();
  return { ear: it, clock, jobs, moves, asked, rows, store };
}

describe('a press', () => {
  test('stands in the record when it is acknowledged, and goes onto the urgent lane once', async () => {
    const { ear: it, asked, rows } = await ear();
    const { signalId, known } = await it.hear(key, press(), mqtt);
    expect(known).toBe(false);
    expect(await rows()).toMatchObject([{ id: signalId, device_id: 'key', type: 'press', sorted_at: null }]);
    expect(await asked()).toMatchObject([{ type: 'signal', id: signalId, deviceId: 'key', lane: 'urgent', answers: false }]);
  });

  test('is offered to the rules before it is written, and says when it is', async () => {
    const { ear: it, jobs } = await ear();
    const heard = it.hear(key, press(), mqtt);
    const [job] = jobs;
    const coming = job?.type === 'signal' ? job.coming : undefined;
    expect(coming?.settled()).toBe(false);
    const { signalId } = await heard;
    expect(await coming?.stored).toBe(true);
    expect([coming?.settled(), coming?.signal.id]).toEqual([true, signalId]);
  });

  test('with the event id of an earlier one is known and leads to nothing new', async () => {
    const { ear: it, clock, asked, rows } = await ear();
    const first = await it.hear(key, press({ eventId: '7' }), mqtt);
    await clock.advance(minutes(9));
    expect(await it.hear(key, press({ eventId: '7' }), mqtt)).toEqual({ signalId: first.signalId, known: true });
    expect([await rows(), await asked()].map((list) => list.length)).toEqual([1, 1]);
  });

  test('with an event id that was last seen long ago is a press: the counter of a restarted key begins anew', async () => {
    const { ear: it, clock, rows } = await ear();
    await it.hear(key, press({ eventId: '1' }), mqtt);
    await clock.advance(minutes(31));
    expect((await it.hear(key, press({ eventId: '1' }), mqtt)).known).toBe(false);
    expect(await rows()).toHaveLength(2);
  });

  test('with the event id of one in another grade is a press of its own: nobody may miss that it is now under threat', async () => {
    const { ear: it } = await ear();
    await it.hear(key, press({ eventId: '7', grade: 'assist' }), mqtt);
    expect((await it.hear(key, press({ eventId: '7', grade: 'duress' }), mqtt)).known).toBe(false);
  });

  test('of a clock that begins anew at every start is known as long as one without a time', async () => {
    const { ear: it, clock } = await ear();
    const at = Date.UTC(1970, 0, 1, 0, 0, 2);
    await it.hear(key, press({ eventId: '1', at }), mqtt);
    await clock.advance(minutes(9));
    expect((await it.hear(key, press({ eventId: '1', at }), mqtt)).known).toBe(true);
    await clock.advance(minutes(31));
    expect((await it.hear(key, press({ eventId: '1', at }), mqtt)).known).toBe(false);
  });

  test('replayed with its own time is known for ever', async () => {
    const { ear: it, clock } = await ear();
    const at = clock.now() - seconds(1);
    await it.hear(key, press({ eventId: '1', at }), mqtt);
    await clock.advance(minutes(600));
    expect((await it.hear(key, press({ eventId: '1', at }), mqtt)).known).toBe(true);
  });

  test('that the server forgot when it died, before it was on disk, is not acknowledged', async () => {
    const { store } = await ear();
    // The server that comes back knows nothing of what the one before had not flushed.
    const back = await freshStore();
    const it = openEar({
      store: { ...store, ear: back.ear },
      clock: manualClock(),
      log: quiet,
      lanes: { offer: () => undefined },
      quiet: seconds(30),
      rest: milliseconds(0),
      moved: () => undefined,
      count: () => undefined,
    });
    await expect(it.hear(key, press(), mqtt)).rejects.toMatchObject({ code: 'record-unavailable' });
  });

  test('twice within one group is one signal', async () => {
    const { ear: it, rows } = await ear();
    const both = await Promise.all([it.hear(key, press({ eventId: '7' }), mqtt), it.hear(key, press({ eventId: '7' }), mqtt)]);
    expect(both.map((accepted) => accepted.known).sort()).toEqual([false, true]);
    expect(new Set(both.map((accepted) => accepted.signalId)).size).toBe(1);
    expect(await rows()).toHaveLength(1);
  });

  test('without an event id is never taken for a repeat of another', async () => {
    const { ear: it, rows } = await ear();
    await Promise.all([it.hear(key, press(), mqtt), it.hear(key, press(), mqtt)]);
    expect(await rows()).toHaveLength(2);
  });

  test('keeps the bytes that could not be read', async () => {
    const { ear: it, rows } = await ear();
    await it.hear(
      key,
      { type: 'unparsed', active: true, data: { reason: 'not JSON\u0000' } },
      { via: 'mqtt', raw: Buffer.from([0, 255, 7]) },
    );
    expect((await rows())[0]?.raw).toEqual(Buffer.from([0, 255, 7]));
  });
});

describe('chatter', () => {
  test('of one camera within the quiet time is one activity with a count and one job', async () => {
    const { ear: it, clock, jobs, rows } = await ear();
    for (let count = 0; count < 50; count += 1) {
      await it.hear(camera, motion(), mqtt);
      await clock.advance(seconds(1));
    }
    expect(await rows()).toMatchObject([{ type: 'motion', count: 50, active: true }]);
    expect(jobs).toHaveLength(1);
  });

  test.each([
    ['just within the quiet time', 30, 1],
    ['just after it', 30.001, 2],
  ])('%s', async (_name, pause, activities) => {
    const { ear: it, clock, rows } = await ear();
    await it.hear(camera, motion(), mqtt);
    await clock.advance(seconds(pause));
    await it.hear(camera, motion(), mqtt);
    expect(await rows()).toHaveLength(activities);
  });

  test('that never pauses is told anew every five minutes', async () => {
    const { ear: it, clock, jobs } = await ear();
    for (let passed = 0; passed <= 11; passed += 0.25) {
      await it.hear(camera, motion(), mqtt);
      await clock.advance(minutes(0.25));
    }
    expect(jobs).toHaveLength(3);
  });

  test('how things stand is kept and leads to nothing', async () => {
    const { ear: it, jobs, rows } = await ear();
    await it.hear(camera, { type: 'digital-input', active: true, retained: true, data: {} }, { via: 'mqtt', standing: true });
    expect((await rows())[0]?.sorted_at).not.toBeNull();
    expect(jobs).toEqual([]);
  });
});

test('a position is as old as its radio says, and never younger than when it was heard', async () => {
  const { ear: it, clock, moves, store } = await ear();
  const now = clock.now();
  const radio: Speaker = { id: 'radio', kind: 'radio', exercise: false };
  const made = { driver: 'mqtt', name: 'Radio', settings: '{}', created_at: new Date(now), updated_at: new Date(now) };
  await store.desk
    .insertInto('devices')
    .values({ ...radio, ...made })
    .execute();
  for (const at of [now - 5000, undefined, now + 3_600_000]) {
    await it.position(radio, { lat: 30, lon: 120, ...(at === undefined ? {} : { at }) });
  }
  expect(moves).toEqual([
    [now - 5000, now],
    [now, now],
    [now, now],
  ]);
  const { at } = await store.desk.selectFrom('positions').select('at').executeTakeFirstOrThrow();
  expect(at.getTime()).toBe(now);
});

test('a heartbeat that a frozen record does not count is acknowledged all the same: presses of other keys may wait behind it', async () => {
  const away = { since: undefined, waiting: 0, sentFor: [], keep: (_signal: unknown, write: () => Promise<Accepted>) => write() };
  const { ear: it, clock, store } = await ear({ away: { ...away, close: () => Promise.resolve() } });
  const heartbeat: Fact = { type: 'heartbeat', active: true, data: {} };
  const { signalId } = await it.hear(key, heartbeat, mqtt);
  await store.desk.transaction().execute(async (frozen) => {
    await frozen.selectFrom('signals').selectAll().where('id', '=', signalId).forUpdate().execute();
    const heard = it.hear(key, heartbeat, mqtt);
    await clock.advance(seconds(2));
    expect(await heard).toEqual({ signalId, known: true });
  });
});

test('when the record cannot be written nothing is acknowledged, and the fault says so', async () => {
  const { ear: it, asked, store } = await ear();
  await sql`do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`.execute(
    store.urgent,
  );
  // It holds for those that connect from now on.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    store.urgent,
  );
  await expect(it.hear(key, press(), mqtt)).rejects.toMatchObject({ code: 'record-unavailable' });
  expect(await asked()).toEqual([]);
});
