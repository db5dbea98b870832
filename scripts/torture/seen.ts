import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Conditions } from '../bench/page.ts';

/** What a row or a run showed when it was last run with `--write`, and how the machine stood before it began. */
export interface Seen {
  readonly verdict: 'passed' | 'failed';
  readonly figure: string;
  readonly seed: number;
  readonly on: Conditions;
}

/** Runs that are no row of the table. */
export type RunName = 'city' | 'soak' | 'fuzz';

const file = join(import.meta.dirname, 'seen.json');

/** By the number of the row, or the name of the run. */
export const seen = (): Readonly<Record<string, Seen>> => JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Seen>>;

/** Keeps it in the place of what was seen of that row or run before. */
export function keepSeen(name: number | RunName, one: Seen): void {
  const all = Object.entries({ ...seen(), [name]: one }).toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
}
