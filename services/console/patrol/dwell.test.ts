import { expect, test } from 'vitest';
import { Dwell, nextStop, together } from './dwell.ts';

test('only the time counts in which the picture was the present', () => {
  const dwell = new Dwell();
  expect(dwell.left(1, 10, 0)).toBe(10);
  dwell.note(1, true, 1000);
  expect([dwell.looking(1), dwell.looking(2)]).toEqual([true, false]);
  expect(dwell.left(1, 10, 4500)).toBe(7);
  dwell.note(1, false, 5000);
  expect(dwell.left(1, 10, 60_000)).toBe(6);
  dwell.note(1, true, 60_000);
  dwell.note(1, true, 62_000);
  expect([dwell.left(1, 10, 66_000), dwell.left(1, 10, 90_000), dwell.left(2, 5, 90_000)]).toEqual([0, 0, 5]);
});

test.each([
  [3, [1], 1, 2],
  [3, [1, 3], 3, 2],
  [3, [2], 1, 3],
  [3, [1, 2, 3], 2, 2],
  [1, [], 1, 1],
])('of %d stops with %j found, after %d comes %d', (stops, found, at, expected) => {
  expect(nextStop(stops, new Set(found), at)).toBe(expected);
});

test.each([
  [5, 2, 1, [1, 2]],
  [5, 2, 2, [1, 2]],
  [5, 2, 5, [5]],
  [3, 4, 2, [1, 2, 3]],
  [3, 1, 2, [2]],
])('of %d stops, %d at once, at %d: %j', (stops, atOnce, at, expected) => {
  expect(together(stops, atOnce, at)).toEqual(expected);
});
