import { closed } from './closed.ts';
import type { Incident } from './incident.ts';
import { type Choice, describe, nearest, type OrderPolicy, type OrderState, type Scene, type Unit } from './orders.ts';
import type { Followed } from './procedure.ts';
import { type Duration, type Instant, minutes } from './time.ts';

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
export interface World {
  /** A raise changes what fits, so the policy is asked for when it is needed. */
  readonly policyOf: (incident: Pick<Incident, 'kind' | 'priority' | 'siteId'>) => EscalationPolicy;
  readonly procedureOf: (incident: Pick<Incident, 'kind' | 'siteId'>) => Followed | undefined;
  readonly units: readonly Unit[];
  readonly orders: readonly HeldOrder[];
  readonly scene: Scene;
  readonly communityOfficer?: string;
  readonly dutyLeader?: string;
  /** The unit that called for help itself: never sent to its own rescue. */
  readonly caller?: string;
}

/** The world under the policy that fits the incident as it now is. */
export interface Situation extends Omit<World, 'policyOf' | 'procedureOf'> {
  readonly policy: EscalationPolicy;
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
  const room = roomFor(situation);
  const taken = alreadyOrdered(situation);
  const officer = atOnce.communityOfficer && room > 0 ? availableById(situation, situation.communityOfficer) : undefined;
  const first = officer && !taken.has(officer.id) ? [describe(officer, situation.scene, now, 'community-officer')] : [];
  for (const choice of first) taken.add(choice.unitId);
  return [...first, ...nearest(situation.units, situation.scene, Math.min(atOnce.nearest, room - first.length), taken, now)];
}

/** The next unit that holds no order for this incident yet; none when all are taken or the policy's limit is reached. */
export const choiceNext = (situation: Situation, now: Instant): Choice | undefined =>
  roomFor(situation) > 0 ? choiceAnyway(situation, now) : undefined;

/** The same for an operator, whom the policy's limit does not bind. */
export const choiceAnyway = (situation: Situation, now: Instant): Choice | undefined =>
  nearest(situation.units, situation.scene, 1, alreadyOrdered(situation), now)[0];

/** How many units may still be ordered without an operator. */
const roomFor = ({ orders, policy }: Situation): number =>
  Math.max(0, policy.order.most - orders.filter((order) => order.automatic).length);

/**
 * The station's duty leader, whatever else the leader is doing: a call up the ladder is not a reassignment. The limit of
 * units does not hold the leader back on purpose: who is to look after a call that drained the county must hear of it.
 */
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
  return incident.kind === 'walk-test' ? ofWalkTest(rule.policy) : rule.policy;
}

const leftOpen: readonly Level[] = [{ after: minutes(5), steps: ['supervisor'] }];

/** Nobody runs for a walk test but whom its tester names; one that was left open is shown to the supervisor. No file changes that. */
const ofWalkTest = (policy: EscalationPolicy): EscalationPolicy => ({
  ...policy,
  id: 'walk-test',
  atOnce: { communityOfficer: false, nearest: 0 },
  acknowledge: leftOpen,
  progress: leftOpen,
  order: { ...policy.order, most: 0 },
});

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
