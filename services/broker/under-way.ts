import type { Duration } from '../alarm/index.ts';
import type { Clock } from '../ports.ts';

/** Work that is not awaited where it began, so that a stop can wait for it. */
export interface UnderWay {
  add(work: Promise<unknown>): void;
  /** True once nothing is under way any more, false when something still is after `patience`. */
  ended(patience: Duration): Promise<boolean>;
}

export function openUnderWay(clock: Clock): UnderWay {
  const works = new Set<Promise<unknown>>();
  const all = async (): Promise<true> => {
    while (works.size > 0) await Promise.allSettled([...works]);
    return true;
  };
  return {
    add(work) {
      works.add(work);
      const gone = () => void works.delete(work);
      work.then(gone, gone);
    },
    async ended(patience) {
      const { promise: late, resolve } = Promise.withResolvers<false>();
      const timer = clock.after('last words of devices', patience, () => resolve(false));
      const ended = await Promise.race([all(), late]);
      timer.stop();
      return ended;
    },
  };
}
