import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { bankWithKeys, dataFolder, eventIds, patiently, signInTo, startBaiying } from './process.ts';

test('a stop in the midst of presses is quiet and quick, ends with 0, and loses nothing that was acknowledged', async () => {
  const data = await dataFolder();
  const first = await startBaiying({ BAIYING_DATA: data });
  const { keys } = await bankWithKeys(first, await signInTo(first.http), 20);
  const acknowledged: string[] = [];
  const pressing = keys.map(async (key) => {
    for (;;) {
      const id = randomUUID();
      await key.press('assist', id);
      acknowledged.push(id);
    }
  });
  const ended = Promise.allSettled(pressing);
  await patiently(() => expect(acknowledged.length).toBeGreaterThan(200));
  first.signal('SIGTERM');
  const code = await first.ended;
  for (const key of keys) await key.vanish();
  await ended;
  // A stop that takes longer than it may is cut short, and says so.
  expect({ code, loud: first.log().filter(({ level }) => level >= 40) }).toEqual({ code: 0, loud: [] });

  const second = await startBaiying({ BAIYING_DATA: data });
  const kept = await eventIds(await signInTo(second.http));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});
