import { expect, test } from 'vitest';
import { loudness, Resampler } from './resample.ts';

const tone = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_none, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / rate));
const crossings = (samples: readonly number[]): number =>
  samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] ?? 0) < 0).length;

test.each([48_000, 44_100, 16_000, 8000])('a tone of a microphone of %d Hz stays the same tone, of the same length', (rate) => {
  const resampler = new Resampler(rate);
  const sound = tone(400, rate, 1);
  const made: number[] = [];
  // As a worklet gets it: 128 samples at a time.
  for (let at = 0; at < sound.length; at += 128) made.push(...resampler.push(sound.subarray(at, at + 128)));
  expect(Math.abs(made.length - 8000)).toBeLessThan(2);
  expect(Math.abs(crossings(made) - 400)).toBeLessThan(2);
  expect(loudness(Int16Array.from(made))).toBeCloseTo(0.5 / Math.SQRT2, 1);
});

test('what is too loud is cut, not turned round', () => {
  expect([...new Resampler(8000).push(Float32Array.of(2, -2))]).toEqual([32_767, -32_767]);
});
