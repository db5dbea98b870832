import { type Bench, until } from './bench.ts';
import { cut } from './faults/failpoints.ts';
import { killDatabase } from './faults/record.ts';
import { type Found, judged, type Row } from './row.ts';
import { besiege } from './siege.ts';
import { layTrap } from './trap.ts';

/** One run of what says most in the least time: the promises of rows 1, 4 and 34, on whatever machine and however slow it is. */

async function threeBlows(bench: Bench): Promise<Found> {
  const trap = await layTrap(bench);
  const product = await bench.product(trap.env);
  const { value, violations, figures } = await besiege(bench, { product, keys: 20, rate: 10, lasts: 5 }, async () => {
    const began = performance.now();
    await product.kill();
    await until('ready again', 60_000, product.ready);
    await cut(product, trap, ['decision-not-committed']);
    await cut(product, trap, ['order-left']);
    await killDatabase(product);
    return Math.round(performance.now() - began);
  });
  const { presses, acknowledged, incidents, orders } = figures.counts;
  return judged(
    [
      [`${acknowledged} of ${presses} presses acknowledged, ${incidents} incidents, ${orders} orders`, acknowledged === presses],
      [`${violations.length} broken promises`, violations.length === 0],
      [`three kills of the process and one of PostgreSQL within ${value} ms`, true],
    ],
    violations,
  );
}

export const shortRow: Row = {
  number: 0,
  title: 'killed, cut off before a commit and behind an order, and its PostgreSQL killed, under load',
  bound: 'nothing acknowledged is lost, one incident and one effective order each',
  how: 'rows 1, 4 and 34 in one run',
  run: threeBlows,
};
