import { type Point, usualField } from '../alarm/index.ts';
import type { Area } from '../store/register.ts';
import type { CameraState } from './coverage.ts';

/**
 * Which ground of a grid is seen: the area is cut into square cells, and a cell is seen when its middle lies in the
 * sector of a camera. Walls, trees and slopes are not known, so this is the most that can be seen, never less than it.
 */

export interface CoveringCamera {
  readonly point: Point;
  readonly state: CameraState;
  /** Degrees from true north, clockwise; a camera of which nobody said where it looks covers nothing, unless it sees all round. */
  readonly bearing?: number;
  readonly fieldOfView?: number;
  /** Metres. */
  readonly reach?: number;
}

/** Cells `from` to `to` of a row, both among them. Rows count from the south, cells from the west. */
export type Run = readonly [row: number, from: number, to: number];

export interface GroundSeen {
  /** The south-west corner of the first cell, and the size of one. */
  readonly origin: Point;
  readonly step: Point;
  /** Side of a cell in metres. */
  readonly cell: number;
  readonly cells: { readonly all: number; readonly seen: number; readonly unsure: number; readonly blind: number };
  /** Seen only by cameras of which it is not known whether they are good. */
  readonly unsure: readonly Run[];
  /** Seen by none, or by faulty ones only. */
  readonly blind: readonly Run[];
  readonly cameras: { readonly counted: number; readonly undirected: number };
}

/** Metres; what a fixed camera is taken to see where the installer did not say how far. */
export const usualReach = 50;
const metresPerDegree = 111_195;
const leastCell = 10;
const mostCells = 20_000;
/** Cells looked at before others have their turn: some ten milliseconds. */
const slice = 1_000_000;

const outside = 0;
const blind = 1;
const unsure = 2;
const seen = 3;

/**
 * @param cameras of the whole county; those too far away are left out
 * @param pause lets others have their turn in between
 * @returns undefined for an area of no extent
 */
export async function groundSeen(
  area: Area,
  cameras: Iterable<CoveringCamera>,
  pause: () => Promise<void>,
): Promise<GroundSeen | undefined> {
  const field = fieldOf(area);
  if (!field) return undefined;
  let [counted, undirected, looked] = [0, 0, 0];
  for (const camera of cameras) {
    const sector = sectorOf(field, camera);
    if (!sector) continue;
    if (!sector.sees) {
      undirected += 1;
      continue;
    }
    counted += 1;
    if (camera.state === 'faulty') continue;
    looked += mark(field, sector, camera.state === 'good' ? seen : unsure);
    if (looked > slice) {
      looked = 0;
      await pause();
    }
  }
  const count = (what: number): number => field.marks.reduce((sum, each) => sum + (each === what ? 1 : 0), 0);
  const cells = { all: field.marks.length - count(outside), seen: count(seen), unsure: count(unsure), blind: count(blind) };
  if (cells.all === 0) return undefined;
  const { origin, step, cell } = field;
  return { origin, step, cell, cells, unsure: runs(field, unsure), blind: runs(field, blind), cameras: { counted, undirected } };
}

interface Field {
  readonly origin: Point;
  readonly step: Point;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row. */
  readonly marks: Uint8Array;
}

function fieldOf({ coordinates }: Area): Field | undefined {
  const edge = coordinates[0] ?? [];
  const lons = edge.map(([lon = 0]) => lon);
  const lats = edge.map(([, lat = 0]) => lat);
  const origin = { lat: Math.min(...lats), lon: Math.min(...lons) };
  const perLon = metresPerDegree * Math.cos((((origin.lat + Math.max(...lats)) / 2) * Math.PI) / 180);
  const width = (Math.max(...lons) - origin.lon) * perLon;
  const height = (Math.max(...lats) - origin.lat) * metresPerDegree;
  if (!(width > 0 && height > 0)) return undefined;
  const cell = Math.max(leastCell, Math.ceil(Math.max(Math.sqrt((width * height) / mostCells), width / mostCells, height / mostCells)));
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const step = { lat: cell / metresPerDegree, lon: cell / perLon };
  const marks = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const crossings = crossingsOf(coordinates, origin.lat + (row + 0.5) * step.lat);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil(((crossings[pair] ?? 0) - origin.lon) / step.lon - 0.5));
      const to = Math.min(columns - 1, Math.ceil(((crossings[pair + 1] ?? 0) - origin.lon) / step.lon - 0.5) - 1);
      if (to >= from) marks.fill(blind, row * columns + from, row * columns + to + 1);
    }
  }
  return { origin, step, cell, columns, rows, marks };
}

/** Where a parallel crosses the rings, from west to east; inside is between the first and second, and so on (even-odd rule). */
function crossingsOf(rings: Area['coordinates'], lat: number): number[] {
  const found: number[] = [];
  for (const ring of rings)
    for (const [index, [lonA = 0, latA = 0]] of ring.entries()) {
      const [lonB = 0, latB = 0] = ring[index + 1] ?? [];
      if (index + 1 < ring.length && latA <= lat !== latB <= lat) found.push(lonA + ((lat - latA) / (latB - latA)) * (lonB - lonA));
    }
  return found.sort((a, b) => a - b);
}

interface Sector {
  /** In cells from the origin. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Unit vector of the bearing and the cosine of half the angle; -1 sees all round. */
  readonly east: number;
  readonly north: number;
  readonly cosine: number;
  /** Whether it is known where it looks. */
  readonly sees: boolean;
}

/** Undefined for a camera that cannot reach the field. */
function sectorOf({ origin, step, cell, columns, rows }: Field, camera: CoveringCamera): Sector | undefined {
  const { point, bearing, reach = usualReach } = camera;
  const [x, y, radius] = [(point.lon - origin.lon) / step.lon, (point.lat - origin.lat) / step.lat, reach / cell];
  if (x + radius < 0 || y + radius < 0 || x - radius > columns || y - radius > rows) return undefined;
  const angle = camera.fieldOfView ?? usualField;
  const radians = ((bearing ?? 0) * Math.PI) / 180;
  const cosine = angle >= 360 ? -1 : Math.cos(((angle / 2) * Math.PI) / 180);
  return { x, y, radius, east: Math.sin(radians), north: Math.cos(radians), cosine, sees: bearing !== undefined || angle >= 360 };
}

/** @returns how many cells were looked at */
function mark({ columns, rows, marks }: Field, { x, y, radius, east, north, cosine }: Sector, as: number): number {
  const [left, right] = [Math.max(0, Math.floor(x - radius)), Math.min(columns - 1, Math.floor(x + radius))];
  const [bottom, top] = [Math.max(0, Math.floor(y - radius)), Math.min(rows - 1, Math.floor(y + radius))];
  for (let row = bottom; row <= top; row += 1)
    for (let column = left; column <= right; column += 1) {
      const place = row * columns + column;
      const before = marks[place] ?? outside;
      if (before === outside || before >= as) continue;
      const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
      const distance = Math.hypot(dx, dy);
      if (distance <= radius && dx * east + dy * north >= cosine * distance) marks[place] = as;
    }
  return Math.max(0, right - left + 1) * Math.max(0, top - bottom + 1);
}

function runs({ columns, rows, marks }: Field, what: number): Run[] {
  const found: Run[] = [];
  for (let row = 0; row < rows; row += 1) {
    let from = -1;
    for (let column = 0; column <= columns; column += 1) {
      const inside = column < columns && marks[row * columns + column] === what;
      if (inside && from < 0) from = column;
      if (!inside && from >= 0) {
        found.push([row, from, column - 1]);
        from = -1;
      }
    }
  }
  return found;
}
