import type { LiveState } from '../api/live.ts';

/** What baiying.record.away.v1 says. */
export interface Away {
  readonly since: string;
  readonly waiting: number;
  readonly sentFor: readonly { readonly at: string; readonly device: string; readonly site?: string; readonly units: readonly string[] }[];
}

/** What was told last, and when, in seconds of the server's clock. */
export interface ToldAway extends Away {
  readonly told: number;
}

/** It is told each second while it lasts. */
const holdsFor = 5;

/**
 * The record is away for as long as that is told: that it is back is told once, and a server that was started anew meanwhile
 * never says it. Of a line that is lost nothing is known.
 */
export const stillAway = (away: ToldAway | undefined, line: LiveState['state'], now: number): ToldAway | undefined =>
  away !== undefined && line === 'live' && now - away.told <= holdsFor ? away : undefined;
