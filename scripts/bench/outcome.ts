import { table } from './figures.ts';

/** What a bench found: tables for people, the whole for programs. */
export interface Outcome {
  readonly tables: readonly Sheet[];
  /** What a reader must know to read the figures rightly; also what could not be run, and why. */
  readonly notes?: readonly Said[];
  readonly found: object;
}

export interface Sheet {
  readonly title: Said;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Said {
  readonly zh: string;
  readonly en: string;
}

export const say = (line: string): void => void process.stderr.write(`${line}\n`);

export function print(outcome: Outcome): void {
  for (const { title, head, rows } of outcome.tables) say(`\n${title.en}\n${table(head, rows)}`);
  for (const { en } of outcome.notes ?? []) say(`- ${en}`);
}
