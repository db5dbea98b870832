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

export function onPatrol(beat: Beat, draw: Chance): Patrol {
  const crossings = crossingsOf(beat);
  let at = crossings.any(draw);
  let before = at;
  let here = crossings.point(at);
  let way: readonly Point[] = [];
  let called = false;

  function onward(): readonly Point[] {
    [before, at] = [at, crossings.next(at, before, draw)];
    return [crossings.point(at)];
  }
  const byTwoStreets = (to: Point): readonly Point[] => [
    draw.percent(50) ? { lat: here.lat, lon: to.lon } : { lat: to.lat, lon: here.lon },
    to,
  ];

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
        if (way.length === 0) way = onward();
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
      at = crossings.nearest(here);
      before = at;
      way = byTwoStreets(crossings.point(at));
    },
  };
}

type Crossing = readonly [column: number, row: number];
const steps: readonly Crossing[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

/** The crossings of a beat, which are never fewer than four. */
function crossingsOf({ patch, cell }: Beat) {
  const us = streetsWithin(cell.fromU, cell.toU);
  const vs = streetsWithin(cell.fromV, cell.toV);
  const all = us.flatMap((_u, column) => vs.map((_v, row): Crossing => [column, row]));
  const point = ([column, row]: Crossing): Point => placeIn(patch, us[column] ?? 0.5, vs[row] ?? 0.5);
  return {
    point,
    any: (draw: Chance): Crossing => draw.pick(all),
    /** Any neighbour but the one that was left last, which no crossing of such a beat is short of. */
    next([column, row]: Crossing, before: Crossing, draw: Chance): Crossing {
      const around = steps.map(([east, north]): Crossing => [column + east, row + north]);
      const roads = around.filter(([u, v]) => u >= 0 && v >= 0 && u < us.length && v < vs.length);
      return draw.pick(roads.filter(([u, v]) => u !== before[0] || v !== before[1]));
    },
    nearest(to: Point): Crossing {
      const [first = [0, 0]] = all.toSorted((a, b) => metresBetween(to, point(a)) - metresBetween(to, point(b)));
      return first;
    },
  };
}

const between = (a: Point, b: Point, share: number): Point => ({
  lat: a.lat + (b.lat - a.lat) * share,
  lon: a.lon + (b.lon - a.lon) * share,
});
