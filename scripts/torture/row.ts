import type { Conditions } from '../bench/page.ts';
import type { Bench } from './bench.ts';

/** One fault of the table: what is done to the product, and what it has promised for that case. */
export interface Row {
  /** As in the table of docs/torture.md; the last ones were added to it. */
  readonly number: number;
  readonly title: string;
  /** What must hold, in words, with its figures. */
  readonly bound: string;
  /** How the fault is made here; where it is made in part, what is left out. */
  readonly how: string;
  /** Why the fault is not made here, and what looks at it instead; or what makes it. */
  readonly run: { readonly not: string } | ((bench: Bench) => Promise<Found>);
}

export interface Found {
  /** What was measured. */
  readonly figure: string;
  /** What was promised and broken, one line each. */
  readonly broken: readonly string[];
  /** Figures out of their bound, which is worth something on a quiet machine alone. */
  readonly late: readonly string[];
}

/** A run that is no row: what was measured, and whether all that was promised held. */
export interface Ran {
  readonly passed: boolean;
  readonly figure: string;
}

export interface Outcome {
  readonly number: number;
  readonly title: string;
  readonly bound: string;
  readonly verdict: 'passed' | 'failed' | 'not run';
  readonly figure: string;
  readonly broken: readonly string[];
  readonly seconds: number;
  /** How the machine stood before it began. */
  readonly on: Conditions;
}

/** What was measured, whether it is as promised, and whether that is a matter of time. */
type Part = readonly [what: string, holds: boolean, kind?: 'timed'];

/** Puts what was measured beside its bound: the row holds when every part does. */
export function judged(parts: readonly Part[], broken: readonly string[] = []): Found {
  const failed = parts.filter(([, holds]) => !holds);
  const told = (timed: boolean) => failed.filter(([, , kind]) => (kind === 'timed') === timed).map(([what]) => `out of bound: ${what}`);
  return { figure: parts.map(([what]) => what).join('; '), broken: [...told(false), ...broken], late: told(true) };
}
