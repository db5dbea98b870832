import { closed } from './closed.ts';
import { type Duration, type Instant, minutes } from './time.ts';

export const orderStates = [
  'queued',
  'sent',
  'delivered',
  'read',
  'accepted',
  'declined',
  'en-route',
  'arrived',
  'failed',
  'expired',
  'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];

export const answers = ['delivered', 'read', 'accepted', 'declined', 'en-route', 'arrived'] as const;
/** A rung of the receipt ladder that the unit's radio reports itself. */
export type Answer = (typeof answers)[number];

const rungs: readonly OrderState[] = ['queued', 'sent', 'delivered', 'read', 'accepted', 'en-route', 'arrived'];
const rung = (state: OrderState): number => rungs.indexOf(state);

/** Nobody has taken it on yet, and it may still be taken on. */
export const pending = (state: OrderState): boolean => rung(state) >= 0 && rung(state) < rung('accepted');
/** Officers are on it. */
export const engaged = (state: OrderState): boolean => rung(state) >= rung('accepted');

export type ClimbReason = 'climbed' | 'rung-already-passed' | 'answered-after-its-end' | 'answer-to-a-cancelled-order';

/**
 * Where an order stands after a report. It never steps down; a radio that answers after we had given up is believed,
 * since officers who come late still come. Only a cancelled order stays cancelled.
 */
export function climb(state: OrderState, answer: Answer | 'sent'): { readonly state: OrderState; readonly reason: ClimbReason } {
  if (state === 'cancelled') return { state, reason: 'answer-to-a-cancelled-order' };
  if (answer === 'declined') {
    return pending(state) || engaged(state) ? { state: answer, reason: 'climbed' } : { state, reason: 'rung-already-passed' };
  }
  if (rung(state) < 0) {
    return engaged(answer) ? { state: answer, reason: 'answered-after-its-end' } : { state, reason: 'rung-already-passed' };
  }
  return rung(answer) > rung(state) ? { state: answer, reason: 'climbed' } : { state, reason: 'rung-already-passed' };
}

/** How long each rung may take before the next bearer or the next unit is tried. */
export interface OrderPolicy {
  readonly delivered: Duration;
  readonly accepted: Duration;
  /** After this an order that nobody took on is no longer shown by a radio that was off. */
  readonly expires: Duration;
  /** Units that one incident may call without an operator, so that a dead radio network does not empty the county. */
  readonly most: number;
}

export type OrderTimeout = 'try-next-bearer' | 'try-next-unit' | 'expire' | 'nothing';

/** What an order's own clock asks for when it runs out: the unit's next bearer first, then another unit. */
export function timeout(state: OrderState, clock: 'delivered' | 'accepted' | 'expires', bearersLeft: number): OrderTimeout {
  switch (clock) {
    case 'delivered':
      if (rung(state) < 0 || rung(state) >= rung('delivered')) return 'nothing';
      return bearersLeft > 0 ? 'try-next-bearer' : 'try-next-unit';
    case 'accepted':
      return pending(state) ? 'try-next-unit' : 'nothing';
    case 'expires':
      return pending(state) ? 'expire' : 'nothing';
    default:
      return closed(clock);
  }
}

export type UnitStatus = 'available' | 'busy' | 'off-duty';
export type Tier = 'city' | 'town' | 'village';

export interface Point {
  /** Degrees north, WGS-84. */
  readonly lat: number;
  /** Degrees east, WGS-84. */
  readonly lon: number;
}

/** A unit as the choice sees it. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly stationId: string;
  readonly gridIds: readonly string[];
  readonly status: UnitStatus;
  readonly bearers: number;
  /** `at` is when it was heard: the clock of a radio may be wrong. */
  readonly position?: Point & { readonly at: Instant };
  /** The number of the open incident it already holds an order for. */
  readonly engagedOn?: number;
}

export type ChoiceReason = 'fresh-position' | 'stale-position' | 'no-position' | 'community-officer' | 'duty-leader' | 'named-by-operator';

