import { expect, onTestFinished, test, vi } from 'vitest';
import { manualClock } from '../scenarios/manual-clock.ts';
import { eventsHeldBack, putEvents } from '../store/events.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openLive } from './live.ts';

test('an event that an older writer holds back is told once that writer has ended, though no clock moves and nobody says so', async () => {
  const { desk, routine, hub } = await freshStore();
  const clock = manualClock();
  const live = openLive({ db: desk, hub, clock, log: quiet });
  onTestFinished(() => live.close());
  const heard: string[] = [];
  let cursor = live.position();
  await live.watch(() => {
    heard.push(...(live.after(cursor) ?? []).map((event) => event.type));
    cursor = live.position();
  });
  cursor = live.position();

  const older = await routine.startTransaction().execute();
  await older.insertInto('cursors').values({ name: 'older writer', tx: '0', seq: '0' }).execute();
  await putEvents(desk, [{ type: 'baiying.incident.opened.v1', subject: 'incidents/1', at: clock.now(), data: {} }]);
  const { promise: news, resolve } = Promise.withResolvers<void>();
  const listening = hub.listen('events', () => resolve());
  hub.tell('events');
  await news;
  listening.stop();
  // The reader heard the same news before these questions were asked.
  for (let question = 0; question < 20; question += 1) expect(await eventsHeldBack(desk)).toBe(true);
  expect(heard).toEqual([]);
  await older.rollback().execute();
  await vi.waitFor(() => expect(heard).toEqual(['baiying.incident.opened.v1']), { timeout: 20_000, interval: 10 });
});
