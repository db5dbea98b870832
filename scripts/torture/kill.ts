import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { figuresOf, round, table } from '../bench/figures.ts';
import { type Chance, chance } from '../demo/random.ts';
import { type County, raiseCounty, units } from './county.ts';
import { type OperatorDesk, openOperatorDesk } from './desk.ts';
import { lettersOf, measures, readRecord, settle } from './ledgers.ts';
import { press } from './load.ts';
import { openOperator } from './operator.ts';
import { keepLog, say } from './say.ts';
import { startTarget, type Target, type TargetName } from './targets.ts';
import { judge, type Ledgers, type PressEntry } from './verdict.ts';

export interface KillOptions {
  readonly targets: readonly TargetName[];
  readonly seed: number;
  readonly presses: number;
  readonly keys: number;
  /** Presses a second. */
  readonly rate: number;
  readonly kills: number;
}

/** One kill: what was hit, and how long until the product called itself ready again, in ms. */
interface Hit {
  readonly hit: string;
  readonly readyAfter: number;
}

const readyWithin = 60_000;

/** Kills each target in turn, while keys are pressed; answers whether all that was promised held. */
export async function tortureKill(options: KillOptions): Promise<boolean> {
  const runs: Run[] = [];
  for (const name of options.targets) {
    say(
      `\n--- kill ${name}: ${options.presses} presses of ${options.keys} keys at ${options.rate} a second, ${options.kills} kills, seed ${options.seed}`,
    );
    const random = chance(options.seed, name);
    const target = await startTarget(name, random);
    if (target) runs.push(await run(name, target, random, options));
    else say('redis-server is not installed (Debian: apt-get install redis-server): left out');
  }
  const head = [
    'target',
    'presses',
    'acknowledged',
    'incidents',
    'orders',
    'letters',
    'ack p50',
    'p99',
    'max',
    'order p50',
    'p99',
    'max',
    'kill to ready',
    'longest gap',
    'violations',
  ];
  say(
    `\ntimes in ms; "order" is from a press to the first order it led to; "longest gap" is without any order, from the first press to the last order\n`,
  );
  say(table(head, runs.map(rowOf)));
  const passed = runs.length > 0 && runs.every((one) => one.violations.length === 0);
  say(passed ? '\nall promises held' : '\nPROMISES BROKEN');
  process.stdout.write(
    `${JSON.stringify({ torture: 'kill', options, passed, runs: runs.map((one) => ({ ...one, violations: one.violations.slice(0, 100) })) })}\n`,
  );
  return passed;
}

async function run(name: TargetName, target: Target, random: Chance, options: KillOptions): Promise<Run> {
  let result: Run | undefined;
  try {
    // The first account is made between listening and the ready line.
    await untilReady(target, async () => (await readFile(target.product.logFile, 'utf8')).includes('ready http'));
    const desk = await openOperatorDesk(target.product.http);
    const county = await raiseCounty(desk, [target.product.mqtt], options.keys);
    say(`${county.keys.length} keys and ${county.radios.length} radios are connected`);
    result = await torment(name, target, desk, county, random, options);
    await county.stop();
    return result;
  } finally {
    if (result?.violations.length !== 0) say(`what the product logged: ${await keepLog(target.product)}`);
    await target.stop();
  }
}

type Run = Awaited<ReturnType<typeof torment>>;

async function torment(name: TargetName, target: Target, desk: OperatorDesk, county: County, random: Chance, options: KillOptions) {
  const operator = openOperator(desk, county);
  const presses: PressEntry[] = [];
  const [hits] = await Promise.all([strikes(target, random, options), press(county, presses, random, options)]);
  const pressed = Date.now();
  const unsettled = await settle(desk, presses, operator.pending);
  say(`settled ${((Date.now() - pressed) / 1000).toFixed(1)} s after the last press; reading the record`);
  await operator.stop();
  const ledgers: Ledgers = { presses, record: await readRecord(desk), letters: lettersOf(county), units };
  const ready = await target.product.ready();
  const violations = [
    ...judge(ledgers).map(({ rule, about }) => `${rule}: ${about}`),
    ...unsettled,
    ...(ready ? [] : ['the product is not ready at the end']),
    ...target.product.ownEnds.map((end) => `the product ended though nobody killed it, ${end}`),
  ];
  for (const violation of violations.slice(0, 20)) say(`VIOLATION ${violation}`);
  return { target: name, hits, ...measures(ledgers), violations };
}

/** Kills at seeded instants of the time of pressing; one that would come before the last one is over waits for that. */
async function strikes(target: Target, random: Chance, { presses, rate, kills }: KillOptions): Promise<readonly Hit[]> {
  const lasts = (presses / rate) * 1000;
  const instants = Array.from({ length: kills }, () => random.between(lasts * 0.05, lasts)).sort((a, b) => a - b);
  const began = performance.now();
  const hits: Hit[] = [];
  for (const instant of instants) {
    await pause(Math.max(0, began + instant - performance.now()));
    const at = performance.now();
    const { hit, back } = await target.strike();
    await untilReady(target, back);
    const readyAfter = Math.round(performance.now() - at);
    say(`killed at ${((at - began) / 1000).toFixed(1)} s: ${hit}; ready after ${readyAfter} ms`);
    hits.push({ hit, readyAfter });
  }
  return hits;
}

async function untilReady({ product }: Target, back: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + readyWithin;
  while (!((await back()) && (await product.ready()))) {
    if (performance.now() > end) throw new Error(`the product is not ready within ${readyWithin / 1000} s; its log: ${product.logFile}`);
    await pause(20);
  }
}

function rowOf({ target, counts, acknowledge, order, hits, longestGap, violations }: Run): readonly (string | number)[] {
  const times = ({ p50, p99, max }: { p50: number; p99: number; max: number }) => [p50, p99, max].map(round);
  const ready = figuresOf(hits.map((hit) => hit.readyAfter));
  const { presses, acknowledged, incidents, orders, letters } = counts;
  return [
    target,
    presses,
    acknowledged,
    incidents,
    orders,
    letters,
    ...times(acknowledge),
    ...times(order),
    hits.length === 0 ? '-' : `${ready.p50} (max ${ready.max})`,
    longestGap,
    violations.length,
  ];
}
