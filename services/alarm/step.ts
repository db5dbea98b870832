import { closed } from './closed.ts';
import { raised } from './correlate.ts';
import {
  type Clock,
  choiceAtOnce,
  choiceDutyLeader,
  choiceNext,
  type EscalationStep,
  nextLevel,
  type Situation,
  toldBy,
} from './escalate.ts';
import { type Effect, type Entry, type Incident, type IncidentInput, type IncidentState, incidentStates, type Step } from './incident.ts';
import { type Choice, climb, describe, engaged, type OrderState, pending, timeout } from './orders.ts';
import type { Priority } from './sort.ts';
import type { Instant } from './time.ts';

type Draft = { incident: Incident; entries: Entry[]; effects: Effect[]; situation: Situation; now: Instant };

/**
 * The life of an incident: one input, one instant, and out come the next state, the reasons and what to carry out.
 * Pure. A closed incident takes notes and late answers, and nothing else moves it.
 */
export function step(incident: Incident, input: IncidentInput, situation: Situation, now: Instant): Step {
  const draft: Draft = { incident, entries: [], effects: [], situation, now };
  apply(draft, input);
  return { incident: draft.incident, entries: draft.entries, effects: draft.effects };
}

function apply(draft: Draft, input: IncidentInput): void {
  switch (input.type) {
    case 'opened':
      return open(draft, input);
    case 'signalled':
      return signalled(draft, input);
    case 'raised':
      return raise(draft, input);
    case 'confirmed':
      return confirm(draft, input.by);
    case 'linked':
      return write(draft, { kind: 'linked', reason: input.reason, data: { number: input.number } });
    case 'acknowledged':
      return acknowledge(draft, input.by);
    case 'level-due':
      return levelDue(draft, input);
    case 'order-due':
      return orderDue(draft, input);
    case 'order-sent':
      return orderSent(draft, input);
    case 'order-undeliverable':
      return orderUndeliverable(draft, input);
    case 'order-answered':
      return orderAnswered(draft, input);
    case 'order-cancelled':
      return orderCancelled(draft, input);
    case 'units-ordered':
      return unitsOrdered(draft, input);
    case 'broadcast-requested':
      return write(draft, {
        kind: 'broadcast',
        reason: 'asked-by-operator',
        by: input.by,
        data: { loudspeakers: input.loudspeakers, text: input.text },
      });
    case 'noted':
      return write(draft, { kind: 'note', by: input.by, data: { note: input.note } });
    case 'closed':
      return close(draft, input);
    default:
      return closed(input);
  }
}

type Of<T extends IncidentInput['type']> = Extract<IncidentInput, { type: T }>;

function open(draft: Draft, input: Of<'opened'>): void {
  const { kind, priority, silent, confirmed } = draft.incident;
  write(draft, {
    kind: 'opened',
    reason: input.sorted,
    by: input.by,
    data: { kind, priority, silent, confirmed, placed: input.placed, ...(input.note ? { note: input.note } : {}) },
  });
  draft.effects.push({ type: 'sound' });
  atOnce(draft);
  start(draft, 'acknowledge');
  draft.effects.push({ type: 'receipt' });
}

function atOnce(draft: Draft): void {
  const wanted = draft.situation.policy.atOnce;
  if (wanted.nearest === 0 && !wanted.communityOfficer) return;
  const choices = choiceAtOnce(draft.situation, draft.now);
  for (const choice of choices) order(draft, choice, `at-once:${choice.unitId}`);
  if (choices.length === 0) noUnit(draft);
}

function signalled(draft: Draft, input: Of<'signalled'>): void {
  write(draft, { kind: 'signal', reason: input.placed, by: input.by, data: { what: input.what, sorted: input.sorted } });
  if (!input.sounds || draft.incident.state === 'closed') return;
  draft.effects.push({ type: 'sound' }, { type: 'receipt' });
}

function raise(draft: Draft, input: Of<'raised'>): void {
  const { priority, silent } = draft.incident;
  const to = Math.min(priority, input.to) as Priority;
  const kind = to < priority || (input.silent && !silent) ? input.kind : draft.incident.kind;
  draft.incident = { ...draft.incident, priority: to, kind, silent: silent || input.silent };
  write(draft, { kind: 'raised', reason: 'grade-raised-by-one-device', by: input.by, data: { from: priority, to, kind } });
  atOnce(draft);
  // A new call asks for an answer of its own, also where the ladder of the first had come to its end unanswered.
  if (draft.incident.state === 'open') start(draft, 'acknowledge');
}

function confirm(draft: Draft, by: string): void {
  if (draft.incident.confirmed) return;
  const from = draft.incident.priority;
  draft.incident = { ...draft.incident, confirmed: true, priority: raised(from) };
  write(draft, { kind: 'confirmed', reason: 'two-sensors-agree', by, data: { from, to: draft.incident.priority } });
}

