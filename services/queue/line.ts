import type { Job } from '../ports.ts';
import { type Standing, standingOf } from './jobs.ts';

/**
 * Jobs handed straight on in this process: some running, some waiting, no more than fit. Calls and orders go first. What
 * follows them takes at most half of the places, so that a storm of it leaves room for the next press. What its handler
 * gathers and decides together takes no place: many of them cost one connection.
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

/** Gathered jobs under way at once: several times what is decided together, so that the next lot is there when one ends. */
const mostGathered = 256;

/**
 * @param width running at once, of those that take a place
 * @param length waiting at most, of each kind: answers that pile up leave no press outside
 * @param run must not reject
 */
export function openLine(width: number, length: number, run: (job: Job) => Promise<void>): Line {
  const waiting: Record<Standing, Map<string, Job>> = {
    first: new Map(),
    gathered: new Map(),
    due: new Map(),
    again: new Map(),
    after: new Map(),
  };
  const running: Record<Standing, number> = { first: 0, gathered: 0, due: 0, again: 0, after: 0 };
  const mostAfter = Math.max(1, Math.floor(width / 2));
  const followers = () => running.again + running.after;
  const followerFits = () => followers() < mostAfter && running.first + followers() < width;
  const fits: Record<Standing, () => boolean> = {
    first: () => running.first + followers() < width,
    gathered: () => running.gathered < mostGathered,
    due: () => running.due < mostGathered,
    again: followerFits,
    after: followerFits,
  };

  const start = async (standing: Standing, job: Job): Promise<void> => {
    running[standing] += 1;
    await run(job);
    running[standing] -= 1;
    for (const each of ['first', 'gathered', 'due', 'again', 'after'] as const) next(each);
  };

  function next(standing: Standing): void {
    for (const [key, job] of waiting[standing]) {
      if (!fits[standing]()) return;
      waiting[standing].delete(key);
      void start(standing, job);
    }
  }

  return {
    take(key, job) {
      const standing = standingOf(job);
      if (standing === 'first' && fits.first()) {
        void start('first', job);
        return true;
      }
      if (waiting[standing].size >= length) return false;
      waiting[standing].set(key, job);
      // What follows begins a turn later, when what goes first is on its way.
      if (standing !== 'first') setImmediate(() => next(standing));
      return true;
    },
    waits: (key) => Object.values(waiting).some((jobs) => jobs.has(key)),
    empty() {
      const jobs = Object.values(waiting).flatMap((each) => [...each.values()]);
      for (const each of Object.values(waiting)) each.clear();
      return jobs;
    },
    get running() {
      return Object.values(running).reduce((sum, each) => sum + each, 0);
    },
    get waiting() {
      return Object.values(waiting).reduce((sum, { size }) => sum + size, 0);
    },
  };
}
