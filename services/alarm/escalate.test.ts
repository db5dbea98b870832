import { describe, expect, test } from 'vitest';
import {
  choiceAtOnce,
  choiceDutyLeader,
  choiceNext,
  type EscalationPolicy,
  escalationSteps,
  nextLevel,
  type PolicyRule,
  policyFor,
  type Situation,
  toldBy,
} from './escalate.ts';
import type { Unit, UnitStatus } from './orders.ts';
import { minutes, seconds } from './time.ts';

const now = minutes(60);
const policy: EscalationPolicy = {
  id: 'test',
  atOnce: { communityOfficer: true, nearest: 2 },
  acknowledge: [
    { after: seconds(15), steps: ['sound-again'] },
    { after: seconds(30), steps: ['next-unit'] },
  ],
  progress: [],
  order: { delivered: seconds(10), accepted: seconds(30), expires: minutes(30), most: 4 },
};
const unit = (id: string, metres: number, status: UnitStatus = 'available'): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId: 's1',
  gridIds: [],
  status,
  bearers: 1,
  position: { lat: 30 + metres / 111_195, lon: 120, at: now },
});
const held = (unitId: string, automatic = true) => ({ id: `o-${unitId}`, unitId, state: 'sent' as const, automatic });
const situation = (change: Partial<Situation>): Situation => ({
  policy,
  units: [unit('car-1', 100), unit('car-2', 200), unit('car-3', 300), unit('officer', 5000), unit('leader', 9000, 'off-duty')],
  orders: [],
  scene: { point: { lat: 30, lon: 120 } },
  communityOfficer: 'officer',
  dutyLeader: 'leader',
  ...change,
});

describe('the levels of a clock', () => {
  const rows = [
    { level: 0, next: { level: 1, dueAt: now + seconds(15) } },
    { level: 1, next: { level: 2, dueAt: now + seconds(30) } },
    { level: 2, next: undefined },
    { level: 7, next: undefined },
  ];
  test.each(rows)('after level $level', ({ level, next }) => {
    expect(nextLevel(policy.acknowledge, level, now)).toEqual(next);
  });

  test('a clock without levels never runs', () => expect(nextLevel(policy.progress, 0, now)).toBeUndefined());
});

describe('whom a call orders at once', () => {
  const wants = (communityOfficer: boolean, nearest: number): EscalationPolicy => ({ ...policy, atOnce: { communityOfficer, nearest } });
  const limited = (most: number): EscalationPolicy => ({ ...policy, order: { ...policy.order, most } });
  const rows: readonly { name: string; change: Partial<Situation>; who: readonly string[] }[] = [
    { name: 'the community officer and the two nearest besides', change: {}, who: ['officer', 'car-1', 'car-2'] },
    { name: 'the officer counts once though also the nearest', change: { communityOfficer: 'car-1' }, who: ['car-1', 'car-2', 'car-3'] },
    { name: 'no officer named on the grid', change: { communityOfficer: 'nobody' }, who: ['car-1', 'car-2'] },
    { name: 'an officer who is off duty', change: { communityOfficer: 'leader' }, who: ['car-1', 'car-2'] },
    { name: 'only the officer', change: { policy: wants(true, 0) }, who: ['officer'] },
    { name: 'only the nearest', change: { policy: wants(false, 1) }, who: ['car-1'] },
    { name: 'nobody wanted', change: { policy: wants(false, 0) }, who: [] },
    { name: 'nobody there', change: { units: [] }, who: [] },
    { name: 'fewer than wanted', change: { units: [unit('car-1', 100)] }, who: ['car-1'] },
    { name: 'never the unit that called for help', change: { caller: 'car-1' }, who: ['officer', 'car-2', 'car-3'] },
    { name: 'nor the officer who called for help', change: { caller: 'officer' }, who: ['car-1', 'car-2'] },
    { name: 'nobody twice', change: { orders: [held('officer'), held('car-2')] }, who: ['car-1', 'car-3'] },
    { name: 'no more than the limit', change: { policy: limited(2) }, who: ['officer', 'car-1'] },
    { name: 'what was ordered before counts', change: { policy: limited(2), orders: [held('car-1')] }, who: ['officer'] },
    { name: 'at the limit nobody', change: { policy: limited(1), orders: [held('car-1')] }, who: [] },
    { name: 'operators are not limited', change: { policy: limited(2), orders: [held('car-1', false)] }, who: ['officer', 'car-2'] },
  ];
  test.each(rows)('$name', ({ change, who }) => {
    expect(choiceAtOnce(situation(change), now).map(({ unitId }) => unitId)).toEqual(who);
  });

  test('each choice says why', () => {
    expect(choiceAtOnce(situation({}), now).map(({ reason }) => reason)).toEqual(['community-officer', 'fresh-position', 'fresh-position']);
  });
});

