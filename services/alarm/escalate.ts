import { closed } from './closed.ts';
import type { Incident } from './incident.ts';
import { type Choice, describe, nearest, type OrderPolicy, type OrderState, type Scene, type Unit } from './orders.ts';
import type { Duration, Instant } from './time.ts';

/** The two clocks of an incident: until somebody answers, and from that answer until something moves. */
export type Clock = 'acknowledge' | 'progress';

export const escalationSteps = ['sound-again', 'next-unit', 'duty-leader', 'supervisor', 'bureau-desk'] as const;
export type EscalationStep = (typeof escalationSteps)[number];

export interface Level {
  /** Since the clock was started. */
  readonly after: Duration;
  readonly steps: readonly EscalationStep[];
}

export interface EscalationPolicy {
  readonly id: string;
  /** Sent without waiting for an operator. */
  readonly atOnce: { readonly communityOfficer: boolean; readonly nearest: number };
  readonly acknowledge: readonly Level[];
  readonly progress: readonly Level[];
  readonly order: OrderPolicy;
}

/** An order of the incident, as far as the rules look at it. */
export interface HeldOrder {
  readonly id: string;
  readonly unitId: string;
  readonly state: OrderState;
  readonly automatic: boolean;
  /** Its clock ran out and another unit was called in its place; one order is replaced once. */
  readonly givenUp?: boolean;
}

/** What the rules may know of the world around one incident when they decide. */
export interface Situation {
  readonly policy: EscalationPolicy;
  readonly units: readonly Unit[];
  readonly orders: readonly HeldOrder[];
  readonly scene: Scene;
  readonly communityOfficer?: string;
  readonly dutyLeader?: string;
  /** The unit that called for help itself: never sent to its own rescue. */
  readonly caller?: string;
}

/** The next level of a clock after the one that ran out, with its due time. */
export function nextLevel(
  levels: readonly Level[],
  level: number,
  startedAt: Instant,
): { readonly level: number; readonly dueAt: Instant } | undefined {
  const next = levels[level];
  return next && { level: level + 1, dueAt: startedAt + next.after };
}

/** Whom an emergency orders at once: the grid's community officer, who is first there, and the nearest n besides. */
export function choiceAtOnce(situation: Situation, now: Instant): readonly Choice[] {
  const { atOnce } = situation.policy;
  const officer = atOnce.communityOfficer ? availableById(situation, situation.communityOfficer) : undefined;
  const first = officer ? [describe(officer, situation.scene, now, 'community-officer')] : [];
  const without = alreadyOrdered(situation);
  for (const choice of first) without.add(choice.unitId);
  return [...first, ...nearest(situation.units, situation.scene, atOnce.nearest, without, now)];
}

/** The next unit that holds no order for this incident yet; none when all are taken or the policy's limit is reached. */
export function choiceNext(situation: Situation, now: Instant): Choice | undefined {
  if (situation.orders.filter((order) => order.automatic).length >= situation.policy.order.most) return undefined;
  return nearest(situation.units, situation.scene, 1, alreadyOrdered(situation), now)[0];
}

/** The station's duty leader, whatever else the leader is doing: a call up the ladder is not a reassignment. */
export function choiceDutyLeader(situation: Situation, now: Instant): Choice | undefined {
  const leader = situation.units.find((unit) => unit.id === situation.dutyLeader);
  return leader && !alreadyOrdered(situation).has(leader.id) ? describe(leader, situation.scene, now, 'duty-leader') : undefined;
}

const availableById = (situation: Situation, id: string | undefined): Unit | undefined =>
  situation.units.find((unit) => unit.id === id && unit.status === 'available');

function alreadyOrdered(situation: Situation): Set<string> {
  const ids = new Set(situation.orders.map((order) => order.unitId));
  if (situation.caller !== undefined) ids.add(situation.caller);
  return ids;
}

export interface PolicyRule {
  readonly when: {
    readonly kinds?: readonly string[];
    readonly priorities?: readonly number[];
    readonly siteKinds?: readonly string[];
    readonly siteIds?: readonly string[];
  };
  readonly policy: EscalationPolicy;
}

/** The first rule that fits, in the order of the file; the last rule of a valid file fits everything. */
export function policyFor(
  rules: readonly PolicyRule[],
  incident: Pick<Incident, 'kind' | 'priority' | 'siteId'>,
  siteKind: string | undefined,
): EscalationPolicy {
  const fits = (list: readonly unknown[] | undefined, value: unknown): boolean => list === undefined || list.includes(value);
  const rule = rules.find(
    ({ when }) =>
      fits(when.kinds, incident.kind) &&
      fits(when.priorities, incident.priority) &&
      fits(when.siteKinds, siteKind) &&
      fits(when.siteIds, incident.siteId),
  );
  if (!rule) throw new RangeError(`no escalation policy fits kind ${incident.kind}: the last rule must have no condition`);
  return rule.policy;
}

/** Who must hear of a step besides the desk's own screen; undefined for steps that speak to units. */
export function toldBy(step: EscalationStep): 'desk' | 'duty-leader' | 'supervisor' | 'bureau-desk' | undefined {
  switch (step) {
    case 'sound-again':
      return 'desk';
    case 'next-unit':
      return undefined;
    case 'duty-leader':
    case 'supervisor':
    case 'bureau-desk':
      return step;
    default:
      return closed(step);
  }
}
