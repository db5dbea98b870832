import { setTimeout as pause } from 'node:timers/promises';
import type { County } from './county.ts';
import { eachOf, type OperatorDesk } from './desk.ts';

/** Closes incidents that both radios have shown, so that the next press of the same key opens another. */
export interface Operator {
  /** Incidents that some radio has shown and that are not closed yet. */
  pending(): number;
  stop(): Promise<void>;
}

/** Long enough for the officers' answers to come in first, in ms. */
const patience = 1000;
const look = 50;
const atOnce = 4;

export function openOperator(desk: OperatorDesk, { radios }: County): Operator {
  const shownBy = new Map<string, { readonly radios: Set<string>; last: number }>();
  const read = radios.map(() => 0);
  let stopped = false;

  const readRadios = () => {
    for (const [index, { id, orders }] of radios.entries()) {
      for (const letter of orders.slice(read[index])) {
        if (letter.outcome !== 'effective') continue;
        const shown = shownBy.get(letter.order.incidentId) ?? { radios: new Set(), last: 0 };
        shownBy.set(letter.order.incidentId, shown);
        shown.radios.add(id);
        shown.last = letter.receivedAt;
      }
      read[index] = orders.length;
    }
  };
  const turn = async () => {
    readRadios();
    const due = [...shownBy]
      .filter(([, shown]) => shown.radios.size === radios.length && Date.now() - shown.last > patience)
      .map(([id]) => id);
    await eachOf(due, atOnce, async (incidentId) => {
      if (await desk.close(incidentId)) shownBy.delete(incidentId);
    });
  };
  const working = (async () => {
    while (!stopped) {
      await turn();
      await pause(look);
    }
  })();
  return {
    pending: () => shownBy.size,
    stop() {
      stopped = true;
      return working;
    },
  };
}
