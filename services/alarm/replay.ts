import { closed as noCase } from './closed.ts';
import { type EscalationStep, type PolicyRule, policyFor } from './escalate.ts';
import type { Entry, Incident } from './incident.ts';
import { pending } from './orders.ts';
import { type RunningOrder, settle } from './replay-orders.ts';
import { type Recorded, type RecordedAct, type RecordedUnit, unitsOf } from './replay-record.ts';
import { type Sorting, type SortPolicy, sort } from './sort.ts';
import { step } from './step.ts';
import type { Duration, Instant } from './time.ts';

/** What would have happened to an incident of the record under other policies: the same rules, the same acts of people. */

export interface ReplayPolicies {
  readonly rules: readonly PolicyRule[];
  readonly sorting: SortPolicy;
}

export interface ReplayedOrder {
  /** Absent for the next nearest unit: the record does not know which one that was. */
  readonly unitId?: string;
  /** After the opening. */
  readonly after: Duration;
  readonly by: 'at-once' | 'ladder' | 'operator';
}

export interface ReplayedLevel {
  readonly clock: 'acknowledge' | 'progress';
  readonly level: number;
  /** After the opening. */
  readonly after: Duration;
  readonly steps: readonly EscalationStep[];
}

export interface Replayed {
  /** False where the signal would have opened nothing; all else is then empty. */
  readonly opens: boolean;
  readonly policyId?: string;
  readonly orders: readonly ReplayedOrder[];
  readonly levels: readonly ReplayedLevel[];
  /** From the opening until officers set out, and until they arrived. */
  readonly engagedAfter?: Duration;
  readonly arrivedAfter?: Duration;
}

interface Run {
  readonly recorded: Recorded;
  readonly policies: ReplayPolicies;
  incident: Incident;
  readonly orders: RunningOrder[];
  readonly placed: ReplayedOrder[];
  readonly levels: ReplayedLevel[];
}

/** A life longer than any ladder; a run that comes here goes in circles, and ends. */
const mostTurns = 2_000;

/**
 * Replays one incident until its recorded end, or until `end` where it has none.
 * Officers answer each order as fast as the record says of that unit; one that the record knows nothing of answers as
 * `recorded.typical` says. What people did stays at its recorded instant.
 */
export function replay(recorded: Recorded, policies: ReplayPolicies, end: Instant): Replayed {
  const { opening, signal } = recorded;
  const sorting: Sorting | undefined = signal && sort(signal, policies.sorting);
  if (sorting && sorting.role !== 'opens') return { opens: false, orders: [], levels: [] };
  const run: Run = { recorded, policies, incident: opening, orders: [], placed: [], levels: [] };
  const policyId = policyOf(run, opening).id;
  put(
    run,
    { type: 'opened', sorted: sorting?.reason ?? 'seen-by-operator', placed: 'first-of-its-device', by: 'record' },
    opening.openedAt,
  );
  const acts = [...recorded.acts];
  for (let turn = 0; turn < mostTurns && run.incident.state !== 'closed'; turn += 1) {
    const next = nextOf(run, acts[0]);
    if (!next || next.at > end) break;
    carryOut(run, next, acts);
  }
  return { opens: true, policyId, orders: run.placed, levels: run.levels, ...reached(run) };
}

type Next =
  | { readonly at: Instant; readonly what: 'act'; readonly act: RecordedAct }
  | { readonly at: Instant; readonly what: 'clock' }
  | { readonly at: Instant; readonly what: 'order-clock' | 'answer'; readonly order: RunningOrder };

/** The earliest of what is to come; at one instant people come before clocks. */
function nextOf({ incident, orders }: Run, act: RecordedAct | undefined): Next | undefined {
  const clock = incident.clock;
  const coming: Next[] = [
    ...(act ? [{ at: act.at, what: 'act' as const, act }] : []),
    ...orders.flatMap((order): Next[] => {
      const answer = order.answers[0];
      return answer ? [{ at: answer.at, what: 'answer', order }] : [];
    }),
    ...(clock ? [{ at: clock.dueAt, what: 'clock' as const }] : []),
    ...orders.flatMap((order): Next[] =>
      pending(order.state) ? [{ at: Math.min(order.clock?.dueAt ?? order.expiresAt, order.expiresAt), what: 'order-clock', order }] : [],
    ),
  ];
  return coming.reduce<Next | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
}