export interface Choice {
  readonly unitId: string;
  readonly reason: ChoiceReason;
  /** Metres as the crow flies, when the unit and the scene both have a position. */
  readonly distance?: number;
  /** The response circle of 1, 3 or 5 minutes that the unit stands in. */
  readonly circle?: 1 | 3 | 5;
  readonly engagedOn?: number;
}

/** A position older than this says where the unit was, not where it is. */
export const positionStaleAfter: Duration = minutes(5);

const earthRadius = 6_371_009;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle metres between two points (haversine, mean earth radius of IUGG). */
export function metresBetween(a: Point, b: Point): number {
  const dLat = radians(b.lat - a.lat);
  const dLon = radians(b.lon - a.lon);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Average metres covered in a minute on the way to a call: 30 km/h in a city's streets, 40 km/h on the roads between
 * towns. The Chinese rule book gives the 1-3-5 minute circles but no speed; these are the product's own figures.
 */
export const metresPerMinute: Readonly<Record<Tier, number>> = { city: 500, town: 667, village: 667 };

export const responseCircles = [1, 3, 5] as const;

/** Metres that a unit of the tier covers in so many minutes. */
export const circleRadius = (minutes: number, tier: Tier): number => minutes * metresPerMinute[tier];

export function circleOf(distance: number, tier: Tier): 1 | 3 | 5 | undefined {
  const needed = distance / metresPerMinute[tier];
  return responseCircles.find((limit) => needed <= limit);
}

/**
 * The units to order, best first: free before engaged, fresh position before stale before none, then nearest, then
 * those of the scene's own grid and station. A busy or off-duty unit is never chosen.
 */
export function nearest(
  units: readonly Unit[],
  scene: Scene,
  count: number,
  without: ReadonlySet<string>,
  now: Instant,
): readonly Choice[] {
  const free = units.filter((unit) => unit.status === 'available' && !without.has(unit.id));
  return ranked(free, scene, now)
    .slice(0, count)
    .map(({ choice }) => choice);
}

/** Units with what is known of each, best first, whatever their duty. */
export const ranked = (units: readonly Unit[], scene: Scene, now: Instant): readonly { readonly unit: Unit; readonly choice: Choice }[] =>
  units.map((unit) => ({ unit, choice: describe(unit, scene, now) })).sort((a, b) => compare(rankOf(a, scene), rankOf(b, scene)));

export interface Scene {
  readonly point?: Point;
  readonly gridId?: string;
  readonly stationId?: string;
}

/** What is known of one unit in relation to the scene. */
export function describe(unit: Unit, scene: Scene, now: Instant, reason?: ChoiceReason): Choice {
  const distance = unit.position && scene.point ? Math.round(metresBetween(unit.position, scene.point)) : undefined;
  const circle = distance === undefined ? undefined : circleOf(distance, unit.tier);
  return {
    unitId: unit.id,
    reason: reason ?? freshness(unit, now),
    ...(distance === undefined ? {} : { distance }),
    ...(circle === undefined ? {} : { circle }),
    ...(unit.engagedOn === undefined ? {} : { engagedOn: unit.engagedOn }),
  };
}

/** How far the position of a unit may be believed. */
export function freshness(unit: Unit, now: Instant): 'fresh-position' | 'stale-position' | 'no-position' {
  if (!unit.position) return 'no-position';
  return now - unit.position.at <= positionStaleAfter ? 'fresh-position' : 'stale-position';
}

const freshnessRank: Readonly<Partial<Record<ChoiceReason, number>>> = { 'fresh-position': 0, 'stale-position': 1, 'no-position': 2 };

function rankOf({ unit, choice }: { unit: Unit; choice: Choice }, scene: Scene): readonly (number | string)[] {
  return [
    unit.bearers > 0 ? 0 : 1,
    choice.engagedOn === undefined ? 0 : 1,
    freshnessRank[choice.reason] ?? 2,
    choice.distance ?? Number.POSITIVE_INFINITY,
    scene.gridId !== undefined && unit.gridIds.includes(scene.gridId) ? 0 : 1,
    scene.stationId === unit.stationId ? 0 : 1,
    unit.id,
  ];
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
