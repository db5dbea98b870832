import { type Instant, seconds } from '../../alarm/index.ts';
import type { Clock, Hub } from '../../ports.ts';

/** Not everything is told of: a test button leads to no event. */
const looks = seconds(2);

/**
 * Looks until there is something, each time that the record has news, and now and then without.
 * @returns undefined once `until` has come or the signal is aborted
 */
export async function waitFor<T>(
  { hub, clock }: { readonly hub: Hub; readonly clock: Clock },
  until: Instant,
  signal: AbortSignal,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  let news = Promise.withResolvers<void>();
  const rouse = () => news.resolve();
  const timers = [
    hub.listen('events', rouse),
    clock.every('walk test looks', looks, rouse),
    clock.after('walk test ends', Math.max(0, until - clock.now()), rouse),
  ];
  signal.addEventListener('abort', rouse);
  try {
    for (;;) {
      // What is told during the look is looked for again.
      news = Promise.withResolvers<void>();
      const found = await look();
      if (found !== undefined || signal.aborted || clock.now() >= until) return found;
      await news.promise;
    }
  } finally {
    for (const timer of timers) timer.stop();
    signal.removeEventListener('abort', rouse);
  }
}
