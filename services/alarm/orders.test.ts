import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answers,
  circleOf,
  climb,
  describe as described,
  engaged,
  metresBetween,
  nearest,
  type OrderState,
  orderStates,
  pending,
  positionStaleAfter,
  type Tier,
  timeout,
  type Unit,
} from './orders.ts';
import { minutes } from './time.ts';

const ladder = ['queued', 'sent', 'delivered', 'read', 'accepted', 'en-route', 'arrived'] as const;
const onLadder = (state: OrderState): number => (ladder as readonly OrderState[]).indexOf(state);

describe('the ladder of receipts', () => {
  const every = orderStates.flatMap((from) => [...answers, 'sent' as const].map((answer) => ({ from, answer })));

  test.each(every)('$from told $answer', ({ from, answer }) => {
    const { state, reason } = climb(from, answer);
    if (from === 'cancelled') expect({ state, reason }).toEqual({ state: 'cancelled', reason: 'answer-to-a-cancelled-order' });
    else if (answer === 'declined') expect(state).toBe(onLadder(from) >= 0 ? 'declined' : from);
    else if (onLadder(from) < 0) expect(state).toBe(onLadder(answer) >= onLadder('accepted') ? answer : from);
    else expect(onLadder(state)).toBe(Math.max(onLadder(from), onLadder(answer)));
    expect(reason === 'climbed' || reason === 'answered-after-its-end').toBe(state !== from);
  });

  const rows: readonly { from: OrderState; answer: (typeof answers)[number]; to: OrderState; reason: string }[] = [
    { from: 'sent', answer: 'arrived', to: 'arrived', reason: 'climbed' },
    { from: 'arrived', answer: 'delivered', to: 'arrived', reason: 'rung-already-passed' },
    { from: 'delivered', answer: 'delivered', to: 'delivered', reason: 'rung-already-passed' },
    { from: 'expired', answer: 'accepted', to: 'accepted', reason: 'answered-after-its-end' },
    { from: 'failed', answer: 'en-route', to: 'en-route', reason: 'answered-after-its-end' },
    { from: 'declined', answer: 'accepted', to: 'accepted', reason: 'answered-after-its-end' },
    { from: 'expired', answer: 'read', to: 'expired', reason: 'rung-already-passed' },
    { from: 'cancelled', answer: 'arrived', to: 'cancelled', reason: 'answer-to-a-cancelled-order' },
    { from: 'accepted', answer: 'declined', to: 'declined', reason: 'climbed' },
  ];
  test.each(rows)('$from told $answer is $to: $reason', ({ from, answer, to, reason }) => {
    expect(climb(from, answer)).toEqual({ state: to, reason });
  });

  test.each(orderStates)('%s is pending, engaged or ended, never two of them', (state) => {
    expect(pending(state) && engaged(state)).toBe(false);
    expect(pending(state) || engaged(state)).toBe(onLadder(state) >= 0);
  });
});

describe('the clock of an order', () => {
  const rows: readonly { clock: 'delivered' | 'accepted' | 'expires'; acts: readonly OrderState[]; bearersLeft: number; wants: string }[] =
    [
      { clock: 'delivered', acts: ['queued', 'sent'], bearersLeft: 1, wants: 'try-next-bearer' },
      { clock: 'delivered', acts: ['queued', 'sent'], bearersLeft: 0, wants: 'try-next-unit' },
      { clock: 'accepted', acts: ['queued', 'sent', 'delivered', 'read'], bearersLeft: 1, wants: 'try-next-unit' },
      { clock: 'expires', acts: ['queued', 'sent', 'delivered', 'read'], bearersLeft: 1, wants: 'expire' },
    ];
  const every = rows.flatMap((row) =>
    orderStates.map((state) => ({ ...row, state, does: row.acts.includes(state) ? row.wants : 'nothing' })),
  );
  test.each(every)('$clock of one that is $state, $bearersLeft bearers left: $does', ({ clock, state, bearersLeft, does }) => {
    expect(timeout(state, clock, bearersLeft)).toBe(does);
  });
});

const scene = { point: { lat: 30, lon: 120 }, gridId: 'g1', stationId: 's1' };
const now = minutes(60);
/** A unit so many metres north of the scene. */
const unit = (id: string, metres: number | undefined, change: Partial<Unit> = {}): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId: 's2',
  gridIds: [],
  status: 'available',
  bearers: 1,
  ...(metres === undefined ? {} : { position: { lat: 30 + metres / 111_195, lon: 120, at: now } }),
  ...change,
});
const chosen = (units: readonly Unit[], count = 1, without: readonly string[] = []): string[] =>
  nearest(units, scene, count, new Set(without), now).map((choice) => choice.unitId);

