import { describe, expect, test } from 'vitest';
import { type EscalationPolicy, type EscalationStep, policyFor } from './escalate.ts';
import type { Incident } from './incident.ts';
import { type ReplayPolicies, replay } from './replay.ts';
import { actsOf, openingOf, type Recorded, type RecordedUnit, recordedUnits, typicalAnswers } from './replay-record.ts';
import type { Signal } from './signal.ts';
import { minutes, seconds } from './time.ts';

const openedAt = minutes(600);
const end = openedAt + minutes(60);
const opening: Incident = {
  ...{ id: 'i1', number: 7, kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false, exercise: false },
  ...{ stationId: 's1', deviceId: 'key-1', openedAt },
};
const signal: Signal = {
  ...{ id: 'g1', deviceId: 'key-1', deviceKind: 'key', type: 'press', active: true, at: openedAt, receivedAt: openedAt },
  ...{ exercise: false, data: {} },
};
const unit = (unitId: string, distance: number, answers: RecordedUnit['answers'] = []): RecordedUnit => ({
  ...{ unitId, reason: 'fresh-position', distance, answers },
});
const recorded = (change: Partial<Recorded> = {}): Recorded => ({
  ...{ opening, signal, acts: [], units: [unit('near', 100), unit('far', 900)], others: 0, typical: [] },
  ...{ scene: { point: { lat: 30, lon: 120 }, stationId: 's1' }, dutyLeader: 'leader' },
  ...change,
});
const level = (after: number, ...steps: EscalationStep[]) => ({ after: seconds(after), steps });
const policies = (change: Partial<EscalationPolicy> = {}): ReplayPolicies => ({
  sorting: { opening: [], lowBattery: 15 },
  rules: [
    {
      when: {},
      policy: {
        id: 'p',
        atOnce: { communityOfficer: false, nearest: 1 },
        acknowledge: [level(15, 'sound-again'), level(30, 'next-unit'), level(60, 'bureau-desk')],
        progress: [level(120, 'supervisor')],
        order: { delivered: seconds(10), accepted: seconds(30), expires: minutes(30), most: 8 },
        ...change,
      },
    },
  ],
});
const told = (given: Recorded, under: ReplayPolicies) => {
  const { orders, levels } = replay(given, under, end);
  return {
    orders: orders.map(({ unitId, after, by }) => `${unitId ?? 'another'} ${after / 1000} ${by}`),
    levels: levels.map(({ clock, after, steps }) => `${clock} ${after / 1000} ${steps.join('+')}`),
  };
};

