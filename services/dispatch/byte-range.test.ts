import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partOf } from './byte-range.ts';

const part = (start: number, end: number) => ({ outcome: 'part', start, end });
const whole = { outcome: 'whole' };
const unfit = { outcome: 'unfit' };

test.each([
  [undefined, 100, whole],
  ['bytes=0-', 100, part(0, 99)],
  ['bytes=0-0', 100, part(0, 0)],
  ['bytes=10-19', 100, part(10, 19)],
  ['bytes=90-200', 100, part(90, 99)],
  ['bytes=99-', 100, part(99, 99)],
  ['bytes=100-', 100, unfit],
  ['bytes=-10', 100, part(90, 99)],
  ['bytes=-200', 100, part(0, 99)],
  ['bytes=-0', 100, unfit],
  ['bytes=-', 100, whole],
  ['bytes=19-10', 100, whole],
  ['bytes=0-1,5-6', 100, whole],
  ['lines=0-1', 100, whole],
  ['bytes=a-b', 100, whole],
  ['bytes=0-', 0, unfit],
] as const)('%s of %d bytes', (header, length, wanted) => expect(partOf(header, length)).toEqual(wanted));

test('a part lies within the file whatever is asked', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,4}-\d{0,4}$/)), fc.nat(5000), (header, length) => {
      const asked = partOf(header, length);
      if (asked.outcome !== 'part') return;
      expect(asked.start).toBeGreaterThanOrEqual(0);
      expect(asked.start).toBeLessThanOrEqual(asked.end);
      expect(asked.end).toBeLessThan(length);
    }),
  );
});
