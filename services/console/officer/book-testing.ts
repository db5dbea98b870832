import type { Book } from './book.ts';
import type { Orders, Said, Waiting } from './orders.ts';

export interface FakeBook {
  readonly open: () => Promise<Book>;
  /** What stands on the phone. */
  readonly kept: Map<string, Waiting>;
  /** From now on it rejects, and opens no more. */
  readonly fail: () => void;
  /** From now on nothing in it ends. */
  readonly hang: () => void;
  /** What was opened is lost; opened anew it is there again. */
  readonly lose: () => void;
  readonly opened: () => number;
}

/** A phone's book for tests; several pages may have it open. */
export function fakeBook(left: readonly Waiting[] = []): FakeBook {
  const kept = new Map(left.map((waiting) => [waiting.eventId, waiting]));
  let orders: Orders | undefined;
  let said: Said = {};
  let state: 'good' | 'failing' | 'hanging' = 'good';
  let opened = 0;
  let lostUpTo = 0;
  const ask = async <T>(one: number, work: () => T): Promise<T> => {
    await Promise.resolve();
    if (state === 'hanging') await new Promise(() => undefined);
    if (state === 'failing' || one <= lostUpTo) throw new Error('the phone keeps nothing');
    return work();
  };
  const open = async (): Promise<Book> => {
    opened += 1;
    const one = opened;
    await ask(one, () => undefined);
    return {
      orders: () => ask(one, () => orders),
      keepOrders: (told) =>
        ask(one, () => {
          orders = told;
        }),
      said: () => ask(one, () => said),
      keepSaid: (told) =>
        ask(one, () => {
          said = told;
        }),
      waiting: () => ask(one, () => [...kept.values()]),
      add: (waiting) => ask(one, () => void kept.set(waiting.eventId, waiting)),
      remove: (eventId) => ask(one, () => void kept.delete(eventId)),
      forget: () =>
        ask(one, () => {
          orders = undefined;
          said = {};
        }),
      close: () => undefined,
    };
  };
  const become = (next: typeof state) => () => {
    state = next;
  };
  const lose = () => {
    lostUpTo = opened;
  };
  return { open, kept, fail: become('failing'), hang: become('hanging'), lose, opened: () => opened };
}
