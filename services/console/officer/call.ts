import type { Refusal, Waiting } from './orders.ts';

/** The officer's own call for help, as the page shows it. Pure. */

export type CallStanding =
  | { readonly state: 'none' }
  | { readonly state: 'unsent' }
  /** The server will not take it: help must be called for in another way. */
  | ({ readonly state: 'refused' } & Refusal)
  /** The server has it. */
  | { readonly state: 'sent'; readonly at: string };

export const isCall = ({ saying }: Waiting): boolean => saying.kind === 'emergency';

export interface Calls {
  readonly waiting: readonly Waiting[];
  readonly refusals: readonly Refusal[];
  readonly called: string | undefined;
}

/** The worst first: whoever reads that help is called for must be able to rely on it. */
export function callStanding({ waiting, refusals, called }: Calls): CallStanding {
  if (waiting.some(isCall)) return { state: 'unsent' };
  const refused = refusals.findLast((refusal) => isCall(refusal.waiting));
  if (refused) return { state: 'refused', ...refused };
  return called === undefined ? { state: 'none' } : { state: 'sent', at: called };
}
