import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { watchWrites } from './writable.ts';

test('a refused signal is an obstacle for ten seconds, in the words of the server', async () => {
  const clock = manualClock();
  const writable = watchWrites(clock, undefined);
  expect(await writable.obstacle()).toBeUndefined();
  writable.refused(new Fault('record-unavailable', undefined, [], { cause: new Error('could not extend file: No space left on device') }));
  await clock.advance(seconds(10) - 1);
  expect(await writable.obstacle()).toBe('signals cannot be written: could not extend file: No space left on device');
  await clock.advance(1);
  expect(await writable.obstacle()).toBeUndefined();
});

test('a signal that is taken ends it', async () => {
  const writable = watchWrites(manualClock(), undefined);
  writable.refused(new Error('the server is gone'));
  writable.taken();
  expect(await writable.obstacle()).toBeUndefined();
});

test('a disk with room is no obstacle', async () => {
  expect(await watchWrites(manualClock(), tmpdir()).obstacle()).toBeUndefined();
});
