import type { Duration, Instant } from '../alarm/index.ts';
import type { Clock, Timer } from '../ports.ts';

export interface ManualClock extends Clock {
  /**
   * Moves time on by `span` and runs what falls due on the way, in order, each at its own instant and awaited before
   * the next.
   * @throws what the first failing timer throws; the others of the span still run before
   */
  advance(span: Duration): Promise<void>;
  /** The timers that wait, the next one first. */
  list(): readonly { readonly name: string; readonly due: Instant }[];
}

interface Entry {
  readonly name: string;
  readonly every: Duration | undefined;
  readonly run: () => unknown;
  due: Instant;
  running: boolean;
}

/** A clock that stands still until a test moves it. */
export function manualClock(start: Instant = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  // Kept in the order of setting, so that of two due at the same instant the one set first runs first.
  let entries: Entry[] = [];
  const remove = (entry: Entry) => {
    entries = entries.filter((other) => other !== entry);
  };
  const add = (name: string, delay: Duration, every: Duration | undefined, run: () => unknown): Timer => {
    const entry: Entry = { name, every, run, due: now + delay, running: false };
    entries.push(entry);
    return { stop: () => remove(entry) };
  };
  const next = (end: Instant): Entry | undefined => {
    const due = entries.filter((entry) => entry.due <= end && !entry.running);
    return due.reduce<Entry | undefined>((first, entry) => (first === undefined || entry.due < first.due ? entry : first), undefined);
  };
  return {
    now: () => now,
    after: (name, delay, run) => add(name, delay, undefined, run),
    every: (name, interval, run) => add(name, interval, interval, run),
    list: () => [...entries].sort((a, b) => a.due - b.due).map(({ name, due }) => ({ name, due })),
    async advance(span) {
      const end = now + span;
      const faults: unknown[] = [];
      for (let entry = next(end); entry !== undefined; entry = next(end)) {
        now = Math.max(now, entry.due);
        if (entry.every === undefined) remove(entry);
        else entry.due = now + entry.every;
        // Two advances may be under way at once; a turn still never overlaps the one before it.
        entry.running = true;
        try {
          await entry.run();
        } catch (fault) {
          faults.push(fault);
        } finally {
          entry.running = false;
        }
      }
      now = Math.max(now, end);
      if (faults.length > 0) throw faults[0];
    },
  };
}
