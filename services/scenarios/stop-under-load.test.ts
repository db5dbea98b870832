import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { bankWithKeys, dataFolder, eventIds, signInTo, startBaiying } from './process.ts';

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
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(200), { timeout: 30_000 });
  const asked = performance.now();
  first.signal('SIGTERM');
  const code = await first.ended;
  const took = performance.now() - asked;
  for (const key of keys) await key.vanish();
  await ended;
  expect({ code, loud: first.log().filter(({ level }) => level >= 40) }).toEqual({ code: 0, loud: [] });
  expect(took).toBeLessThan(10_000);

  const second = await startBaiying({ BAIYING_DATA: data });
  const kept = await eventIds(await signInTo(second.http));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
}, 120_000);
