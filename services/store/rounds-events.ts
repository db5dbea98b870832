import { type Instant, rfc3339 } from '../alarm/index.ts';
import type { NewEvent } from './events.ts';

/** What consoles hear of a run. `looked`: something was found at a stop. */
export type RoundVerb = 'due' | 'begun' | 'looked' | 'done' | 'abandoned' | 'missed';

interface RoundData {
  readonly roundId: string;
  readonly name: string;
  readonly stationId: string;
  readonly dueAt?: Instant | undefined;
  readonly [more: string]: unknown;
}

export const roundEvent = (verb: RoundVerb, runId: string, at: Instant, { dueAt, ...data }: RoundData): NewEvent => ({
  type: `baiying.round.${verb}.v1`,
  subject: `runs/${runId}`,
  at,
  data: { runId, ...data, ...(dueAt === undefined ? {} : { dueAt: rfc3339(dueAt) }) },
});
