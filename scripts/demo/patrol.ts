import { metresBetween, type Point } from '../../services/alarm/index.ts';
import type { Beat } from './map.ts';
import type { Chance } from './random.ts';
import { placeIn, streetsWithin } from './streets.ts';

/** Somebody who moves: from crossing to crossing of a beat, or straight to a call along two streets. */
export interface Patrol {
  readonly here: Point;
  /** Moves on by so many metres. */
  move(metres: number): void;
  /** @returns metres to go */
  head(to: Point): number;
  /** Whether the place that was headed for is reached. */
  readonly there: boolean;
  /** Back to the beat, by way of its nearest crossing. */
  resume(): void;
}

export function onPatrol({ patch, cell }: Beat, draw: Chance): Patrol {
  const us = streetsWithin(cell.fromU, cell.toU);
  const vs = streetsWithin(cell.fromV, cell.toV);
  const crossing = (at: readonly [number, number]): Point => placeIn(patch, us[at[0]] ?? 0.5, vs[at[1]] ?? 0.5);
  let at: readonly [number, number] = [draw.whole(0, us.length - 1), draw.whole(0, vs.length - 1)];
  let before = at;
  let here = crossing(at);
  let way: Point[] = [];
  let called = false;

  /** Any crossing next to this one but the one it came from; a dead end turns it round. */
  function nextCrossing(): Point {
    const around = [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([du = 0, dv = 0]) => [at[0] + du, at[1] + dv] as const);
    const roads = around.filter(([u, v]) => u >= 0 && v >= 0 && u < us.length && v < vs.length);
    const onward = roads.filter(([u, v]) => u !== before[0] || v !== before[1]);
    const next = onward.length > 0 ? draw.pick(onward) : before;
    before = at;
    at = next;
    return crossing(at);
  }

  const byTwoStreets = (to: Point): Point[] => [draw.percent(50) ? { lat: here.lat, lon: to.lon } : { lat: to.lat, lon: here.lon }, to];

  return {
    get here() {
      return here;
    },
    get there() {
      return called && way.length === 0;
    },
    move(metres) {
      let left = metres;
      while (left > 0) {
        if (way.length === 0 && called) return;
        if (way.length === 0) way = [nextCrossing()];
        const to = way[0] ?? here;
        const leg = metresBetween(here, to);
        if (leg > left) {
          here = between(here, to, left / leg);
          return;
        }
        here = to;
        way = way.slice(1);
        left -= leg;
      }
    },
    head(to) {
      called = true;
      way = byTwoStreets(to);
      return metresBetween(here, way[0] ?? to) + metresBetween(way[0] ?? to, to);
    },
    resume() {
      called = false;
      const crossings = us.flatMap((_u, i) => vs.map((_v, j) => [i, j] as const));
      at = crossings.reduce((best, other) => (metresBetween(here, crossing(other)) < metresBetween(here, crossing(best)) ? other : best), at);
      before = at;
      way = byTwoStreets(crossing(at));
    },
  };
}

const between = (a: Point, b: Point, share: number): Point => ({ lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share });
