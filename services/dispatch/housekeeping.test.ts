import { expect, test } from 'vitest';
import { hours } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { type NewEvent, putEvents } from '../store/events.ts';
import { uuidv7 } from '../store/ids.ts';
import { insertSignals, type NewSignal } from '../store/signals.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { addWebhook } from '../store/webhooks.ts';
import { keepTablesSmall } from './housekeeping.ts';

const days = (count: number) => hours(24 * count);
const routineKept = days(90);

test('events older than seven days and deliveries that ended thirty days ago go, hourly; nothing else does', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const now = clock.now() + hours(1);
  const event = (subject: string, age: number): NewEvent => ({ type: 'baiying.incident.opened.v1', subject, at: now - age, data: {} });
  await putEvents(store.desk, [event('old', days(7) + 1), event('week', days(7)), event('new', 0)]);
  const { id: webhookId } = await addWebhook(store.desk, {
    id: uuidv7(clock.now()),
    url: 'https://example.org/',
    types: ['*'],
    sealedSecret: 'x',
    by: 'test',
    now: clock.now(),
  });
  const delivery = (seq: number, state: string, doneAt: number | undefined) => ({
    ...{
      id: uuidv7(clock.now()),
      webhook_id: webhookId,
      event_seq: String(seq),
      event: '{}',
      state,
      next_at: new Date(0),
      created_at: new Date(0),
    },
    done_at: doneAt === undefined ? null : new Date(doneAt),
  });
  const rows = [
    delivery(1, 'delivered', now - days(30) - 1),
    delivery(2, 'dead', now - days(31)),
    delivery(3, 'delivered', now - days(30)),
    delivery(4, 'waiting', undefined),
  ];
  await store.desk.insertInto('webhook_deliveries').values(rows).execute();

  const timer = keepTablesSmall({ db: store.routine, clock, log: quiet, routineKept });
  await clock.advance(hours(1));
  timer.stop();
  expect((await store.desk.selectFrom('events').select('subject').orderBy('seq').execute()).map(({ subject }) => subject)).toEqual([
    'week',
    'new',
  ]);
  expect(
    (await store.desk.selectFrom('webhook_deliveries').select('event_seq').orderBy('event_seq').execute()).map((row) => row.event_seq),
  ).toEqual(['3', '4']);
});

test('a failure is logged and costs only that hour', async () => {
  const store = await freshStore();
  const clock = manualClock();
  await putEvents(store.desk, [{ type: 'baiying.incident.opened.v1', subject: 'old', at: clock.now() - days(8), data: {} }]);
  await store.desk.schema.alterTable('webhook_deliveries').renameTo('elsewhere').execute();
  const warned: string[] = [];
  const log = quiet.child({});
  log.warn = (_about: unknown, text?: string) => void warned.push(text ?? '');
  const timer = keepTablesSmall({ db: store.routine, clock, log, routineKept });
  await clock.advance(hours(1));
  await store.desk.schema.alterTable('elsewhere').renameTo('webhook_deliveries').execute();
  await clock.advance(hours(1));
  timer.stop();
  expect(warned).toEqual(['old events, webhook deliveries and routine signals were not all removed; it is tried again in an hour']);
});

test('routine signals of ninety days ago go; what led to an incident, waits for a decision or is the newest of its kind stays', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const old = clock.now() - days(90);
  const signal = (name: string, age: number, more: Partial<NewSignal> = {}): NewSignal => ({
    ...{ id: uuidv7(clock.now()), deviceId: 'camera', deviceKind: 'camera', type: 'motion', active: true, lane: 'routine' },
    ...{ at: old - age, receivedAt: old - age, exercise: false, settled: true, via: name, data: {} },
    ...more,
  });
  await insertSignals(store.desk, [
    signal('old', days(2)),
    signal('an hour from old', -hours(2)),
    signal('newest of its kind', days(3), { type: 'tamper' }),
    signal('how an input stood', days(2), { ours: { mark: { of: 'input 1', value: {} } } }),
    signal('undecided', days(2), { settled: false }),
    signal('call', days(2), { lane: 'urgent', type: 'press' }),
    signal('call again', days(1), { lane: 'urgent', type: 'press' }),
  ]);
  const timer = keepTablesSmall({ db: store.routine, clock, log: quiet, routineKept });
  const left = async () => (await store.desk.selectFrom('signals').select('via').orderBy('via').execute()).map(({ via }) => via);
  await clock.advance(hours(1));
  const stays = ['call', 'call again', 'how an input stood', 'newest of its kind', 'undecided'];
  expect(await left()).toEqual(['an hour from old', ...stays]);
  await insertSignals(store.desk, [signal('new', -days(80))]);
  await clock.advance(hours(2));
  timer.stop();
  expect(await left()).toEqual([...stays.slice(0, 3), 'new', ...stays.slice(3)]);
});
