import { parseArgs } from 'node:util';
import { benchAlarm } from './alarm.ts';
import { benchConsole } from './console.ts';
import { benchEscalation } from './escalation.ts';
import { benchHearing } from './hearing.ts';
import { benchIdle } from './idle.ts';
import { benchIngest } from './ingest.ts';
import { benchLooking } from './looking.ts';
import { benchMap } from './map.ts';
import { type Outcome, print, say } from './outcome.ts';
import { conditions, writeSection } from './page.ts';
import { benchPictures } from './pictures.ts';
import { benchRecovery } from './recovery.ts';
import { benchShift } from './shift.ts';
import { benchStorm } from './storm.ts';

/**
 * `npm run bench -- <name>...`, or `all`: each bench prints a table, and JSON as one line of stdout. With `--write` its
 * figures take the place of the older ones in docs/benchmarks.md.
 */
const benches: Readonly<Record<string, (options: BenchOptions) => Promise<Outcome>>> = {
  alarm: benchAlarm,
  storm: benchStorm,
  ingest: benchIngest,
  idle: benchIdle,
  escalation: benchEscalation,
  recovery: benchRecovery,
  console: benchConsole,
  map: benchMap,
  pictures: benchPictures,
  shift: benchShift,
  hearing: benchHearing,
  looking: benchLooking,
};

const defaults = {
  presses: 200,
  rounds: 3,
  trials: 1000,
  streets: 20,
  connections: 200,
  window: 10,
  seconds: 8,
  pourers: 1,
  devices: 20_000,
  deadlines: 50_000,
  spread: 60,
  kills: 10,
};

const allLoads = '0,1000,5000';

export interface BenchOptions extends Readonly<typeof defaults> {
  readonly loads: readonly number[];
}

const usage = `usage: npm run bench -- all | ${Object.keys(benches).join(' | ')} [--write] [--loads ${allLoads}]
       ${Object.entries(defaults)
         .map(([name, value]) => `[--${name} ${value}]`)
         .join(' ')}\n`;

function misuse(): never {
  process.stderr.write(usage);
  process.exit(2);
}

function readArguments() {
  try {
    const numbers = Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: String(value) }] as const),
    );
    return parseArgs({
      allowPositionals: true,
      options: { ...numbers, loads: { type: 'string', default: allLoads }, write: { type: 'boolean', default: false } },
    });
  } catch {
    return misuse();
  }
}

const { values, positionals } = readArguments();
const names = positionals.includes('all') ? Object.keys(benches) : positionals;
if (names.length === 0 || names.some((name) => benches[name] === undefined)) misuse();
const given: Readonly<Record<string, unknown>> = values;
const options: BenchOptions = {
  ...(Object.fromEntries(Object.keys(defaults).map((name) => [name, Number(given[name])])) as typeof defaults),
  loads: values.loads.split(',').map(Number),
};

for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => process.exit(1));

let failed = false;
for (const name of names) {
  const on = conditions();
  say(`\n=== ${name}`);
  try {
    const outcome = await (benches[name] as (typeof benches)[string])(options);
    print(outcome);
    process.stdout.write(`${JSON.stringify({ bench: name, on, ...outcome.found })}\n`);
    if (values.write) await writeSection(name, commandOf(name), on, outcome);
  } catch (error) {
    failed = true;
    say(`${name} could not be measured: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
process.exit(failed ? 1 : 0);

/** As whoever wants to see the same must say it: what was asked for beyond the defaults. */
function commandOf(name: string): string {
  const other = Object.entries(defaults).filter(([option, value]) => Number(given[option]) !== value);
  const loads = values.loads === allLoads ? [] : [`--loads ${values.loads}`];
  return ['npm run bench --', name, ...other.map(([option]) => `--${option} ${given[option]}`), ...loads].join(' ');
}
