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
  readonly held: boolean;
  /** What was measured. */
  readonly figure: string;
  /** What broke, one line each. */
  readonly broken?: readonly string[];
}

export interface Outcome {
  readonly number: number;
  readonly title: string;
  readonly bound: string;
  readonly verdict: 'passed' | 'failed' | 'not run';
  readonly figure: string;
  readonly broken: readonly string[];
  readonly seconds: number;
}

/** Puts what was measured beside its bound: the row holds when every part does. */
export function judged(parts: readonly (readonly [what: string, holds: boolean])[], broken: readonly string[] = []): Found {
  const failed = parts.flatMap(([what, holds]) => (holds ? [] : [`out of bound: ${what}`]));
  return { held: failed.length + broken.length === 0, figure: parts.map(([what]) => what).join('; '), broken: [...failed, ...broken] };
}
