import type { Point } from '../../services/alarm/index.ts';
import type { Area } from '../../services/store/register.ts';
import type { Chance } from './random.ts';

/**
 * The ground: a station's area is a crooked four-cornered patch with eight streets each way. A place in it is (u, v),
 * both from 0 to 1: u runs eastwards, v northwards.
 */
export interface Patch {
  readonly southWest: Point;
  readonly southEast: Point;
  readonly northEast: Point;
  readonly northWest: Point;
}

/** Streets each way. They lie between the lines where an area may be cut into halves and thirds, never on them. */
export const streetsEachWay = 8;
export const street = (index: number): number => (index + 0.5) / streetsEachWay;

/** A part of a patch. */
export interface Cell {
  readonly fromU: number;
  readonly toU: number;
  readonly fromV: number;
  readonly toV: number;
}
export const whole: Cell = { fromU: 0, toU: 1, fromV: 0, toV: 1 };
/** Around the station house: four crossings. */
export const middle: Cell = { fromU: 0.4, toU: 0.6, fromV: 0.4, toV: 0.6 };
export const streetsWithin = (from: number, to: number): number[] =>
  Array.from({ length: streetsEachWay }, (_, index) => street(index)).filter((at) => at > from && at < to);

/** Six decimals are a tenth of a metre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
const mixed = (a: Point, b: Point, share: number): Point => ({
  lat: a.lat + (b.lat - a.lat) * share,
  lon: a.lon + (b.lon - a.lon) * share,
});

export function placeIn(patch: Patch, u: number, v: number): Point {
  const { lat, lon } = mixed(mixed(patch.southWest, patch.southEast, u), mixed(patch.northWest, patch.northEast, u), v);
  return { lat: rounded(lat), lon: rounded(lon) };
}

/** GeoJSON: counter-clockwise, closed (RFC 7946, 3.1.6). */
export function areaOf(patch: Patch, { fromU, toU, fromV, toV }: Cell): Area {
  const corners = [placeIn(patch, fromU, fromV), placeIn(patch, toU, fromV), placeIn(patch, toU, toV), placeIn(patch, fromU, toV)];
  const ring = corners.map(({ lat, lon }) => [lon, lat]);
  return { type: 'Polygon', coordinates: [[...ring, [...(ring[0] ?? [])]]] };
}

/** Open water of the East China Sea: no real street lies under the demo's streets. */
const southWest: Point = { lat: 28.8, lon: 124.2 };
const metresPerDegree = 111_320;
/** Kilometres: towns press together in the middle, villages spread at the edge. */
const columns = [9, 6, 4.5, 6, 9];
const rows = [8, 4.5, 4.5, 8];

export type Setting = 'city' | 'town' | 'village';
export interface Ground {
  readonly patch: Patch;
  readonly setting: Setting;
}

/** Twenty patches that tile the county without gap or overlap, the last one left out. */
export function layOut(draw: Chance): Ground[] {
  const nodes = corners(draw);
  const node = (column: number, row: number): Point => nodes[row]?.[column] ?? southWest;
  const grounds = rows.flatMap((_height, row) =>
    columns.map((_width, column): Ground => {
      const patch = {
        southWest: node(column, row),
        southEast: node(column + 1, row),
        northEast: node(column + 1, row + 1),
        northWest: node(column, row + 1),
      };
      return { patch, setting: settingOf(column, row) };
    }),
  );
  return grounds.slice(0, -1);
}

function settingOf(column: number, row: number): Setting {
  const inner = column > 0 && column < columns.length - 1;
  const middle = row > 0 && row < rows.length - 1;
  if (inner && middle) return 'city';
  return inner || middle ? 'town' : 'village';
}

function corners(draw: Chance): Point[][] {
  const easts = sums(columns);
  const norths = sums(rows);
  return norths.map((north) =>
    easts.map((east) => {
      const lat = southWest.lat + ((north + draw.between(-0.7, 0.7)) * 1000) / metresPerDegree;
      const lon = southWest.lon + ((east + draw.between(-0.7, 0.7)) * 1000) / (metresPerDegree * Math.cos((southWest.lat * Math.PI) / 180));
      return { lat: rounded(lat), lon: rounded(lon) };
    }),
  );
}

const sums = (parts: readonly number[]): number[] => [
  0,
  ...parts.map((_part, index) => parts.slice(0, index + 1).reduce((sum, part) => sum + part, 0)),
];
