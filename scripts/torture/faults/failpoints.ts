import { setTimeout as pause } from 'node:timers/promises';
import type { Failpoint } from '../../../services/failpoint.ts';
import { type Bench, until } from '../bench.ts';
import type { Product } from '../product.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';
import { layTrap, type Step, type Trap } from '../trap.ts';
import type { Ledgers, PressEntry } from '../verdict.ts';

/** The process ends itself with -9 between two of its steps: what random kills hit once in a thousand. */

const crowd = { keys: 20, rate: 20, lasts: 5 } as const;
const alone = { keys: 1, rate: 1, lasts: 1, once: true } as const;
const soon = 60_000;
/** So long nothing is done to it between two series, that each is measured by itself. */
const rest = 4000;

/** One kill: when it came, and when the product called itself ready again. In ms since 1970. */
interface Cut {
  readonly at: number;
  readonly ready: number;
}

/**
 * Cuts the product off while keys are pressed: at all points of a series one right after the other, however far each start
 * comes; the next series begins once it is ready again.
 */
async function cutOff(bench: Bench, load: typeof crowd | typeof alone, series: readonly (readonly Failpoint[])[]) {
  const trap = await layTrap(bench);
  const product = await bench.product(trap.env);
  const [first = [], ...others] = series;
  // The first press may be the only one; and devices that were just registered, or are still coming, lead to decisions too.
  const before = () => trap.set(first.map(killAt));
  return besiege(bench, { product, ...load, before }, async () => {
    const cuts = [await fallen(product, trap, first.length)];
    for (const points of others) {
      await pause(rest);
      cuts.push(await cut(product, trap, points));
    }
    return cuts;
  });
}

const killAt = (at: Failpoint): Step => ({ at, signal: 'SIGKILL' });

/** Cuts it off at these points, one right after the other. */
export async function cut(product: Product, trap: Trap, points: readonly Failpoint[]): Promise<Cut> {
  const before = (await trap.taken()).length;
  await trap.set(points.map(killAt));
  return fallen(product, trap, before + points.length);
}

/** Waits until so many steps were taken, and the product is ready after the last one. */
async function fallen(product: Product, trap: Trap, steps: number): Promise<Cut> {
  const last = async () => (await trap.taken())[steps - 1];
  await until('the process passes its failpoints', soon, async () => {
    const taken = await last();
    return taken !== undefined && taken.pid !== product.pid();
  });
  await until('ready again', soon, product.ready);
  return { at: (await last())?.at ?? 0, ready: Date.now() };
}

/** The presses that the record held when it was cut off, and when their first order was shown. */
function heldAt({ presses, record, letters }: Ledgers, { at }: Cut) {
  const signals = new Map(record.signals.map((signal) => [signal.eventId, signal]));
  const shownAt = (incidentId: string | undefined) =>
    Math.min(...letters.filter((letter) => letter.incidentId === incidentId).map(({ receivedAt }) => receivedAt));
  return presses.flatMap((press) => {
    const signal = signals.get(press.eventId);
    if (!signal || press.sentAt > at || Date.parse(signal.receivedAt) > at) return [];
    return [{ press, shownAt: shownAt(signal.incidentId) }];
  });
}

const answeredBefore = ({ acknowledgedAt }: PressEntry, at: number): boolean => acknowledgedAt !== undefined && acknowledgedAt <= at;

/** The longest that an order, whose press stood in the record at a cut, took until it was shown; from the cut, or from ready. */
const longest = (ledgers: Ledgers, cuts: readonly Cut[], since: keyof Cut): number =>
  Math.max(0, ...cuts.flatMap((cut) => heldAt(ledgers, cut).flatMap(({ shownAt }) => (shownAt > cut.at ? [shownAt - cut[since]] : []))));

async function unanswered(bench: Bench): Promise<Found> {
  const { value: cuts, violations, ledgers, figures } = await cutOff(bench, crowd, [['call-kept'], ['call-kept'], ['call-kept']]);
  const kept = cuts.map((cut) => heldAt(ledgers, cut).filter(({ press }) => !answeredBefore(press, cut.at)).length);
  return judged(
    [
      [`${kept.join(', ')} presses stood in the record unanswered when it was killed`, kept.every((count) => count > 0)],
      [
        `${figures.counts.presses} presses, ${figures.counts.signals} signals, ${violations.length} broken promises`,
        violations.length === 0,
      ],
    ],
    violations,
  );
}

async function unqueued(bench: Bench): Promise<Found> {
  const series = [['call-stored'], ['call-acknowledged'], ['call-stored'], ['call-acknowledged']] as const;
  const { value: cuts, violations, ledgers } = await cutOff(bench, crowd, series);
  const undecided = cuts.map((cut) => heldAt(ledgers, cut).filter(({ shownAt }) => shownAt > cut.at).length);
  const found = longest(ledgers, cuts, 'ready');
  return judged(
    [
      // One that was acknowledged may be decided already: the rules do not wait for the acknowledgement.
      [`${undecided.join(', ')} presses stood in the record without an order when it was killed`, undecided.some((count) => count > 0)],
      [`${violations.length} broken promises`, violations.length === 0],
      [`their orders were shown at the latest ${found} ms after it was ready again`, found <= 2000, 'timed'],
    ],
    violations,
  );
}

async function cutOrders(bench: Bench): Promise<Found> {
  const { value: cuts, violations, ledgers } = await cutOff(bench, crowd, [['decision-not-committed'], ['order-leaving'], ['order-left']]);
  const again = ledgers.letters.filter(({ outcome }) => outcome === 'repeat').length;
  const took = longest(ledgers, cuts, 'at');
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [`${again} letters came a second time and were not shown again`, true],
      [`orders that were under way were shown at the latest ${took} ms after the kill`, took <= 5000, 'timed'],
    ],
    violations,
  );
}

async function fiveInARow(bench: Bench): Promise<Found> {
  const points = ['decision-not-committed', 'decision-not-committed', 'decision-not-committed', 'order-leaving', 'order-left'] as const;
  const { violations, ledgers, figures } = await cutOff(bench, alone, [points]);
  const again = ledgers.letters.filter(({ outcome }) => outcome === 'repeat').length;
  return judged(
    [
      [`${points.length} kills, ${figures.counts.orders} orders, ${violations.length} broken promises`, violations.length === 0],
      [`the first order was shown ${figures.order.max} ms after the press; ${again} letters came a second time`, true],
    ],
    violations,
  );
}

export const failpointRows: readonly Row[] = [
  {
    number: 2,
    title: 'killed between storing and PUBACK',
    bound: 'the device sends again; one alarm',
    how: 'the process ends itself with -9 at the failpoint `call-kept`, three times under load',
    run: unanswered,
  },
  {
    number: 3,
    title: 'killed between PUBACK and the queue',
    bound: 'found by the sweeper within 2 s',
    how: 'failpoints `call-stored` and `call-acknowledged`, twice each under load; counted from when it is ready again',
    run: unqueued,
  },
  {
    number: 4,
    title: 'killed before or after an order leaves, or before the commit',
    bound: 'sent again within 5 s; shown once',
    how: 'failpoints `decision-not-committed`, `order-leaving` and `order-left` under load; counted from the kill',
    run: cutOrders,
  },
  {
    number: 5,
    title: 'killed five times in a row on the same alarm',
    bound: 'never ends in silence: each order is shown, once',
    how: 'one press alone: three times at `decision-not-committed`, then at `order-leaving` and at `order-left`',
    run: fiveInARow,
  },
];
