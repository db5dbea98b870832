import type { Duration, Instant } from '../alarm/index.ts';
import type { Clock } from '../ports.ts';

const mostKept = 10_000;

/** Answers true the first time something is named, and again once it was not named for `length`. For audits of what repeats itself. */
export function seldom(clock: Pick<Clock, 'now'>, length: Duration): (what: string) => boolean {
  const named = new Map<string, Instant>();
  return (what) => {
    const now = clock.now();
    const last = named.get(what);
    named.delete(what);
    named.set(what, now);
    const [oldest] = named.keys();
    if (named.size > mostKept && oldest !== undefined) named.delete(oldest);
    return last === undefined || now - last >= length;
  };
}
