import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conditions } from '../bench/page.ts';
import { torturePage } from '../generated/torture.ts';
import { type HowRun, tortureAll } from './all.ts';
import { openBench } from './bench.ts';
import { tortureCity } from './city.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { tortureKill } from './kill.ts';
import type { Outcome, Ran, Row } from './row.ts';
import { say } from './say.ts';
import { keepSeen, type RunName, type Seen } from './seen.ts';
import { shortRow } from './short.ts';
import { tortureSoak } from './soak.ts';
import { rows } from './table.ts';
import { type TargetName, targetNames } from './targets.ts';

/**
 * `npm run torture`: the table of faults. `npm run torture -- kill`: many kills of one kind in a longer run. A readable table
 * on stderr, JSON on stdout's last line, exit code 1 on any broken promise. With `--write` what was seen goes into docs/torture.md.
 */
const usage = `usage: npm run torture -- [--only 8,14] [--seed 1] [--bounds kept|told] [--write] [--list]
       npm run torture -- short [--seed 1]
       npm run torture -- kill [--target ${targetNames.join('|')}] [--seed 1] [--presses 2000] [--keys 500] [--rate 100] [--kills 5]
       npm run torture -- city [--seed 1] [--keys 60] [--rate 10] [--seconds 120] [--write]
       npm run torture -- --soak 1h|30m [--seed 1] [--events 1000000] [--write]
       npm run torture -- fuzz [--packets 100000] [--seed 1] [--write]`;
const [held, violated, misused] = [0, 1, 2];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    bounds: { type: 'string', default: 'kept' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    presses: { type: 'string' },
    keys: { type: 'string' },
    rate: { type: 'string' },
    kills: { type: 'string' },
    seconds: { type: 'string' },
    soak: { type: 'string' },
    events: { type: 'string' },
    packets: { type: 'string' },
  },
});
const seed = Number(values.seed);
const page = join(import.meta.dirname, '..', '..', 'docs', 'torture.md');

function misuse(): never {
  say(usage);
  process.exit(misused);
}

/** A whole number that was asked for. */
function count(name: 'presses' | 'keys' | 'rate' | 'kills' | 'seconds' | 'events' | 'packets', otherwise: number, least = 1): number {
  const asked = Number(values[name] ?? otherwise);
  if (!Number.isSafeInteger(asked) || asked < least) misuse();
  return asked;
}

function kill(): Promise<boolean> {
  const asked = values.target ?? targetNames;
  const targets: readonly TargetName[] = targetNames.filter((name) => asked.includes(name));
  if (targets.length !== asked.length) misuse();
  const load = { presses: count('presses', 2000), keys: count('keys', 500), rate: count('rate', 100) };
  return tortureKill({ targets, seed, ...load, kills: count('kills', 5, 0) });
}

async function all(): Promise<boolean> {
  const numbers = values.only?.split(',').map(Number);
  const chosen = rows.filter(({ number }) => numbers === undefined || numbers.includes(number));
  if (numbers?.some((number) => !chosen.some((row) => row.number === number))) misuse();
  if (values.list) {
    for (const { number, title, run } of chosen)
      say(`${String(number).padStart(3)}  ${typeof run === 'function' ? '' : 'not run: '}${title}`);
    return true;
  }
  return run(chosen, values.bounds === 'told' ? 'told' : 'kept');
}

async function run(chosen: readonly Row[], bounds: HowRun['bounds']): Promise<boolean> {
  const outcomes = await tortureAll(chosen, { seed, bounds, ...(values.write ? { over } : {}) });
  const counted = (verdict: string) => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  say(`\n${counted('passed')} passed, ${counted('failed')} failed, ${counted('not run')} not run; seed ${seed}`);
  process.stdout.write(`${JSON.stringify({ torture: 'table', seed, outcomes })}\n`);
  return counted('failed') === 0;
}

function over({ number, verdict, figure, on }: Outcome): void {
  if (verdict !== 'not run') write(number, { verdict, figure, seed, on });
}

/** What was seen of a row or a run, and the page anew. */
function write(name: number | RunName, one: Seen): void {
  keepSeen(name, one);
  writeFileSync(page, torturePage());
}

/** A run that is no row of the table. */
async function told(name: RunName, run: () => Promise<Ran>): Promise<boolean> {
  const on = conditions();
  const { passed, figure } = await run();
  if (values.write) write(name, { verdict: passed ? 'passed' : 'failed', figure, seed, on });
  return passed;
}

async function packets(): Promise<Ran> {
  const asked = count('packets', 100_000);
  const bench = openBench(seed, 0);
  const found = await fuzz(bench, { packets: asked, seed });
  const broken = [...found.broken, ...found.late];
  for (const log of await bench.close(broken.length > 0)) say(`what the product logged: ${log}`);
  for (const line of [found.figure, ...broken.map((line) => `BROKEN ${line}`)]) say(line);
  process.stdout.write(`${JSON.stringify({ torture: 'fuzz', seed, packets: asked, ...found })}\n`);
  return { passed: broken.length === 0, figure: found.figure };
}

/** A million events an hour, unless another number is asked for. */
const eventsAMinute = 16_667;

function soak(lasts: string): Promise<boolean> {
  const [, length = '', unit] = /^([1-9]\d{0,3})([hm])$/.exec(lasts) ?? misuse();
  const minutes = Number(length) * (unit === 'h' ? 60 : 1);
  return told('soak', () => tortureSoak({ seed, minutes, events: count('events', minutes * eventsAMinute) }));
}

const commands: Readonly<Record<string, () => Promise<boolean>>> = {
  table: all,
  short: () => run([shortRow], 'told'),
  kill,
  fuzz: () => told('fuzz', packets),
  city: () => told('city', () => tortureCity({ seed, keys: count('keys', 60), rate: count('rate', 10), lasts: count('seconds', 120) })),
};

const { soak: lasts } = values;
const [what = 'table', ...more] = positionals;
const named = Object.hasOwn(commands, what) ? commands[what] : undefined;
const command = lasts === undefined ? named : () => soak(lasts);
if (!Number.isSafeInteger(seed) || seed < 0 || more.length > 0 || !command || !['kept', 'told'].includes(values.bounds)) misuse();
process.exit((await command()) ? held : violated);
