import { expect, test } from 'vitest';
import { fromPicture, toPicture } from './datum.ts';
import { metresBetween } from './shapes.ts';

const lanzhou = { lat: 36.0611, lon: 103.8343 };

test('a map in WGS-84 is drawn as it is registered', () => {
  expect(toPicture('wgs84', [103, 36])).toEqual([103, 36]);
  expect(fromPicture('wgs84', [103, 36])).toEqual({ lat: 36, lon: 103 });
});

test('on a map in GCJ-02 a place lies some hundred metres aside, and what is pressed there comes back to a metre', () => {
  const drawn = toPicture('gcj02', [lanzhou.lon, lanzhou.lat]);
  const aside = metresBetween(lanzhou, { lat: drawn[1], lon: drawn[0] });
  expect(aside).toBeGreaterThan(100);
  expect(aside).toBeLessThan(1000);
  expect(metresBetween(lanzhou, fromPicture('gcj02', drawn))).toBeLessThan(1);
});

test('outside China both are the same', () => {
  expect(toPicture('gcj02', [2.35, 48.85])).toEqual([2.35, 48.85]);
});
