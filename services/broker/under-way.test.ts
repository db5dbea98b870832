import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { openUnderWay } from './under-way.ts';

test('a stop waits for what is under way, also for what begins meanwhile, and however it ends', async () => {
  const underWay = openUnderWay(manualClock());
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  underWay.add(first.promise);
  const ended = underWay.ended(seconds(2));
  underWay.add(second.promise);
  first.reject(new Error('the record is away'));
  second.resolve();
  expect(await ended).toBe(true);
});

test('it waits no longer than its patience', async () => {
  const clock = manualClock();
  const underWay = openUnderWay(clock);
  underWay.add(new Promise(() => undefined));
  const ended = underWay.ended(seconds(2));
  await clock.advance(seconds(2));
  expect(await ended).toBe(false);
});

test('nothing under way is no reason to wait', async () => {
  expect(await openUnderWay(manualClock()).ended(seconds(2))).toBe(true);
});