function carryOut(run: Run, next: Next, acts: RecordedAct[]): void {
  switch (next.what) {
    case 'act':
      acts.shift();
      return onAct(run, next.act, next.at);
    case 'clock':
      return onClock(run, next.at);
    case 'order-clock':
      return onOrderClock(run, next.order, next.at);
    case 'answer':
      return onAnswer(run, next.order, next.at);
    default:
      return noCase(next);
  }
}

function onAct(run: Run, { input }: RecordedAct, at: Instant): void {
  if (input.type !== 'order-cancelled') put(run, input, at);
  else
    for (const { id, unitId, state } of run.orders.filter((order) => order.unitId === input.unitId))
      put(run, { ...input, orderId: id, unitId, state }, at);
}

function onClock(run: Run, at: Instant): void {
  const clock = run.incident.clock;
  if (!clock) return;
  const entries = put(run, { type: 'level-due', clock: clock.name, level: clock.level, dueAt: clock.dueAt }, at);
  const escalated = entries.find(({ kind }) => kind === 'escalated');
  const steps = (escalated?.data['steps'] ?? []) as readonly EscalationStep[];
  run.levels.push({ clock: clock.name, level: clock.level, after: at - run.recorded.opening.openedAt, steps });
}

/** One bearer is taken for each unit: with a second one the next unit is called that much later. */
function onOrderClock(run: Run, order: RunningOrder, at: Instant): void {
  const { id: orderId, unitId, state, clock, expiresAt } = order;
  const name = clock && clock.dueAt < expiresAt ? clock.name : 'expires';
  put(run, { type: 'order-due', orderId, unitId, state, clock: name, bearersLeft: 0, dueAt: at }, at);
  order.clock = undefined;
}

function onAnswer(run: Run, order: RunningOrder, at: Instant): void {
  const told = order.answers.shift();
  if (!told) return;
  const { id: orderId, unitId, state } = order;
  if (told.answer === 'failed') put(run, { type: 'order-undeliverable', orderId, unitId, state, bearersLeft: 0, final: true, why: '' }, at);
  else put(run, { type: 'order-answered', orderId, unitId, state, answer: told.answer }, at);
}

const policyOf = ({ policies, recorded }: Run, face: Pick<Incident, 'kind' | 'priority' | 'siteId'>) =>
  policyFor(policies.rules, face, recorded.siteKind);

function put(run: Run, input: Parameters<typeof step>[1], now: Instant): readonly Entry[] {
  const { recorded, orders } = run;
  const { scene, communityOfficer, dutyLeader, caller } = recorded;
  const held = orders.map((order) => ({ ...order, givenUp: pending(order.state) && order.clock === undefined }));
  const world = {
    policyOf: (face: Pick<Incident, 'kind' | 'priority' | 'siteId'>) => policyOf(run, face),
    // What was closed is closed again, whatever a procedure asks for today.
    procedureOf: () => undefined,
    units: unitsOf(recorded, now),
    orders: held,
    scene,
    ...(communityOfficer === undefined ? {} : { communityOfficer }),
    ...(dutyLeader === undefined ? {} : { dutyLeader }),
    ...(caller === undefined ? {} : { caller }),
  };
  const result = step(run.incident, input, world, now);
  run.incident = result.incident;
  const by = input.type === 'units-ordered' ? 'operator' : input.type === 'opened' || input.type === 'raised' ? 'at-once' : 'ladder';
  const given = settle(orders, result.effects, policyOf(run, run.incident).order, recorded, now);
  for (const unitId of given) run.placed.push({ ...named(unitId, recorded.units), after: now - recorded.opening.openedAt, by });
  return result.entries;
}

const named = (unitId: string, known: readonly RecordedUnit[]) => (known.some((unit) => unit.unitId === unitId) ? { unitId } : {});

function reached({ incident, recorded }: Run): Pick<Replayed, 'engagedAfter' | 'arrivedAfter'> {
  const { openedAt } = recorded.opening;
  const engaged = incident.dispatchedAt ?? incident.arrivedAt;
  return {
    ...(engaged === undefined ? {} : { engagedAfter: engaged - openedAt }),
    ...(incident.arrivedAt === undefined ? {} : { arrivedAfter: incident.arrivedAt - openedAt }),
  };
}
