import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { manualClock } from './manual-clock.ts';

test('time stands still until it is moved', async () => {
  const clock = manualClock(1000);
  expect(clock.now()).toBe(1000);
  await clock.advance(seconds(5));
  expect(clock.now()).toBe(6000);
});

test('timers run in order of time, each at its own instant; of two at once the one set first', async () => {
  const clock = manualClock(0);
  const ran: [string, number][] = [];
  const note = (name: string) => () => void ran.push([name, clock.now()]);
  clock.after('c', 30, note('c'));
  clock.after('a', 10, note('a'));
  clock.after('b', 10, note('b'));
  clock.after('not yet', 31, note('not yet'));
  await clock.advance(30);
  expect(ran).toEqual([
    ['a', 10],
    ['b', 10],
    ['c', 30],
  ]);
  expect(clock.list()).toEqual([{ name: 'not yet', due: 31 }]);
});

test('a timer that one sets while it runs belongs to the same advance', async () => {
  const clock = manualClock(0);
  const ran: number[] = [];
  clock.after('first', 10, async () => {
    await Promise.resolve();
    clock.after('second', 10, () => ran.push(clock.now()));
  });
  await clock.advance(20);
  expect(ran).toEqual([20]);
});

test('every comes at each interval until it is stopped', async () => {
  const clock = manualClock(0);
  const ran: number[] = [];
  const timer = clock.every('turn', 10, () => ran.push(clock.now()));
  await clock.advance(35);
  timer.stop();
  timer.stop();
  await clock.advance(100);
  expect(ran).toEqual([10, 20, 30]);
});

test('turns never overlap, not even when two advances are under way', async () => {
  const clock = manualClock(0);
  let under = 0;
  let most = 0;
  clock.every('turn', 10, async () => {
    most = Math.max(most, ++under);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
  });
  await Promise.all([clock.advance(50), clock.advance(50)]);
  expect(most).toBe(1);
});

test('a failing timer fails the advance, after the others ran', async () => {
  const clock = manualClock(0);
  const ran: string[] = [];
  clock.after('fails', 1, async () => {
    throw new Error('no luck');
  });
  clock.after('runs', 2, () => ran.push('runs'));
  await expect(clock.advance(5)).rejects.toThrow('no luck');
  expect({ ran, now: clock.now() }).toEqual({ ran: ['runs'], now: 5 });
});
