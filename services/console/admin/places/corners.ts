/** A patrol area as a person types it: one corner a line, latitude before longitude. */

export type Ring = readonly (readonly [lat: number, lon: number])[];
interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly (readonly number[])[])[];
}

/** The outer ring of an area without the corner that closes it. */
export function cornersOf(area: unknown): Ring {
  const ring = isPolygon(area) ? (area.coordinates[0] ?? []) : [];
  return ring.slice(0, -1).map(([lon = 0, lat = 0]) => [lat, lon]);
}

const isPolygon = (value: unknown): value is Polygon => typeof value === 'object' && value !== null && 'coordinates' in value;

export const linesOf = (ring: Ring): string => ring.map(([lat, lon]) => `${lat}, ${lon}`).join('\n');

/** The corners that the lines name, or the first line that names none, counted from 1. */
export function readCorners(text: string): { readonly ring: Ring } | { readonly line: number } {
  const lines = text.split('\n');
  const ring: [number, number][] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [lat = Number.NaN, lon = Number.NaN, ...more] = line
      .trim()
      .split(/[\s,，]+/)
      .map(Number);
    if (!Number.isFinite(lat) || !Number.isFinite(lon) || more.length > 0) return { line: index + 1 };
    ring.push([lat, lon]);
  }
  return { ring };
}

/** GeoJSON, closed; nothing when no corner is given. */
export function areaOf(ring: Ring): Polygon | undefined {
  const [first] = ring;
  return first && { type: 'Polygon', coordinates: [[...ring, first].map(([lat, lon]) => [lon, lat])] };
}
