import { setTimeout as pause } from 'node:timers/promises';
import { type Chatter, startChatter, type Voice } from '../bench/chatter.ts';
import { table } from '../bench/figures.ts';
import { type Bench, freeze, memoryOf, openBench, signalAll, until } from './bench.ts';
import { registerDevice } from './county.ts';
import { eachOf, type OperatorDesk } from './desk.ts';
import type { Product } from './product.ts';
import type { Ran } from './row.ts';
import { say } from './say.ts';
import { besiege } from './siege.ts';
import { familyOf, postmasterOf } from './targets.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly minutes: number;
  /** Presses and what cameras say, altogether. */
  readonly events: number;
}

/** What one minute of the run showed. */
interface Minute {
  readonly fault: string;
  /** From the fault until the product called itself ready again, in ms. */
  readonly readyAfter: number;
  /** What cameras said and saw acknowledged. */
  readonly heard: number;
  /** Resident memory at its end, in MB. */
  readonly memory: number;
}

const minute = 60_000;
const keys = 100;
/** Presses a second. */
const rate = 10;
const cameras = 20;
/** Memory may differ by so much between the halves of a run, in MB: what is collected when is Node's own business. */
const tolerated = 64;

type Fault = (product: Product) => Promise<unknown>;
const faults: Readonly<Record<string, Fault>> = {
  'killed with -9': (product) => product.kill(),
  'told to stop': (product) => product.terminate(),
  'frozen for 5 s': (product) => freeze([product.pid()], 5000),
  'database killed': async (product) => signalAll(await databaseOf(product), 'SIGKILL'),
  'database frozen for 5 s': async (product) => freeze(await databaseOf(product), 5000),
  nothing: () => Promise.resolve(),
};

const databaseOf = async (product: Product): Promise<readonly number[]> => familyOf(await postmasterOf(product));

/** A day in short: many events, one fault a minute. What was measured, and whether all that was promised held and memory stood still. */
export async function tortureSoak(options: SoakOptions): Promise<Ran> {
  const bench = openBench(options.seed, 33);
  let figure = 'it did not come to an end';
  let violations: readonly string[] = ['it did not come to an end'];
  try {
    const product = await bench.product();
    const load = { product, keys, rate, lasts: options.minutes * 60 };
    const run = await besiege(bench, load, ({ desk }) => soak(bench, product, desk, options));
    const grown = growth(run.value.map(({ memory }) => memory));
    violations = [...run.violations, ...(grown > tolerated ? [`memory grew by ${grown} MB between the halves of the run`] : [])];
    const { counts, acknowledge, order } = run.figures;
    const heard = run.value.reduce((sum, one) => sum + one.heard, 0);
    say(
      `\n${counts.presses + heard} events: ${counts.presses} presses, ${heard} of cameras; ${counts.incidents} incidents, ${counts.orders} orders`,
    );
    say(`acknowledged p50 ${acknowledge.p50} ms, p99 ${acknowledge.p99} ms; press to order p50 ${order.p50} ms, p99 ${order.p99} ms`);
    const memory = `memory ${grown >= 0 ? '+' : ''}${grown} MB from the first half of the run to the second`;
    say(memory);
    figure = [
      `${options.minutes} minutes with a fault in each, ${counts.presses + heard} events, ${run.violations.length} broken promises`,
      `${counts.acknowledged} of ${counts.presses} presses acknowledged, ${counts.incidents} incidents, ${counts.orders} orders`,
      memory,
    ].join('; ');
    for (const violation of violations.slice(0, 20)) say(`VIOLATION ${violation}`);
    say(violations.length === 0 ? '\nall promises held' : '\nPROMISES BROKEN');
    const told = {
      options,
      passed: violations.length === 0,
      minutes: run.value,
      figures: run.figures,
      grown,
      violations: violations.slice(0, 100),
    };
    process.stdout.write(`${JSON.stringify({ torture: 'soak', ...told })}\n`);
  } finally {
    for (const log of await bench.close(violations.length > 0)) say(`what the product logged: ${log}`);
  }
  return { passed: violations.length === 0, figure };
}

async function soak(bench: Bench, product: Product, desk: OperatorDesk, { minutes, events }: SoakOptions): Promise<readonly Minute[]> {
  const ids = Array.from({ length: cameras }, (_unused, index) => `camera-${index}`);
  const voices = await eachOf(ids, 4, async (id): Promise<Voice> => {
    const door = await registerDevice(desk, product.mqtt, { id, kind: 'camera', driver: 'mqtt', name: id, siteId: 'site-0' });
    return { id, username: id, password: door.secret, topic: `cameras/${id}/event` };
  });
  const perSecond = Math.max(1, Math.round(events / (minutes * 60)) - rate);
  const seen: Minute[] = [];
  const began = performance.now();
  while (seen.length < minutes) {
    const one = await oneMinute(bench, product, voices, perSecond, began + (seen.length + 1) * minute);
    seen.push(one);
    say(`minute ${seen.length}: ${one.fault}; ready after ${one.readyAfter} ms; ${one.heard} of cameras heard; ${one.memory} MB`);
  }
  say(
    `\n${table(
      ['minute', 'fault', 'ready after', 'of cameras', 'MB'],
      seen.map((one, index) => [index + 1, ...Object.values(one)]),
    )}`,
  );
  return seen;
}

async function oneMinute(bench: Bench, product: Product, voices: readonly Voice[], perSecond: number, end: number): Promise<Minute> {
  const before = await startChatter(product.mqtt, voices, perSecond);
  await pause(bench.random.between(5000, 20_000));
  const fault = bench.random.pick(Object.keys(faults));
  const at = performance.now();
  await faults[fault]?.(product);
  await until('ready again', minute, product.ready);
  const readyAfter = Math.round(performance.now() - at);
  const heard = await ended(before);
  const after = await startChatter(product.mqtt, voices, perSecond);
  await pause(Math.max(0, end - performance.now()));
  return { fault, readyAfter, heard: heard + (await ended(after)), memory: await memoryOf(product.pid()) };
}

async function ended(chatter: Chatter): Promise<number> {
  await chatter.stop();
  return chatter.acknowledged();
}

/** How much higher the highest of the second half is than that of the first. */
function growth(samples: readonly number[]): number {
  const half = Math.ceil(samples.length / 2);
  return Math.max(...samples.slice(half), 0) - Math.max(...samples.slice(0, half));
}
