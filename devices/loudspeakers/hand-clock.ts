import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timer } from './pace.ts';

/** A clock that stands until it is moved, for tests. */
export interface HandClock extends Timer {
  /** Runs what falls due, in order, and lets real sockets on this machine finish their work before each step. */
  readonly advance: (milliseconds: number, step?: number) => Promise<void>;
  /** Moves on until the work is done. */
  readonly until: <T>(work: Promise<T>, longest?: number) => Promise<T>;
}

/** Enough turns of the event loop for an exchange over loopback. */
const turns = 6;

export function openHandClock(start = 1000): HandClock {
  let now = start;
  const waiting = new Set<{ readonly due: number; readonly run: () => void }>();

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await nextTurn();
  };

  async function advance(milliseconds: number, step = 5): Promise<void> {
    const end = now + milliseconds;
    await settle();
    while (now < end) {
      now = Math.min(end, now + step);
      for (const entry of [...waiting].filter((each) => each.due <= now).toSorted((a, b) => a.due - b.due)) {
        if (waiting.delete(entry)) entry.run();
      }
      await settle();
    }
  }

  return {
    now: () => now,
    after: (milliseconds, run) => {
      const entry = { due: now + milliseconds, run };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    advance,
    until: async (work, longest = 120_000) => {
      const end = now + longest;
      let done = false;
      const note = (): void => {
        done = true;
      };
      work.then(note, note);
      await settle();
      while (!done && now < end) await advance(5);
      if (!done) throw new Error(`not done after ${longest} ms of the clock`);
      return work;
    },
  };
}
