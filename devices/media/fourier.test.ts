import { describe, expect, it } from 'vitest';
import { fourier, powerOver } from './fourier.ts';

/** The sum as the definition has it, to hold the quick one against. */
function slowly(re: Float64Array, im: Float64Array): { re: number[]; im: number[] } {
  const size = re.length;
  const out = { re: new Array<number>(size).fill(0), im: new Array<number>(size).fill(0) };
  for (let bin = 0; bin < size; bin += 1)
    for (let at = 0; at < size; at += 1) {
      const angle = (-2 * Math.PI * bin * at) / size;
      const [c, s, x, y] = [Math.cos(angle), Math.sin(angle), re[at] ?? 0, im[at] ?? 0];
      out.re[bin] = (out.re[bin] ?? 0) + x * c - y * s;
      out.im[bin] = (out.im[bin] ?? 0) + x * s + y * c;
    }
  return out;
}

describe('the transform', () => {
  it.each([2, 4, 8, 32, 128])('of length %i is the sum of the definition', (size) => {
    const re = Float64Array.from({ length: size }, (_none, at) => Math.sin(at * at) + at / size);
    const im = Float64Array.from({ length: size }, (_none, at) => Math.cos(3 * at * at));
    const expected = slowly(re, im);
    fourier(size).forward(re, im);
    for (let bin = 0; bin < size; bin += 1) {
      expect(re[bin]).toBeCloseTo(expected.re[bin] ?? Number.NaN, 9);
      expect(im[bin]).toBeCloseTo(expected.im[bin] ?? Number.NaN, 9);
    }
  });

  it('and back gives the same numbers', () => {
    const re = Float64Array.from({ length: 1024 }, (_none, at) => Math.sin(at * 0.37) * 1000);
    const im = Float64Array.from({ length: 1024 }, (_none, at) => at % 7);
    const [wasRe, wasIm] = [re.slice(), im.slice()];
    fourier(1024).forward(re, im);
    fourier(1024).inverse(re, im);
    expect(Math.max(...re.map((value, at) => Math.abs(value - (wasRe[at] ?? 0))))).toBeLessThan(1e-9);
    expect(Math.max(...im.map((value, at) => Math.abs(value - (wasIm[at] ?? 0))))).toBeLessThan(1e-9);
  });

  it.each([0, 1, 3, 100, 2 ** 21])('refuses the length %i', (size) => expect(() => fourier(size)).toThrow(RangeError));

  it.each([
    [1, 2],
    [512, 512],
    [513, 1024],
  ])('the power over %i is %i', (length, power) => expect(powerOver(length)).toBe(power));
});
