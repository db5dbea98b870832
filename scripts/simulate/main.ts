import { parseArgs } from 'node:util';
import { shrink, tell } from './story.ts';

/** `npm run simulate -- --seeds 100000 [--from N]`, or `--seed N` to be told one story; exit code 1 where a rule was broken. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    whole: { type: 'boolean', default: false },
  },
});
const [held, broken] = [0, 1];
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** The shortest story of the seed that still breaks the rule, step by step. */
function explain(seed: number): boolean {
  const { fault } = tell(seed, values.whole || !tell(seed).fault ? undefined : shrink(seed), write);
  write(fault ? `seed ${seed} BROKEN: ${fault.message}` : `seed ${seed}: all rules held`);
  return fault === undefined;
}

function many(from: number, count: number): boolean {
  const began = performance.now();
  const broken = new Map<string, number[]>();
  const sums = { steps: 0, incidents: 0, orders: 0 };
  for (let seed = from; seed < from + count; seed += 1) {
    const { fault, ...counts } = tell(seed);
    for (const name of ['steps', 'incidents', 'orders'] as const) sums[name] += counts[name];
    if (fault) broken.set(fault.rule, [...(broken.get(fault.rule) ?? []), seed]);
  }
  const took = (performance.now() - began) / 1000;
  const worked = process.cpuUsage().user / 1e6;
  for (const [rule, seeds] of broken) write(`BROKEN ${rule}: ${seeds.length} seeds, such as ${seeds.slice(0, 5).join(', ')}`);
  write(
    `${count} seeds, ${sums.steps} steps, ${sums.incidents} incidents, ${sums.orders} orders in ${took.toFixed(1)} s, ${worked.toFixed(1)} s of a core: ${Math.round(count / worked)} seeds a second of it`,
  );
  return broken.size === 0;
}

const fine = values.seed === undefined ? many(Number(values.from), Number(values.seeds)) : explain(Number(values.seed));
process.exit(fine ? held : broken);
