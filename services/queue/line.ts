import type { Job } from '../ports.ts';
import { goesFirst } from './jobs.ts';

/**
 * Jobs handed straight on in this process: some running, some waiting, no more than fit. Those that go first pass those
 * that follow, which take at most half of the places, so that a storm of answers leaves room for the next press.
 */
export interface Line {
  /** False when it is full. */
  take(key: string, job: Job): boolean;
  waits(key: string): boolean;
  /** Takes out what has not begun. */
  empty(): readonly Job[];
  readonly running: number;
  readonly waiting: number;
}

/** @param run must not reject */
export function openLine(width: number, length: number, run: (job: Job) => Promise<void>): Line {
  const first = new Map<string, Job>();
  const after = new Map<string, Job>();
  const mostAfter = Math.max(1, Math.floor(width / 2));
  let running = 0;
  let runningAfter = 0;
  const fits = (job: Job): boolean => running < width && (goesFirst(job) || runningAfter < mostAfter);

  const start = async (job: Job): Promise<void> => {
    const follows = !goesFirst(job);
    running += 1;
    if (follows) runningAfter += 1;
    await run(job);
    running -= 1;
    if (follows) runningAfter -= 1;
    next(first);
    next(after);
  };

  function next(waiting: Map<string, Job>): void {
    for (const [key, job] of waiting) {
      if (!fits(job)) return;
      waiting.delete(key);
      void start(job);
    }
  }

  return {
    take(key, job) {
      if (goesFirst(job) && fits(job)) {
        void start(job);
        return true;
      }
      if (first.size + after.size >= length) return false;
      (goesFirst(job) ? first : after).set(key, job);
      // What follows begins a turn later, when what goes first is on its way.
      if (!goesFirst(job)) setImmediate(() => next(after));
      return true;
    },
    waits: (key) => first.has(key) || after.has(key),
    empty() {
      const jobs = [...first.values(), ...after.values()];
      first.clear();
      after.clear();
      return jobs;
    },
    get running() {
      return running;
    },
    get waiting() {
      return first.size + after.size;
    },
  };
}
