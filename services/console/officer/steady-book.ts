import type { Book } from './book.ts';
import type { Orders, Said, Waiting } from './orders.ts';

/** What the page itself holds of one account's book, for as long as it is open. */
export interface Memory {
  orders: Orders | undefined;
  said: Said | undefined;
  readonly waiting: Map<string, Waiting>;
  /** Said here and not on the phone, or not yet. */
  readonly unkept: Set<string>;
  /** Sent here; the phone may not have heard of it. */
  readonly gone: Set<string>;
}

export const newMemory = (): Memory => ({ orders: undefined, said: undefined, waiting: new Map(), unkept: new Set(), gone: new Set() });

const memories = new Map<string, Memory>();

/** One for each account, so that what the phone would not keep outlives signing out and in again. */
export function memoryOf(accountId: string): Memory {
  const memory = memories.get(accountId) ?? newMemory();
  memories.set(accountId, memory);
  return memory;
}

export interface SteadyBookDeps {
  readonly open: () => Promise<Book>;
  readonly memory: Memory;
  /** The phone does not keep what it should. */
  readonly broken: (error: unknown) => void;
}

/**
 * The book as the page uses it. What is said is in it at once; where the phone has not opened its own yet, or keeps nothing,
 * the page does, so that an answer is shown and sent all the same. Nothing here rejects.
 */
export class SteadyBook {
  readonly #deps: SteadyBookDeps;
  #opening: Promise<Book> | undefined;
  /** It answers no more: nobody waits for it again. */
  #givenUp: Error | undefined;

  constructor(deps: SteadyBookDeps) {
    this.#deps = deps;
  }

  /** In the order in which it was said. */
  get waiting(): readonly Waiting[] {
    return [...this.#deps.memory.waiting.values()].sort((a, b) => a.seq - b.seq);
  }

  /** Takes over what is left from last time, and what another page of the account said or has sent meanwhile. */
  async reread(): Promise<void> {
    const { waiting, unkept, gone } = this.#deps.memory;
    const before = [...waiting.keys()].filter((id) => !unkept.has(id));
    await this.#do(async (book) => {
      const kept = await book.waiting();
      for (const id of before) waiting.delete(id);
      for (const one of kept) if (!gone.has(one.eventId)) waiting.set(one.eventId, one);
    });
  }

  /** Resolves once it is on the phone, or cannot be. */
  async add(said: Waiting): Promise<void> {
    const { waiting, unkept } = this.#deps.memory;
    waiting.set(said.eventId, said);
    unkept.add(said.eventId);
    await this.#do(async (book) => {
      await book.add(said);
      unkept.delete(said.eventId);
    });
  }

  async remove(eventId: string): Promise<void> {
    const { waiting, unkept, gone } = this.#deps.memory;
    waiting.delete(eventId);
    unkept.delete(eventId);
    gone.add(eventId);
    await this.#do((book) => book.remove(eventId));
  }

  async orders(): Promise<Orders | undefined> {
    return this.#deps.memory.orders ?? (await this.#do((book) => book.orders()));
  }

  async keepOrders(orders: Orders): Promise<void> {
    this.#deps.memory.orders = orders;
    await this.#do((book) => book.keepOrders(orders));
  }

  async said(): Promise<Said> {
    return this.#deps.memory.said ?? (await this.#do((book) => book.said())) ?? {};
  }

  async keepSaid(said: Said): Promise<void> {
    this.#deps.memory.said = said;
    await this.#do((book) => book.keepSaid(said));
  }

  async forget(): Promise<void> {
    this.#deps.memory.orders = undefined;
    this.#deps.memory.said = undefined;
    await this.#do((book) => book.forget());
  }

  /** What is done after this opens it anew. */
  close(): void {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#givenUp = undefined;
    opening?.then(
      (book) => book.close(),
      (error: unknown) => console.info('there was no book to close:', error),
    );
  }

  async #do<T>(work: (book: Book) => Promise<T>): Promise<T | undefined> {
    try {
      if (this.#givenUp !== undefined) throw this.#givenUp;
      return await inTime(this.#doOnPhone(work));
    } catch (error) {
      if (error instanceof Late) this.#givenUp = error;
      this.#deps.broken(error);
      return undefined;
    }
  }

  async #doOnPhone<T>(work: (book: Book) => Promise<T>): Promise<T> {
    this.#opening ??= this.#deps.open();
    const opening = this.#opening;
    const book = await opening;
    try {
      return await work(book);
    } catch (error) {
      // Some phones take an open book away from a page that slept; opened anew, it is as it was.
      console.info('the book of the phone failed and is opened anew:', error);
      if (this.#opening === opening) this.close();
      this.#opening ??= this.#deps.open();
      return await work(await this.#opening);
    }
  }
}

/** A phone keeps something at once, or on some not before the page is loaded again. */
const patience = 5000;

class Late extends Error {}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Late('the phone does not answer for its book')), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
