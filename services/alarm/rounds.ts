import { instantOf, type TimeZone, type WallTime, wallTime, weekdayOf } from './rounds-wall.ts';
import { type Duration, type Instant, minutes, seconds } from './time.ts';

/** Video patrols: when a round is due, which run a beginning belongs to, and what ends one. */

/** Times are hours and minutes on the wall, as 08:30. `days`: 1 is Monday, 7 Sunday; every day when absent. A span over midnight belongs to the day on which it begins. */
export type Schedule =
  | { readonly times: readonly string[]; readonly days?: readonly number[] }
  | { readonly minutes: number; readonly from: string; readonly to: string; readonly days?: readonly number[] };

export const roundFindings = ['nothing', 'note', 'incident', 'camera-fault'] as const;
export type RoundFinding = (typeof roundFindings)[number];

export const runStates = ['due', 'under-way', 'done', 'abandoned', 'missed'] as const;
export type RunState = (typeof runStates)[number];

/** A person with one picture sees 85 % of what happens in it, with nine 53 %: nobody is given more at once. */
export const mostPictures = 4;

export interface RoundStop {
  readonly cameraId: string;
  readonly preset?: string;
  readonly dwellSeconds: number;
}

const dayMinutes = 24 * 60;
/** Past the next same weekday, and the hour that a clock may jump. */
const daysAhead = 9;

const minuteOf = (time: string): number => {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
};

/** Minutes since midnight at which a round is due, of a day on which it is; those of a span over midnight exceed a day. */
function minutesOfDay(schedule: Schedule): readonly number[] {
  if ('times' in schedule) return schedule.times.map(minuteOf).sort((a, b) => a - b);
  const from = minuteOf(schedule.from);
  const to = minuteOf(schedule.to);
  const span = to > from ? to - from : to - from + dayMinutes;
  // Of a span of a whole day the end is the next beginning.
  const last = span === dayMinutes ? span - 1 : span;
  return Array.from({ length: Math.floor(last / schedule.minutes) + 1 }, (_none, step) => from + step * schedule.minutes);
}

/** The first instant after `after` at which the round is due; undefined for a schedule that names no day. */
export function nextDue(schedule: Schedule, after: Instant, zone: TimeZone): Instant | undefined {
  const steps = minutesOfDay(schedule);
  const today = wallTime(after, zone).day;
  // A span over midnight may have begun yesterday.
  for (let day = today - 1; day <= today + daysAhead; day += 1) {
    if (schedule.days && !schedule.days.includes(weekdayOf(day))) continue;
    const due = firstAfter(day, steps, after, zone);
    if (due !== undefined) return due;
  }
  return undefined;
}

function firstAfter(day: WallTime['day'], steps: readonly number[], after: Instant, zone: TimeZone): Instant | undefined {
  for (const minute of steps) {
    const due = instantOf({ day, minute }, zone);
    if (due > after) return due;
  }
  return undefined;
}

export interface OpenRun {
  readonly id: string;
  readonly dueAt: Instant;
  readonly startBy: Instant;
}

/** Which planned run a person's beginning stands for. */
export type Beginning =
  | { readonly what: 'due'; readonly runId: string }
  /** The next one, a little before its time. */
  | { readonly what: 'early'; readonly dueAt: Instant }
  /** None: somebody looks for a reason of his own. */
  | { readonly what: 'extra' };

/** The oldest run that waits, else the next one if it is as near as the grace, else none of the plan's. */
export function beginning(open: readonly OpenRun[], next: Instant | undefined, grace: Duration, now: Instant): Beginning {
  const waiting = open.filter(({ startBy }) => startBy > now).sort((a, b) => a.dueAt - b.dueAt)[0];
  if (waiting) return { what: 'due', runId: waiting.id };
  return next !== undefined && next - now <= grace ? { what: 'early', dueAt: next } : { what: 'extra' };
}

const leastPatience: Duration = minutes(15);

/** A run in which nothing was found for so long was left: twice the time of all its stops, and never less than a quarter of an hour. */
export function leftAfter(stops: readonly RoundStop[]): Duration {
  return Math.max(leastPatience, 2 * stops.reduce((sum, { dwellSeconds }) => sum + seconds(dwellSeconds), 0));
}

/** Stops of which nothing was found yet, counted from 1. */
export const unfound = (stops: readonly RoundStop[], found: ReadonlySet<number>): readonly number[] =>
  stops.flatMap((_stop, index) => (found.has(index + 1) ? [] : [index + 1]));
