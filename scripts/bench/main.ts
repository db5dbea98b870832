import { parseArgs } from 'node:util';
import { benchAlarm } from './alarm.ts';
import { benchConsole } from './console.ts';
import { benchHearing } from './hearing.ts';
import { benchLooking } from './looking.ts';
import { benchMap } from './map.ts';
import { benchPictures } from './pictures.ts';

/** `npm run bench -- <name>`: each bench prints JSON on stdout's last line and a table above it. */
const benches: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  alarm: benchAlarm,
  console: benchConsole,
  hearing: benchHearing,
  looking: benchLooking,
  map: benchMap,
  pictures: benchPictures,
};

export interface BenchOptions {
  readonly presses: number;
  readonly rounds: number;
  readonly loads: readonly number[];
  readonly trials: number;
  readonly streets: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    presses: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    loads: { type: 'string', default: '0,1000,5000' },
    trials: { type: 'string', default: '1000' },
    streets: { type: 'string', default: '20' },
  },
});
const bench = benches[positionals[0] ?? ''];
if (!bench) {
  process.stderr.write(
    `usage: npm run bench -- ${Object.keys(benches).join(' | ')} [--presses 200] [--rounds 3] [--loads 0,1000,5000] [--trials 1000] [--streets 20]\n`,
  );
  process.exit(2);
}
await bench({
  presses: Number(values.presses),
  rounds: Number(values.rounds),
  loads: values.loads.split(',').map(Number),
  trials: Number(values.trials),
  streets: Number(values.streets),
});
