import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxReader, type Fragment, type InitSegment } from './boxes.ts';
import { box, headerOf } from './boxes-testing.ts';
import { openPlacing } from './placing.ts';
import { isReordered } from './reorder.ts';

/** A fragment of units with their lengths before them, as they stand in MP4. */
const fragment = (...units: number[][]): Buffer =>
  Buffer.concat([
    box('moof', Buffer.alloc(4)),
    box('mdat', ...units.map((unit) => Buffer.concat([Buffer.from([0, 0, 0, unit.length]), Buffer.from(unit)]))),
  ]);

describe('pictures out of order', () => {
  // Slice headers: first_mb 0 is `1`; slice_type 5 (P) is `00110`, 6 (B) `00111`, 1 (B) `010`, 7 (I) `0001000`.
  it.each([
    [
      'P after a key frame',
      [
        [0x65, 0x88, 0x80],
        [0x41, 0b10011000],
      ],
      false,
    ],
    [
      'B, all slices of the picture',
      [
        [0x41, 0b10011000],
        [0x01, 0b10011100],
      ],
      true,
    ],
    ['B, this slice', [[0x01, 0b10100000]], true],
    ['I in a picture that is no key frame', [[0x41, 0b10001000]], false],
    ['a parameter set that looks like one', [[0x67, 0b10011100]], false],
    ['nothing', [], false],
  ])('%s', (_, units, reordered) => {
    expect(isReordered(fragment(...units))).toBe(reordered);
  });

  it('garbage is in order', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof isReordered(bytes) === 'boolean'));
  });
});

describe('where fragments stand in time', () => {
  const [init] = boxReader().push(headerOf()) as [InitSegment];
  const piece = (start: number, duration = 18_000): Fragment => ({
    kind: 'fragment',
    bytes: new Uint8Array(),
    key: true,
    start,
    duration,
    frames: 5,
  });

  it('by when they came', () => {
    let now = 1000;
    const placing = openPlacing(
      () => now,
      (began) => began,
    );
    expect(placing.kept(piece(90_000), init)).toMatchObject({ at: 800, until: 1000, start: 90_000 });
    now = 1210;
    expect(placing.kept(piece(108_000), init)).toMatchObject({ at: 1010, until: 1210, start: 108_000 });
  });

  it.each([
    ['right', 1, 1],
    ['a little fast, as any clock', 1.0005, 40],
    ['too fast by a third', 1.33, 100_000],
  ])('a clock that is %s for an hour', (_, rate, most) => {
    let now = 0;
    const placing = openPlacing(
      () => now,
      () => 0,
    );
    let worst = 0;
    for (let index = 1; index <= 18_000; index += 1) {
      now = index * 200;
      worst = Math.max(worst, Math.abs(placing.off(piece(index * 18_000 * rate), init)));
    }
    expect(worst).toBeLessThanOrEqual(most);
    expect(worst > 10_000).toBe(rate > 1.2);
  });

  it('a clock that was set is noticed at once', () => {
    let now = 0;
    const placing = openPlacing(
      () => now,
      () => 0,
    );
    placing.off(piece(0), init);
    now = 200;
    expect(placing.off(piece(90_000 * 3600), init)).toBeGreaterThan(3_000_000);
  });
});
