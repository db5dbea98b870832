import { expect, test } from 'vitest';
import { arranged, climbed, type Order, proposed, type Row, type Surroundings, severest, stillProposed, unanswered } from './model.ts';

const row = (id: string, priority: number, openedAt: number, state: Row['state'] = 'open'): Row => ({
  ...{ id, priority, state, number: openedAt, kind: 'emergency', silent: false, confirmed: false, exercise: false },
  ...{ openedAt: new Date(openedAt).toISOString(), lastSignalAt: new Date(openedAt).toISOString(), signalCount: 1, orderStates: {} },
  ...(state === 'open' ? {} : { acknowledgedAt: new Date(openedAt).toISOString() }),
});

const waits = row('waits', 2, 5);
const longer = row('longer', 2, 1);
const severe = row('severe', 1, 9);
const answered = row('answered', 1, 0, 'acknowledged');

test('unanswered before answered, then the severer, then the one that waits longer', () => {
  expect(arranged([answered, waits, severe, longer], [], false)).toEqual(['severe', 'longer', 'waits', 'answered']);
});

test('under the pointer nothing moves: what is new comes last, what was closed leaves its place empty', () => {
  const shown = ['waits', 'longer', 'gone'];
  expect(arranged([longer, waits, severe], shown, true)).toEqual(['waits', 'longer', 'gone', 'severe']);
  expect(arranged([longer, waits, severe], shown, false)).toEqual(['severe', 'longer', 'waits']);
});

test('what sounded again after it was answered is unanswered, and waits since then', () => {
  const again = { ...row('again', 2, 0, 'acknowledged'), soundedAgainAt: new Date(3).toISOString() };
  expect([unanswered(again), unanswered(answered), unanswered({ ...again, state: 'closed' })]).toEqual([true, false, false]);
  expect(arranged([answered, waits, longer, again], [], false)).toEqual(['longer', 'again', 'waits', 'answered']);
  expect(severest([answered, again])).toBe(2);
});

test('the sound is that of the severest that nobody answered', () => {
  expect(severest([waits, answered])).toBe(2);
  expect(severest([waits, severe])).toBe(1);
  expect(severest([answered])).toBeUndefined();
});

test('the ladder of an order shows when each rung was reached, and how it ended', () => {
  const order = {
    issuedAt: '2026-01-01T00:00:00.000Z',
    state: 'declined',
    rungs: [
      { state: 'delivered', at: '2026-01-01T00:00:01.000Z' },
      { state: 'declined', at: '2026-01-01T00:00:09.000Z' },
    ],
  } as Order;
  const { reached, ended } = climbed(order);
  expect([...reached.keys()]).toEqual(['queued', 'delivered', 'declined']);
  expect(ended).toBe('declined');
  expect(climbed({ ...order, state: 'delivered' }).ended).toBeUndefined();
});

const unit = (id: string, over: Partial<Surroundings['units'][number]> = {}): Surroundings['units'][number] => ({
  ...{ id, name: id, tier: 'city', status: 'available', bearers: 1, freshness: 'fresh-position' },
  ...over,
});

test.each([
  ['the first that is free', [unit('a', { order: { id: 'o', state: 'sent' } }), unit('b', { engagedOn: 4 }), unit('c')], ['c']],
  ['one that is engaged, where nobody else is left', [unit('a', { status: 'busy' }), unit('b', { engagedOn: 4 })], ['b']],
  ['none that cannot be reached', [unit('a', { bearers: 0 })], []],
])('the desk proposes %s', (_name, units, ids) => {
  expect(proposed({ units, cameras: [], loudspeakers: [], circles: [] })).toBe(ids[0]);
});

test('who was proposed stays while units move past, and gives way when it cannot go any more', () => {
  const seen = (units: Surroundings['units']): Surroundings => ({ units, cameras: [], loudspeakers: [], circles: [] });
  expect(stillProposed('far', seen([unit('near', {}), unit('far', {})]))).toBe('far');
  expect(stillProposed('far', seen([unit('near', {}), unit('far', { status: 'busy' })]))).toBe('near');
  expect(stillProposed('far', seen([unit('near', {})]))).toBe('near');
});
