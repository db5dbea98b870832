import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { type County, raiseCounty, units } from './county.ts';
import { type OperatorDesk, openOperatorDesk } from './desk.ts';
import { lettersOf, measures, readRecord, settle } from './ledgers.ts';
import { press } from './load.ts';
import { openOperator } from './operator.ts';
import type { Product } from './product.ts';
import { judge, type Ledgers, type PressEntry } from './verdict.ts';

/** Keys that are pressed, radios that answer and an operator who closes, while something is done to the product. */
export interface Stage {
  readonly desk: OperatorDesk;
  readonly county: County;
}

/** The product, or a town of its processes. */
export type Place = Pick<Product, 'http' | 'mqtt' | 'ownEnds'>;

export interface SiegeOptions {
  readonly product: Place;
  readonly keys: number;
  /** Presses a second. */
  readonly rate: number;
  /** Seconds of pressing at least: it goes on until the fault is over. */
  readonly lasts: number;
  /** Every key is pressed once, and no more. */
  readonly once?: boolean;
  /** Done when all devices are connected, before the first press. */
  readonly before?: () => Promise<void>;
  /** Where the devices connect, each to one of these, when not to the product itself. */
  readonly mqtt?: readonly string[];
}

export interface Besieged<T> {
  readonly value: T;
  readonly violations: readonly string[];
  readonly figures: ReturnType<typeof measures>;
  /** What the product said of itself meanwhile, besides that all is well. */
  readonly told: readonly string[];
  readonly ledgers: Ledgers;
}

export async function besiege<T>(bench: Bench, options: SiegeOptions, fault: (stage: Stage) => Promise<T>): Promise<Besieged<T>> {
  const { product, keys, rate, lasts } = options;
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, options.mqtt ?? [product.mqtt], keys);
  bench.defer(county.stop);
  const operator = openOperator(desk, county);
  bench.defer(operator.stop);
  const presses: PressEntry[] = [];
  await options.before?.();
  const listening = listen(product);
  let over = options.once === true;
  const [value] = await Promise.all([
    fault({ desk, county }).finally(() => {
      over = true;
    }),
    press(county, presses, bench.random, { presses: options.once ? keys : rate * lasts, rate, more: () => !over }),
  ]);
  const unsettled = await settle(desk, presses, operator.pending);
  await operator.stop();
  const ledgers: Ledgers = { presses, record: await readRecord(desk), letters: lettersOf(county), units };
  const violations = [
    ...judge(ledgers).map(({ rule, about }) => `${rule}: ${about}`),
    ...unsettled,
    ...product.ownEnds.map((end) => `the product ended though nobody killed it, ${end}`),
  ];
  return { value, violations, figures: measures(ledgers), told: await listening.stop(), ledgers };
}

interface Told {
  readonly status?: string;
  readonly reasons?: readonly string[];
  readonly notes?: readonly string[];
}

/** Asks the product a few times a second how it is. */
function listen({ http }: Place): { stop(): Promise<readonly string[]> } {
  const said = new Set<string>();
  let stopped = false;
  const asking = (async () => {
    while (!stopped) {
      for (const line of await askHealth(http)) said.add(line);
      await pause(250);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await asking;
      return [...said];
    },
  };
}

export async function askHealth(http: string): Promise<readonly string[]> {
  try {
    const answer = await fetch(`${http}/readyz`, { signal: AbortSignal.timeout(2500) });
    const { reasons = [], notes = [] } = (await answer.json()) as Told;
    return [...reasons, ...notes];
  } catch {
    // Killed, frozen or cut off: whatever the words for it, nobody answers.
    return ['does not answer'];
  }
}
