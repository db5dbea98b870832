import { expect, test } from 'vitest';
import { areaOf, cornersOf, linesOf, readCorners } from './corners.ts';

test('the corners of an area are typed as they are read, and closed when they are sent', () => {
  const read = readCorners('30.1, 120.1\n\n30.2 120.1\n30.2，120.2');
  if (!('ring' in read)) throw new Error('these are corners');
  const area = areaOf(read.ring);
  expect(area?.coordinates).toEqual([
    [
      [120.1, 30.1],
      [120.1, 30.2],
      [120.2, 30.2],
      [120.1, 30.1],
    ],
  ]);
  expect(linesOf(cornersOf(area))).toBe('30.1, 120.1\n30.2, 120.1\n30.2, 120.2');
});

test.each([
  ['30.1', 1],
  ['30.1, 120.1\nnorth, 120', 2],
  ['30.1, 120.1, 5', 1],
])('%j names no corner in line %i', (text, line) => {
  expect(readCorners(text)).toEqual({ line });
});

test('no corners are no area', () => {
  expect([areaOf([]), cornersOf(undefined)]).toEqual([undefined, []]);
});
