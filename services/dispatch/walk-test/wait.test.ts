import { expect, test } from 'vitest';
import { seconds } from '../../alarm/index.ts';
import type { Hub } from '../../ports.ts';
import { manualClock } from '../../scenarios/manual-clock.ts';
import { waitFor } from './wait.ts';

function bench() {
  const clock = manualClock();
  const hears = new Set<() => void>();
  const hub: Hub = {
    tell: () => {
      for (const hear of hears) hear();
    },
    listen: (_topic, hear) => {
      const told = () => hear('');
      hears.add(told);
      return { stop: () => void hears.delete(told) };
    },
  };
  return { clock, hub, hears };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const open = () => new AbortController().signal;

test('looks at once, at each news and every two seconds, and leaves nothing behind', async () => {
  const { clock, hub, hears } = bench();
  let looks = 0;
  const found = waitFor({ hub, clock }, clock.now() + seconds(60), open(), async () => {
    looks += 1;
    return looks === 4 ? 'here' : undefined;
  });
  await turn();
  expect(looks).toBe(1);
  hub.tell('events');
  await turn();
  expect(looks).toBe(2);
  await clock.advance(seconds(2) - 1);
  await turn();
  expect(looks).toBe(2);
  await clock.advance(1);
  await turn();
  expect(looks).toBe(3);
  hub.tell('events');
  expect(await found).toBe('here');
  expect([hears.size, clock.list()]).toEqual([0, []]);
});

test('news that comes during a look is looked for again', async () => {
  const { clock, hub } = bench();
  let looks = 0;
  const found = waitFor({ hub, clock }, clock.now() + seconds(60), open(), async () => {
    looks += 1;
    if (looks > 1) return looks;
    hub.tell('events');
    return undefined;
  });
  expect(await found).toBe(2);
});

test.each(['its time', 'an abort'])('ends with %s, after a last look', async (end) => {
  const { clock, hub } = bench();
  const ending = new AbortController();
  let looks = 0;
  const found = waitFor({ hub, clock }, clock.now() + seconds(1), ending.signal, async () => {
    looks += 1;
    return undefined;
  });
  await turn();
  if (end === 'an abort') ending.abort();
  else await clock.advance(seconds(1));
  expect(await found).toBeUndefined();
  expect(looks).toBe(2);
});
