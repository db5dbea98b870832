import { type PictureFault, pictureFaults } from '../../devices/media/looking.ts';
import type { Instant } from '../alarm/index.ts';
import type { Suspicion } from '../store/camera-health.ts';

/** What may be wrong with a camera, what each sample says of it, and when it is believed. */
export const cameraFaults = ['offline', 'no-picture', ...pictureFaults, 'wrong-clock', 'low-frame-rate', 'reported'] as const;
/** `reported`: by a person at the pictures; no sample speaks of it. */
export type CameraFaultKind = 'offline' | 'no-picture' | PictureFault | 'wrong-clock' | 'low-frame-rate' | 'reported';

/** What one sample says of one fault. A fault of which it cannot tell has no vote. */
export interface Vote {
  readonly faulty: boolean;
  /** When it is known to have begun; the sample's own instant when absent. */
  readonly since?: Instant;
  readonly detail?: Readonly<Record<string, unknown>>;
}
export type Votes = ReadonlyMap<CameraFaultKind, Vote>;

export interface Change {
  readonly fault: string;
  readonly change: 'began' | 'ended';
  readonly since: Instant;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Settlement {
  readonly suspicions: readonly Suspicion[];
  readonly changes: readonly Change[];
}

/** Two of the last three: one bad sample is a bird, one good one is a reflection. */
const considered = 3;
const enough = 2;

/** Faults begin and end only by two of three samples that could tell. A fault that no sample speaks of stays as it was. */
export function settle(before: readonly Suspicion[], votes: Votes, now: Instant): Settlement {
  const known = new Map(before.map((suspicion) => [suspicion.fault, suspicion]));
  const suspicions: Suspicion[] = [];
  const changes: Change[] = [];
  for (const fault of new Set([...known.keys(), ...votes.keys()])) {
    const was = known.get(fault);
    const vote = votes.get(fault as CameraFaultKind);
    const is = vote ? counted(fault, was, vote, now) : was;
    if (is) suspicions.push(is);
    if (is?.standing && !was?.standing) changes.push({ fault, change: 'began', since: is.since, detail: is.detail });
    if (was?.standing && !is?.standing) changes.push({ fault, change: 'ended', since: was.since, detail: was.detail });
  }
  return { suspicions, changes };
}

function counted(fault: string, was: Suspicion | undefined, { faulty, since, detail }: Vote, now: Instant): Suspicion | undefined {
  if (!was && !faulty) return undefined;
  const votes = `${was?.votes ?? ''}${faulty ? 'y' : 'n'}`.slice(-considered);
  if (votes.split('n').length - 1 >= enough) return undefined;
  return {
    fault,
    votes,
    since: was?.since ?? since ?? now,
    standing: was?.standing === true || votes.split('y').length - 1 >= enough,
    detail: faulty ? (detail ?? {}) : (was?.detail ?? {}),
  };
}

/** Whether the next sample should come soon: something is neither believed nor dismissed. */
export const undecided = (suspicions: readonly Suspicion[]): boolean =>
  suspicions.some(({ standing, votes }) => (standing ? votes.endsWith('n') : votes.endsWith('y')));
