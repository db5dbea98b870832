import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './ports.ts';

/** Many writers, one flush: what arrives while a commit runs shares the next one. */
export interface Group<T, R> {
  /** Resolves after the commit that holds the item. Rejects when it could not be committed. */
  add(item: T): Promise<R>;
  /** How many wait for a commit. */
  waiting(): number;
}

export interface GroupOptions<T, R> {
  readonly name: string;
  readonly write: (items: readonly T[]) => Promise<readonly R[]>;
  /** Largest group that one statement takes. */
  readonly most: number;
  /** How many commits may run beside each other when they are slow, so that nobody waits for two disks' worth; one if absent. */
  readonly abreast?: number;
  /** Begins the next commit: at once for panics; after some milliseconds for what may wait so that it costs less. */
  readonly soon: (commit: () => Promise<void>) => void;
  /** So many are worth a commit of their own: they wait for nothing but what came in the same moment. */
  readonly enough?: number;
  /** An error that says nothing of the items: the record is away, so trying them one by one would not help. */
  readonly recordAway: (error: unknown) => boolean;
  readonly log: Log;
}

/** Begins after some milliseconds of real time, as after a round trip: for what nothing in the product is due by. */
export const inAMoment =
  (ms: number): GroupOptions<never, never>['soon'] =>
  (commit) =>
    void pause(ms).then(commit);

/** In ms of real time, which is a disk's. A sound one takes a tenth of it. */
const slowAfter = 50;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export function openGroup<T, R>(options: GroupOptions<T, R>): Group<T, R> {
  const queue: Waiting<T, R>[] = [];
  const abreast = options.abreast ?? 1;
  const enough = options.enough ?? Infinity;
  let beginning: 'soon' | 'now' | undefined;
  let running = 0;
  /** Of those that run, how many are so slow that the next does not wait for them. */
  let slow = 0;

  async function flush(): Promise<void> {
    // Those that were enough have not waited for the moment that was meant for them.
    if (!beginning) return;
    beginning = undefined;
    running += 1;
    let isSlow = false;
    const tooSlow = () => {
      isSlow = true;
      slow += 1;
      wake();
    };
    const patience = abreast > 1 ? setTimeout(tooSlow, slowAfter) : undefined;
    await commit(queue.splice(0, options.most), options);
    clearTimeout(patience);
    if (isSlow) slow -= 1;
    running -= 1;
    wake();
  }

  function wake(): void {
    if (queue.length === 0 || beginning === 'now' || running > slow || running >= abreast) return;
    if (queue.length >= enough) {
      beginning = 'now';
      setImmediate(flush);
    } else if (!beginning) {
      beginning = 'soon';
      options.soon(flush);
    }
  }

  return {
    add: (item) =>
      new Promise<R>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        wake();
      }),
    waiting: () => queue.length,
  };
}

async function commit<T, R>(batch: readonly Waiting<T, R>[], options: GroupOptions<T, R>): Promise<void> {
  try {
    const results = await options.write(batch.map((waiting) => waiting.item));
    for (const [index, waiting] of batch.entries()) waiting.resolve(results[index] as R);
  } catch (error) {
    if (batch.length === 1 || options.recordAway(error)) {
      for (const waiting of batch) waiting.reject(error);
      return;
    }
    // One item that the record cannot take must not cost its neighbours their place.
    options.log.warn({ err: error, group: options.name, size: batch.length }, 'group refused by the record; trying its items one by one');
    for (const waiting of batch) await commit([waiting], options);
  }
}
