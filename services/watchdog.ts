import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import type { Duration } from './alarm/index.ts';

/**
 * Ends the process when its event loop stands still: a regular expression that never ends, a loop of ours. Whatever keeps
 * the process (systemd, Docker, another supervisor) starts it again, and nothing that was acknowledged is lost.
 */
export interface Watchdog {
  stop(): Promise<void>;
}

/** What the two threads share: how often the loop came round, and whether a debugger may hold it. */
export interface Watched {
  readonly beats: Int32Array;
  /** The thread looks so often, milliseconds. */
  readonly tick: number;
  /** Looks in a row without a beat after which the process ends. */
  readonly most: number;
}
export const [beat, held] = [0, 1];

const looksWithin = 20;

/**
 * Standing still is counted in looks of the thread and not by a clock: a process that was frozen as a whole, or a machine that
 * slept, has not looked either. A debugger that is open may hold the loop for as long as it likes.
 */
export function startWatchdog(standstill: Duration): Watchdog {
  const beats = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const tick = Math.max(10, standstill / looksWithin);
  const watched: Watched = { beats, tick, most: Math.ceil(standstill / tick) };
  const round = setInterval(() => {
    Atomics.add(beats, beat, 1);
    Atomics.store(beats, held, inspectorUrl() === undefined ? 0 : 1);
  }, tick / 2);
  round.unref();
  const thread = new Worker(new URL('./watchdog-thread.ts', import.meta.url), { workerData: watched, execArgv: [] });
  thread.unref();
  return {
    async stop() {
      clearInterval(round);
      await thread.terminate();
    },
  };
}
