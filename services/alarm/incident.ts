import type { CameraReason } from './cameras.ts';
import type { CorrelateReason } from './correlate.ts';
import type { Clock } from './escalate.ts';
import type { Holder, Offer } from './holding.ts';
import type { Answer, Choice, ClimbReason, OrderState, Point } from './orders.ts';
import type { Bilingual, Followed, Ticks } from './procedure.ts';
import type { Priority, SortReason } from './sort.ts';
import type { LoudspeakerReason } from './talk.ts';
import type { Instant } from './time.ts';

export const incidentStates = ['open', 'acknowledged', 'dispatched', 'arrived', 'closed'] as const;
export type IncidentState = (typeof incidentStates)[number];

export const dispositions = ['genuine', 'false', 'test', 'duplicate', 'non-police'] as const;
export type Disposition = (typeof dispositions)[number];

export interface Incident {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly priority: Priority;
  readonly state: IncidentState;
  /** Nothing that a bystander at the site could notice: no receipt, no broadcast (after duress). */
  readonly silent: boolean;
  readonly confirmed: boolean;
  readonly exercise: boolean;
  readonly stationId?: string;
  readonly siteId?: string;
  readonly gridId?: string;
  readonly deviceId?: string;
  /** The input of that device, where several keys are wired to one. */
  readonly part?: string;
  readonly location?: Point;
  readonly openedAt: Instant;
  readonly acknowledgedAt?: Instant;
  readonly acknowledgedBy?: string;
  /** It sounded again at this instant after somebody had answered it, and nobody has answered that yet. */
  readonly soundedAgainAt?: Instant;
  readonly dispatchedAt?: Instant;
  readonly arrivedAt?: Instant;
  readonly closedAt?: Instant;
  readonly disposition?: Disposition;
  readonly holder?: Holder;
  readonly offer?: Offer;
  readonly procedure?: Followed;
  /** The steps of the procedure that were done, by their ids. */
  readonly ticks?: Ticks;
  /** The running clock, its level and when it was started; none once officers arrived or it was closed. */
  readonly clock?: { readonly name: Clock; readonly level: number; readonly startedAt: Instant; readonly dueAt: Instant };
}

export type IncidentInput =
  | {
      readonly type: 'opened';
      readonly sorted: SortReason | 'seen-by-operator';
      readonly placed: CorrelateReason | 'seen-by-operator';
      readonly by: string;
      readonly note?: string;
    }
  | {
      readonly type: 'signalled';
      readonly sorted: SortReason;
      readonly placed: CorrelateReason;
      readonly by: string;
      readonly what: string;
      readonly sounds: boolean;
    }
  | { readonly type: 'raised'; readonly to: Priority; readonly kind: string; readonly silent: boolean; readonly by: string }
  | { readonly type: 'confirmed'; readonly by: string }
  | { readonly type: 'linked'; readonly number: number; readonly reason: CorrelateReason }
  | { readonly type: 'acknowledged'; readonly by: string; readonly accountId?: string }
  | { readonly type: 'taken'; readonly by: string; readonly accountId: string; readonly reason?: string }
  | {
      readonly type: 'handed-on';
      readonly by: string;
      readonly accountId: string;
      readonly to: { readonly accountId: string; readonly name: string };
      readonly note?: string;
      /** A supervisor gives away what others have. */
      readonly anyway: boolean;
    }
  | {
      readonly type: 'step';
      readonly by: string;
      readonly stepId: string;
      readonly step: Bilingual;
      readonly done: boolean;
      readonly note?: string;
    }
  | { readonly type: 'level-due'; readonly clock: Clock; readonly level: number; readonly dueAt: Instant }
  | {
      readonly type: 'order-due';
      readonly orderId: string;
      readonly unitId: string;
      readonly state: OrderState;
      readonly clock: 'delivered' | 'accepted' | 'expires';
      readonly bearersLeft: number;
      readonly dueAt: Instant;
    }
  | { readonly type: 'order-sent'; readonly orderId: string; readonly unitId: string; readonly state: OrderState }
  | {
      readonly type: 'order-undeliverable';
      readonly orderId: string;
      readonly unitId: string;
      readonly state: OrderState;
      readonly bearersLeft: number;
      readonly final: boolean;
      readonly why: string;
    }
  | {
      readonly type: 'order-answered';
      readonly orderId: string;
      readonly unitId: string;
      readonly state: OrderState;
      readonly answer: Answer;
      readonly note?: string;
      /** When the officer answered, where the answer was kept out of reach and came late. */
      readonly saidAt?: Instant;
    }
  | { readonly type: 'order-cancelled'; readonly orderId: string; readonly unitId: string; readonly state: OrderState; readonly by: string }
  | {
      readonly type: 'units-ordered';
      readonly unitIds: readonly string[];
      readonly nearest: number;
      readonly by: string;
      readonly accountId?: string;
      readonly request: string;
      readonly text?: string;
    }
  | {
      readonly type: 'broadcast-requested';
      readonly by: string;
      readonly loudspeakers: number;
      readonly text: string;
      /** The second person, where the broadcast needed one. */
      readonly consentedBy?: string;
    }
  | { readonly type: 'noted'; readonly by: string; readonly note: string }
  | { readonly type: 'camera'; readonly by: string; readonly reason: CameraReason; readonly data: Readonly<Record<string, unknown>> }
  | {
      readonly type: 'loudspeaker';
      readonly by: string;
      readonly reason: LoudspeakerReason;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'closed';
      readonly by: string;
      readonly disposition: Disposition;
      readonly note?: string;
      /** Why mandatory steps of the procedure were left out. */
      readonly override?: string;
    };

