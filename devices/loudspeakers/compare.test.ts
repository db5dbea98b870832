import { describe, expect, test } from 'vitest';
import { type Comparison, compare, levelOf, quantile } from './compare.ts';
import { likeSpeech } from './voice.ts';

const words = likeSpeech(1000);
const shaped = (change: (sample: number, at: number) => number) => words.map((sample, at) => change(sample, at));

describe('a comparison that can fail', () => {
  test.each<[string, Int16Array | number[], (found: Comparison) => void]>([
    ['the same', words, (found) => expect(found).toEqual({ lengthError: 0, levelError: 0, correlation: expect.closeTo(1), delay: 0 })],
    ['half as loud', shaped((sample) => Math.trunc(sample / 2)), ({ levelError }) => expect(levelError).toBeCloseTo(-6.02, 1)],
    ['upside down', shaped((sample) => -sample), ({ correlation }) => expect(correlation).toBeLessThan(0.8)],
    ['5 ms late', [...new Array<number>(40).fill(0), ...words], ({ delay }) => expect(delay).toBe(5)],
    ['half of it', words.subarray(0, 4000), ({ lengthError }) => expect(lengthError).toBeLessThan(-400)],
    ['silence', new Int16Array(8000), ({ correlation }) => expect(correlation).toBe(0)],
    ['other words', likeSpeech(2000).subarray(8000), ({ correlation }) => expect(correlation).toBeLessThan(0.6)],
  ])('%s', (_name, received, expected) => {
    expected(compare(words, Int16Array.from(received)));
  });

  test('silence behind the words counts for nothing', () => {
    const found = compare(words, Int16Array.of(...words, ...new Array<number>(2400).fill(8)));
    expect(found.lengthError).toBe(0);
    expect(found.levelError).toBe(0);
  });
});

test('levels are decibels of full scale', () => {
  expect(levelOf(new Int16Array(100).fill(-32768))).toBeCloseTo(0);
  expect(levelOf(new Int16Array(100).fill(3277))).toBeCloseTo(-20, 1);
  expect(levelOf(new Int16Array(100))).toBe(Number.NEGATIVE_INFINITY);
});

test.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.99, 4],
  [[1], 0, 1],
  [[], 0.5, Number.NaN],
])('quantile of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});
