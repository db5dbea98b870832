import { expect, test } from 'vitest';
import { minutes } from '../alarm/index.ts';
import { believedFor, coverageByGrid, coverageOf, stateOf } from './coverage.ts';

test.each([
  [true, undefined, 'faulty'],
  [true, 0, 'faulty'],
  [false, undefined, 'unknown'],
  [false, 0, 'good'],
  [false, 30, 'good'],
  [false, 31, 'unknown'],
])('faulty %s, judged %s minutes ago: %s', (faulty, ago, state) => {
  const now = minutes(100);
  expect(stateOf(faulty, ago === undefined ? undefined : { cameraId: 'c', judgedAt: now - minutes(ago) }, now, minutes(30))).toBe(state);
});

test('a good word holds for three rounds, however long the round', () => {
  expect(believedFor(minutes(10), 60, 100)).toBe(minutes(30));
  expect(believedFor(minutes(10), 60, 6000)).toBe(minutes(300));
  expect(believedFor(minutes(10), 0, 6000)).toBe(minutes(30));
});

test('figures of each grid, one without cameras, and of what lies in none', () => {
  const cameras = [
    { gridId: 'a', state: 'good' },
    { gridId: 'a', state: 'good' },
    { gridId: 'a', state: 'faulty' },
    { gridId: 'gone', state: 'good' },
    { state: 'unknown' },
  ] as const;
  const names = ['a', 'b'].map((id) => ({ id, name: id.toUpperCase() }));
  expect(coverageByGrid(cameras, names)).toEqual([
    { gridId: 'a', name: 'A', cameras: 3, good: 2, faulty: 1, unknown: 0, percent: 66.7 },
    { gridId: 'b', name: 'B', cameras: 0, good: 0, faulty: 0, unknown: 0 },
    { cameras: 2, good: 1, faulty: 0, unknown: 1, percent: 50 },
  ]);
  expect(coverageOf(cameras)).toMatchObject({ cameras: 5, good: 3, percent: 60 });
});
