import { type Seen, seen } from '../torture/seen.ts';
import { rows } from '../torture/table.ts';

const page = `# Torture

What is done to the product on purpose, and what it has promised for each case. \`npm run torture\` does it to a product of its
own on this machine, on loopback and in a data folder that goes afterwards: keys are pressed, radios answer and an operator
closes meanwhile. Three accounts of the run are then compared, each kept by another: what the keys sent and saw acknowledged,
what the record holds, what the radios were shown. A row passes when no promise is broken and each figure is within its bound.

- \`npm run torture\` runs every row; 20 to 60 s each, some longer. What needs root, Redis or libfaketime is not run where that is not there, and says so.
- \`npm run torture -- short\` does three of them in one run of half a minute, with every promise and no bound of time.
- \`npm run torture -- --only 8,25\` some of them; \`--list\` names them; \`--seed 7\` draws the same instants again.
- \`npm run torture -- city\` does it to a city: three brokers, three pipelines and two dispatches on PostgreSQL and Redis, each killed and frozen in turn, so that
  two of a kind believe that they are at work; \`npm run torture -- --soak 1h\` goes on for an hour, with memory minute by minute.
- \`npm run torture -- kill\` kills one thing many times over: \`--target process|database|redis --kills 50 --presses 20000\`.
- \`npm run torture -- fuzz --packets 100000 --seed 1\` sends packets of every kind to the ear, well-formed, changed, cut short, too large and
  random, from strangers and from devices whose secret is known, while a key is pressed ten times a second.
- \`--write\` puts what was seen into this page, in the place of what was seen before.
- The last line of stdout is JSON; the exit code is 1 where a promise was broken. What the product logged is kept for a row that failed.

Figures in milliseconds are only worth something on a machine that does nothing else; \`--bounds told\` shows them without failing a row for them.

Some rows end the process between two given steps. The product has no switch for that: it tells of six instants on Node's
diagnostics channels (\`services/failpoint.ts\`), to which nothing in it listens. Torture loads its own listener into the process
that it starts, by \`NODE_OPTIONS\`.

The rules themselves are tried in another way: \`npm run simulate -- --seeds 100000\` plays as many made-up counties in memory, each
with its own presses, late and repeated answers, crashes at every boundary of a decision, lost power and clocks that are set. A seed
that breaks a rule is told step by step with \`npm run simulate -- --seed 4711\`, in the fewest steps that still break it.

`;

const runs = ['city', 'soak', 'fuzz'] as const;

const told = (one: Seen | undefined): string =>
  one === undefined ? '' : `${one.verdict}: ${one.figure} (${one.on.date}, ${one.on.cores} cores, load ${one.on.load}, seed ${one.seed})`;

/** The table of faults, from the rows that are run, with what was seen of each. */
export function torturePage(): string {
  const last = seen();
  const lines = rows.map(
    ({ number, title, bound, how, run }) =>
      `| ${number} | ${title} | ${bound} | ${typeof run === 'function' ? how : `not run: ${run.not}`} | ${told(last[number])} |`,
  );
  const longer = runs.flatMap((name) => (last[name] ? [`| \`npm run torture -- ${name}\` | ${told(last[name])} |`] : []));
  const more = longer.length > 0 ? `\n| Run | Seen |\n|---|---|\n${longer.join('\n')}\n` : '';
  return `${page}| # | Fault | Promised | How | Seen |\n|---|---|---|---|---|\n${lines.join('\n')}\n${more}`;
}
