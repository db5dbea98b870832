import { isCall } from './call.ts';
import type { Saying, Waiting } from './orders.ts';
import type { SteadyBook } from './steady-book.ts';

/** What became of an attempt to send. */
export type Sent =
  | { readonly outcome: 'sent' }
  /** It will not be taken, however often it is sent. */
  | { readonly outcome: 'refused'; readonly error: unknown }
  /** Nobody is signed in: it waits for that. */
  | { readonly outcome: 'signed-out' }
  | { readonly outcome: 'unreachable' };

export interface OutboxDeps {
  readonly book: Pick<SteadyBook, 'waiting' | 'reread' | 'add' | 'remove'>;
  /** May be called off: it is then sent again later, under the same id. */
  readonly send: (waiting: Waiting, calledOff: AbortSignal | undefined) => Promise<Sent>;
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Runs something once after so many milliseconds; gives how to call it off. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly changed: () => void;
  /** The server has it. */
  readonly taken: (waiting: Waiting) => void;
  readonly refused: (waiting: Waiting, error: unknown) => void;
  readonly signedOut: () => void;
}

const waits = { first: 1000, longest: 30_000 };
const aborted = (signal: AbortSignal): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

/**
 * What the officer said, on its way to the server: sent in the order it was said, one after the other, again and again until
 * the server has it. Each has an id of its own, so that one which arrived although its answer was lost is known there. A call
 * for help waits for nothing: not for what was said before it, not for the phone to keep it.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  #failures = 0;
  #callOff: (() => void) | undefined;
  /** What a call for help cuts short. */
  #step: AbortController | undefined;
  #sending = false;
  #again = false;
  #open = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  get waiting(): readonly Waiting[] {
    return this.#deps.book.waiting;
  }

  /** Takes up what was left over from last time. */
  open(): void {
    this.#open = true;
    this.nudge();
  }

  /** Resolves once it is kept on the phone, or cannot be; it is on its way before. */
  async say(saying: Saying): Promise<Waiting> {
    const { book, newId, now } = this.#deps;
    const last = this.waiting.at(-1)?.seq ?? 0;
    const said: Waiting = { eventId: newId(), seq: Math.max(now(), last + 1), at: new Date(now()).toISOString(), saying };
    // Of a switch only the last position counts.
    const outdated = saying.kind === 'duty' ? this.waiting.filter((waiting) => waiting.saying.kind === 'duty') : [];
    const kept = [book.add(said), ...outdated.map(({ eventId }) => book.remove(eventId))];
    this.#deps.changed();
    if (isCall(said)) this.#step?.abort();
    this.nudge();
    await Promise.all(kept);
    return said;
  }

  /** The network may be back: tries now instead of waiting out the pause. */
  nudge(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#failures = 0;
    void this.#run();
  }

  close(): void {
    this.#open = false;
    this.#callOff?.();
  }

  /** One sending at a time; a nudge that comes during one that fails is another try. */
  async #run(): Promise<void> {
    this.#again = true;
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#again && this.#open) {
        this.#again = false;
        await this.#sendAll();
      }
    } finally {
      this.#sending = false;
    }
  }

  async #sendAll(): Promise<void> {
    for (let next = await this.#next(); next && this.#open; next = await this.#next()) if (!(await this.#sendOne(next))) return;
  }

  /** What another page of the account has sent meanwhile is not sent again. */
  async #next(): Promise<Waiting | undefined> {
    if (!this.waiting.some(isCall)) {
      this.#step = new AbortController();
      await Promise.race([this.#deps.book.reread(), aborted(this.#step.signal)]);
      this.#deps.changed();
    }
    return this.waiting.find(isCall) ?? this.waiting[0];
  }

  /** Answers whether to go on with the next one. */
  async #sendOne(waiting: Waiting): Promise<boolean> {
    this.#step = isCall(waiting) ? undefined : new AbortController();
    const sent = await this.#deps.send(waiting, this.#step?.signal);
    this.#step = undefined;
    switch (sent.outcome) {
      case 'sent':
        this.#deps.taken(waiting);
        this.#drop(waiting);
        return true;
      case 'refused':
        this.#deps.refused(waiting, sent.error);
        this.#drop(waiting);
        return true;
      case 'signed-out':
        this.#deps.signedOut();
        return false;
      case 'unreachable':
        this.#failures += 1;
        this.#callOff?.();
        this.#callOff = this.#deps.later(Math.min(waits.longest, waits.first * 2 ** (this.#failures - 1)), () => void this.#run());
        return false;
      default:
        return sent satisfies never;
    }
  }

  #drop({ eventId }: Waiting): void {
    this.#failures = 0;
    void this.#deps.book.remove(eventId);
    this.#deps.changed();
  }
}
