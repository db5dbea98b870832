import type { Duration, Instant } from '../alarm/index.ts';

interface Activity {
  readonly id: string;
  /** Whether it began with something that is there, and not with an end. */
  readonly active: boolean;
  readonly since: Instant;
  lastAt: Instant;
}

/**
 * Remembers what each camera is telling, so that motion reported fifty times a second is one activity with a count.
 * Only routine signals come here: a panic is never folded.
 */
export interface Fold {
  /**
   * The activity that a repeat belongs to; undefined when it begins a new one. What begins after an end was told is new:
   * the rules heard of an end only.
   */
  join(key: string, active: boolean, now: Instant): string | undefined;
  begin(key: string, id: string, active: boolean, now: Instant): void;
  /** Forgets an activity that did not reach the record. */
  drop(key: string, id: string): void;
  /** Forgets activities that have gone quiet; called now and then so that memory follows the active devices only. */
  prune(now: Instant): void;
}

/**
 * @param quiet a repeat within this time of the last belongs to the same activity
 * @param longest an activity that goes on this long is told anew, so that what lasts past its incident's closing is not forgotten
 */
export function openFold(quiet: Duration, longest: Duration): Fold {
  const activities = new Map<string, Activity>();
  const lasts = (activity: Activity, now: Instant) => now - activity.lastAt <= quiet && now - activity.since <= longest;

  return {
    join(key, active, now) {
      const activity = activities.get(key);
      if (!activity || !lasts(activity, now) || (active && !activity.active)) return undefined;
      activity.lastAt = now;
      return activity.id;
    },
    begin(key, id, active, now) {
      activities.set(key, { id, active, since: now, lastAt: now });
    },
    drop(key, id) {
      if (activities.get(key)?.id === id) activities.delete(key);
    },
    prune(now) {
      for (const [key, activity] of activities) if (!lasts(activity, now)) activities.delete(key);
    },
  };
}
