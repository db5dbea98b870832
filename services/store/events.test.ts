import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Db, openStore } from './connect.ts';
import {
  type Cursor,
  compareCursors,
  type EventRow,
  eventsLeft,
  forgetEvents,
  forgottenCursor,
  formatCursor,
  latestCursor,
  type NewEvent,
  parseCursor,
  putEvents,
  readEvents,
  startOfEvents,
  toCloudEvent,
} from './events.ts';
import { freshDatabase, freshStore, quiet } from './testing.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const event = (subject: string, at = noon): NewEvent => ({ type: 'baiying.incident.opened.v1', subject, at, data: { note: 'a\u0000b' } });

/** Other tests write to databases of the same server, and its transactions are numbered as one. */
const settled = (db: Db, after: Cursor, count: number): Promise<EventRow[]> =>
  vi.waitFor(
    async () => {
      const rows = await readEvents(db, after, 10);
      if (rows.length < count) throw new Error(`${rows.length} of ${count} events`);
      return rows;
    },
    { timeout: 20_000, interval: 10 },
  );

test('an event of a transaction that commits late is read in its place, and nothing after it before that', async () => {
  const { desk, routine } = await freshStore();
  await putEvents(desk, [event('first')]);
  await settled(desk, startOfEvents, 1);
  const early = await routine.startTransaction().execute();
  await putEvents(early, [event('early')]);
  await putEvents(desk, [event('late')]);

  const before = await readEvents(desk, startOfEvents, 10);
  expect(before.map((row) => row.subject)).toEqual(['first']);
  expect(await eventsLeft(desk, before[0] ?? startOfEvents)).toBe(true);
  expect(formatCursor(await latestCursor(desk))).toBe(formatCursor(before[0] ?? startOfEvents));

  await early.commit().execute();
  const after = await settled(desk, before[0] ?? startOfEvents, 2);
  expect(after.map((row) => row.subject)).toEqual(['early', 'late']);
  expect(await eventsLeft(desk, after[1] ?? startOfEvents)).toBe(false);
});

test('what is read is on disk, also where its writer did not wait: a server that died would give its place to another', async () => {
  const { connection, drop } = await freshDatabase();
  // The tests' own role never waits for the disk.
  const store = await openStore({ connection: { ...connection, options: '-c synchronous_commit=on' }, log: quiet });
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  const { desk, fleeting } = store;
  let place = startOfEvents;
  const ways = [async () => (place = (await settled(desk, place, 1)).at(-1) ?? place), async () => (place = await latestCursor(desk))];
  // Sometimes the server flushes by itself in between, so that once says little.
  for (const read of Array.from({ length: 10 }, () => ways).flat()) {
    await putEvents(fleeting, [event('relaxed')]);
    const { rows } = await sql<{ written: string }>`select pg_current_wal_insert_lsn()::text as written`.execute(desk);
    await read();
    const flushed = await sql<{ lag: string }>`
      select greatest(0, ${rows[0]?.written}::pg_lsn - pg_current_wal_flush_lsn())::text as lag`.execute(desk);
    expect(flushed.rows).toEqual([{ lag: '0' }]);
  }
});

test('events of a transaction that fails are never read and hold nobody back', async () => {
  const { desk } = await freshStore();
  const failed = desk.transaction().execute(async (trx) => {
    await putEvents(trx, [event('never')]);
    await sql`select 1 / 0`.execute(trx);
  });
  await expect(failed).rejects.toThrow('division by zero');
  await putEvents(desk, [event('only')]);
  expect((await settled(desk, startOfEvents, 1)).map((row) => row.subject)).toEqual(['only']);
});

test('the CloudEvent of a row has its place as id', async () => {
  const { desk } = await freshStore();
  await putEvents(desk, [event('incidents/1')]);
  const [row] = await settled(desk, startOfEvents, 1);
  if (!row) throw new Error('no event');
  expect(toCloudEvent(row)).toEqual({
    specversion: '1.0',
    id: `${row.tx}-${row.seq}`,
    source: '/baiying',
    type: 'baiying.incident.opened.v1',
    subject: 'incidents/1',
    time: '2026-11-21T12:00:00.000Z',
    datacontenttype: 'application/json',
    data: { note: 'a\ufffdb' },
  });
});

test('forgotten events leave a mark, and the newest place outlives its event', async () => {
  const { desk } = await freshStore();
  await putEvents(desk, [event('old', noon - 1000)]);
  await putEvents(desk, [event('older still', noon - 2000)]);
  const rows = await settled(desk, startOfEvents, 2);
  expect(await forgottenCursor(desk)).toEqual(startOfEvents);
  expect(await forgetEvents(desk, noon, 1)).toBe(1);
  expect(await forgetEvents(desk, noon, 1)).toBe(1);
  expect(await forgetEvents(desk, noon, 1)).toBe(0);
  const last = rows.at(-1) ?? startOfEvents;
  expect(formatCursor(await forgottenCursor(desk))).toBe(formatCursor(last));
  expect(formatCursor(await latestCursor(desk))).toBe(formatCursor(last));
});

test.each([
  ['12-34', { tx: '12', seq: '34' }],
  ['18446744073709551615-9223372036854775807', { tx: '18446744073709551615', seq: '9223372036854775807' }],
  ['18446744073709551616-1', undefined],
  ['1-9223372036854775808', undefined],
  ['12', undefined],
  ['-1-2', undefined],
  ["1-2'; drop", undefined],
  ['', undefined],
])('cursor %s', (text, cursor) => {
  expect(parseCursor(text)).toEqual(cursor);
});

test('cursors compare by number, transaction first', () => {
  expect(compareCursors({ tx: '9', seq: '10' }, { tx: '10', seq: '1' })).toBe(-1);
  expect(compareCursors({ tx: '10', seq: '9' }, { tx: '10', seq: '10' })).toBe(-1);
  expect(compareCursors({ tx: '10', seq: '9' }, { tx: '10', seq: '9' })).toBe(0);
});
