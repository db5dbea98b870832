import type { Duration, Instant } from '../alarm/index.ts';
import type { Clock, Handlers, Job } from '../ports.ts';
import { keyOf } from './jobs.ts';

/** The handlers of this process, whoever calls for them: the line of a lane or a worker of the queue. */
export interface Hands {
  can(job: Job): boolean;
  /**
   * Whether this very job is being done here now; then `again` runs once when it ends. It may have looked at the record already
   * and have missed what it is asked to do now: a lamp whose call was closed, a radio that came back once more.
   */
  busy(key: string, again: () => void): boolean;
  has(key: string): boolean;
  /**
   * Does the job. Asked for while it is being done here, it is not begun again: both callers get the one end.
   * @throws what the handler throws
   */
  do(job: Job): Promise<void>;
  /** Resolves when nothing is being done. */
  idle(): Promise<void>;
  /**
   * Fails what has run longer than `patience`, so that its key and its place are free again; the record's locks hold
   * against what it may still do.
   */
  abandon(patience: Duration): void;
}

interface Doing {
  readonly since: Instant;
  readonly end: Promise<void>;
  readonly giveUp: (error: Error) => void;
  again?: () => void;
}

export function openHands(handlers: Handlers, clock: Clock): Hands {
  const doing = new Map<string, Doing>();
  const begin = (job: Job, key: string): Promise<void> => {
    // The handler begins a turn later, when its key is taken: what it offers at once finds that.
    const { promise: late, reject: giveUp } = Promise.withResolvers<void>();
    const end = Promise.race([Promise.resolve().then(() => handle(handlers, job)), late]).finally(() => {
      const again = doing.get(key)?.again;
      doing.delete(key);
      again?.();
    });
    doing.set(key, { since: clock.now(), end, giveUp });
    return end;
  };
  return {
    can: (job) => handlers[job.type] !== undefined,
    has: (key) => doing.has(key),
    busy(key, again) {
      const one = doing.get(key);
      if (one) one.again = again;
      return one !== undefined;
    },
    do(job) {
      const key = keyOf(job);
      return doing.get(key)?.end ?? begin(job, key);
    },
    async idle() {
      while (doing.size > 0) await Promise.allSettled([...doing.values()].map((one) => one.end));
    },
    abandon(patience) {
      const before = clock.now() - patience;
      for (const [key, one] of doing) {
        if (one.since <= before) one.giveUp(new Error(`${key} has not ended within ${patience} ms`));
      }
    },
  };
}

async function handle(handlers: Handlers, job: Job): Promise<void> {
  // The handler is looked up by the job's own type, which the type system cannot follow through a union.
  const handler = handlers[job.type] as ((job: Job) => Promise<void>) | undefined;
  if (!handler) throw new Error(`no handler for ${job.type} in this process`);
  await handler(job);
}
