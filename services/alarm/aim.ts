import type { Instant } from './time.ts';

/** Who may turn a camera now. Two people who pull at one camera see nothing, both. */

/** 0 is the product itself; a higher one takes a camera over. */
export type AimRank = 0 | 1 | 2 | 3;

export interface AimLease {
  readonly holderId: string;
  readonly holder: string;
  readonly rank: AimRank;
  /** The incident that it is held for. */
  readonly incidentId?: string;
  readonly until: Instant;
}

export interface AimAsker {
  readonly holderId: string;
  readonly rank: AimRank;
  readonly incidentId?: string;
  /** The product asks for a call for help (a key, an officer in need). */
  readonly emergency: boolean;
}

export type AimGrant = 'free' | 'own' | 'ran-out' | 'higher-role' | 'emergency-before-looking-round';

/**
 * Whether the asker may turn the camera. The product turns a camera that nobody holds. Of those who hold one for no
 * incident a call for help takes it, since they look round; of those who hold it for an incident nobody takes it but a
 * higher role.
 */
export function mayAim(lease: AimLease | undefined, asker: AimAsker, now: Instant): AimGrant | undefined {
  if (!lease) return 'free';
  if (lease.holderId === asker.holderId) return 'own';
  if (lease.until <= now) return 'ran-out';
  if (asker.rank > lease.rank) return 'higher-role';
  const looksRound = lease.rank === 1 && lease.incidentId === undefined;
  return asker.emergency && looksRound ? 'emergency-before-looking-round' : undefined;
}
