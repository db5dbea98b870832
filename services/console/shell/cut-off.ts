import type { Session } from '../api/session.ts';

/** Who sits at this page, as far as it matters when the session ends. */
export interface Seat {
  /** Null when nobody is signed in; undefined while that is asked anew, which is what signing out begins with. */
  readonly session: Session | null | undefined;
  /** Calls are heard here: whoever sits here answers them. */
  readonly hears: boolean;
  /** The session ended and nobody here had asked for that. */
  readonly cutOff: boolean;
  /** Who sits here, or sat here last. */
  readonly who?: string;
}

export const nobodyYet: Seat = { session: undefined, hears: false, cutOff: false };

/**
 * A session that is gone without anybody at this page having signed out leaves a desk that hears no call, and that stays so
 * until somebody signs in.
 */
export const seatAfter = (before: Seat, session: Seat['session'], hears: boolean): Seat => ({
  session,
  hears,
  cutOff: session === null && (before.cutOff || before.hears),
  ...withWho(session?.actor.name ?? before.who),
});

const withWho = (who: string | undefined): Pick<Seat, 'who'> => (who === undefined ? {} : { who });
