import { expect, onTestFinished, test, vi } from 'vitest';
import type { Hub } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import type { Db } from '../store/connect.ts';
import { eventsLeft, putEvents } from '../store/events.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openLive } from './live.ts';

const opened = 'baiying.incident.opened.v1';
const patience = { timeout: 20_000, interval: 10 };

/** One listener at a clock that stands still: the reader's own tick helps nobody. */
async function listening(db: Db, hub: Hub) {
  const live = openLive({ db, hub, clock: manualClock(), log: quiet });
  onTestFinished(() => live.close());
  const heard: string[] = [];
  let cursor = live.position();
  await live.watch(() => {
    heard.push(...(live.after(cursor) ?? []).map((event) => event.type));
    cursor = live.position();
  });
  cursor = live.position();
  return { heard, start: cursor };
}

/** An event in the record, held back by a writer that began before it. */
async function heldBack(desk: Db, routine: Db) {
  const older = await routine.startTransaction().execute();
  await older.insertInto('cursors').values({ name: 'older writer', tx: '0', seq: '0' }).execute();
  await putEvents(desk, [{ type: opened, subject: 'incidents/1', at: 0, data: {} }]);
  return () => older.rollback().execute();
}

test('an event that an older writer holds back is told once that writer has ended, though no clock moves and nobody says so', async () => {
  const { desk, routine, hub } = await freshStore();
  const { heard, start } = await listening(desk, hub);
  const ends = await heldBack(desk, routine);
  const { promise: news, resolve } = Promise.withResolvers<void>();
  const listener = hub.listen('events', () => resolve());
  hub.tell('events');
  await news;
  listener.stop();
  // The reader heard the same news before these questions were asked.
  for (let question = 0; question < 20; question += 1) expect(await eventsLeft(desk, start)).toBe(true);
  expect(heard).toEqual([]);
  await ends();
  await vi.waitFor(() => expect(heard).toEqual([opened]), patience);
});

test('an event whose older writer ends between the reading and the look at what is left is told all the same', async () => {
  const { desk, routine, hub } = await freshStore();
  let afterReading = async (): Promise<void> => undefined;
  const watched = desk.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await afterReading();
      return result;
    },
  });
  const { heard } = await listening(watched, hub);
  const ends = await heldBack(desk, routine);
  afterReading = async () => {
    afterReading = async () => undefined;
    expect(heard).toEqual([]);
    await ends();
  };
  hub.tell('events');
  await vi.waitFor(() => expect(heard).toEqual([opened]), patience);
});
