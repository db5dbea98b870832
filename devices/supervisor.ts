import { type Fact, type Powers, type Told, Trouble, type TroubleCode } from './driver.ts';

/**
 * Keeps a device watched: runs its driver until it fails, waits, runs it again, for ever. The one back-off of all watched
 * devices.
 */

/** Waits, or ends early and quietly when the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface Health {
  readonly state: 'starting' | 'watching' | 'trouble';
  /** When it came into this state, milliseconds UTC. */
  readonly since: number;
  /** The device's last good answer. */
  readonly answeredAt?: number;
  /** Why it is in trouble; or, while it is watched, what stands in the way all the same. */
  readonly why?: { readonly code: TroubleCode; readonly detail: string };
  /** Attempts that failed since it was last well. */
  readonly failures: number;
}

export interface SupervisorTools {
  readonly now: () => number;
  readonly pause: Pause;
  /** 0 to 1, so that a county behind one switch does not come back in the same instant. */
  readonly random: () => number;
  /** Told each time that state or reason changes. */
  readonly changed?: (health: Health) => void;
  /** Told of a failure that is no Trouble: a fault of ours. */
  readonly failed?: (error: unknown) => void;
}

export interface Supervised {
  health(): Health;
  /** Ends the watch; resolves when the driver has let go of the device. */
  stop(): Promise<void>;
}

const waits = {
  first: 1000,
  /** A fault that ends is over for us within 15 s: at most this from one attempt's start to the next. */
  longest: 10_000,
  /** A device that has been away this long is asked more slowly. */
  awayFor: 300_000,
  longestAway: 30_000,
  /** Makers lock accounts after some five to ten wrong passwords, for five to thirty minutes. */
  refused: 60_000,
  /**
   * But a credential that was good a moment ago is more likely to be turned away by a device that is ill. Twelve seconds, for
   * two minutes: back within 15 s after a fault of 100 s. Drivers ask first without a password where the protocol can.
   */
  doubted: 12_000,
  doubtedFor: 120_000,
} as const;
/** Answers over this long are a good connection: the next failure is a first one. */
const wellAfter = 20_000;
/** Connected and heard nothing of for so long: the driver has lost its device without noticing. */
const deaf = 90_000;

export interface Failure {
  readonly code: TroubleCode;
  /** 1 for the first since the device was well. */
  readonly failures: number;
  /** Milliseconds since that first one. */
  readonly troubledFor: number;
  /** Milliseconds that the failed attempt lasted beyond its last good answer. */
  readonly took: number;
  /** The device answered under this credential before. */
  readonly accepted: boolean;
}

/** Milliseconds until the next attempt. @param random 0 to 1 */
export function waitAfter({ code, failures, troubledFor, took, accepted }: Failure, random: number): number {
  if (code === 'refused') {
    const doubted = accepted && troubledFor < waits.doubtedFor;
    return doubted ? waits.doubted * (0.85 + 0.15 * random) : waits.refused * (1 + 0.25 * random);
  }
  const longest = troubledFor < waits.awayFor ? waits.longest : waits.longestAway;
  const step = Math.min(waits.first * 2 ** Math.min(failures - 1, 10), longest);
  return Math.max(waits.first, step * (0.75 + 0.25 * random) - took);
}

/** @param told facts go there as they are; signs of life and hindrances pass through here */
export function supervise(
  watch: NonNullable<Powers['watch']>,
  told: Pick<Told, 'hear' | 'memory'> & { readonly alive?: () => void },
  tools: SupervisorTools,
): Supervised {
  const watched = new Watched(watch, told, tools);
  const ended = watched.run();
  return {
    health: () => watched.health,
    stop: async () => {
      watched.stop();
      await ended;
    },
  };
}

class Watched {
  readonly #watch: NonNullable<Powers['watch']>;
  readonly #told: Parameters<typeof supervise>[1];
  readonly #tools: SupervisorTools;
  readonly #stop = new AbortController();
  #health: Health;
  #hindered: Health['why'];
  #troubledSince: number | undefined;
  #hearing = 0;

