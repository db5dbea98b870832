import { expect, test } from 'vitest';
import {
  answersTo,
  chosenOf,
  isExpired,
  mustRead,
  type Order,
  type OrderState,
  type Orders,
  type Rung,
  standingOf,
  toDeliver,
  type Waiting,
} from './orders.ts';

const order = (id: string, state: OrderState, expiresAt = '2026-11-21T10:30:00Z') => ({ id, state, expiresAt }) as Order;
const said = (orderId: string, state: Rung, seq = 1): Waiting => ({
  eventId: `${orderId} ${state}`,
  seq,
  at: '2026-11-21T10:00:00Z',
  saying: { kind: 'report', orderId, state },
});

test.each<[OrderState, readonly Rung[], OrderState, boolean]>([
  ['sent', [], 'sent', false],
  ['read', ['accepted'], 'accepted', true],
  ['read', ['accepted', 'en-route'], 'en-route', true],
  ['accepted', ['accepted'], 'accepted', false],
  ['en-route', ['accepted'], 'en-route', false],
  ['sent', ['delivered', 'read'], 'sent', false],
  ['accepted', ['declined'], 'declined', true],
])('%s with %j waiting is %s (waiting: %s)', (state, waiting, shown, marked) => {
  const queue = waiting.map((rung, index) => said('o1', rung, index));
  expect(standingOf(order('o1', state), [...queue, said('o2', 'arrived')])).toEqual({ state: shown, waiting: marked });
});

test.each<[OrderState, readonly Rung[]]>([
  ['queued', ['accepted', 'declined']],
  ['accepted', ['en-route', 'declined']],
  ['en-route', ['arrived', 'declined']],
  ['arrived', []],
  ['expired', []],
  ['cancelled', []],
])('after %s one may say %j', (state, answers) => {
  expect(answersTo(state)).toEqual(answers);
});

const noon = Date.parse('2026-11-21T10:30:00Z');
test.each<[OrderState, number, boolean]>([
  ['read', noon - 1, false],
  ['read', noon, true],
  ['accepted', noon + 1, false],
  ['cancelled', noon + 1, false],
])('%s at %d is expired: %s', (state, now, expired) => {
  expect(isExpired(order('o1', state), state, now)).toBe(expired);
});

test('what the phone has stored is told once, and what the server knows already is not told', () => {
  const orders = {
    items: [order('new', 'queued'), order('told', 'sent'), order('known', 'delivered'), order('done', 'accepted')],
  } as Orders;
  expect(toDeliver(orders, { told: 'delivered' })).toEqual(['new']);
  expect(mustRead(order('new', 'delivered'), { new: 'delivered' })).toBe(true);
  expect(mustRead(order('new', 'delivered'), { new: 'read' })).toBe(false);
  expect(mustRead(order('new', 'accepted'), {})).toBe(false);
});

test('the page stays with the order the officers are on, and shows the most urgent while they are on none', () => {
  const orders = [order('urgent', 'read'), order('ours', 'en-route'), order('third', 'sent')];
  expect(chosenOf(orders, undefined, [])?.id).toBe('ours');
  expect(chosenOf(orders, 'third', [])?.id).toBe('third');
  expect(chosenOf(orders, 'gone', [])?.id).toBe('ours');
  expect(chosenOf([order('urgent', 'read'), order('third', 'sent')], undefined, [])?.id).toBe('urgent');
  expect(chosenOf([order('a', 'read'), order('b', 'read')], undefined, [said('b', 'accepted')])?.id).toBe('b');
});
