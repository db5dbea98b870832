import { type Duration, hours, type Instant, minutes } from './time.ts';

/** The clock on a control room's wall: rounds are planned by it, whatever daylight saving does to it. */

/** IANA name, as Asia/Shanghai. */
export type TimeZone = string;

/** Days since 1970-01-01 and minutes since midnight, as a calendar and a clock in the zone show them. */
export interface WallTime {
  readonly day: number;
  readonly minute: number;
}

const dayLength = hours(24);
const formats = new Map<TimeZone, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that the runtime does not know */
function formatOf(zone: TimeZone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', calendar: 'gregory', era: 'short', ...parts });
  formats.set(zone, made);
  return made;
}

/** What the wall shows at an instant, as if it were UTC. */
function shownAt(instant: Instant, zone: TimeZone): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetAt = (instant: Instant, zone: TimeZone): Duration => shownAt(instant, zone) - Math.floor(instant / 1000) * 1000;

export function wallTime(instant: Instant, zone: TimeZone): WallTime {
  const shown = shownAt(instant, zone);
  const day = Math.floor(shown / dayLength);
  return { day, minute: Math.floor((shown - day * dayLength) / minutes(1)) };
}

/**
 * When the wall shows that time. Of a time that comes twice, the first; one that is skipped comes as much later as the
 * clock jumps.
 * @param minute may exceed a day: it is then of the days after
 */
export function instantOf({ day, minute }: WallTime, zone: TimeZone): Instant {
  const shown = day * dayLength + minutes(minute);
  const before = offsetAt(shown - dayLength, zone);
  const after = offsetAt(shown + dayLength, zone);
  const fits = [shown - before, shown - after].filter((instant) => instant + offsetAt(instant, zone) === shown);
  return fits.length > 0 ? Math.min(...fits) : shown - before;
}

/** 1 is Monday, 7 Sunday (ISO 8601). 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