describe('an incident lived through again', () => {
  test('with nobody answering: the unit in place of a silent one, and the whole ladder', () => {
    expect(told(recorded(), policies())).toEqual({
      orders: ['near 0 at-once', 'far 10 ladder'],
      levels: ['acknowledge 15 sound-again', 'acknowledge 30 next-unit', 'acknowledge 60 bureau-desk'],
    });
  });

  test('a unit that the record does not name takes its turn behind those it names, and answers as is usual', () => {
    const typical = [{ answer: 'accepted' as const, after: seconds(8) }];
    expect(told(recorded({ others: 3, typical }), policies({ atOnce: { communityOfficer: false, nearest: 3 } }))).toEqual({
      orders: ['near 0 at-once', 'far 0 at-once', 'another 0 at-once', 'another 10 ladder', 'another 10 ladder'],
      levels: ['progress 138 supervisor'],
    });
  });

  test('a unit answers as fast after an earlier order as it did after its own', () => {
    const answers = [
      { answer: 'delivered' as const, after: seconds(1) },
      { answer: 'accepted' as const, after: seconds(5) },
      { answer: 'arrived' as const, after: seconds(100) },
    ];
    const given = recorded({ units: [unit('near', 100), unit('far', 900, answers)] });
    expect(replay(given, policies(), end)).toMatchObject({ engagedAfter: seconds(15), arrivedAfter: seconds(110) });
    const both = policies({ atOnce: { communityOfficer: false, nearest: 2 } });
    expect(replay(given, both, end)).toMatchObject({ engagedAfter: seconds(5), arrivedAfter: seconds(100), levels: [] });
  });

  test('who acknowledged did so at that instant, and a ladder that is slower never begins', () => {
    const acts = [
      { at: openedAt + seconds(20), input: { type: 'acknowledged' as const, by: 'wang' } },
      { at: openedAt + seconds(50), input: { type: 'closed' as const, by: 'wang', disposition: 'false' as const } },
    ];
    expect(told(recorded({ acts, units: [] }), policies()).levels).toEqual(['acknowledge 15 sound-again']);
    expect(told(recorded({ acts, units: [] }), policies({ acknowledge: [level(25, 'bureau-desk')] })).levels).toEqual([]);
  });

  test('a signal that the other sorting lets pass opens nothing', () => {
    const seen = { ...signal, deviceKind: 'camera' as const, type: 'intrusion' as const };
    expect(replay(recorded({ signal: seen }), policies(), end)).toEqual({ opens: false, orders: [], levels: [] });
    const open = { ...policies(), sorting: { opening: ['intrusion' as const], lowBattery: 15 } };
    expect(replay(recorded({ signal: seen }), open, end).opens).toBe(true);
  });

  test('the duty leader is called up the ladder and is not sent as the nearest', () => {
    const units = [{ ...unit('leader', 50), reason: 'duty-leader' as const }, unit('near', 100)];
    expect(told(recorded({ units }), policies({ acknowledge: [level(20, 'duty-leader')], progress: [] })).orders).toEqual([
      'near 0 at-once',
      'leader 20 ladder',
    ]);
  });
});

describe('what the record tells of an incident', () => {
  test('it is taken as it was opened, not as it was raised or closed', () => {
    const later: Incident = { ...opening, kind: 'duress', priority: 1, silent: true, state: 'closed', confirmed: true };
    const entries = [{ at: openedAt, kind: 'opened', data: { kind: 'assist', priority: 2, silent: false } }];
    expect(openingOf(later, entries)).toEqual({ ...opening, kind: 'assist', priority: 2 });
    expect(policyFor(policies().rules, later, undefined).id).toBe('p');
  });

  test('acts of people are taken, what the rules did by themselves is not', () => {
    const at = openedAt;
    const acts = actsOf([
      { at, kind: 'ordered', reason: 'fresh-position', data: { unitId: 'near' } },
      { at, kind: 'escalated', reason: 'nobody-answered-in-time', data: { steps: ['next-unit'] } },
      { at, kind: 'acknowledged', by: 'wang', data: {} },
      { at, kind: 'acknowledged', by: 'li', reason: 'already-so', data: {} },
      { at, kind: 'ordered', reason: 'named-by-operator', by: 'wang', data: { unitId: 'far' } },
      { at, kind: 'order', reason: 'order-withdrawn', by: 'wang', data: { unitId: 'far' } },
      { at, kind: 'closed', by: 'wang', data: { disposition: 'genuine' } },
    ]);
    expect(acts.map(({ input }) => input.type)).toEqual(['acknowledged', 'units-ordered', 'order-cancelled', 'closed']);
  });

  test('answers are spans after the order; what is usual is the middle one, where at least half got so far', () => {
    const order = (unitId: string, accepted?: number) => ({
      choice: { unitId, reason: 'fresh-position' as const },
      issuedAt: openedAt,
      rungs: [
        { state: 'queued', at: openedAt },
        { state: 'delivered', at: openedAt + seconds(2) },
        ...(accepted === undefined ? [] : [{ state: 'accepted', at: openedAt + seconds(accepted) }]),
      ],
    });
    const units = recordedUnits([order('a', 9), order('b', 30), order('c'), order('a', 99), order('d'), order('e')]);
    expect(units.map(({ unitId }) => unitId)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(units[0]?.answers).toEqual([
      { answer: 'delivered', after: seconds(2) },
      { answer: 'accepted', after: seconds(9) },
    ]);
    expect(typicalAnswers(units)).toEqual([{ answer: 'delivered', after: seconds(2) }]);
  });
});
