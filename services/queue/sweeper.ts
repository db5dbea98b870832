import type { Duration, Instant } from '../alarm/index.ts';
import type { Clock, Job, Log, Timer } from '../ports.ts';
import { laneOf, queueOf } from './jobs.ts';
import type { CountJob, Swept } from './lanes.ts';
import { openOutage } from './outage.ts';

/** A question to the record: what is due, or was left behind? */
export interface SweepSource {
  readonly name: string;
  readonly every: Duration;
  /** The first of it, in the order in which it is to be done. */
  find(now: Instant): Promise<readonly Job[]>;
}

export interface Sweeper {
  /** Jobs found since the start, by source. A source of things left behind that finds much tells of a lane that loses them. */
  readonly found: Readonly<Record<string, number>>;
  /** Sources that fail at present, with the reason. */
  failing(): Readonly<Record<string, string>>;
  /** Resolves when no question is under way. */
  stop(): Promise<void>;
}

export interface SweeperParts {
  readonly clock: Clock;
  readonly sources: readonly SweepSource[];
  readonly lanes: Swept;
  readonly log: Log;
  /** Told of each job that was found, for the metrics. */
  readonly count?: CountJob;
}

/**
 * Puts back onto the lanes what the record says is due or was left behind. It needs no queue: it is what makes the queue
 * expendable. After an outage it hands the backlog straight to the line of this process, in order and no faster than the
 * line takes it. Every source is asked at once and then at its own interval, never twice at the same time.
 */
export function startSweeper({ clock, sources, lanes, log, count }: SweeperParts): Sweeper {
  const found: Record<string, number> = {};
  const troubles = new Map(sources.map((source) => [source.name, openOutage(log, `The sweep for ${source.name}`)]));
  const underWay = new Map<string, Promise<void>>();
  let stopped = false;

  const ask = async (source: SweepSource): Promise<void> => {
    const trouble = troubles.get(source.name);
    try {
      const jobs = await source.find(clock.now());
      trouble?.end();
      if (stopped) return;
      found[source.name] = (found[source.name] ?? 0) + jobs.length;
      for (const job of jobs) {
        if (!lanes.sweep(job)) return;
        count?.(laneOf(queueOf(job)), 'swept');
      }
    } catch (error) {
      trouble?.begin(error);
    }
  };
  const sweep = (source: SweepSource): Promise<void> => {
    const before = underWay.get(source.name);
    if (before) return before;
    const asking = ask(source).finally(() => underWay.delete(source.name));
    underWay.set(source.name, asking);
    return asking;
  };

  const timers: Timer[] = sources.flatMap((source) => {
    found[source.name] = 0;
    const turn = () => sweep(source);
    return [clock.after(`sweep-${source.name}-first`, 0, turn), clock.every(`sweep-${source.name}`, source.every, turn)];
  });
  return {
    found,
    failing: () =>
      Object.fromEntries(
        [...troubles].flatMap(([name, trouble]) => {
          const reason = trouble.reason();
          return reason === undefined ? [] : [[name, reason]];
        }),
      ),
    async stop() {
      stopped = true;
      for (const timer of timers) timer.stop();
      await Promise.all(underWay.values());
    },
  };
}
