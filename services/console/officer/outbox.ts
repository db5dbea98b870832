import type { Book } from './book.ts';
import type { Saying, Waiting } from './orders.ts';

/** What became of an attempt to send. */
export type Sent =
  | { readonly outcome: 'sent' }
  /** It will not be taken, however often it is sent. */
  | { readonly outcome: 'refused'; readonly error: unknown }
  /** Nobody is signed in: it waits for that. */
  | { readonly outcome: 'signed-out' }
  | { readonly outcome: 'unreachable' };

export interface OutboxDeps {
  readonly book: Pick<Book, 'waiting' | 'add' | 'remove'>;
  readonly send: (waiting: Waiting) => Promise<Sent>;
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Runs something once after so many milliseconds; gives how to call it off. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly changed: () => void;
  readonly refused: (waiting: Waiting, error: unknown) => void;
  readonly signedOut: () => void;
}

const waits = { first: 1000, longest: 30_000 };

/**
 * What the officer said, on its way to the server. Kept before it counts as said, sent in the order it was said (a call for
 * help before everything), one after the other, again and again until the server has it. Each has an id of its own, so
 * that one which arrived although its answer was lost is known there.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  #waiting: readonly Waiting[] = [];
  #failures = 0;
  #callOff: (() => void) | undefined;
  #sending = false;
  #again = false;
  #open = true;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Takes up what was left over from last time. */
  async open(): Promise<void> {
    this.#waiting = await this.#deps.book.waiting();
    this.#deps.changed();
    this.nudge();
  }

  /** Resolves once it is kept on the phone. */
  async say(saying: Saying): Promise<Waiting> {
    const { book, newId, now } = this.#deps;
    const last = this.#waiting.at(-1)?.seq ?? 0;
    const said: Waiting = { eventId: newId(), seq: Math.max(now(), last + 1), at: new Date(now()).toISOString(), saying };
    // Of a switch only the last position counts.
    const outdated = saying.kind === 'duty' ? this.#waiting.filter((waiting) => waiting.saying.kind === 'duty') : [];
    this.#waiting = [...this.#waiting.filter((waiting) => !outdated.includes(waiting)), said];
    this.#deps.changed();
    await book.add(said);
    for (const { eventId } of outdated) await book.remove(eventId);
    this.nudge();
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
    for (let next = this.#next(); next && this.#open; next = this.#next()) if (!(await this.#sendOne(next))) return;
  }

  #next(): Waiting | undefined {
    return this.#waiting.find(({ saying }) => saying.kind === 'emergency') ?? this.#waiting[0];
  }

  /** Answers whether to go on with the next one. */
  async #sendOne(waiting: Waiting): Promise<boolean> {
    const sent = await this.#deps.send(waiting);
    switch (sent.outcome) {
      case 'sent':
        await this.#drop(waiting);
        return true;
      case 'refused':
        this.#deps.refused(waiting, sent.error);
        await this.#drop(waiting);
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

  async #drop({ eventId }: Waiting): Promise<void> {
    this.#failures = 0;
    this.#waiting = this.#waiting.filter((waiting) => waiting.eventId !== eventId);
    this.#deps.changed();
    await this.#deps.book.remove(eventId);
  }
}
