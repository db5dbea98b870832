import { setTimeout as pause } from 'node:timers/promises';
import type { StartedRedis } from '../bench/redis.ts';
import { type Bench, freeze, openBench, signalAll, until } from './bench.ts';
import type { Ran } from './row.ts';
import { say } from './say.ts';
import { besiege } from './siege.ts';
import { familyOf } from './targets.ts';
import { openTown, type Town, type TownProcess } from './town.ts';

export interface CityOptions {
  readonly seed: number;
  readonly keys: number;
  /** Presses a second. */
  readonly rate: number;
  /** Seconds of pressing. */
  readonly lasts: number;
}

const counts = { broker: 3, pipeline: 3, dispatch: 2 } as const;
/** A frozen one goes on after so long, in ms; the lease of an order is 15 s, so some are frozen beyond it. */
const [shortest, longest] = [3000, 18_000];

/** What was done, to whom, and how long it took until all of it was ready again, in ms. */
interface Blow {
  readonly what: string;
  readonly took: number;
}

/**
 * A city of eight processes on PostgreSQL and Redis: each is killed and each is frozen once, in an order drawn by the seed, two
 * at a time, so that after each freeze two of a kind believe that they are at work. What was measured, and whether all that was promised held.
 */
export async function tortureCity(options: CityOptions): Promise<Ran> {
  const bench = openBench(options.seed, 0);
  let passed = false;
  let figure = 'it did not come to an end';
  try {
    const redis = await bench.redis();
    const town = await openTown(bench, { counts, redis });
    say(`${town.processes.length} processes are ready: ${town.processes.map(({ name }) => name).join(', ')}; seed ${options.seed}`);
    const load = { product: town.place, mqtt: town.doors, ...options };
    const { value, violations, figures, ledgers } = await besiege(bench, load, () => strike(bench, town, redis));
    const repeats = ledgers.letters.filter(({ outcome }) => outcome === 'repeat').length;
    const { counts: count, acknowledge, order } = figures;
    say(`\n${count.presses} presses, ${count.acknowledged} acknowledged, ${count.incidents} incidents, ${count.orders} orders`);
    say(`${count.letters} letters, ${repeats} of them a second time, which a radio does not show`);
    say(`acknowledged p50 ${acknowledge.p50} ms, p99 ${acknowledge.p99} ms, max ${acknowledge.max} ms`);
    say(`press to order p50 ${order.p50} ms, p99 ${order.p99} ms, max ${order.max} ms`);
    for (const violation of violations.slice(0, 20)) say(`VIOLATION ${violation}`);
    passed = violations.length === 0;
    figure = [
      `${value.length} blows, ${violations.length} broken promises`,
      `${count.acknowledged} of ${count.presses} presses acknowledged, ${count.incidents} incidents, ${count.orders} orders`,
      `${repeats} letters came a second time and were not shown again`,
    ].join('; ');
    say(passed ? '\nall promises held' : '\nPROMISES BROKEN');
    process.stdout.write(
      `${JSON.stringify({ torture: 'city', options, passed, blows: value, figures, repeats, violations: violations.slice(0, 100) })}\n`,
    );
  } finally {
    for (const log of await bench.close(!passed)) say(`what a process logged: ${log}`);
  }
  return { passed, figure };
}

async function strike(bench: Bench, town: Town, redis: StartedRedis): Promise<readonly Blow[]> {
  const { random } = bench;
  const blows: Blow[] = [];
  const note = async (what: string, blow: () => Promise<unknown>): Promise<void> => {
    const at = performance.now();
    await blow();
    const took = Math.round(performance.now() - at);
    blows.push({ what, took });
    say(`${what}; ready again after ${took} ms`);
  };
  const frozen = random.shuffled(town.processes);
  // Another one is killed while this one stands still.
  const killed = [...frozen.slice(1), ...frozen.slice(0, 1)];
  for (const [index, one] of frozen.entries()) {
    await pause(random.between(500, 2000));
    const length = random.between(shortest, longest);
    await Promise.all([
      note(`${one.name} frozen for ${(length / 1000).toFixed(1)} s`, () => freezeOne(one, length)),
      pause(random.between(0, length / 2)).then(() => killOne(killed[index], note)),
    ]);
  }
  await note('Redis killed', () =>
    redis
      .kill()
      .then(() => pause(random.between(0, 3000)))
      .then(redis.start),
  );
  await note('PostgreSQL frozen for 5 s', async () => freeze(await familyOf(town.postmaster()), 5000));
  await note('PostgreSQL killed', () => killDatabase(town));
  return blows;
}

async function freezeOne({ product }: TownProcess, length: number): Promise<void> {
  await freeze([product.pid()], length);
  await until('ready again', 60_000, product.ready);
}

async function killOne(one: TownProcess | undefined, note: (what: string, blow: () => Promise<unknown>) => Promise<void>): Promise<void> {
  if (!one) return;
  await note(`${one.name} killed`, async () => {
    await one.product.kill();
    await until(`${one.name} is ready again`, 60_000, one.product.ready);
  });
}

async function killDatabase(town: Town): Promise<void> {
  signalAll(await familyOf(town.postmaster()), 'SIGKILL');
  await until('all are ready again', 60_000, async () =>
    (await Promise.all(town.processes.map(({ product }) => product.ready()))).every(Boolean),
  );
}