describe('the nearest', () => {
  const older = (metres: number, id: string) =>
    unit(id, metres, { position: { lat: 30 + metres / 111_195, lon: 120, at: now - minutes(9) } });
  const rows: readonly { name: string; units: readonly Unit[]; first: readonly string[] }[] = [
    { name: 'nobody', units: [], first: [] },
    { name: 'nobody free for duty', units: [unit('a', 10, { status: 'busy' }), unit('b', 10, { status: 'off-duty' })], first: [] },
    { name: 'the nearer of two', units: [unit('far', 900), unit('near', 100)], first: ['near'] },
    {
      name: 'the free one before a nearer engaged one',
      units: [unit('on-17', 10, { engagedOn: 17 }), unit('free', 4000)],
      first: ['free'],
    },
    { name: 'an engaged one rather than nobody', units: [unit('on-17', 10, { engagedOn: 17 })], first: ['on-17'] },
    { name: 'a fresh position before a nearer stale one', units: [older(10, 'was-near'), unit('is-far', 4000)], first: ['is-far'] },
    { name: 'a stale position before none', units: [unit('nowhere', undefined), older(4000, 'was-far')], first: ['was-far'] },
    {
      name: 'one that can be reached before a nearer one that cannot',
      units: [unit('mute', 10, { bearers: 0 }), unit('radio', 4000)],
      first: ['radio'],
    },
    { name: 'the own grid among equals', units: [unit('a', undefined), unit('z', undefined, { gridIds: ['g1'] })], first: ['z'] },
    { name: 'the own station among equals', units: [unit('a', undefined), unit('z', undefined, { stationId: 's1' })], first: ['z'] },
    { name: 'the smaller id among twins, so that two processes agree', units: [unit('b', 100), unit('a', 100)], first: ['a'] },
  ];
  test.each(rows)('$name', ({ units, first }) => {
    expect(chosen(units)).toEqual(first);
  });

  test('leaves out whom it is told to', () => {
    expect(chosen([unit('a', 100), unit('b', 200), unit('c', 300)], 2, ['a'])).toEqual(['b', 'c']);
  });

  test.each([-1, 0, 1])('a position %d ms off the age limit', (off) => {
    const at = now - positionStaleAfter - off;
    const choice = described(unit('a', 0, { position: { lat: 30, lon: 120, at } }), scene, now);
    expect(choice.reason).toBe(off <= 0 ? 'fresh-position' : 'stale-position');
  });

  test('says how far and in which circle, and on which incident it already is', () => {
    expect(described(unit('a', 900, { engagedOn: 17 }), scene, now)).toEqual({
      unitId: 'a',
      reason: 'fresh-position',
      distance: 900,
      circle: 3,
      engagedOn: 17,
    });
  });

  test('without a place of the scene says no distance and still finds somebody', () => {
    expect(nearest([unit('a', 100)], {}, 1, new Set(), now)).toEqual([{ unitId: 'a', reason: 'fresh-position' }]);
  });

  test('does not depend on the order of the register, never takes one twice and never one that is not available', () => {
    const some = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z]{1,3}$/),
        metres: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
        status: fc.constantFrom('available' as const, 'busy' as const, 'off-duty' as const),
        bearers: fc.nat(2),
        engagedOn: fc.option(fc.nat(9), { nil: undefined }),
      }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    fc.assert(
      fc.property(some, fc.nat(14), (rows, count) => {
        const units = rows.map(({ id, metres, status, bearers, engagedOn }) =>
          unit(id, metres, { status, bearers, ...(engagedOn === undefined ? {} : { engagedOn }) }),
        );
        const free = units.filter(({ status }) => status === 'available').map(({ id }) => id);
        const ids = chosen(units, count);
        expect(chosen([...units].reverse(), count)).toEqual(ids);
        expect(new Set(ids).size).toBe(Math.min(count, free.length));
        expect(ids.filter((id) => !free.includes(id))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('distance', () => {
  const rows: readonly { tier: Tier; metres: number; circle: 1 | 3 | 5 | undefined }[] = [
    { tier: 'city', metres: 0, circle: 1 },
    { tier: 'city', metres: 500, circle: 1 },
    { tier: 'city', metres: 501, circle: 3 },
    { tier: 'city', metres: 1500, circle: 3 },
    { tier: 'city', metres: 1501, circle: 5 },
    { tier: 'city', metres: 2500, circle: 5 },
    { tier: 'city', metres: 2501, circle: undefined },
    { tier: 'town', metres: 667, circle: 1 },
    { tier: 'village', metres: 668, circle: 3 },
    { tier: 'village', metres: 3336, circle: undefined },
  ];
  test.each(rows)('$metres m for a $tier unit: circle $circle', ({ tier, metres, circle }) => {
    expect(circleOf(metres, tier)).toBe(circle);
  });

  test('a degree of latitude, a metre near the antimeridian, and the other side of the world', () => {
    expect(metresBetween({ lat: 30, lon: 120 }, { lat: 31, lon: 120 })).toBeCloseTo(111_195, -1);
    expect(metresBetween({ lat: 0, lon: 179.9999955 }, { lat: 0, lon: -179.9999955 })).toBeCloseTo(1, 1);
    expect(metresBetween({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(Math.PI * 6_371_009, 0);
    expect(metresBetween({ lat: 30, lon: 120 }, { lat: 30, lon: 120 })).toBe(0);
  });
});
