import type { Job } from '../ports.ts';

/** Jobs handed straight on in this process: some running, some waiting, no more than fit. */
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
  const waiting = new Map<string, Job>();
  let running = 0;
  const start = async (job: Job): Promise<void> => {
    running += 1;
    await run(job);
    running -= 1;
    for (const [key, next] of waiting) {
      waiting.delete(key);
      void start(next);
      return;
    }
  };
  return {
    take(key, job) {
      if (running < width) void start(job);
      else if (waiting.size < length) waiting.set(key, job);
      else return false;
      return true;
    },
    waits: (key) => waiting.has(key),
    empty() {
      const jobs = [...waiting.values()];
      waiting.clear();
      return jobs;
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting.size;
    },
  };
}
