import { type Duration, type Lane, seconds } from '../alarm/index.ts';
import type { JobOutcome } from '../metrics.ts';
import type { Clock, Handlers, Job, JobType, Lanes, Log } from '../ports.ts';
import { recordUnavailable } from '../store/unavailable.ts';
import type { Backend, JobWorker } from './bull.ts';
import { type Hands, openHands } from './hands.ts';
import { jobSchema, keyOf, laneOf, type QueueName, queueNames, queueOf, queuesOf } from './jobs.ts';
import { type Line, openLine } from './line.ts';
import { type Outage, openOutage } from './outage.ts';
import { openProducer, type Producer } from './producer.ts';
import { type Depth, type LanesHealth, openWatch } from './watch.ts';
import { within } from './within.ts';

export type { Depth, LanesHealth } from './watch.ts';

/** Counted since the start of this process. */
export interface LaneCounts {
  /** Handed straight to a handler of this process. */
  handedOn: number;
  /** Taken by the queue. */
  queued: number;
  /** Not taken by the line or the queue: left to the sweeper. */
  refused: number;
  /** Attempts that a handler ended with an error. */
  failed: number;
  /** Offers of what was waiting here already, or was being done and is done once more. */
  repeated: number;
}

export interface OpenLanes extends Lanes, Swept {
  readonly counts: Readonly<LaneCounts>;
  /** Begins to take jobs. @throws when PostgreSQL, as the queue, does not answer */
  start(): Promise<void>;
  health(): LanesHealth;
  /** Why no job passes through the queue now; undefined when one may. */
  away(): string | undefined;
  /** The queues that have a worker here. */
  readonly served: readonly QueueName[];
  /** Puts a job into its queue, even one that could be done here. @throws what the queue says */
  carry(job: Job): Promise<void>;
  /** How many jobs the worker of a queue has taken here. */
  taken(name: QueueName): number;
  /** Ends the worker of a queue, which takes nothing any more, and opens another. */
  reopen(name: QueueName): Promise<void>;
  /** Takes no more, lets what runs end for at most `patience`, leaves the rest to other processes and the sweeper. */
  close(patience?: Duration): Promise<void>;
}

/** What a sweeper puts its finds into. */
export interface Swept {
  /**
   * Takes a job that the record says is left, unless it is waiting or being done here already. False when the line is full:
   * what is still left then is found at the next turn.
   */
  sweep(job: Job): boolean;
}

export interface LanesParts {
  readonly backend: Backend;
  readonly handlers: Handlers;
  readonly log: Log;
  readonly clock: Clock;
  /** Jobs of one queue that run at once in this process, and those that may wait behind them before the queue gets them. */
  readonly width?: Partial<Record<'urgent' | 'routine', number>>;
  readonly line?: number;
  /** Told what became of each job, for the metrics. */
  readonly count?: CountJob;
}

export type CountJob = (lane: Lane, outcome: JobOutcome) => void;

export function openLanes(parts: LanesParts): Promise<OpenLanes> {
  return Promise.resolve(new Running(parts));
}

class Running implements OpenLanes {
  readonly counts: LaneCounts = { handedOn: 0, queued: 0, refused: 0, failed: 0, repeated: 0 };
  readonly #parts: LanesParts;
  readonly #hands: Hands;
  readonly #producers: Record<'urgent' | 'routine', Producer>;
  readonly #lines = new Map<QueueName, Line>();
  readonly #workers = new Map<QueueName, JobWorker>();
  readonly #troubles = new Map<JobType, Outage>();
  readonly #taken = new Map<QueueName, number>();
  readonly #reopening = new Set<QueueName>();
  readonly #watch: ReturnType<typeof openWatch>;
  #state: 'opened' | 'started' | 'closed' = 'opened';

  constructor(parts: LanesParts) {
    const { backend, handlers, log, clock } = parts;
    this.#parts = parts;
    this.#hands = openHands(handlers, clock);
    const producer = (lane: Lane) => openProducer(backend, lane, { counts: this.counts, queued: () => parts.count?.(lane, 'queued') }, log);
    this.#producers = { urgent: producer('urgent'), routine: producer('routine') };
    this.#watch = openWatch({
      backend,
      log,
      producers: this.#producers,
      hands: this.#hands,
      depth: (name) => this.#depth(name),
      worker: (name) => ({ worker: this.#workers.get(name), taken: this.#taken.get(name) ?? 0, width: this.#width(name) }),
    });
  }

