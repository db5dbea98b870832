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
  stillUnshown,
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
  const others = [said('o2', 'arrived')];
  expect(standingOf(order('o1', state), { waiting: [...queue, ...others], taken: others })).toEqual({ state: shown, waiting: marked });
});

test.each<[OrderState, readonly Rung[], readonly Rung[], OrderState, boolean]>([
  ['read', ['accepted'], [], 'accepted', false],
  ['read', ['accepted'], ['en-route'], 'en-route', true],
  ['read', ['accepted'], ['declined'], 'declined', true],
  ['read', ['accepted', 'declined'], [], 'declined', false],
  ['en-route', ['accepted'], [], 'en-route', false],
  ['sent', ['delivered', 'read'], [], 'sent', false],
])('%s with %j taken and %j waiting is %s (waiting: %s)', (state, taken, waiting, shown, marked) => {
  const queue = (rungs: readonly Rung[]) => rungs.map((rung, index) => said('o1', rung, index));
  expect(standingOf(order('o1', state), { waiting: queue(waiting), taken: queue(taken) })).toEqual({ state: shown, waiting: marked });
});

test.each<[OrderState, readonly OrderState[], Rung, boolean]>([
  ['read', [], 'accepted', true],
  ['accepted', [], 'accepted', false],
  ['arrived', [], 'accepted', false],
  ['accepted', [], 'declined', true],
  // A colleague accepted it after all.
  ['accepted', ['declined', 'accepted'], 'declined', false],
])('an order that is %s by way of %j has still to show that it was %s: %s', (state, rungs, rung, still) => {
  const held = { ...order('o1', state), rungs: rungs.map((one) => ({ state: one, at: '' })) } as Order;
  expect(stillUnshown([said('o1', rung)], { items: [held] } as unknown as Orders)).toHaveLength(still ? 1 : 0);
});

test('of an order that is over, and of a switch, nothing has still to be shown', () => {
  const duty: Waiting = { eventId: 'd', seq: 1, at: '', saying: { kind: 'duty', on: true } };
  expect(stillUnshown([said('gone', 'accepted'), duty], { items: [order('o1', 'read')] } as unknown as Orders)).toEqual([]);
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

const nothing = { waiting: [], taken: [] };

test('the page stays with the order the officers are on, and shows the most urgent while they are on none', () => {
  const orders = [order('urgent', 'read'), order('ours', 'en-route'), order('third', 'sent')];
  expect(chosenOf(orders, undefined, nothing)?.id).toBe('ours');
  expect(chosenOf(orders, 'third', nothing)?.id).toBe('third');
  expect(chosenOf(orders, 'gone', nothing)?.id).toBe('ours');
  expect(chosenOf([order('urgent', 'read'), order('third', 'sent')], undefined, nothing)?.id).toBe('urgent');
  expect(chosenOf([order('a', 'read'), order('b', 'read')], undefined, { waiting: [said('b', 'accepted')], taken: [] })?.id).toBe('b');
});
