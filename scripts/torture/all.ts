import { setTimeout as pause } from 'node:timers/promises';
import { conditions } from '../bench/page.ts';
import { Absent, openBench } from './bench.ts';
import type { Found, Outcome, Row } from './row.ts';
import { say } from './say.ts';

/** One row may take so long, its preparations included; then it has failed. */
const patience = 240_000;

export interface HowRun {
  readonly seed: number;
  /** Whether a figure out of its bound fails its row, as a broken promise does in any case. */
  readonly bounds: 'kept' | 'told';
  /** Told of each row as soon as it is over. */
  readonly over?: (outcome: Outcome) => void;
}

/** Runs rows one after the other, and says of each what was measured. */
export async function tortureAll(rows: readonly Row[], how: HowRun): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    const outcome = await runRow(row, how);
    outcomes.push(outcome);
    how.over?.(outcome);
    say(`${String(row.number).padStart(3)}  ${outcome.verdict.padEnd(7)}  ${row.title}`);
    say(`              promised: ${row.bound}`);
    say(`              ${outcome.verdict === 'not run' ? 'because' : 'measured'}: ${outcome.figure}`);
    for (const line of outcome.broken.slice(0, 10)) say(`              ${outcome.verdict === 'failed' ? 'BROKEN' : 'slow'} ${line}`);
  }
  return outcomes;
}

async function runRow({ number, title, bound, run }: Row, { seed, bounds }: HowRun): Promise<Outcome> {
  const about = { number, title, bound, on: conditions() };
  const notRun = (figure: string): Outcome => ({ ...about, verdict: 'not run', figure, broken: [], seconds: 0 });
  if (typeof run !== 'function') return notRun(run.not);
  const bench = openBench(seed, number);
  const began = performance.now();
  let found: Found;
  try {
    found = await Promise.race([run(bench), tooLate()]);
  } catch (error) {
    if (error instanceof Absent) {
      await bench.close(false);
      return notRun(error.message);
    }
    const why = error instanceof Error ? error.message : String(error);
    found = { figure: 'it could not be measured', broken: [why], late: [] };
  }
  const failed = found.broken.length > 0 || (bounds === 'kept' && found.late.length > 0);
  for (const log of await bench.close(failed)) say(`              what the product logged: ${log}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  const verdict = failed ? 'failed' : 'passed';
  return { ...about, verdict, figure: found.figure, broken: [...found.broken, ...found.late], seconds };
}

async function tooLate(): Promise<Found> {
  await pause(patience, undefined, { ref: false });
  return { figure: 'it did not come to an end', broken: [`not over within ${patience / 1000} s`], late: [] };
}
