import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../config/policies/load.ts';
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
import type { Effect, Entry, Incident, IncidentInput } from './incident.ts';
import type { Answer, Unit, UnitStatus } from './orders.ts';
import type { Priority } from './sort.ts';
import { step } from './step.ts';
import { hours, type Instant, minutes, seconds } from './time.ts';

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

  test('rules that leave an incident without a policy are refused by name', () => {
    expect(() => policyFor(rules.slice(0, 1), { kind: 'assist', priority: 2 }, undefined)).toThrow(/no escalation policy fits kind assist/);
  });
});

test('every step but the one that speaks to units tells somebody', () => {
  expect(escalationSteps.map(toldBy)).toEqual(['desk', undefined, 'duty-leader', 'supervisor', 'bureau-desk']);
});

const folder = join(import.meta.dirname, '../../config/policies');
const shipped = loadPolicies({ sorting: join(folder, 'sorting.yaml'), escalation: join(folder, 'escalation.yaml') }).escalation;

interface Life {
  incident: Incident;
  orders: Situation['orders'];
  now: Instant;
  readonly said: { at: Instant; entries: readonly Entry[]; effects: readonly Effect[] }[];
  readonly caller?: string;
}
function say(life: Life, input: IncidentInput): void {
  const { incident, orders, now: at, caller } = life;
  const units = situation({}).units.map((each) => (each.id === 'leader' ? { ...each, status: 'busy' as const } : each));
  const world = situation({ policy: policyFor(shipped, incident, undefined), units, orders, ...(caller === undefined ? {} : { caller }) });
  const done = step(incident, input, world, at);
  life.incident = done.incident;
  life.said.push({ at, ...done });
  for (const effect of done.effects) if (effect.type === 'order') life.orders = [...life.orders, held(effect.choice.unitId)];
}
function call(kind: string, priority: Priority = 1, caller?: string): Life {
  const face = { kind, priority, silent: kind === 'duress', confirmed: false, exercise: false };
  const incident: Incident = { id: 'i1', number: 1, state: 'open', openedAt: 0, ...face };
  const life: Life = { incident, orders: [], now: 0, said: [], ...(caller === undefined ? {} : { caller }) };
  say(life, { type: 'opened', sorted: 'press-emergency', placed: 'first-of-its-device', by: 'key-a' });
  return life;
}
/** Lets time pass, running every level when it falls due. */
function until(life: Life, instant: Instant): void {
  for (let clock = life.incident.clock; clock && clock.dueAt <= instant; clock = life.incident.clock) {
    life.now = Math.max(life.now, clock.dueAt);
    say(life, { type: 'level-due', clock: clock.name, level: clock.level, dueAt: clock.dueAt });
  }
  life.now = instant;
}
const acknowledge = (life: Life): void => say(life, { type: 'acknowledged', by: 'wang' });
const answered = (life: Life, unitId: string, answer: Answer): void =>
  say(life, { type: 'order-answered', orderId: `o-${unitId}`, unitId, state: 'sent', answer });
const escalated = (life: Life) =>
  life.said.flatMap(({ at, entries }) => entries.filter(({ kind }) => kind === 'escalated').map((entry) => ({ at, ...entry })));
const levels = (life: Life): string[] => escalated(life).map(({ at, reason }) => `${at / 1000} s ${reason}`);
const since = (life: Life, instant: Instant): string[] =>
  life.said.flatMap(({ at, effects }) =>
    effects.flatMap((effect) => {
      if (at !== instant) return [];
      return effect.type === 'tell' ? [`tell ${effect.whom}`] : effect.type === 'order' ? [`order ${effect.choice.unitId}`] : [];
    }),
  );

