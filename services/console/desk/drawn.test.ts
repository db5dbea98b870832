import { expect, test } from 'vitest';
import { drawn, inSight } from './drawn.ts';

test('in sight is every row of which a part can be seen', () => {
  expect(inSight(0, 300, 100)).toEqual({ first: 0, end: 3 });
  expect(inSight(50, 300, 100)).toEqual({ first: 0, end: 4 });
  expect(inSight(0, 300, 0)).toEqual({ first: 0, end: 0 });
});

test.each([
  ['the top of a long list', { first: 0, end: 2 }, 500, [], [0, 7]],
  ['the middle of it', { first: 100, end: 102 }, 500, [], [94, 107]],
  ['its end', { first: 498, end: 500 }, 500, [], [492, 499]],
  ['a list shorter than the window', { first: 0, end: 20 }, 3, [], [0, 2]],
  ['an empty list', { first: 0, end: 20 }, 0, [-1], [undefined, undefined]],
  ['a row that must not go, far away', { first: 0, end: 2 }, 500, [-1, 400], [0, 400]],
])('of %s only what matters is drawn', (_name, span, count, kept, [first, last]) => {
  const places = drawn(span, count, kept);
  expect([places[0], places.at(-1)]).toEqual([first, last]);
  expect(places.length).toBeLessThan(20);
});
