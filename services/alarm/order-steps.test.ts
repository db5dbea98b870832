import { describe, expect, test } from 'vitest';
import type { IncidentInput } from './incident.ts';
import type { OrderState } from './orders.ts';
import { step } from './step.ts';
import { answer, arrived, ended, full, held, incident, named, now, order, type Row, said, sent, situation, withdrawn } from './testing.ts';

const due = (clock: 'delivered' | 'accepted' | 'expires', state: OrderState, bearersLeft = 0): IncidentInput => ({
  type: 'order-due',
  ...order,
  state,
  clock,
  bearersLeft,
  dueAt: now,
});
const lost = (bearersLeft: number, final: boolean, state: OrderState = 'sent'): IncidentInput => ({
  type: 'order-undeliverable',
  ...order,
  state,
  bearersLeft,
  final,
  why: 'radio refused',
});
const wentOut = (state: OrderState): IncidentInput => ({ type: 'order-sent', ...order, state });

const table: readonly Row[] = [
  ['order sent', wentOut('queued'), 'order:climbed', 'order-state o1 sent', held],
  ['order sent twice', wentOut('sent'), '', '', held],
  ['order sent after its answer', wentOut('read'), '', '', held],
  ['not delivered, a bearer left', due('delivered', 'sent', 1), 'order:unit-silent', 'next-bearer o1', held],
  ['not delivered', due('delivered', 'sent'), 'order:unit-silent, ordered:no-position', `order car-2 instead-of:o1:delivered:${now}`, held],
  ['delivered in time', due('delivered', 'delivered'), '', '', held],
  [
    'not accepted',
    due('accepted', 'read', 1),
    'order:unit-has-not-accepted, ordered:no-position',
    `order car-2 instead-of:o1:accepted:${now}`,
    held,
  ],
  ['not accepted at the limit', due('accepted', 'read'), 'order:unit-has-not-accepted, ordered:no-unit-available', 'tell desk', full],
  ['not accepted after arrival', due('accepted', 'read'), 'order:unit-has-not-accepted', '', held, arrived()],
  ['not accepted after closing', due('accepted', 'read'), '', '', held, ended()],
  ['accepted in time', due('accepted', 'accepted'), '', '', held],
  ['expired', due('expires', 'sent'), 'order:order-expired', 'order-state o1 expired', held],
  ['on the way when it would expire', due('expires', 'en-route'), '', '', held],
  ['a bearer failed, another left', lost(1, true), 'order:bearer-failed', 'next-bearer o1', held],
  ['a radio that is off, no bearer left', lost(0, false), 'order:no-bearer-left', '', held],
  ['failed', lost(0, true), 'order:no-bearer-left, ordered:no-position', 'order-state o1 failed, order car-2 instead-of:o1:failed', held],
  ['failed twice', lost(0, true, 'failed'), '', '', held],
  ['failed though accepted', lost(0, true, 'accepted'), '', '', held],
  ['delivered', answer('sent', 'delivered'), 'order:climbed', 'order-state o1 delivered, await accepted 30 s', held],
  ['accepted', answer('sent', 'accepted'), 'order:climbed', 'order-state o1 accepted, receipt', held],
  ['arrived', answer('en-route', 'arrived'), 'order:climbed', 'order-state o1 arrived, receipt', held],
  [
    'declined',
    answer('read', 'declined'),
    'order:climbed, order:unit-declined, ordered:no-position',
    'order-state o1 declined, order car-2 instead-of:o1:declined:1',
    held,
  ],
  ['declined after arrival', answer('read', 'declined'), 'order:climbed, order:unit-declined', 'order-state o1 declined', held, arrived()],
  ['declined after closing', answer('accepted', 'declined'), 'order:climbed', 'order-state o1 declined', held, ended()],
  ['accepted, told twice', answer('accepted', 'accepted'), '', '', held],
  ['delivered, told twice', answer('delivered', 'delivered'), '', '', held],
  ['declined, told twice', answer('declined', 'declined'), '', '', held],
  ['delivered, told after read', answer('read', 'delivered'), 'order:rung-already-passed', '', held],
  ['accepted after it was withdrawn', answer('cancelled', 'accepted'), 'order:answer-to-a-cancelled-order', '', held],
  ['withdrawn', withdrawn('accepted'), 'order:order-withdrawn', 'order-state o1 cancelled', held],
  ['withdrawn too late', withdrawn('declined'), '', '', held],
];

describe('what becomes of an order, and why', () => {
  test.each(named(table))('$name', ({ input, entries, effects, given, from }) => {
    expect(said(step(from, input, given, now))).toEqual({ entries, effects });
  });
});

describe('an order that was given up for another unit', () => {
  const givenUp = situation({ orders: [{ id: 'o1', unitId: 'car-1', state: 'sent', automatic: true, givenUp: true }] });
  const rows: readonly Row[] = [
    ['not accepted either', due('accepted', 'read'), 'order:unit-has-not-accepted', '', givenUp],
    ['delivered after all', answer('sent', 'delivered'), 'order:climbed', 'order-state o1 delivered', givenUp],
    ['declined after all', answer('sent', 'declined'), 'order:climbed, order:unit-declined', 'order-state o1 declined', givenUp],
    ['failed after all', lost(0, true), 'order:no-bearer-left', 'order-state o1 failed', givenUp],
    ['accepted after all', answer('sent', 'accepted'), 'order:climbed', 'order-state o1 accepted, receipt', givenUp],
  ];
  test.each(named(rows))('$name: nobody else is called', ({ input, entries, effects, given, from }) => {
    expect(said(step(from, input, given, now))).toEqual({ entries, effects });
  });
});

test('a report told twice leaves the clock of progress as it runs', () => {
  const clock = { name: 'progress', level: 1, startedAt: now - 1, dueAt: now + 1 } as const;
  const dispatched = incident({ state: 'dispatched', clock });
  expect(step(dispatched, answer('accepted', 'accepted'), held, now).incident).toEqual(dispatched);
});

test('an officer who declines, comes after all and declines again within one instant is replaced twice, and no cause names both', () => {
  const first = step(incident(), answer('accepted', 'declined'), held, now);
  const placed = first.effects.flatMap((effect) => (effect.type === 'order' ? [effect] : []));
  const orders = placed.map(({ cause, choice }) => ({ id: cause, unitId: choice.unitId, state: 'queued' as const, automatic: true }));
  const second = step(first.incident, answer('accepted', 'declined'), situation({ orders: [sent, ...orders] }), now);
  const causes = [first, second].flatMap(({ effects }) => effects.flatMap((effect) => (effect.type === 'order' ? [effect.cause] : [])));
  expect(causes).toHaveLength(2);
  expect(new Set(causes).size).toBe(2);
});

test('the entry of a replacement says so, and only where one is called', () => {
  const wanted = (from = incident()) => step(from, due('accepted', 'read'), held, now).entries[0]?.data['wanted'];
  expect([wanted(), wanted(arrived())]).toEqual(['try-next-unit', undefined]);
});
