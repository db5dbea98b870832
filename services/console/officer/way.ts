import gcoord from 'gcoord';
import { metresBetween, type Point } from '../parts/map/shapes.ts';

/** The way there, in figures and as links to the phone's own map. Pure. */

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Degrees from true north, clockwise. */
export function bearingTo(from: Point, to: Point): number {
  const east = radians(to.lon - from.lon) * Math.cos(radians((from.lat + to.lat) / 2));
  return ((Math.atan2(east, radians(to.lat - from.lat)) * 180) / Math.PI + 360) % 360;
}

export const points = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type CompassPoint = (typeof points)[number];
export const compassPoint = (bearing: number): CompassPoint => points[Math.round(bearing / 45) % 8] ?? 'n';

export interface Way {
  readonly metres: number;
  readonly bearing: number;
  readonly point: CompassPoint;
}

export function wayTo(from: Point, to: Point): Way {
  const bearing = bearingTo(from, to);
  return { metres: metresBetween(from, to), bearing, point: compassPoint(bearing) };
}

const fixed = (degrees: number): string => degrees.toFixed(6);

/** RFC 5870: WGS-84. The name is what Android's maps show on the pin. */
export const geoLink = ({ lat, lon }: Point, name: string): string =>
  `geo:${fixed(lat)},${fixed(lon)}?q=${fixed(lat)},${fixed(lon)}(${encodeURIComponent(name)})`;

/** AMap, driving. It takes GCJ-02 as it is (dev=0). */
export function amapLink({ lat, lon }: Point, name: string, apple: boolean): string {
  const [east, north] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02) as [number, number];
  const query = new URLSearchParams({ sourceApplication: 'baiying', dlat: fixed(north), dlon: fixed(east), dname: name, dev: '0', t: '0' });
  return apple ? `iosamap://path?${query}` : `amapuri://route/plan/?${query}`;
}
