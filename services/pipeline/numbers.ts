import type { Log } from '../ports.ts';
import type { Db, Store } from '../store/connect.ts';
import { nextNumber } from '../store/incidents.ts';

/**
 * Numbers for incidents. One is drawn ahead, so that an alarm need not wait for it; a stop may cost that one number.
 * Several processes each hold one, so between them a higher number may have been opened first.
 */
export interface Numbers {
  next(db: Db): Promise<number>;
}

export function openNumbers({ store, log }: { readonly store: Pick<Store, 'fleeting'>; readonly log: Log }): Numbers {
  let ahead: number | undefined;
  let drawing = false;

  async function drawAhead(): Promise<void> {
    drawing = true;
    try {
      ahead = await nextNumber(store.fleeting);
    } catch (error) {
      log.debug({ err: error }, 'no number could be drawn ahead; the next incident draws its own');
    } finally {
      drawing = false;
    }
  }

  return {
    async next(db) {
      const drawn = ahead;
      ahead = undefined;
      const number = drawn ?? (await nextNumber(db));
      // After the own one: an incident that opens later has the higher number.
      if (!drawing) setImmediate(drawAhead);
      return number;
    },
  };
}