export type EffectReason =
  | SortReason
  | CorrelateReason
  | ClimbReason
  | CameraReason
  | LoudspeakerReason
  | Choice['reason']
  | 'seen-by-operator'
  | 'asked-by-operator'
  | 'nobody-answered-in-time'
  | 'answered-then-forgotten'
  | 'unit-silent'
  | 'unit-has-not-accepted'
  | 'unit-declined'
  | 'bearer-failed'
  | 'no-bearer-left'
  | 'order-expired'
  | 'order-withdrawn'
  | 'no-unit-available'
  | 'incident-closed'
  | 'already-so'
  | 'sounded-again'
  | 'two-sensors-agree'
  | 'taken-up'
  | 'taken-over'
  | 'offer-accepted'
  | 'offer-withdrawn'
  | 'step-done'
  | 'step-undone'
  | 'handed-to-12345';

/** A line of the timeline before it is worded, numbered and hashed. */
export interface Entry {
  readonly kind: EntryKind;
  readonly reason?: EffectReason;
  readonly by?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type EntryKind =
  | 'opened'
  | 'signal'
  | 'raised'
  | 'confirmed'
  | 'linked'
  | 'acknowledged'
  | 'taken'
  | 'handed-on'
  | 'step'
  | 'escalated'
  | 'ordered'
  | 'order'
  | 'broadcast'
  | 'camera'
  | 'loudspeaker'
  | 'note'
  | 'closed';

export type Told = 'desk' | 'duty-leader' | 'supervisor' | 'bureau-desk';

/** What the shell must carry out, in order; each is safe to repeat because its cause names it. */
export type Effect =
  | { readonly type: 'order'; readonly choice: Choice; readonly cause: string; readonly automatic: boolean; readonly text?: string }
  | {
      readonly type: 'order-state';
      readonly orderId: string;
      readonly state: OrderState;
      readonly rung?: Answer | 'sent';
      readonly reason?: string;
      readonly saidAt?: Instant;
    }
  | { readonly type: 'next-bearer'; readonly orderId: string }
  | { readonly type: 'await'; readonly orderId: string; readonly clock: 'delivered' | 'accepted'; readonly dueAt: Instant }
  | { readonly type: 'tell'; readonly whom: Told; readonly level: number }
  | { readonly type: 'sound' }
  | { readonly type: 'receipt' };

export interface Step {
  readonly incident: Incident;
  readonly entries: readonly Entry[];
  readonly effects: readonly Effect[];
}
