import { closed } from './closed.ts';
import { advance, type Draft, type Of, orderNext, policyOf, situationOf, start, without, write } from './draft.ts';
import { climb, engaged, type OrderState, pending, timeout } from './orders.ts';

export function orderDue(draft: Draft, input: Of<'order-due'>): void {
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
    case 'try-next-unit': {
      const reason = input.clock === 'delivered' ? 'unit-silent' : 'unit-has-not-accepted';
      write(draft, { kind: 'order', reason, data: { ...data, state: input.state, ...replacement(draft, input.orderId) } });
      return replace(draft, input.orderId, `${input.clock}:${input.dueAt}`);
    }
    default:
      return closed(wanted);
  }
}

export function orderSent(draft: Draft, input: Of<'order-sent'>): void {
  const climbed = climb(input.state, 'sent');
  if (climbed.reason !== 'climbed') return;
  draft.effects.push({ type: 'order-state', orderId: input.orderId, state: climbed.state, rung: 'sent' });
  write(draft, { kind: 'order', reason: climbed.reason, data: { orderId: input.orderId, unitId: input.unitId, state: 'sent' } });
}

export function orderUndeliverable(draft: Draft, input: Of<'order-undeliverable'>): void {
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
  replace(draft, input.orderId, 'failed');
}

/** Radios report with QoS 1 and may say the same twice: a report that moves nothing asks for nothing. */
export function orderAnswered(draft: Draft, input: Of<'order-answered'>): void {
  const { orderId, unitId, answer } = input;
  if (answer === input.state) return;
  const { state, reason } = climb(input.state, answer);
  const moved = reason === 'climbed' || reason === 'answered-after-its-end';
  const said = input.saidAt === undefined ? {} : { saidAt: input.saidAt };
  if (moved) draft.effects.push({ type: 'order-state', orderId, state, rung: answer, ...said });
  const note = input.note ? { note: input.note } : {};
  const late = input.saidAt === undefined ? {} : { lateMs: draft.now - input.saidAt };
  write(draft, { kind: 'order', reason, by: unitId, data: { orderId, unitId, state: answer, ...note, ...late } });
  if (!moved || draft.incident.state === 'closed') return;
  if (answer === 'declined') return declined(draft, input);
  if (engaged(state)) return move(draft, state);
  if (givenUp(draft, orderId)) return;
  draft.effects.push({ type: 'await', orderId, clock: 'accepted', dueAt: draft.now + policyOf(draft).order.accepted });
}

function declined(draft: Draft, { orderId, unitId }: Of<'order-answered'>): void {
  const data = { orderId, unitId, state: 'declined', ...replacement(draft, orderId) };
  write(draft, { kind: 'order', reason: 'unit-declined', data });
  // Told apart by the orders so far, since all of that may be told within one instant.
  replace(draft, orderId, `declined:${situationOf(draft).orders.length}`);
}

/** Officers moved: that is an answer to the call, and progress. */
function move(draft: Draft, state: OrderState): void {
  if (state === 'arrived') {
    draft.incident = { ...without(draft.incident, 'clock'), arrivedAt: draft.incident.arrivedAt ?? draft.now };
    return advance(draft, 'arrived');
  }
  draft.incident = { ...draft.incident, dispatchedAt: draft.incident.dispatchedAt ?? draft.now };
  advance(draft, 'dispatched');
  if (draft.incident.state !== 'arrived') start(draft, 'progress');
}

export function orderCancelled(draft: Draft, input: Of<'order-cancelled'>): void {
  if (!pending(input.state) && !engaged(input.state)) return;
  const { orderId, unitId } = input;
  draft.effects.push({ type: 'order-state', orderId, state: 'cancelled', reason: 'order-withdrawn' });
  write(draft, { kind: 'order', reason: 'order-withdrawn', by: input.by, data: { orderId, unitId, state: 'cancelled' } });
}

/** @param why what ended the wait for the unit, and when; an officer may decline, come after all, and decline again */
function replace(draft: Draft, orderId: string, why: string): void {
  if (replaceable(draft, orderId)) orderNext(draft, `instead-of:${orderId}:${why}`);
}

const replacement = (draft: Draft, orderId: string) => (replaceable(draft, orderId) ? { wanted: 'try-next-unit' as const } : {});

/** Once officers are at the scene they say whom they still need, and no further unit is called for one that stays silent. */
const replaceable = (draft: Draft, orderId: string): boolean => draft.incident.state !== 'arrived' && !givenUp(draft, orderId);

/** Another unit goes in its place already. */
const givenUp = (draft: Draft, orderId: string): boolean => draft.world.orders.some((held) => held.id === orderId && held.givenUp === true);
