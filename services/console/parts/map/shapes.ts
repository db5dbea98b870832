/** Shapes on the ground, in WGS-84 degrees. Distances are short, so the earth is flat enough. */

export interface Point {
  readonly lat: number;
  readonly lon: number;
}
/** As GeoJSON has it: east first. */
export type LonLat = [number, number];
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

const metresPerDegree = 111_195;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** @param bearing degrees from true north, clockwise */
export function away(from: Point, metres: number, bearing: number): LonLat {
  const lat = from.lat + (metres * Math.cos(radians(bearing))) / metresPerDegree;
  return [from.lon + (metres * Math.sin(radians(bearing))) / (metresPerDegree * Math.cos(radians(from.lat))), lat];
}

export function metresBetween(a: Point, b: Point): number {
  const east = (b.lon - a.lon) * Math.cos(radians((a.lat + b.lat) / 2));
  return Math.hypot(east, b.lat - a.lat) * metresPerDegree;
}

export const circle = (centre: Point, metres: number): LonLat[] =>
  Array.from({ length: 73 }, (_, step) => away(centre, metres, (step % 72) * 5));

export interface Seeing extends Point {
  /** Degrees from true north, clockwise. */
  readonly bearing: number;
  /** Degrees. */
  readonly fieldOfView: number;
  /** Metres. */
  readonly reach: number;
}

/** The ground before a camera: a closed ring. */
export function sector(camera: Seeing): LonLat[] {
  const { bearing, fieldOfView, reach } = camera;
  if (fieldOfView >= 360) return circle(camera, reach);
  const steps = Math.max(4, Math.ceil(fieldOfView / 10));
  const arc = Array.from({ length: steps + 1 }, (_, step) => away(camera, reach, bearing - fieldOfView / 2 + (fieldOfView * step) / steps));
  const tip: LonLat = [camera.lon, camera.lat];
  return [tip, ...arc, tip];
}

/** Cells of a raster, by runs of a row; see /map/coverage. */
export interface Raster {
  readonly origin: Point;
  readonly step: Point;
}
/** Row, first and last column. */
export type Run = readonly number[];

/** The runs as rectangles; equal runs of neighbouring rows are one. */
export function rectangles({ origin, step }: Raster, runs: readonly Run[]): LonLat[][] {
  const open = new Map<string, { readonly from: number; readonly to: number; readonly bottom: number; top: number }>();
  const done: LonLat[][] = [];
  const close = (part: { from: number; to: number; bottom: number; top: number }) => {
    const [west, east] = [origin.lon + part.from * step.lon, origin.lon + (part.to + 1) * step.lon];
    const [south, north] = [origin.lat + part.bottom * step.lat, origin.lat + (part.top + 1) * step.lat];
    done.push([
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ]);
  };
  for (const [row = 0, from = 0, to = 0] of runs) {
    const key = `${from} ${to}`;
    const known = open.get(key);
    if (known?.top === row - 1) known.top = row;
    else {
      if (known) close(known);
      open.set(key, { from, to, bottom: row, top: row });
    }
  }
  for (const part of open.values()) close(part);
  return done;
}

/** Undefined of no points. */
export function boxOf(points: Iterable<Point>): Box | undefined {
  let box: Box | undefined;
  for (const { lat, lon } of points)
    box = box
      ? { west: Math.min(box.west, lon), south: Math.min(box.south, lat), east: Math.max(box.east, lon), north: Math.max(box.north, lat) }
      : { west: lon, south: lat, east: lon, north: lat };
  return box;
}

export const isIn = ({ west, south, east, north }: Box, { lat, lon }: Point): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

const steps = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] as const;

export interface GridLine {
  readonly label: string;
  readonly line: readonly [LonLat, LonLat];
}

/** Meridians and parallels through a view, some four to ten each way: where there are no streets, they tell how far it is. */
export function graticule({ west, south, east, north }: Box): readonly GridLine[] {
  const span = Math.max(east - west, north - south);
  const step = steps.find((each) => span / each >= 4) ?? 0.001;
  const digits = step < 1 ? Math.ceil(-Math.log10(step)) : 0;
  const through = (from: number, to: number): number[] =>
    Array.from({ length: Math.floor(to / step) - Math.ceil(from / step) + 1 }, (_, index) => (Math.ceil(from / step) + index) * step);
  return [
    ...through(west, east).map(
      (lon): GridLine => ({
        label: `${lon.toFixed(digits)}°`,
        line: [
          [lon, south],
          [lon, north],
        ],
      }),
    ),
    ...through(south, north).map(
      (lat): GridLine => ({
        label: `${lat.toFixed(digits)}°`,
        line: [
          [west, lat],
          [east, lat],
        ],
      }),
    ),
  ];
}
