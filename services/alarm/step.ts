import { closed } from './closed.ts';
import { isPanic, raised } from './correlate.ts';
import { type Draft, noUnit, type Of, order, orderNext, policyOf, receipt, situationOf, sound, start, without, write } from './draft.ts';
import { choiceAnyway, choiceAtOnce, choiceDutyLeader, type EscalationStep, nextLevel, toldBy, type World } from './escalate.ts';
import { acknowledge, handOn, take, tick, unanswered } from './holding.ts';
import type { Incident, IncidentInput, Step } from './incident.ts';
import { orderAnswered, orderCancelled, orderDue, orderSent, orderUndeliverable } from './order-steps.ts';
import { describe, pending } from './orders.ts';
import type { Priority } from './sort.ts';
import type { Instant } from './time.ts';

/**
 * The life of an incident: one input, one instant, and out come the next state, the reasons and what to carry out.
 * Pure. A closed incident takes notes, signals, links and late answers onto its timeline, and nothing moves it.
 */
export function step(incident: Incident, input: IncidentInput, world: World, now: Instant): Step {
  const draft: Draft = { incident, entries: [], effects: [], world, now };
  if (incident.state !== 'closed' || afterwards.has(input.type)) apply(draft, input);
  return { incident: draft.incident, entries: draft.entries, effects: draft.effects };
}

/** What a closed incident still writes down. */
const afterwards: ReadonlySet<IncidentInput['type']> = new Set(['noted', 'camera', 'loudspeaker', 'signalled', 'linked', 'order-answered']);

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
      return acknowledge(draft, input.by, input.accountId);
    case 'taken':
      return take(draft, input);
    case 'handed-on':
      return handOn(draft, input);
    case 'step':
      return tick(draft, input);
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
        data: { loudspeakers: input.loudspeakers, text: input.text, ...(input.consentedBy ? { consentedBy: input.consentedBy } : {}) },
      });
    case 'noted':
      return write(draft, { kind: 'note', by: input.by, data: { note: input.note } });
    case 'camera':
      return write(draft, { kind: 'camera', reason: input.reason, by: input.by, data: input.data });
    case 'loudspeaker':
      return write(draft, { kind: 'loudspeaker', reason: input.reason, by: input.by, data: input.data });
    case 'closed':
      return close(draft, input);
    default:
      return closed(input);
  }
}

function open(draft: Draft, input: Of<'opened'>): void {
  follow(draft);
  const { kind, priority, silent, confirmed } = draft.incident;
  write(draft, {
    kind: 'opened',
    reason: input.sorted,
    by: input.by,
    data: { kind, priority, silent, confirmed, placed: input.placed, ...(input.note ? { note: input.note } : {}) },
  });
  sound(draft);
  atOnce(draft);
  start(draft, 'acknowledge');
  receipt(draft);
}

function atOnce(draft: Draft): void {
  const wanted = policyOf(draft).atOnce;
  if (wanted.nearest === 0 && !wanted.communityOfficer) return;
  const choices = choiceAtOnce(situationOf(draft), draft.now);
  for (const choice of choices) order(draft, choice, `at-once:${choice.unitId}`);
  // A community officer who is off duty is no news at night, unless nobody at all goes.
  const nearest = choices.filter(({ reason }) => reason !== 'community-officer').length;
  const missing = Math.max(wanted.nearest - nearest, situationOf(draft).orders.length === 0 ? 1 : 0);
  if (missing > 0) noUnit(draft, missing);
}

function signalled(draft: Draft, input: Of<'signalled'>): void {
  write(draft, { kind: 'signal', reason: input.placed, by: input.by, data: { what: input.what, sorted: input.sorted } });
  if (!input.sounds || draft.incident.state === 'closed') return;
  // A sensor that goes on seeing what somebody has answered asks for no other answer; whoever calls again does.
  if (isPanic(draft.incident.kind)) sound(draft);
  else draft.effects.push({ type: 'sound' });
  receipt(draft);
}

function raise(draft: Draft, input: Of<'raised'>): void {
  const before = draft.incident;
  const { priority, silent } = before;
  const to = Math.min(priority, input.to) as Priority;
  if (to === priority && (silent || !input.silent)) return;
  draft.incident = { ...before, priority: to, kind: input.kind, silent: silent || input.silent };
  follow(draft);
  write(draft, { kind: 'raised', reason: 'grade-raised-by-one-device', by: input.by, data: { from: priority, to, kind: input.kind } });
  atOnce(draft);
  hasten(draft, before);
}

/** What the incident goes by from here on. One that the site names stays, as it was when the incident began. */
function follow(draft: Draft): void {
  if (draft.incident.procedure?.binding) return;
  const procedure = draft.world.procedureOf(draft.incident);
  draft.incident = { ...without(draft.incident, 'procedure'), ...(procedure ? { procedure } : {}) };
}

