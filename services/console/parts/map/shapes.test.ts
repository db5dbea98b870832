import { expect, test } from 'vitest';
import { away, boxOf, circle, graticule, type LonLat, metresBetween, rectangles, sector } from './shapes.ts';

const here = { lat: 36, lon: 103 };
const at = ([lon, lat]: LonLat) => ({ lat, lon });

test.each([
  [0, 'north'],
  [90, 'east'],
  [180, 'south'],
  [270, 'west'],
])('a hundred metres towards %s° lie %s', (bearing, side) => {
  const there = at(away(here, 100, bearing));
  expect(metresBetween(here, there)).toBeCloseTo(100, 3);
  const [north, east] = [Math.round((there.lat - here.lat) * 1e5), Math.round((there.lon - here.lon) * 1e5)];
  expect({ north: Math.sign(north), east: Math.sign(east) }).toEqual({
    north: side === 'north' ? 1 : side === 'south' ? -1 : 0,
    east: side === 'east' ? 1 : side === 'west' ? -1 : 0,
  });
});

test('what a camera sees is a closed wedge as far as it reaches; all round, a circle', () => {
  const wedge = sector({ ...here, bearing: 0, fieldOfView: 90, reach: 50 });
  expect(wedge[0]).toEqual([here.lon, here.lat]);
  expect(wedge.at(-1)).toEqual(wedge[0]);
  for (const corner of wedge.slice(1, -1)) expect(metresBetween(here, at(corner))).toBeCloseTo(50, 3);
  expect(at(wedge[1] ?? [0, 0]).lon).toBeLessThan(here.lon);
  expect(sector({ ...here, bearing: 0, fieldOfView: 360, reach: 50 })).toEqual(circle(here, 50));
  expect(circle(here, 50).at(-1)).toEqual(circle(here, 50)[0]);
});

test('equal runs of neighbouring rows are one rectangle, others are not', () => {
  const raster = { origin: { lat: 0, lon: 0 }, step: { lat: 1, lon: 1 } };
  const found = rectangles(raster, [
    [0, 0, 3],
    [1, 0, 3],
    [2, 1, 2],
    [4, 0, 3],
  ]);
  expect(found.map((ring) => [ring[0], ring[2]]).sort()).toEqual([
    [
      [0, 0],
      [4, 2],
    ],
    [
      [0, 4],
      [4, 5],
    ],
    [
      [1, 2],
      [3, 3],
    ],
  ]);
});

test('the graticule has some lines either way, and labels that tell them apart', () => {
  for (const side of [40, 3, 0.4, 0.013]) {
    const lines = graticule({ west: 103, south: 36, east: 103 + side, north: 36 + side });
    expect(lines.length).toBeGreaterThanOrEqual(6);
    expect(lines.length).toBeLessThanOrEqual(26);
    expect(new Set(lines.map(({ label, line: [from, to] }) => `${label} ${from[0] === to[0]}`)).size).toBe(lines.length);
  }
});

test('a box holds its points; there is none round nothing', () => {
  expect(boxOf([here, { lat: 35, lon: 104 }])).toEqual({ west: 103, south: 35, east: 104, north: 36 });
  expect(boxOf([])).toBeUndefined();
});
