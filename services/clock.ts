import type { Duration, Instant } from './alarm/index.ts';
import type { Clock, Log, Timer } from './ports.ts';

/** A timer that waits: for the status page and the log. */
export interface Waiting {
  readonly name: string;
  readonly due: Instant;
  /** Set when it comes again and again. */
  readonly every?: Duration;
}

export interface SystemClock extends Clock {
  /** Every timer that waits, the next one first. */
  list(): readonly Waiting[];
  /** The database's clock minus this one in ms, as last measured. This clock never steps to follow it. */
  skew(): Duration;
  /** Ends every timer. Resolves once those that were running have ended, or after two seconds. */
  stop(): Promise<void>;
}

const resample: Duration = 60_000;
const tolerated: Duration = 2000;
const farewell: Duration = 2000;
/** setTimeout holds 31 bits of milliseconds; a longer wait goes in stages. */
const longestTimeout = 2 ** 31 - 1;

/** A question that took longer, in ms, says too little: half of it may be the error, and the processes of a city would disagree by it. */
const exact = 20;
const mostQuestions = 4;

interface Sample {
  /** What to add to performance.now() to get the database's time. */
  readonly offset: number;
  /** From the question to the answer, in ms. */
  readonly took: number;
}

/**
 * The product's clock: the database's time at the start, carried on by the machine's monotonic counter, so that all
 * processes agree and a step of the wall clock moves no deadline. Measured again every minute, only to report.
 * @param dbNow the database's clock_timestamp() in ms since 1970
 * @throws what `dbNow` throws at the start
 */
export async function systemClock(dbNow: () => Promise<number>, log: Log): Promise<SystemClock> {
  // The first question also opens a connection; the second one's round trip is the short one.
  await dbNow();
  const { offset } = await bestSample(dbNow);
  const clock = new Running(offset, log);
  clock.every('clock-check', resample, async () => {
    const skew = (await sample(dbNow)).offset - offset;
    clock.measured(skew);
    if (Math.abs(skew) > tolerated)
      log.warn({ skewMs: Math.round(skew) }, "The database's clock went away from this process's; check its time service");
  });
  return clock;
}

/** On a machine that is out of breath the first answers are late: the quickest of several is taken. */
async function bestSample(dbNow: () => Promise<number>): Promise<Sample> {
  let best = await sample(dbNow);
  for (let asked = 1; asked < mostQuestions && best.took > exact; asked += 1) {
    const next = await sample(dbNow);
    if (next.took < best.took) best = next;
  }
  return best;
}

async function sample(dbNow: () => Promise<number>): Promise<Sample> {
  const before = performance.now();
  const told = await dbNow();
  const after = performance.now();
  return { offset: told - (before + after) / 2, took: after - before };
}

interface Entry {
  readonly name: string;
  readonly every: Duration | undefined;
  due: Instant;
  timeout: NodeJS.Timeout | undefined;
}

class Running implements SystemClock {
  readonly #offset: number;
  readonly #log: Log;
  readonly #entries = new Set<Entry>();
  readonly #firing = new Set<Promise<void>>();
  #skew: Duration = 0;

  constructor(offset: number, log: Log) {
    this.#offset = offset;
    this.#log = log;
  }

  now(): Instant {
    return Math.floor(performance.now() + this.#offset);
  }

  after(name: string, delay: Duration, run: () => unknown): Timer {
    return this.#start(name, delay, undefined, run);
  }

  /** The next turn is counted from the end of the last one, so that turns never overlap. */
  every(name: string, interval: Duration, run: () => unknown): Timer {
    return this.#start(name, interval, interval, run);
  }

  list(): readonly Waiting[] {
    const waiting = [...this.#entries].sort((a, b) => a.due - b.due);
    return waiting.map(({ name, due, every }) => (every === undefined ? { name, due } : { name, due, every }));
  }

  skew(): Duration {
    return this.#skew;
  }

  measured(skew: Duration): void {
    this.#skew = skew;
  }

  async stop(): Promise<void> {
    for (const entry of [...this.#entries]) this.#remove(entry);
    const late = Promise.withResolvers<void>();
    const timeout = setTimeout(late.resolve, farewell);
    await Promise.race([Promise.allSettled([...this.#firing]), late.promise]);
    clearTimeout(timeout);
  }

  #start(name: string, delay: Duration, every: Duration | undefined, run: () => unknown): Timer {
    const entry: Entry = { name, every, due: this.now() + delay, timeout: undefined };
    this.#entries.add(entry);
    this.#arm(entry, run);
    return { stop: () => this.#remove(entry) };
  }

  #remove(entry: Entry): void {
    clearTimeout(entry.timeout);
    this.#entries.delete(entry);
  }

  #arm(entry: Entry, run: () => unknown): void {
    const left = Math.max(0, entry.due - this.now());
    entry.timeout = setTimeout(
      () => {
        if (this.now() < entry.due) this.#arm(entry, run);
        else this.#begin(entry, run);
      },
      Math.min(left, longestTimeout),
    );
  }

  #begin(entry: Entry, run: () => unknown): void {
    const firing = this.#fire(entry, run).finally(() => this.#firing.delete(firing));
    this.#firing.add(firing);
  }

  async #fire(entry: Entry, run: () => unknown): Promise<void> {
    if (entry.every === undefined) this.#entries.delete(entry);
    try {
      await run();
    } catch (error) {
      this.#log.error({ err: error, timer: entry.name }, 'A timer failed');
    }
    if (entry.every === undefined || !this.#entries.has(entry)) return;
    entry.due = this.now() + entry.every;
    this.#arm(entry, run);
  }
}