function confirm(draft: Draft, by: string): void {
  const before = draft.incident;
  if (before.confirmed) return;
  draft.incident = { ...before, confirmed: true, priority: raised(before.priority) };
  write(draft, { kind: 'confirmed', reason: 'two-sensors-agree', by, data: { from: before.priority, to: draft.incident.priority } });
  // A ladder that came to its end is not climbed again for the same policy: all whom it names know.
  if (before.clock || changesPolicy(draft, before)) hasten(draft, before);
}

const changesPolicy = (draft: Draft, before: Incident): boolean => draft.world.policyOf(before).id !== policyOf(draft).id;

/**
 * What the incident has become is waited for under the policy that now fits it, also where the ladder of the one before
 * had come to its end. What was due sooner stays due: a raise never buys time.
 */
function hasten(draft: Draft, before: Incident): void {
  const { clock, state } = draft.incident;
  if (state === 'arrived') return;
  if (clock && !changesPolicy(draft, before)) return;
  start(draft, state === 'open' ? 'acknowledge' : 'progress');
  const anew = draft.incident.clock;
  if (clock && anew && clock.dueAt < anew.dueAt) draft.incident = { ...draft.incident, clock: { ...anew, dueAt: clock.dueAt } };
}

function levelDue(draft: Draft, input: Of<'level-due'>): void {
  const running = draft.incident.clock;
  if (!running || running.name !== input.clock || running.level !== input.level || running.dueAt !== input.dueAt) return;
  const levels = policyOf(draft)[input.clock];
  const reason = input.clock === 'acknowledge' ? 'nobody-answered-in-time' : 'answered-then-forgotten';
  // The policy may have been changed while the clock ran: whoever is beyond its new ladder is told what its top tells.
  const steps = (levels[input.level - 1] ?? levels.at(-1))?.steps ?? [];
  write(draft, { kind: 'escalated', reason, data: { clock: input.clock, level: input.level, steps, lateMs: draft.now - input.dueAt } });
  for (const name of steps) carryOut(draft, name, input);
  const next = nextLevel(levels, input.level, running.startedAt);
  draft.incident = next ? { ...draft.incident, clock: { ...running, ...next } } : without(draft.incident, 'clock');
}

function carryOut(draft: Draft, name: EscalationStep, input: Of<'level-due'>): void {
  const whom = toldBy(name);
  if (whom !== undefined) draft.effects.push({ type: 'tell', whom, level: input.level });
  if (name === 'sound-again') sound(draft);
  // A clock that was started anew may come to the same level again, and then means another unit. It may have been started at
  // the very instant at which the one before was due; only what is due tells them apart.
  const cause = `level:${input.clock}:${input.dueAt}:${input.level}:${name}`;
  if (name === 'next-unit') orderNext(draft, cause);
  const leader = name === 'duty-leader' ? choiceDutyLeader(situationOf(draft), draft.now) : undefined;
  if (leader) order(draft, leader, cause);
}

/** Whoever sends units has answered the call, too. */
function unitsOrdered(draft: Draft, input: Of<'units-ordered'>): void {
  if (unanswered(draft.incident)) acknowledge(draft, input.by, input.accountId);
  const { units, scene } = draft.world;
  const { by, text } = input;
  const asked = text === undefined ? { by } : { by, text };
  const named = [...new Set(input.unitIds)].flatMap((id) => units.find((unit) => unit.id === id) ?? []);
  for (const unit of named) order(draft, describe(unit, scene, draft.now, 'named-by-operator'), `${input.request}:${unit.id}`, asked);
  for (let count = 0; count < input.nearest; count += 1) {
    const choice = choiceAnyway(situationOf(draft), draft.now);
    if (!choice) return noUnit(draft, input.nearest - count);
    order(draft, choice, `${input.request}:${choice.unitId}`, asked);
  }
}

function close(draft: Draft, input: Of<'closed'>): void {
  const { disposition, override } = input;
  const { clock: _clock, offer: _offer, soundedAgainAt: _unanswered, ...rest } = draft.incident;
  draft.incident = { ...rest, state: 'closed', closedAt: draft.now, disposition };
  const reason = disposition === 'non-police' ? 'handed-to-12345' : undefined;
  write(draft, {
    kind: 'closed',
    by: input.by,
    data: { disposition, ...(input.note ? { note: input.note } : {}), ...(override ? { override } : {}) },
    ...(reason ? { reason } : {}),
  });
  for (const { id: orderId, unitId } of draft.world.orders.filter((held) => pending(held.state))) {
    draft.effects.push({ type: 'order-state', orderId, state: 'cancelled', reason: 'incident-closed' });
    write(draft, { kind: 'order', reason: 'incident-closed', data: { orderId, unitId, state: 'cancelled' } });
  }
  receipt(draft);
}
