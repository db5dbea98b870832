import type { Pause } from './supervisor.ts';

/** A clock for tests that stands still until it is moved. */
export interface MovedClock {
  now(): number;
  after(milliseconds: number, run: () => void): () => void;
  readonly pause: Pause;
  /** Runs what falls due on the way, in order, and what follows from it. */
  advance(milliseconds: number): Promise<void>;
}

export function movedClock(start = Date.parse('2026-01-01T00:00:00Z')): MovedClock {
  let now = start;
  let count = 0;
  const timers = new Map<number, { readonly due: number; readonly run: () => void }>();
  const after = (milliseconds: number, run: () => void): (() => void) => {
    const id = count++;
    timers.set(id, { due: now + Math.max(0, milliseconds), run });
    return () => void timers.delete(id);
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const next = (until: number): number | undefined =>
    [...timers].filter(([, { due }]) => due <= until).sort(([a, x], [b, y]) => x.due - y.due || a - b)[0]?.[0];
  return {
    now: () => now,
    after,
    pause: (milliseconds, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (signal.aborted) return Promise.resolve();
      const cancel = after(milliseconds, resolve);
      const end = (): void => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
      return promise.finally(() => signal.removeEventListener('abort', end));
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (let id = next(until); id !== undefined; id = next(until)) {
        const timer = timers.get(id);
        timers.delete(id);
        now = Math.max(now, timer?.due ?? now);
        timer?.run();
        await settle();
      }
      now = until;
    },
  };
}
