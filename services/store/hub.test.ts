import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenHub, openHub } from './hub.ts';
import { freshDatabase, freshStore, quiet } from './testing.ts';

async function twoHubs(): Promise<{ one: OpenHub; two: OpenHub; admin: pg.Client }> {
  const { connection, drop } = await freshDatabase();
  const [one, two] = await Promise.all([openHub({ connection, log: quiet }), openHub({ connection, log: quiet })]);
  const admin = new pg.Client({ ...connection });
  await admin.connect();
  onTestFinished(async () => {
    await Promise.all([one.close(), two.close(), admin.end()]);
    await drop();
  });
  return { one, two, admin };
}

/** Collects what is heard; `until` resolves once enough was. */
function ear() {
  const heard: string[] = [];
  let wake: () => void = () => undefined;
  return {
    heard,
    hear: (about: string) => {
      heard.push(about);
      wake();
    },
    async until(enough: (heard: readonly string[]) => boolean) {
      while (!enough(heard)) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

test('news is heard here and in the other process, once each, and only by its topic', async () => {
  const { one, two } = await twoHubs();
  const here = ear();
  const there = ear();
  const other = ear();
  one.listen('mail', here.hear);
  two.listen('mail', there.hear);
  two.listen('policy', other.hear);
  one.tell('mail', 'broker-1');
  await there.until((heard) => heard.length > 0);
  one.tell('mail', 'last');
  await there.until((heard) => heard.includes('last'));
  expect({ here: here.heard, there: there.heard, other: other.heard }).toEqual({
    here: ['broker-1', 'last'],
    there: ['broker-1', 'last'],
    other: [],
  });
});

test('a burst goes out together, the same news once, and none is lost at the length that a notice may have', async () => {
  const { one, two } = await twoHubs();
  const there = ear();
  two.listen('mail-done', there.hear);
  const ids = Array.from({ length: 500 }, (_, i) => `${i}-${'x'.repeat(40)}-号`);
  for (const id of [...ids, ...ids]) one.tell('mail-done', id);
  one.tell('mail-done', 'last');
  await there.until((heard) => heard.includes('last'));
  expect(there.heard).toEqual([...ids, 'last']);
});

test('without about, everything of the topic is meant', async () => {
  const { one, two } = await twoHubs();
  const there = ear();
  two.listen('policy', there.hear);
  one.tell('policy');
  await there.until((heard) => heard.length > 0);
  expect(there.heard).toEqual(['all']);
});

test('a stopped listener hears no more, and a failing one does not keep the others from hearing', async () => {
  const { one } = await twoHubs();
  const here = ear();
  one.listen('events', () => {
    throw new Error('no luck');
  });
  const stopped = ear();
  one.listen('events', stopped.hear).stop();
  one.listen('events', here.hear);
  one.tell('events', 'x');
  await here.until((heard) => heard.length > 0);
  expect(stopped.heard).toEqual([]);
});

test('after the connection was cut every listener hears all, and news flows again, also what was told meanwhile', async () => {
  const { one, two, admin } = await twoHubs();
  const there = ear();
  two.listen('register', there.hear);
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'baiying-hub' and datname = current_database()`,
  );
  one.tell('register', 'devices:key-1');
  await there.until((heard) => heard.includes('all'));
  one.tell('register', 'devices:key-2');
  await there.until((heard) => heard.includes('devices:key-2'));
  // The news told meanwhile may come before or after it: listening is on again before the listeners are woken.
  expect(there.heard).toContain('all');
});

test('a notice of someone else on the channel is left aside', async () => {
  const { one, two, admin } = await twoHubs();
  const there = ear();
  two.listen('events', there.hear);
  for (const payload of ['', 'hello', '{"from":1,"news":[]}', '{"from":"x","news":[["events"]]}']) {
    await admin.query('select pg_notify($1, $2)', ['baiying', payload]);
  }
  one.tell('events', 'ours');
  await there.until((heard) => heard.length > 0);
  expect(there.heard).toEqual(['ours']);
});

test('a store brings its hub', async () => {
  const store = await freshStore();
  const here = ear();
  store.hub.listen('events', here.hear);
  store.hub.tell('events', 'x');
  await here.until((heard) => heard.length > 0);
  expect(here.heard).toEqual(['x']);
});