  constructor(watch: NonNullable<Powers['watch']>, told: Parameters<typeof supervise>[1], tools: SupervisorTools) {
    this.#watch = watch;
    this.#told = told;
    this.#tools = tools;
    this.#health = { state: 'starting', since: tools.now(), failures: 0 };
  }

  get health(): Health {
    return this.#health;
  }

  stop(): void {
    this.#stop.abort();
  }

  async run(): Promise<void> {
    const { now, pause, random } = this.#tools;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const began = now();
      const trouble = await this.#attempt(began);
      if (signal.aborted) return;
      const failure = this.#count(trouble, began);
      await pause(waitAfter(failure, random()), signal);
    }
  }

  async #attempt(began: number): Promise<Trouble> {
    const attempt = new AbortController();
    const end = (): void => attempt.abort(this.#stop.signal.reason);
    this.#stop.signal.addEventListener('abort', end, { once: true });
    const listening = this.#listen(began, attempt);
    try {
      await this.#watch(this.#tells(), attempt.signal);
      return attempt.signal.reason instanceof Trouble ? attempt.signal.reason : new Trouble('unreachable', 'the driver ended of itself');
    } catch (error) {
      if (error instanceof Trouble) return error;
      if (!this.#stop.signal.aborted) this.#tools.failed?.(error);
      return new Trouble('garbled', 'the driver failed; see the log');
    } finally {
      attempt.abort();
      this.#stop.signal.removeEventListener('abort', end);
      await listening;
    }
  }

  /** Ends an attempt in which nothing is heard any more; the record being away is no silence of the device. */
  async #listen(began: number, attempt: AbortController): Promise<void> {
    const { now, pause } = this.#tools;
    let quiet = 0;
    while (!attempt.signal.aborted) {
      await pause(deaf - quiet, attempt.signal);
      quiet = this.#hearing > 0 ? 0 : now() - Math.max(began, this.#health.answeredAt ?? began);
      if (quiet >= deaf) attempt.abort(new Trouble('silent', `nothing heard for ${deaf / 1000} s`));
    }
  }

  #tells(): Told {
    const { hear, memory, alive } = this.#told;
    return {
      ...(memory === undefined ? {} : { memory }),
      hear: async (facts: readonly Fact[]) => {
        this.#hearing += 1;
        try {
          await hear(facts);
        } finally {
          this.#hearing -= 1;
        }
      },
      alive: () => {
        this.#answered();
        alive?.();
      },
      hindered: (why) => {
        this.#hindered = why;
        if (this.#health.state === 'watching') this.#become('watching', why);
      },
    };
  }

  #answered(): void {
    this.#health = { ...this.#health, answeredAt: this.#tools.now() };
    if (this.#health.state !== 'watching') this.#become('watching', this.#hindered);
  }

  #count(trouble: Trouble, began: number): Failure {
    const now = this.#tools.now();
    const answeredAt = this.#health.answeredAt ?? Number.NEGATIVE_INFINITY;
    const wasWell = answeredAt - began >= wellAfter;
    if (wasWell || this.#troubledSince === undefined) this.#troubledSince = now;
    const failures = wasWell ? 1 : this.#health.failures + 1;
    this.#health = { ...this.#health, failures };
    this.#become('trouble', { code: trouble.code, detail: trouble.message });
    return {
      code: trouble.code,
      failures,
      troubledFor: now - this.#troubledSince,
      took: now - Math.max(began, answeredAt),
      accepted: this.#health.answeredAt !== undefined,
    };
  }

  #become(state: Health['state'], why: Health['why']): void {
    const before = this.#health;
    const { why: _old, ...rest } = before;
    const since = before.state === state ? before.since : this.#tools.now();
    this.#health = { ...rest, state, since, ...(why === undefined ? {} : { why }) };
    if (before.state !== state || before.why?.code !== why?.code || before.why?.detail !== why?.detail) this.#tools.changed?.(this.#health);
  }
}

/** The pause of the real world. */
export const realPause: Pause = (milliseconds, signal) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const done = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', done);
    resolve();
  };
  const timer = setTimeout(done, milliseconds);
  signal.addEventListener('abort', done, { once: true });
  return promise;
};
