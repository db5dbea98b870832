import type { After } from '../web-door.ts';

/** The speed of speech: one packet of 160 samples every 20 ms (RFC 3551 4.2, the packets that every receiver takes). */
export const frameMilliseconds = 20;
export const frameSamples = 160;

/** How many packets may leave at one instant after we stood still. Phones hold 60 ms or more against jitter; a longer burst overruns it. */
export const largestBurst = 3;

/** Time as drivers of loudspeakers see it; tests hand in one of their own and move it. */
export interface Timer {
  /** Milliseconds that only grow, with fractions. */
  readonly now: () => number;
  readonly after: After;
}

const longestTimer = 2 ** 31 - 1;

export const systemTimer: Timer = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    // Node makes 1 ms of what is too long for it, and of Infinity: an upload without end would be over at once.
    if (milliseconds > longestTimer) return () => undefined;
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Resolves when the time is over or the signal aborts, whichever is first. */
export function wait(timer: Timer, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || milliseconds <= 0) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = timer.after(milliseconds, resolve);
  const abort = (): void => {
    cancel();
    resolve();
  };
  signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

export interface Pace {
  /**
   * Resolves when the next packet is due, with the number of packet times that were left out before it: 0 as long as we
   * keep up, more after a stall that is too long to be caught up with. RTP time stamps leave out the same (RFC 3550 5.1).
   */
  readonly next: (signal: AbortSignal) => Promise<number>;
}

/**
 * Keeps to a grid that starts with the first packet, so that late timers do not add up. After a stall what is due leaves
 * at once, but never more than `burst` packets; the grid is moved by the rest.
 */
export function openPace(timer: Timer, burst = largestBurst): Pace {
  let due: number | undefined;
  return {
    next: async (signal) => {
      due ??= timer.now();
      await wait(timer, due - timer.now(), signal);
      const behind = Math.floor((timer.now() - due) / frameMilliseconds);
      const left = Math.max(0, behind - (burst - 1));
      due += (left + 1) * frameMilliseconds;
      return left;
    },
  };
}
