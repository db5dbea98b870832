/** What a camera said, kept for whoever asks next. */

export interface Kept<T> {
  /** What was said less than `fresh` ago, else asked anew. @throws what asking throws */
  get(signal?: AbortSignal): Promise<T>;
  /** What was said last, however long ago, at once; asked anew behind it when it is no longer fresh. @throws as `get`, where nothing was said yet */
  atOnce(signal?: AbortSignal): Promise<T>;
  forget(): void;
}

/** Firmware is updated and profiles are set while we run; ten minutes are longer than any incident asks twice. */
const fresh = 10 * 60_000;

/** Keeps one answer, and has one question under way for all who want it. */
export function kept<T>(now: () => number, ask: (signal: AbortSignal) => Promise<T>): Kept<T> {
  let last: { readonly value: T; readonly at: number } | undefined;
  const asked = shared(async (signal) => {
    const value = await ask(signal);
    last = { value, at: now() };
    return value;
  });
  const get = async (signal?: AbortSignal): Promise<T> => (last && Math.abs(now() - last.at) < fresh ? last.value : asked(signal));
  const forget = (): void => {
    last = undefined;
  };
  return {
    get,
    atOnce: async (signal) => {
      if (!last) return get(signal);
      get().catch(forget);
      return last.value;
    },
    forget,
  };
}

/** One piece of work for all who wait for it. One who goes away takes nothing from the others; the last ends it. */
function shared<T>(work: (signal: AbortSignal) => Promise<T>): (signal?: AbortSignal) => Promise<T> {
  let running: { readonly outcome: Promise<T>; readonly end: AbortController; waiting: number } | undefined;
  const begin = () => {
    const end = new AbortController();
    return { outcome: work(end.signal), end, waiting: 0 };
  };
  return async (signal) => {
    signal?.throwIfAborted();
    running ??= begin();
    const joined = running;
    joined.waiting += 1;
    try {
      return await heeding(signal, joined.outcome);
    } finally {
      joined.waiting -= 1;
      if (joined.waiting === 0) {
        if (running === joined) running = undefined;
        joined.end.abort();
      }
    }
  };
}

/** The outcome, or the reason of `signal` where that comes first. */
function heeding<T>(signal: AbortSignal | undefined, outcome: Promise<T>): Promise<T> {
  if (!signal) return outcome;
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = (): void => reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  return Promise.race([outcome, promise]).finally(() => signal.removeEventListener('abort', leave));
}