describe.each(['emergency', 'duress', 'unparsed'])('a press (%s), with the policies that come with the product', (kind) => {
  test('sends the community officer and the two nearest at once', () => {
    expect(since(call(kind), 0)).toEqual(['order officer', 'order car-1', 'order car-2']);
  });

  const ladder = [
    { at: seconds(15), does: ['tell desk'] },
    { at: seconds(30), does: ['order car-3', 'tell duty-leader', 'order leader'] },
    { at: seconds(60), does: ['tell bureau-desk'] },
  ];
  test.each(ladder)('that nobody answers: $does at $at ms, not a millisecond before, and not again after', ({ at, does }) => {
    const life = call(kind);
    until(life, at - 1);
    const before = life.said.length;
    expect(life.incident.clock?.dueAt).toBe(at);
    until(life, at);
    expect(since(life, at)).toEqual(does);
    until(life, at + 1);
    expect(life.said).toHaveLength(before + 1);
  });

  test('acknowledged and then forgotten climbs the second ladder', () => {
    const life = call(kind);
    until(life, seconds(10));
    acknowledge(life);
    until(life, seconds(190) - 1);
    expect(levels(life)).toEqual([]);
    until(life, hours(1));
    expect(levels(life)).toEqual(['190 s', '310 s', '610 s'].map((at) => `${at} answered-then-forgotten`));
    expect(since(life, seconds(190))).toEqual(['tell supervisor']);
    expect(since(life, seconds(310))).toEqual(['order car-3', 'tell duty-leader', 'order leader']);
    expect(since(life, seconds(610))).toEqual(['tell bureau-desk']);
  });

  test('acknowledged in the last millisecond raises nobody else; one later it has sounded again', () => {
    for (const [at, told] of [
      [seconds(15) - 1, 0],
      [seconds(15), 1],
    ] as const) {
      const life = call(kind);
      until(life, at);
      acknowledge(life);
      until(life, seconds(100));
      expect(levels(life)).toHaveLength(told);
    }
  });

  test('an officer who accepts stops the first clock; every step of his starts the second anew; his arrival stops all', () => {
    const life = call(kind);
    until(life, seconds(12));
    answered(life, 'officer', 'accepted');
    expect(life.incident).toMatchObject({ state: 'dispatched', clock: { name: 'progress', dueAt: seconds(192) } });
    until(life, seconds(100));
    answered(life, 'officer', 'en-route');
    expect(life.incident.clock?.dueAt).toBe(seconds(280));
    until(life, seconds(280) - 1);
    expect(levels(life)).toEqual([]);
    answered(life, 'officer', 'arrived');
    until(life, hours(2));
    expect([levels(life), life.incident.state, life.incident.clock]).toEqual([[], 'arrived', undefined]);
  });

  test('delivered and read are no answer: the first clock goes on', () => {
    const life = call(kind);
    answered(life, 'car-1', 'delivered');
    answered(life, 'car-1', 'read');
    until(life, seconds(15));
    expect(levels(life)).toEqual(['15 s nobody-answered-in-time']);
  });

  test('a process that was down for 100 s runs every level it missed, in order, and says how late', () => {
    const life = call(kind);
    life.now = seconds(100);
    until(life, seconds(100));
    const late = escalated(life).map(({ data }) => data['lateMs']);
    expect(late).toEqual([seconds(85), seconds(70), seconds(40)]);
  });
});

describe('other calls', () => {
  const rows = [
    { kind: 'officer-emergency', priority: 1, sent: 3, dueAt: seconds(15) },
    { kind: 'assist', priority: 2, sent: 1, dueAt: seconds(90) },
    { kind: 'intrusion', priority: 3, sent: 0, dueAt: seconds(90) },
    { kind: 'silence', priority: 3, sent: 0, dueAt: seconds(900) },
    { kind: 'seen-by-an-operator', priority: 2, sent: 0, dueAt: seconds(90) },
  ] as const;
  test.each(rows)('$kind: $sent units at once, first level after $dueAt ms', ({ kind, priority, sent, dueAt }) => {
    const life = call(kind, priority);
    expect([life.orders.length, life.incident.clock?.dueAt]).toEqual([sent, dueAt]);
  });

  test('an officer in need is never sent to the own rescue', () => {
    const life = call('officer-emergency', 1, 'car-1');
    until(life, hours(1));
    expect(life.orders.map(({ unitId }) => unitId)).not.toContain('car-1');
  });
});