function acknowledge(draft: Draft, by: string): void {
  const first = draft.incident.acknowledgedAt === undefined;
  write(draft, { kind: 'acknowledged', by, data: {}, ...(first ? {} : { reason: 'already-so' as const }) });
  if (!first) return;
  draft.incident = { ...draft.incident, acknowledgedAt: draft.now, acknowledgedBy: by };
  advance(draft, 'acknowledged');
  // Also where the first ladder had come to its end: an answer that comes late can be forgotten like any other.
  if (draft.incident.state === 'acknowledged') start(draft, 'progress');
}

function levelDue(draft: Draft, input: Of<'level-due'>): void {
  const running = draft.incident.clock;
  if (!running || running.name !== input.clock || running.level !== input.level) return;
  const levels = draft.situation.policy[input.clock];
  const reason = input.clock === 'acknowledge' ? 'nobody-answered-in-time' : 'answered-then-forgotten';
  const steps = levels[input.level - 1]?.steps ?? [];
  write(draft, { kind: 'escalated', reason, data: { clock: input.clock, level: input.level, steps, lateMs: draft.now - input.dueAt } });
  for (const name of steps) carryOut(draft, name, input, running.startedAt);
  const next = nextLevel(levels, input.level, running.startedAt);
  draft.incident = next ? { ...draft.incident, clock: { ...running, ...next } } : without(draft.incident, 'clock');
}

function carryOut(draft: Draft, name: EscalationStep, input: Of<'level-due'>, startedAt: Instant): void {
  const whom = toldBy(name);
  if (whom !== undefined) draft.effects.push({ type: 'tell', whom, level: input.level });
  // A clock that was started anew may come to the same level again, and then means another unit.
  const cause = `level:${input.clock}:${startedAt}:${input.level}:${name}`;
  if (name === 'next-unit') next(draft, cause);
  const leader = name === 'duty-leader' ? choiceDutyLeader(draft.situation, draft.now) : undefined;
  if (leader) order(draft, leader, cause);
}

function orderDue(draft: Draft, input: Of<'order-due'>): void {
  const wanted = timeout(input.state, input.clock, input.bearersLeft);
  const data = { orderId: input.orderId, unitId: input.unitId, lateMs: draft.now - input.dueAt };
  switch (wanted) {
    case 'nothing':
      return;
    case 'expire':
      draft.effects.push({ type: 'order-state', orderId: input.orderId, state: 'expired', reason: 'order-expired' });
      return write(draft, { kind: 'order', reason: 'order-expired', data: { ...data, state: 'expired' } });
    case 'try-next-bearer':
      draft.effects.push({ type: 'next-bearer', orderId: input.orderId });
      return write(draft, { kind: 'order', reason: 'unit-silent', data: { ...data, state: input.state, wanted } });
    case 'try-next-unit':
      write(draft, {
        kind: 'order',
        reason: input.clock === 'delivered' ? 'unit-silent' : 'unit-has-not-accepted',
        data: { ...data, state: input.state, wanted },
      });
      return replace(draft, input.orderId);
    default:
      return closed(wanted);
  }
}

function orderSent(draft: Draft, input: Of<'order-sent'>): void {
  const climbed = climb(input.state, 'sent');
  if (climbed.reason !== 'climbed') return;
  draft.effects.push({ type: 'order-state', orderId: input.orderId, state: climbed.state, rung: 'sent' });
  write(draft, { kind: 'order', reason: climbed.reason, data: { orderId: input.orderId, unitId: input.unitId, state: 'sent' } });
}

function orderUndeliverable(draft: Draft, input: Of<'order-undeliverable'>): void {
  if (!pending(input.state)) return;
  const data = { orderId: input.orderId, unitId: input.unitId, why: input.why };
  if (input.bearersLeft > 0) {
    draft.effects.push({ type: 'next-bearer', orderId: input.orderId });
    return write(draft, { kind: 'order', reason: 'bearer-failed', data: { ...data, state: input.state } });
  }
  write(draft, { kind: 'order', reason: 'no-bearer-left', data: { ...data, state: input.final ? 'failed' : input.state } });
  // A radio that is merely off may come back before its delivery clock runs out, and the clock calls the next unit.
  if (!input.final) return;
  draft.effects.push({ type: 'order-state', orderId: input.orderId, state: 'failed', reason: input.why });
  replace(draft, input.orderId);
}

function orderAnswered(draft: Draft, input: Of<'order-answered'>): void {
  const climbed = climb(input.state, input.answer);
  draft.effects.push({ type: 'order-state', orderId: input.orderId, state: climbed.state, rung: input.answer });
  write(draft, {
    kind: 'order',
    reason: climbed.reason,
    by: input.unitId,
    data: { orderId: input.orderId, unitId: input.unitId, state: input.answer, ...(input.note ? { note: input.note } : {}) },
  });
  if (climbed.state !== input.answer) return;
  if (input.answer === 'declined') {
    const wanted = givenUp(draft, input.orderId) ? {} : { wanted: 'try-next-unit' };
    write(draft, {
      kind: 'order',
      reason: 'unit-declined',
      data: { orderId: input.orderId, unitId: input.unitId, state: 'declined', ...wanted },
    });
    return replace(draft, input.orderId);
  }
  if (pending(climbed.state)) {
    if (givenUp(draft, input.orderId)) return;
    draft.effects.push({
      type: 'await',
      orderId: input.orderId,
      clock: 'accepted',
      dueAt: draft.now + draft.situation.policy.order.accepted,
    });
    return;
  }
  move(draft, climbed.state);
}

