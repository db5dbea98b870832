import type { Instant } from './time.ts';

/** What is to be done at a call, step by step, as the station wrote it down. */

/** A text in both languages of the product. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export interface ProcedureStep {
  readonly id: string;
  readonly text: Bilingual;
  /** It must be ticked before the incident is closed, where the site names the procedure. */
  readonly mandatory: boolean;
}

export interface Procedure {
  readonly id: string;
  readonly title: Bilingual;
  /** Counts every change; an incident keeps the one that it began with. */
  readonly version: number;
  /** Incident kinds that it is for, where the site names none. */
  readonly kinds: readonly string[];
  /** Only at sites of these kinds; anywhere when empty. */
  readonly siteKinds: readonly string[];
  readonly steps: readonly ProcedureStep[];
}

/** The procedure that an incident goes by. */
export interface Followed {
  readonly id: string;
  readonly version: number;
  /** The site names it, so its mandatory steps hold the closing back; found by the kind of the incident it is guidance. */
  readonly binding: boolean;
}

/** Who did a step of the procedure, and when. */
export interface Tick {
  readonly by: string;
  readonly at: Instant;
  readonly note?: string;
}
export type Ticks = Readonly<Record<string, Tick>>;

/**
 * The procedure for an incident: the one that its site names, else the first in the order of ids that is for its kind,
 * those for the kind of site before those for any. A name that nobody wrote a procedure for names none.
 */
export function procedureFor(
  procedures: readonly Procedure[],
  incident: { readonly kind: string },
  site: { readonly kind: string; readonly procedureId?: string } | undefined,
): Followed | undefined {
  const named = procedures.find(({ id }) => id === site?.procedureId);
  if (named) return { id: named.id, version: named.version, binding: true };
  const fitting = procedures
    .filter(({ kinds, siteKinds }) => kinds.includes(incident.kind) && (siteKinds.length === 0 || siteKinds.includes(site?.kind ?? '')))
    .sort((a, b) => Number(a.siteKinds.length === 0) - Number(b.siteKinds.length === 0) || (a.id < b.id ? -1 : 1));
  const [found] = fitting;
  return found && { id: found.id, version: found.version, binding: false };
}

/** The mandatory steps that nobody ticked. */
export const stepsMissing = (steps: readonly ProcedureStep[], ticks: Ticks): readonly ProcedureStep[] =>
  steps.filter(({ id, mandatory }) => mandatory && !Object.hasOwn(ticks, id));
