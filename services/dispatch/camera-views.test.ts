import { expect, onTestFinished, test } from 'vitest';
import { hours, minutes, rfc3339, seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openCameraViews } from './camera-views.ts';
import { ledgerRoutes } from './routes/rounds-ledger.ts';
import { testApp } from './routes/test-app.ts';

const noon = Date.UTC(2026, 10, 21, 12);

async function rig() {
  const store = await freshStore();
  const clock = manualClock(noon);
  const dated = { created_at: new Date(noon), updated_at: new Date(noon) };
  for (const id of ['a', 'b', 'c'])
    await store.desk
      .insertInto('devices')
      .values({ id, kind: 'camera', driver: 'mqtt', name: id, settings: '{}', exercise: false, ...dated })
      .execute();
  const app = await testApp(ledgerRoutes({ db: store.desk, clock }));
  const views = openCameraViews({ store, clock, log: quiet });
  onTestFinished(() => views.close());
  const ledger = async (query = '') => (await app.inject(`/rounds/ledger${query}`)).json().items as Record<string, string>[];
  const unseen = async (days: number) =>
    ((await app.inject(`/rounds/unseen?days=${days}`)).json().items as Record<string, string>[]).map(({ cameraId, lastSeenAt }) => [
      cameraId,
      lastSeenAt,
    ]);
  return { store, clock, views, ledger, unseen, app };
}

test('a stream is one view from its first picture to its end', async () => {
  const { clock, views, ledger } = await rig();
  const end = views.begin({ cameraId: 'a', by: 'wang' });
  await clock.advance(seconds(40));
  expect(await ledger()).toEqual([{ id: expect.any(String), cameraId: 'a', by: 'wang', how: 'live', beganAt: rfc3339(noon) }]);
  end();
  end();
  await clock.advance(seconds(15));
  expect(await ledger('?cameraId=a&by=wang')).toMatchObject([{ endedAt: rfc3339(noon + seconds(40)) }]);
  expect(await ledger('?cameraId=b')).toEqual([]);
});

test('pictures that follow each other are one view; after a pause another begins', async () => {
  const { clock, views, ledger } = await rig();
  for (let second = 0; second < 20; second += 2) {
    views.glance({ cameraId: 'a', by: 'li' });
    await clock.advance(seconds(2));
  }
  await clock.advance(seconds(30));
  views.glance({ cameraId: 'a', by: 'li' });
  await clock.advance(seconds(60));
  expect(await ledger()).toMatchObject([
    { how: 'stills', beganAt: rfc3339(noon + seconds(50)), endedAt: rfc3339(noon + seconds(50)) },
    { how: 'stills', beganAt: rfc3339(noon), endedAt: rfc3339(noon + seconds(18)) },
  ]);
});

test('a stop ends every view; one of a process that died ends when it was last known to go on', async () => {
  const { store, clock, views, ledger } = await rig();
  views.begin({ cameraId: 'a', by: 'wang' });
  await clock.advance(seconds(5));
  await views.close();
  expect(await ledger()).toMatchObject([{ endedAt: rfc3339(noon + seconds(5)) }]);

  const died = manualClock(clock.now());
  const dead = openCameraViews({ store, clock: died, log: quiet });
  dead.begin({ cameraId: 'b', by: 'wang' });
  await died.advance(seconds(30));
  const next = openCameraViews({ store, clock, log: quiet });
  onTestFinished(() => next.close());
  await clock.advance(minutes(5));
  expect(await ledger('?cameraId=b')).toMatchObject([{ endedAt: rfc3339(noon + seconds(35)) }]);
});

test('cameras at which nobody looked, those never looked at first', async () => {
  const { clock, views, unseen } = await rig();
  views.begin({ cameraId: 'a', by: 'wang' })();
  await clock.advance(hours(30));
  views.begin({ cameraId: 'b', by: 'wang' })();
  await clock.advance(hours(1));
  expect(await unseen(1)).toEqual([
    ['c', undefined],
    ['a', rfc3339(noon)],
  ]);
  expect(await unseen(2)).toEqual([['c', undefined]]);
});

test('the ledger in pages', async () => {
  const { clock, views, app } = await rig();
  for (const cameraId of ['a', 'b', 'c']) {
    views.begin({ cameraId, by: 'wang' })();
    await clock.advance(seconds(20));
  }
  const first = (await app.inject('/rounds/ledger?limit=2')).json();
  const rest = (await app.inject(`/rounds/ledger?limit=2&cursor=${first.nextCursor}`)).json();
  expect([...first.items, ...rest.items].map(({ cameraId }: { cameraId: string }) => cameraId)).toEqual(['c', 'b', 'a']);
  expect(rest.nextCursor).toBeUndefined();
});