/** Officers moved: that is an answer to the call, and progress. */
function move(draft: Draft, state: OrderState): void {
  if (draft.incident.state === 'closed' || !engaged(state)) return;
  if (state === 'arrived') {
    draft.incident = { ...without(draft.incident, 'clock'), arrivedAt: draft.incident.arrivedAt ?? draft.now };
    return advance(draft, 'arrived');
  }
  draft.incident = { ...draft.incident, dispatchedAt: draft.incident.dispatchedAt ?? draft.now };
  advance(draft, 'dispatched');
  if (draft.incident.state !== 'arrived') start(draft, 'progress');
}

function orderCancelled(draft: Draft, input: Of<'order-cancelled'>): void {
  if (!pending(input.state) && !engaged(input.state)) return;
  draft.effects.push({ type: 'order-state', orderId: input.orderId, state: 'cancelled', reason: 'order-withdrawn' });
  write(draft, {
    kind: 'order',
    reason: 'order-withdrawn',
    by: input.by,
    data: { orderId: input.orderId, unitId: input.unitId, state: 'cancelled' },
  });
}

function unitsOrdered(draft: Draft, input: Of<'units-ordered'>): void {
  const { situation, now } = draft;
  const named = input.unitIds.flatMap((id) => situation.units.filter((unit) => unit.id === id));
  const text = input.text === undefined ? {} : { text: input.text };
  for (const unit of named)
    order(draft, describe(unit, situation.scene, now, 'named-by-operator'), `${input.request}:${unit.id}`, false, text, input.by);
  for (let count = 0; count < input.nearest; count += 1) {
    const choice = choiceNext(
      {
        ...situation,
        policy: { ...situation.policy, order: { ...situation.policy.order, most: Number.POSITIVE_INFINITY } },
        orders: placed(draft),
      },
      now,
    );
    if (!choice) return noUnit(draft);
    order(draft, choice, `${input.request}:${choice.unitId}`, false, text, input.by);
  }
}

function close(draft: Draft, input: Of<'closed'>): void {
  const { disposition } = input;
  draft.incident = { ...without(draft.incident, 'clock'), state: 'closed', closedAt: draft.now, disposition };
  const reason = disposition === 'non-police' ? 'handed-to-12345' : undefined;
  write(draft, {
    kind: 'closed',
    by: input.by,
    data: { disposition, ...(input.note ? { note: input.note } : {}) },
    ...(reason ? { reason } : {}),
  });
  for (const held of draft.situation.orders) {
    if (pending(held.state)) draft.effects.push({ type: 'order-state', orderId: held.id, state: 'cancelled', reason: 'incident-closed' });
  }
  draft.effects.push({ type: 'receipt' });
}

function replace(draft: Draft, orderId: string): void {
  if (draft.incident.state === 'closed' || givenUp(draft, orderId)) return;
  next(draft, `instead-of:${orderId}`);
}

/** Another unit goes in its place already. */
const givenUp = (draft: Draft, orderId: string): boolean => draft.situation.orders.some((held) => held.id === orderId && held.givenUp === true);

function next(draft: Draft, cause: string): void {
  const choice = choiceNext({ ...draft.situation, orders: placed(draft) }, draft.now);
  if (choice) order(draft, choice, cause);
  else noUnit(draft);
}

/** Orders of the record and those this very step already placed. */
function placed(draft: Draft): Situation['orders'] {
  const fresh = draft.effects.flatMap((effect) =>
    effect.type === 'order'
      ? [{ id: effect.cause, unitId: effect.choice.unitId, state: 'queued' as const, automatic: effect.automatic }]
      : [],
  );
  return [...draft.situation.orders, ...fresh];
}

function order(draft: Draft, choice: Choice, cause: string, automatic = true, text: { text?: string } = {}, by?: string): void {
  draft.effects.push({ type: 'order', choice, cause, automatic, ...text });
  write(draft, { kind: 'ordered', reason: choice.reason, data: { ...choice }, ...(by === undefined ? {} : { by }) });
}

function noUnit(draft: Draft): void {
  write(draft, { kind: 'ordered', reason: 'no-unit-available', data: {} });
  draft.effects.push({ type: 'tell', whom: 'desk', level: 0 });
}

function start(draft: Draft, name: Clock): void {
  const first = nextLevel(draft.situation.policy[name], 0, draft.now);
  draft.incident = first ? { ...draft.incident, clock: { name, startedAt: draft.now, ...first } } : without(draft.incident, 'clock');
}

function advance(draft: Draft, state: IncidentState): void {
  if (incidentStates.indexOf(state) <= incidentStates.indexOf(draft.incident.state)) return;
  draft.incident = { ...draft.incident, state };
  draft.effects.push({ type: 'receipt' });
}

const write = (draft: Draft, entry: Entry): void => void draft.entries.push(entry);

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _left, ...rest } = value;
  return rest;
}
