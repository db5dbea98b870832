import type { Device, Dialect, Fact, Judgement, Mark } from '../../devices/driver.ts';
import type { Clock } from '../ports.ts';

/** The last mark of each name that the record holds of one device. */
export interface Remembered {
  readonly mark: Mark;
  readonly at: number;
}

type Marked = Fact & { readonly mark: Mark };

/**
 * Tells a device's news from what it repeats, on one connection. What was told before this connection is read from the
 * record when it is first asked for. A connection over which something could not be stored is cut off, and the next one
 * asks the record again: nothing is taken for a repeat of what was never kept.
 */
export interface Recall {
  /** @throws what the record says */
  judge(dialect: Dialect<Record<string, unknown>>, device: Device, fact: Fact): Promise<Judgement>;
}

interface Held {
  readonly value: Mark['value'];
  readonly keptAt: number;
  toldAt: number;
  sameLine: boolean;
}

export function openRecall(clock: Pick<Clock, 'now'>, load: () => Promise<readonly Remembered[]>): Recall {
  let loading: Promise<Map<string, Held>> | undefined;
  const recall = (): Promise<Map<string, Held>> => {
    loading ??= load().then(
      (known) => new Map(known.map(({ mark, at }) => [mark.of, { value: mark.value, keptAt: at, toldAt: at, sameLine: false }])),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  return {
    async judge(dialect, device, fact) {
      if (!isMarked(fact) || !dialect.judge) return { outcome: 'news', fact };
      // Whoever waits here is answered in the order in which the messages came.
      const held = await recall();
      const now = clock.now();
      const before = held.get(fact.mark.of);
      const known = before && { value: before.value, age: now - before.keptAt, quiet: now - before.toldAt, sameLine: before.sameLine };
      const judgement = dialect.judge(fact, known, device);
      if (judgement.outcome !== 'repeat') held.set(fact.mark.of, { value: fact.mark.value, keptAt: now, toldAt: now, sameLine: true });
      else if (before) Object.assign(before, { toldAt: now, sameLine: true });
      return judgement;
    },
  };
}

const isMarked = (fact: Fact): fact is Marked => fact.mark !== undefined;
