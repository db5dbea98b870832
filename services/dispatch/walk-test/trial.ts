import type { Finding, FindingCode, Instant } from '../../alarm/index.ts';
import type { Clock, Desk, Hub, Log } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import type { Device, Register } from '../../store/register-view.ts';
import type { Language } from '../../words.ts';
import type { BroadcastRequestDeps } from '../broadcast-request.ts';
import type { Cameras } from '../cameras.ts';

export interface TrialDeps {
  readonly store: Store;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly desk: Desk;
  readonly cameras: Cameras;
  readonly broadcasts: BroadcastRequestDeps;
}

/** What the tester sees of the test as it goes. */
export type StepName =
  | 'started'
  | 'press-now'
  | 'press-heard'
  | 'incident-closed'
  | 'described'
  | 'picture'
  | 'stream'
  | 'asked'
  | 'said'
  | 'ordered'
  | 'delivered'
  | 'answered'
  | 'ended';

/** One test under way. */
export interface Trial {
  readonly id: string;
  readonly device: Device;
  readonly by: string;
  readonly at: Instant;
  readonly until: Instant;
  readonly waitSeconds: number;
  readonly lang: Language;
  readonly text?: string;
  readonly signal: AbortSignal;
  step(step: StepName, data?: Readonly<Record<string, unknown>>): Promise<void>;
  /** As `waitFor`, until the test ends. */
  wait<T>(look: () => Promise<T | undefined>): Promise<T | undefined>;
}

export interface Outcome {
  readonly passed: boolean;
  readonly measured: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

export const found = (code: FindingCode, data: Finding['data'] = {}): Finding => ({ code, data });
