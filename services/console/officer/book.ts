import type { Orders, Said, Waiting } from './orders.ts';

/** What the page keeps on the phone, one book for each account: it must not be read or answered by whoever comes next. */
export interface Book {
  readonly orders: () => Promise<Orders | undefined>;
  readonly keepOrders: (orders: Orders) => Promise<void>;
  readonly said: () => Promise<Said>;
  readonly keepSaid: (said: Said) => Promise<void>;
  /** In the order in which it was said. */
  readonly waiting: () => Promise<readonly Waiting[]>;
  readonly add: (waiting: Waiting) => Promise<void>;
  readonly remove: (eventId: string) => Promise<void>;
  /** Forgets the orders; what still waits to be sent stays until its sender comes back. */
  readonly forget: () => Promise<void>;
  readonly close: () => void;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the phone keeps nothing'));
  });

/** Resolves once it is on the phone, not when it was handed over. */
const kept = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the phone keeps nothing'));
    transaction.onerror = () => reject(transaction.error ?? new Error('the phone keeps nothing'));
  });

export async function openBook(accountId: string): Promise<Book> {
  const opening = indexedDB.open(`baiying-officer-${accountId}`, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('kept');
    opening.result.createObjectStore('waiting', { keyPath: 'eventId' });
  };
  const db = await done(opening);
  const read = <T>(name: string): Promise<T | undefined> =>
    done(db.transaction('kept').objectStore('kept').get(name) as IDBRequest<T | undefined>);
  const write = (store: 'kept' | 'waiting', change: (to: IDBObjectStore) => void): Promise<void> => {
    const transaction = db.transaction(store, 'readwrite');
    change(transaction.objectStore(store));
    return kept(transaction);
  };
  return {
    orders: () => read<Orders>('orders'),
    keepOrders: (orders) => write('kept', (to) => to.put(orders, 'orders')),
    said: async () => (await read<Said>('said')) ?? {},
    keepSaid: (said) => write('kept', (to) => to.put(said, 'said')),
    waiting: async () => {
      const all = (await done(db.transaction('waiting').objectStore('waiting').getAll())) as Waiting[];
      return all.sort((a, b) => a.seq - b.seq);
    },
    add: (waiting) => write('waiting', (to) => to.put(waiting)),
    remove: (eventId) => write('waiting', (to) => to.delete(eventId)),
    forget: () => write('kept', (to) => to.clear()),
    close: () => db.close(),
  };
}
