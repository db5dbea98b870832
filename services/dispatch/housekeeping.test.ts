import { expect, test } from 'vitest';
import { hours } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { putEvents } from '../store/events.ts';
import { uuidv7 } from '../store/ids.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { addWebhook } from '../store/webhooks.ts';
import { keepTablesSmall } from './housekeeping.ts';

const days = (count: number) => hours(24 * count);

test('events older than seven days and deliveries that ended thirty days ago go, hourly; nothing else does', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const now = clock.now() + hours(1);
  const event = (name: string, age: number) => ({ type: `baiying.${name}.v1`, subject: 'x', at: now - age, data: {} });
  await putEvents(store.desk, [event('old', days(7) + 1), event('week', days(7)), event('new', 0)]);
  const { id: webhookId } = await addWebhook(store.desk, {
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

  const timer = keepTablesSmall({ db: store.routine, clock, log: quiet });
  await clock.advance(hours(1));
  timer.stop();
  expect((await store.desk.selectFrom('events').select('type').orderBy('seq').execute()).map(({ type }) => type)).toEqual([
    'baiying.week.v1',
    'baiying.new.v1',
  ]);
  expect(
    (await store.desk.selectFrom('webhook_deliveries').select('event_seq').orderBy('event_seq').execute()).map((row) => row.event_seq),
  ).toEqual(['3', '4']);
});

test('a failure is logged and costs only that hour', async () => {
  const store = await freshStore();
  const clock = manualClock();
  await putEvents(store.desk, [{ type: 'baiying.old.v1', subject: 'x', at: clock.now() - days(8), data: {} }]);
  await store.desk.schema.alterTable('webhook_deliveries').renameTo('elsewhere').execute();
  const warned: string[] = [];
  const log = quiet.child({});
  log.warn = (_about: unknown, text?: string) => void warned.push(text ?? '');
  const timer = keepTablesSmall({ db: store.routine, clock, log });
  await clock.advance(hours(1));
  await store.desk.schema.alterTable('elsewhere').renameTo('webhook_deliveries').execute();
  await clock.advance(hours(1));
  timer.stop();
  expect(warned).toEqual(['old events and webhook deliveries were not removed; it is tried again in an hour']);
});
