import { expect, test } from 'vitest';
import { amapLink, compassPoint, geoLink, wayTo } from './way.ts';

const square = { lat: 30, lon: 120 };

test.each([
  [{ lat: 30.01, lon: 120 }, 1112, 'n'],
  [{ lat: 30, lon: 120.01 }, 963, 'e'],
  [{ lat: 29.99, lon: 120 }, 1112, 's'],
  [{ lat: 29.99, lon: 119.9885 }, 1570, 'sw'],
] as const)('to %j it is %d m to the %s', (to, metres, point) => {
  const way = wayTo(square, to);
  expect(way.point).toBe(point);
  expect(Math.abs(way.metres - metres)).toBeLessThan(5);
});

test.each([
  [0, 'n'],
  [22.4, 'n'],
  [22.6, 'ne'],
  [337.4, 'nw'],
  [337.6, 'n'],
  [359.9, 'n'],
] as const)('%d degrees is %s', (bearing, point) => {
  expect(compassPoint(bearing)).toBe(point);
});

test('maps of the phone get WGS-84, AMap gets GCJ-02', () => {
  // Tiananmen: GCJ-02 lies 0.0014 degrees north and 0.0062 degrees east of WGS-84 there.
  const gate = { lat: 39.907333, lon: 116.391083 };
  expect(geoLink(gate, '天安门')).toBe('geo:39.907333,116.391083?q=39.907333,116.391083(%E5%A4%A9%E5%AE%89%E9%97%A8)');
  const link = new URL(amapLink(gate, '天安门', false));
  expect(link.protocol).toBe('amapuri:');
  expect(Number(link.searchParams.get('dlat'))).toBeCloseTo(39.908736, 4);
  expect(Number(link.searchParams.get('dlon'))).toBeCloseTo(116.397325, 4);
  expect(link.searchParams.get('dev')).toBe('0');
  expect(amapLink(gate, 'x', true)).toMatch(/^iosamap:\/\/path\?/);
});