  offer(job: Job): void {
    const line = this.#lineFor(job);
    if (!line) return this.#queue(job);
    const key = keyOf(job);
    const again = () => this.#state === 'started' && this.offer(job);
    if (line.waits(key) || this.#hands.busy(key, again)) this.counts.repeated += 1;
    else if (!this.#take(line, key, job)) this.#leave(job);
  }

  sweep(job: Job): boolean {
    const line = this.#lineFor(job);
    if (!line) this.#queue(job);
    const key = keyOf(job);
    return !line || line.waits(key) || this.#hands.has(key) || this.#take(line, key, job);
  }

  async start(): Promise<void> {
    const { handlers, clock } = this.#parts;
    const types = Object.keys(handlers) as JobType[];
    const served = queueNames.filter((name) => types.some((type) => handlers[type] && queuesOf(type).includes(name)));
    for (const name of served) await this.#openWorker(name);
    for (const name of served) {
      this.#lines.set(
        name,
        openLine(this.#width(name), this.#parts.line ?? 1000, (job) => this.#handOn(job)),
      );
    }
    this.#state = 'started';
    this.#watch.start(clock);
  }

  health(): LanesHealth {
    return this.#watch.health();
  }

  away(): string | undefined {
    return this.#watch.away();
  }

  get served(): readonly QueueName[] {
    return [...this.#workers.keys()];
  }

  async carry(job: Job): Promise<void> {
    await this.#parts.backend.queues[queueOf(job)].add(job.type, job, { jobId: keyOf(job) });
  }

  taken(name: QueueName): number {
    return this.#taken.get(name) ?? 0;
  }

  async reopen(name: QueueName): Promise<void> {
    const old = this.#workers.get(name);
    if (!old || this.#state !== 'started' || this.#reopening.has(name)) return;
    this.#reopening.add(name);
    try {
      if (!(await within(old.close(), 2000))) await within(old.disconnect(), 2000);
      if (this.#state === 'started') await this.#openWorker(name);
    } finally {
      this.#reopening.delete(name);
    }
  }

  async close(patience: Duration = seconds(10)): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#watch.stop();
    for (const line of this.#lines.values()) for (const job of line.empty()) this.#queue(job);
    const { clock, log } = this.#parts;
    const workers = [...this.#workers.values()].map((worker) => worker.close());
    const { urgent, routine } = this.#producers;
    const drained = Promise.all([...workers, this.#hands.idle(), urgent.idle(), routine.idle()]).then(() => true);
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = clock.after('lanes-drain', patience, () => resolve(false));
    const ended = await Promise.race([drained, late]);
    timer.stop();
    if (ended) return;
    log.warn({ patience }, 'Jobs were still running when the lanes closed; the sweeper finds what they left');
    for (const [queue, worker] of this.#workers) {
      worker.disconnect().catch((error: unknown) => log.debug({ err: error, queue }, 'worker cut off'));
    }
  }

  #queue(job: Job): void {
    const coming = job.type === 'signal' ? job.coming : undefined;
    const add = () => this.#producers[laneOf(queueOf(job))].add(job);
    // Another process asks the record, which must have it by then.
    if (coming) void coming.stored.then((stored) => stored && add());
    else add();
  }

  /** The line that does this job here; undefined where this process cannot, or does not take any now. */
  #lineFor(job: Job): Line | undefined {
    return this.#state === 'started' && this.#hands.can(job) ? this.#lines.get(queueOf(job)) : undefined;
  }

  #take(line: Line, key: string, job: Job): boolean {
    if (!line.take(key, job)) return false;
    this.counts.handedOn += 1;
    this.#parts.count?.(laneOf(queueOf(job)), 'handed-on');
    return true;
  }

  /** What the record shows as left is found by the sweeper: a queue beside a full line would only be a second backlog. */
  #leave(job: Job): void {
    if (job.type === 'reachable') return this.#queue(job);
    this.counts.refused += 1;
  }

  /** A failure goes to the queue, which tries again a few times, here or elsewhere. With the record away no try would do. */
  async #handOn(job: Job): Promise<void> {
    try {
      await this.#attempt(job);
    } catch (error) {
      // Counted and told by #attempt.
      if (recordUnavailable(error)) this.#leave(job);
      else this.#queue(job);
    }
  }

  async #attempt(job: Job): Promise<void> {
    const trouble = this.#trouble(job.type);
    try {
      await this.#hands.do(job);
      this.#parts.count?.(laneOf(queueOf(job)), 'done');
      trouble.end();
    } catch (error) {
      this.counts.failed += 1;
      this.#parts.count?.(laneOf(queueOf(job)), 'failed');
      trouble.begin(error);
      throw error;
    }
  }

  async #openWorker(name: QueueName): Promise<void> {
    const { backend, log } = this.#parts;
    const trouble = openOutage(log, `The worker of ${name}`);
    const process = async ({ data }: { readonly data: unknown }): Promise<void> => {
      trouble.end();
      this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1);
      await this.#attempt(jobSchema.parse(data));
    };
    const worker = backend.openWorker(name, process, this.#width(name));
    // After the end a worker's connection may still hear that the database goes, which is then no news.
    worker.on('error', (error) => {
      if (this.#state !== 'closed') trouble.begin(error);
    });
    this.#workers.set(name, worker);
    // BullMQ remembers a failed first connection to PostgreSQL for ever; Redis it awaits, however long that takes.
    if (backend.kind === 'postgresql') await worker.waitUntilReady();
    worker
      .run()
      .catch((error: unknown) =>
        log[this.#state === 'closed' ? 'debug' : 'error']({ err: error, queue: name }, 'A worker of the queue stopped'),
      );
  }

  #trouble(type: JobType): Outage {
    const known = this.#troubles.get(type);
    if (known) return known;
    const made = openOutage(this.#parts.log, `The handler of ${type}`);
    this.#troubles.set(type, made);
    return made;
  }

  #width(name: QueueName): number {
    const lane = laneOf(name);
    return this.#parts.width?.[lane] ?? (lane === 'urgent' ? 7 : 4);
  }

  #depth(name: QueueName): Omit<Depth, 'queued'> {
    const line = this.#lines.get(name);
    return { running: line?.running ?? 0, waiting: line?.waiting ?? 0 };
  }
}
