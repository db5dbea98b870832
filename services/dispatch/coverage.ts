import { type Duration, type Instant, minutes } from '../alarm/index.ts';
import type { CameraSampled } from '../store/camera-health.ts';

/** How much of the town is seen: of the cameras of each grid, which are known to be good. */

export type CameraState = 'good' | 'faulty' | 'unknown';

export interface Coverage {
  readonly cameras: number;
  readonly good: number;
  readonly faulty: number;
  readonly unknown: number;
  /** Good of all, one decimal; absent where there are no cameras. */
  readonly percent?: number;
}

export interface GridCoverage extends Coverage {
  /** Absent for cameras that lie in no grid. */
  readonly gridId?: string;
  readonly name?: string;
}

export interface CoveredCamera {
  readonly gridId?: string;
  readonly state: CameraState;
}

/** A good word holds for three rounds; with more cameras than the budget allows for, a round takes longer than the period. */
export function believedFor(period: Duration, perMinute: number, cameras: number): Duration {
  return 3 * Math.max(period, perMinute > 0 ? minutes(cameras / perMinute) : 0);
}

/** A fault that stands is one however old; without one, a picture must have been judged lately. */
export function stateOf(faulty: boolean, sampled: CameraSampled | undefined, now: Instant, believed: Duration): CameraState {
  if (faulty) return 'faulty';
  return sampled?.judgedAt !== undefined && now - sampled.judgedAt <= believed ? 'good' : 'unknown';
}

export function coverageOf(cameras: readonly CoveredCamera[]): Coverage {
  const count = (state: CameraState): number => cameras.filter((camera) => camera.state === state).length;
  const good = count('good');
  return {
    cameras: cameras.length,
    good,
    faulty: count('faulty'),
    unknown: count('unknown'),
    ...(cameras.length > 0 && { percent: Math.round((1000 * good) / cameras.length) / 10 }),
  };
}

/** Every grid in the order given, then what lies in none of them. */
export function coverageByGrid(cameras: readonly CoveredCamera[], grids: readonly { id: string; name: string }[]): GridCoverage[] {
  const byGrid = Map.groupBy(cameras, ({ gridId }) => gridId);
  const known = new Set<string | undefined>(grids.map(({ id }) => id));
  const outside = cameras.filter(({ gridId }) => !known.has(gridId));
  return [
    ...grids.map(({ id, name }) => ({ gridId: id, name, ...coverageOf(byGrid.get(id) ?? []) })),
    ...(outside.length > 0 ? [coverageOf(outside)] : []),
  ];
}
