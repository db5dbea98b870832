import { expect, test } from 'vitest';
import { freshness, playOn } from './freshness.ts';

const facts = { askedAt: 0, lag: 0, trouble: false, closed: false, pace: 'stream' as const };

test.each([
  ['nothing yet', {}, 1000, 'opening'],
  ['nothing for long', {}, 6001, 'none'],
  ['a camera that says there is none', { trouble: true }, 10, 'none'],
  ['a line that broke before the first', { closed: true }, 10, 'none'],
  ['one that just came', { shownAt: 1000 }, 1040, 'live'],
  ['one that stands for two seconds', { shownAt: 1000 }, 3000, 'live'],
  ['one that stands longer', { shownAt: 1000 }, 3001, 'frozen'],
  ['a line that broke: what stands there is old from that moment', { shownAt: 1000, closed: true }, 1001, 'frozen'],
  ['trouble while it still moves', { shownAt: 1000, trouble: true }, 1400, 'live'],
  ['trouble, and it moves no more', { shownAt: 1000, trouble: true }, 1501, 'frozen'],
  ['a picture that moves but is late', { shownAt: 1000, lag: 4000 }, 1040, 'late'],
  ['stills come slowly', { shownAt: 1000, pace: 'stills' as const }, 8000, 'live'],
  ['and stand still later', { shownAt: 1000, pace: 'stills' as const }, 9001, 'frozen'],
])('%s', (_what, more, now, kind) => {
  expect(freshness({ ...facts, ...more }, now).kind).toBe(kind);
});

test('the age of a picture is how old it was when it came, and how long it stands', () => {
  expect(freshness({ ...facts, shownAt: 1000, lag: 300 }, 1200)).toEqual({ kind: 'live', age: 500 });
});

test.each([
  ['nothing received', [], 0, { rate: 1 }],
  ['joining', [[10, 12]], 0, { seek: 11.85, rate: 1 }],
  [
    'after a gap',
    [
      [1, 2],
      [5, 5.1],
    ],
    2,
    { seek: 5, rate: 1 },
  ],
  ['far behind', [[0, 10]], 7, { seek: 9.85, rate: 1 }],
  ['far behind, and it jumped just now', [[0, 10]], 7, { rate: 1.1 }, 100],
  ['a little behind', [[0, 10]], 9.2, { rate: 1.1 }],
  ['at the edge', [[0, 10]], 9.8, { rate: 1 }],
] as const)('%s', (_what, ranges, at, expected, sinceJump: number = 60_000) => {
  expect(playOn(ranges, at, sinceJump)).toEqual(expected);
});
