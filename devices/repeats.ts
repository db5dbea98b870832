import type { Fact, Judgement, Known, Mark } from './driver.ts';

/** How news is told from repetition, for what makers' devices say more than once. In doubt it is news: a press. */

type Marked = Fact & { readonly mark: Mark };

/** Nobody holds a button that springs back for as long as this, milliseconds. */
export const longestPush = 60_000;

export const same = (one: Mark['value'], other: Mark['value']): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** A property of which only a change is news: battery, reachability, tamper. */
export const judgeChange = (fact: Marked, known: Known | undefined): Judgement =>
  known && same(known.value, fact.mark.value) ? { outcome: 'repeat' } : { outcome: 'news', fact };

/**
 * A contact that is told as it stands. Closed now and not closed before is a press, also when that was never known:
 * a key that is pressed as it comes up for the first time must not be taken for one that was always so. Closed again on
 * a new connection is a press too for a button that springs back, unless it can be the same push.
 */
export function judgeLevel(fact: Marked, known: Known | undefined, contact: 'momentary' | 'latching'): Judgement {
  if (!known) return { outcome: fact.active ? 'news' : 'state', fact };
  if (!same(known.value, fact.mark.value)) return { outcome: 'news', fact };
  const pushedAgain = fact.active && contact === 'momentary' && !known.sameLine && known.quiet > longestPush;
  return pushedAgain ? { outcome: 'news', fact } : { outcome: 'repeat' };
}

/** Behind a bridge a device may restart while the line stays: what was told over it may have been told before that. */
export const behind = (bridge: string | undefined, known: Known | undefined): Known | undefined =>
  known && bridge !== undefined ? { ...known, sameLine: false } : known;

/**
 * An event that another broker kept for its bridge. Only one that is the same to the letter as the last, and the first of
 * a new connection, is taken for the old one.
 */
export const judgeKept = (fact: Marked, known: Known | undefined): Judgement =>
  known && !known.sameLine && same(known.value, fact.mark.value) ? { outcome: 'repeat' } : { outcome: 'news', fact };
