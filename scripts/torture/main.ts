import { parseArgs } from 'node:util';
import { type KillOptions, tortureKill } from './kill.ts';
import { type TargetName, targetNames } from './targets.ts';

/** `npm run torture -- <name>`: a readable table on stderr, JSON on stdout's last line, exit code 1 on any violation. */
const tortures: Readonly<Record<string, (options: KillOptions) => Promise<boolean>>> = { kill: tortureKill };

const usage = `usage: npm run torture -- ${Object.keys(tortures).join(' | ')} [--target ${targetNames.join('|')}] [--seed 1] [--presses 2000] [--keys 500] [--rate 100] [--kills 5]`;
const [held, violated, misused] = [0, 1, 2];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    presses: { type: 'string', default: '2000' },
    keys: { type: 'string', default: '500' },
    rate: { type: 'string', default: '100' },
    kills: { type: 'string', default: '5' },
  },
});
const torture = tortures[positionals[0] ?? ''];
const asked = values.target ?? targetNames;
const targets = targetNames.filter((name) => asked.includes(name));
const [seed, presses, keys, rate, kills] = [values.seed, values.presses, values.keys, values.rate, values.kills].map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
const counted =
  [presses, keys, rate].every((count) => Number.isSafeInteger(count) && count > 0) &&
  [seed, kills].every((count) => Number.isSafeInteger(count) && count >= 0);
if (!torture || !counted || targets.length !== asked.length) {
  process.stderr.write(`${usage}\n`);
  process.exit(misused);
}
process.exit((await torture({ targets: targets as readonly TargetName[], seed, presses, keys, rate, kills })) ? held : violated);
