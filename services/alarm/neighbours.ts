import { bearingTo } from './cameras.ts';
import { metresBetween, type Point } from './orders.ts';

/** The next camera along a street: whom an operator looks through when somebody walks out of the picture. */

export const directions = ['ahead', 'right', 'behind', 'left'] as const;
/** As seen by whoever looks where the camera looks. */
export type Direction = (typeof directions)[number];

export interface NeighbourSeen {
  readonly id: string;
  readonly point?: Point;
  /** Degrees from true north, clockwise. */
  readonly bearing?: number;
}

export interface Neighbour {
  readonly cameraId: string;
  /** Named by the installer. */
  readonly bound: boolean;
  /** Metres; absent where one of the two has no place. */
  readonly distance?: number;
  /** Degrees from true north, clockwise. */
  readonly bearing?: number;
  /** Absent where nobody said which way this camera looks. */
  readonly direction?: Direction;
}

export interface NeighbourPolicy {
  readonly radius: number;
  readonly most: number;
}

/** Cameras on one pole: the way between them says nothing, the way that each looks does. */
const onePole = 3;

/** Those that the installer bound, in his order, then the nearest. */
export function neighboursOf(
  camera: NeighbourSeen & { readonly bound: readonly string[] },
  others: readonly NeighbourSeen[],
  { radius, most }: NeighbourPolicy,
): readonly Neighbour[] {
  const rankOf = ({ id }: NeighbourSeen): number => {
    const at = camera.bound.indexOf(id);
    return at === -1 ? camera.bound.length : at;
  };
  return others
    .filter(({ id }) => id !== camera.id)
    .map((other) => ({ other, rank: rankOf(other), place: placeOf(camera, other) }))
    .filter(({ rank, place }) => rank < camera.bound.length || (place.distance !== undefined && place.distance <= radius))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (a.place.distance ?? Number.POSITIVE_INFINITY) - (b.place.distance ?? Number.POSITIVE_INFINITY) ||
        (a.other.id < b.other.id ? -1 : 1),
    )
    .slice(0, most)
    .map(({ other, rank, place }) => ({ cameraId: other.id, bound: rank < camera.bound.length, ...place }));
}

function placeOf(camera: NeighbourSeen, other: NeighbourSeen): Pick<Neighbour, 'distance' | 'bearing' | 'direction'> {
  if (!camera.point || !other.point) return {};
  const metres = metresBetween(camera.point, other.point);
  const distance = Math.round(metres);
  const bearing = metres < onePole ? other.bearing : bearingTo(camera.point, other.point);
  if (bearing === undefined) return { distance };
  const towards = { distance, bearing: Math.round(bearing) % 360 };
  return camera.bearing === undefined ? towards : { ...towards, direction: directionOf(bearing - camera.bearing) };
}

/** Quarters of a circle, each with its middle where the word points. */
function directionOf(turn: number): Direction {
  const quarter = Math.floor(((((turn + 45) % 360) + 360) % 360) / 90);
  return directions[quarter] ?? 'ahead';
}
