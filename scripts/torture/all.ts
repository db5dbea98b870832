import { setTimeout as pause } from 'node:timers/promises';
import { Absent, openBench } from './bench.ts';
import type { Found, Outcome, Row } from './row.ts';
import { say } from './say.ts';

/** One row may take so long, its preparations included; then it has failed. */
const patience = 150_000;

/** Runs rows one after the other, and says of each what was measured. */
export async function tortureAll(rows: readonly Row[], seed: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    const outcome = await runRow(row, seed);
    outcomes.push(outcome);
    say(`${String(row.number).padStart(3)}  ${outcome.verdict.padEnd(7)}  ${row.title}`);
    say(`              promised: ${row.bound}`);
    say(`              ${outcome.verdict === 'not run' ? 'because' : 'measured'}: ${outcome.figure}`);
    for (const line of outcome.broken.slice(0, 10)) say(`              BROKEN ${line}`);
  }
  return outcomes;
}

async function runRow({ number, title, bound, run }: Row, seed: number): Promise<Outcome> {
  const about = { number, title, bound };
  if (typeof run !== 'function') return { ...about, verdict: 'not run', figure: run.not, broken: [], seconds: 0 };
  const bench = openBench(seed, number);
  const began = performance.now();
  let found: Found = { held: false, figure: 'it did not come to an end' };
  try {
    found = await Promise.race([run(bench), tooLate()]);
  } catch (error) {
    if (error instanceof Absent) {
      await bench.close(false);
      return { ...about, verdict: 'not run', figure: error.message, broken: [], seconds: 0 };
    }
    found = { held: false, figure: 'it could not be measured', broken: [error instanceof Error ? error.message : String(error)] };
  }
  for (const log of await bench.close(!found.held)) say(`              what the product logged: ${log}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { ...about, verdict: found.held ? 'passed' : 'failed', figure: found.figure, broken: found.broken ?? [], seconds };
}

async function tooLate(): Promise<Found> {
  await pause(patience, undefined, { ref: false });
  return { held: false, figure: `not over within ${patience / 1000} s` };
}
