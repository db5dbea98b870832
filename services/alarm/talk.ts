import type { Priority } from './sort.ts';
import type { Instant } from './time.ts';

/** Words that want a loudspeaker, or have it. */
export interface Talk {
  readonly id: string;
  readonly priority: Priority;
  readonly issuedAt: Instant;
  /** An operator speaks: it cannot be said again later. */
  readonly live: boolean;
  /** Of an incident: somebody may be in danger who has to hear it whole. */
  readonly warning: boolean;
}

/** What became of a broadcast on one loudspeaker, for the incident's timeline. */
export type LoudspeakerReason =
  | 'loudspeaker-heard'
  | 'loudspeaker-played'
  | 'loudspeaker-sent'
  | 'loudspeaker-failed'
  | 'loudspeaker-failed-over'
  | 'loudspeaker-stopped';

export type Turn =
  | { readonly act: 'speak' }
  /** The loudspeaker is taken from the one named, which must first let go of it. */
  | { readonly act: 'take'; readonly from: string }
  | { readonly act: 'wait'; readonly behind: string; readonly reason: 'less-urgent' | 'equally-urgent' | 'came-later' };

/**
 * Whose turn it is at one loudspeaker, asked by one of those who want it: one talker at a time. What is strictly more urgent
 * takes the loudspeaker, so that a warning need not wait for music; what is equally urgent waits, so that two warnings
 * do not cut each other into pieces; nothing is ever interrupted for less.
 * @param waiting the others that could speak now; whoever is to speak before `mine` holds it back
 */
export function turnOf(mine: Talk, speaking: Talk | undefined, waiting: readonly Talk[]): Turn {
  const first = waiting.find((other) => other.id !== mine.id && before(other, mine));
  if (first) return { act: 'wait', behind: first.id, reason: first.priority < mine.priority ? 'less-urgent' : 'came-later' };
  if (!speaking || speaking.id === mine.id) return { act: 'speak' };
  if (mine.priority < speaking.priority) return { act: 'take', from: speaking.id };
  return { act: 'wait', behind: speaking.id, reason: mine.priority === speaking.priority ? 'equally-urgent' : 'less-urgent' };
}

/** Of those that wait, a person at the microphone comes before words that keep, then whoever asked first. */
function before(a: Talk, b: Talk): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  if (a.live !== b.live) return a.live;
  return a.issuedAt === b.issuedAt ? a.id < b.id : a.issuedAt < b.issuedAt;
}

/**
 * What becomes of words from which the loudspeaker was taken. A warning that people heard half of is said again from the
 * start once its turn comes; a notice, music or a talk is over.
 */
export const afterTaken = ({ live, warning }: Pick<Talk, 'live' | 'warning'>): 'again' | 'over' => (warning && !live ? 'again' : 'over');
