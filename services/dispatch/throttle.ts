import type { FastifyReply } from 'fastify';
import type { Duration, Instant } from '../alarm/index.ts';
import { Fault } from '../errors.ts';

/** Counts attempts by key in fixed windows. Keys are held for one window and bounded in number. */
export interface Throttle {
  /** Takes one attempt. Gives 0 when it may go on, else the time until it may. */
  take(key: string, now: Instant): Duration;
  /** Takes back one attempt that turned out well. */
  giveBack(key: string): void;
  /** Forgets all attempts of a key: it proved itself. */
  forgive(key: string): void;
}

/** Beyond this many keys in one window somebody is making them up; the oldest are forgotten. */
const keysHeld = 10_000;

export function throttle(limits: { readonly attempts: number; readonly window: Duration }): Throttle {
  const windows = new Map<string, { start: Instant; count: number }>();
  const fresh = (key: string, now: Instant) => {
    windows.delete(key);
    const oldest = windows.size >= keysHeld ? windows.keys().next().value : undefined;
    if (oldest !== undefined) windows.delete(oldest);
    const window = { start: now, count: 0 };
    windows.set(key, window);
    return window;
  };
  return {
    take(key, now) {
      const held = windows.get(key);
      const window = held && now - held.start < limits.window ? held : fresh(key, now);
      if (window.count >= limits.attempts) return Math.max(1, window.start + limits.window - now);
      window.count += 1;
      return 0;
    },
    giveBack(key) {
      const window = windows.get(key);
      if (window && window.count > 0) window.count -= 1;
    },
    forgive(key) {
      windows.delete(key);
    },
  };
}

/** What whoever has to wait is told. */
export function tooMany(reply: FastifyReply, wait: Duration): Fault {
  reply.header('retry-after', Math.ceil(wait / 1000));
  return new Fault('rate-limited', `Too many attempts; try again in ${Math.ceil(wait / 1000)} s`);
}
