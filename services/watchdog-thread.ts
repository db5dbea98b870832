import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { beat, held, type Watched } from './watchdog.ts';

const { beats, tick, most } = workerData as Watched;
const stderr = 2;
let last = Atomics.load(beats, beat);
let still = 0;

setInterval(() => {
  const now = Atomics.load(beats, beat);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < most || Atomics.load(beats, held) === 1) return;
  // The log's own way leads through the loop that stands still.
  const line = {
    level: 60,
    time: Date.now(),
    pid: process.pid,
    standstillMs: still * tick,
    msg: 'The event loop stands still; the process ends',
  };
  writeSync(stderr, `${JSON.stringify(line)}\n`);
  process.kill(process.pid, 'SIGKILL');
}, tick);
