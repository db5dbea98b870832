import type { Lane } from '../alarm/index.ts';
import type { Job, Log } from '../ports.ts';
import type { Backend } from './bull.ts';
import { keyOf, queueOf } from './jobs.ts';
import { type Outage, openOutage } from './outage.ts';

/** Puts jobs of one lane into the queue. Nobody waits for it. */
export interface Producer {
  add(job: Job): void;
  /** Resolves when nothing is under way to the queue. */
  idle(): Promise<void>;
  readonly outage: Outage;
}

/** Adds under way at once: a frozen queue answers none of them for a second. What exceeds this is counted and left to the sweeper. */
const most = 1000;

export interface Counting {
  readonly counts: { queued: number; refused: number };
  /** Called for each job that the queue took. */
  queued(): void;
}

/** What stands in the queue only names a row; whoever takes it asks the record. */
function named(job: Job): Job {
  switch (job.type) {
    case 'order':
      return { type: job.type, id: job.id, ...(job.again ? { again: true } : {}) };
    case 'signal': {
      const { coming: _coming, ...rest } = job;
      return rest;
    }
    default:
      return job;
  }
}

export function openProducer(backend: Backend, lane: Lane, { counts, queued }: Counting, log: Log): Producer {
  const outage = openOutage(log, `The ${lane} queue`);
  const underWay = new Set<Promise<void>>();
  const send = async (job: Job): Promise<void> => {
    try {
      await backend.queues[queueOf(job)].add(job.type, named(job), { jobId: keyOf(job) });
      counts.queued += 1;
      queued();
      outage.end();
    } catch (error) {
      counts.refused += 1;
      outage.begin(error);
    }
  };
  return {
    outage,
    add(job) {
      const obstacle = backend.obstacle(lane);
      if (obstacle !== undefined) outage.begin(obstacle);
      if (obstacle !== undefined || underWay.size >= most) {
        counts.refused += 1;
        return;
      }
      const sending = send(job).finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
