import { setTimeout as pause } from 'node:timers/promises';
import type { Failpoint } from '../../../services/failpoint.ts';
import { type Bench, until } from '../bench.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';
import { openTown } from '../town.ts';
import { layTrap, type Trap } from '../trap.ts';

/** Longer than the lease of an order (15 s), in ms. */
const beyondTheLease = 20_000;

/** Freezes whoever passes there next, for so long that others take over. When that was, and when it went on. */
async function freezeAt(trap: Trap, at: Failpoint, before: number): Promise<{ readonly from: number; readonly to: number }> {
  await trap.set([{ at, signal: 'SIGSTOP' }]);
  await until(`a process passes ${at}`, 30_000, async () => (await trap.taken()).length > before);
  const taken = (await trap.taken())[before];
  if (!taken) throw new Error('the trap lost its step');
  try {
    await pause(beyondTheLease);
  } finally {
    process.kill(taken.pid, 'SIGCONT');
  }
  return { from: taken.at, to: Date.now() };
}

async function takesOver(bench: Bench): Promise<Found> {
  const trap = await layTrap(bench);
  const town = await openTown(bench, {
    counts: { broker: 1, pipeline: 2, dispatch: 2 },
    env: (role) => (role === 'broker' ? {} : trap.env),
  });
  const load = { product: town.place, keys: 40, rate: 8, lasts: 50 };
  const { violations, figures, ledgers, value } = await besiege(bench, load, async () => [
    await freezeAt(trap, 'order-leaving', 0),
    await freezeAt(trap, 'decision-not-committed', 1),
  ]);
  const twice = ledgers.letters.filter(({ outcome }) => outcome === 'repeat');
  const thawed = twice.filter(({ receivedAt }) => value.some(({ to }) => receivedAt >= to - 100 && receivedAt < to + 2000)).length;
  return judged(
    [
      [`${figures.counts.orders} orders, ${violations.length} broken promises`, violations.length === 0],
      [`${twice.length} letters came twice, ${thawed} of them from the one that went on`, thawed === 0],
      [`press to order p50 ${figures.order.p50} ms, p99 ${figures.order.p99} ms, max ${figures.order.max} ms`, true],
    ],
    violations,
  );
}

export const standbyRows: readonly Row[] = [
  {
    number: 30,
    title: 'the standby takes over while the other is only frozen',
    bound: 'exactly one sends',
    how: 'two pipelines and two dispatches on one PostgreSQL: one is frozen with an order in its hand, one with a decision not committed, each for 20 s',
    run: takesOver,
  },
  {
    number: 33,
    title: 'a day in short: 10⁶ events, one of these faults a minute',
    bound: 'all promises; memory does not grow',
    how: '`npm run torture -- --soak 1h`: an hour of presses and camera chatter, one fault a minute; `--soak 5m` for a shorter one',
    run: { not: 'longer than a row may take: `npm run torture -- --soak 1h` runs it for an hour, with memory minute by minute' },
  },
];
