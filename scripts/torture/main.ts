import { parseArgs } from 'node:util';
import { tortureAll } from './all.ts';
import { openBench } from './bench.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { tortureKill } from './kill.ts';
import { say } from './say.ts';
import { rows } from './table.ts';
import { type TargetName, targetNames } from './targets.ts';

/**
 * `npm run torture`: the table of faults. `npm run torture -- kill`: many kills of one kind in a longer run. A readable table
 * on stderr, JSON on stdout's last line, exit code 1 on any broken promise.
 */
const usage = `usage: npm run torture -- [--only 8,14] [--seed 1] [--list]
       npm run torture -- kill [--target ${targetNames.join('|')}] [--seed 1] [--presses 2000] [--keys 500] [--rate 100] [--kills 5]
       npm run torture -- fuzz [--packets 100000] [--seed 1]`;
const [held, violated, misused] = [0, 1, 2];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
    target: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    presses: { type: 'string', default: '2000' },
    keys: { type: 'string', default: '500' },
    rate: { type: 'string', default: '100' },
    kills: { type: 'string', default: '5' },
    packets: { type: 'string', default: '100000' },
  },
});
const seed = Number(values.seed);

function misuse(): never {
  say(usage);
  process.exit(misused);
}

function kill(): Promise<boolean> {
  const asked = values.target ?? targetNames;
  const targets: readonly TargetName[] = targetNames.filter((name) => asked.includes(name));
  const [presses, keys, rate, kills] = [Number(values.presses), Number(values.keys), Number(values.rate), Number(values.kills)] as const;
  const counted =
    [presses, keys, rate].every((count) => Number.isSafeInteger(count) && count > 0) && Number.isSafeInteger(kills) && kills >= 0;
  if (!counted || targets.length !== asked.length) misuse();
  return tortureKill({ targets, seed, presses, keys, rate, kills });
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
  const outcomes = await tortureAll(chosen, seed);
  const count = (verdict: string) => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  say(`\n${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run; seed ${seed}`);
  process.stdout.write(`${JSON.stringify({ torture: 'table', seed, outcomes })}\n`);
  return count('failed') === 0;
}

async function packets(): Promise<boolean> {
  const count = Number(values.packets);
  if (!Number.isSafeInteger(count) || count <= 0) misuse();
  const bench = openBench(seed, 0);
  const found = await fuzz(bench, { packets: count, seed });
  for (const log of await bench.close(!found.held)) say(`what the product logged: ${log}`);
  for (const line of [found.figure, ...(found.broken ?? []).map((line) => `BROKEN ${line}`)]) say(line);
  process.stdout.write(`${JSON.stringify({ torture: 'fuzz', seed, packets: count, ...found })}\n`);
  return found.held;
}

const runs = { kill, fuzz: packets } as const;
const isRun = (word: string): word is keyof typeof runs => word in runs;
const [what, ...more] = positionals;
if (!Number.isSafeInteger(seed) || seed < 0 || more.length > 0 || (what !== undefined && !isRun(what))) misuse();
process.exit((await (what === undefined ? all() : runs[what]())) ? held : violated);