describe('the next unit', () => {
  const four = ['a', 'b', 'c', 'd'];
  const rows: readonly { name: string; change: Partial<Situation>; who: string | undefined }[] = [
    { name: 'the nearest', change: {}, who: 'car-1' },
    { name: 'the nearest without an order', change: { orders: [held('car-1'), held('car-2')] }, who: 'car-3' },
    { name: 'not one that an operator already sent', change: { orders: [held('car-1', false)] }, who: 'car-2' },
    { name: 'one below the limit', change: { orders: four.slice(1).map((id) => held(id)) }, who: 'car-1' },
    { name: 'at the limit nobody', change: { orders: four.map((id) => held(id)) }, who: undefined },
    { name: 'orders of operators do not count', change: { orders: four.map((id) => held(id, false)) }, who: 'car-1' },
    { name: 'nobody left', change: { units: [unit('car-1', 1, 'busy')] }, who: undefined },
    { name: 'not the caller', change: { caller: 'car-1' }, who: 'car-2' },
  ];
  test.each(rows)('$name: $who', ({ change, who }) => {
    expect(choiceNext(situation(change), now)?.unitId).toBe(who);
  });
});

describe('the duty leader', () => {
  const rows: readonly { name: string; change: Partial<Situation>; who: string | undefined }[] = [
    { name: 'even when off duty', change: {}, who: 'leader' },
    { name: 'not twice', change: { orders: [held('leader')] }, who: undefined },
    { name: 'beyond the limit', change: { orders: ['a', 'b', 'c', 'd'].map((id) => held(id)) }, who: 'leader' },
    { name: 'not to the own rescue', change: { caller: 'leader' }, who: undefined },
    { name: 'nobody named', change: { dutyLeader: 'nobody' }, who: undefined },
  ];
  test.each(rows)('$name: $who', ({ change, who }) => {
    const choice = choiceDutyLeader(situation(change), now);
    expect(choice?.unitId).toBe(who);
    if (choice) expect(choice.reason).toBe('duty-leader');
  });
});

describe('the policy', () => {
  const rule = (id: string, when: PolicyRule['when']): PolicyRule => ({ when, policy: { ...policy, id } });
  const rules = [
    rule('bank-panic', { kinds: ['emergency'], siteKinds: ['bank'] }),
    rule('this-school', { siteIds: ['school-1'] }),
    rule('first-class', { priorities: [1, 2] }),
    rule('rest', {}),
  ];
  const rows = [
    { kind: 'emergency', priority: 1, siteId: 'b', siteKind: 'bank', is: 'bank-panic' },
    { kind: 'assist', priority: 2, siteId: 'b', siteKind: 'bank', is: 'first-class' },
    { kind: 'silence', priority: 4, siteId: 'school-1', siteKind: 'school', is: 'this-school' },
    { kind: 'emergency', priority: 1, siteId: 'school-2', siteKind: 'school', is: 'first-class' },
    { kind: 'silence', priority: 3, siteId: 'b', siteKind: 'bank', is: 'rest' },
  ] as const;
  test.each(rows)('of $kind $priority at $siteId, a $siteKind: $is', ({ siteKind, is, ...incident }) => {
    expect(policyFor(rules, incident, siteKind).id).toBe(is);
  });

  test('an incident of no site fits no rule that names one', () => {
    expect(policyFor(rules, { kind: 'emergency', priority: 4 }, undefined).id).toBe('rest');
  });

  test('of a walk test sends nobody, whatever the rules say, and only a test that was left open is told of', () => {
    const { atOnce, acknowledge, progress, order } = policyFor(rules, { kind: 'walk-test', priority: 1, siteId: 'school-1' }, 'school');
    expect([atOnce, order.most]).toEqual([{ communityOfficer: false, nearest: 0 }, 0]);
    expect([...acknowledge, ...progress].flatMap(({ steps }) => steps)).toEqual(['supervisor', 'supervisor']);
  });

  test('rules that leave an incident without a policy are refused by name', () => {
    expect(() => policyFor(rules.slice(0, 1), { kind: 'assist', priority: 2 }, undefined)).toThrow(/no escalation policy fits kind assist/);
  });
});

test('every step but the one that speaks to units tells somebody', () => {
  expect(escalationSteps.map(toldBy)).toEqual(['desk', undefined, 'duty-leader', 'supervisor', 'bureau-desk']);
});
