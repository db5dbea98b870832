import { describe, expect, test } from 'vitest';
import { type EscalationPolicy, type PolicyRule, policyFor } from './escalate.ts';
import type { Incident } from './incident.ts';
import type { Unit } from './orders.ts';
import { step } from './step.ts';
import { answer, arrived, incident, policy, said, sent, situation, unit, without } from './testing.ts';
import { minutes, seconds } from './time.ts';

const panic: EscalationPolicy = {
  ...policy,
  id: 'panic',
  atOnce: { communityOfficer: true, nearest: 2 },
  order: { ...policy.order, most: 8 },
};
const calm: EscalationPolicy = {
  ...policy,
  id: 'calm',
  acknowledge: [{ after: seconds(90), steps: ['sound-again'] }],
  progress: [{ after: minutes(10), steps: ['supervisor'] }],
};
const rules: readonly PolicyRule[] = [
  { when: { kinds: ['emergency', 'duress'] }, policy: panic },
  { when: { priorities: [1] }, policy: { ...panic, id: 'first-class' } },
  { when: {}, policy: calm },
];
const units: readonly Unit[] = ['car-1', 'car-2', 'car-3', 'car-4', 'officer'].map((id) => unit(id));
const world = situation({ policyOf: (face) => policyFor(rules, face, undefined), units, communityOfficer: 'officer' });
const assist = (change: Partial<Incident> = {}): Incident => incident({ kind: 'assist', priority: 2, openedAt: 0, ...change });
const toEmergency = { type: 'raised', to: 1, kind: 'emergency', silent: false, by: 'key-a' } as const;
const toDuress = { ...toEmergency, kind: 'duress', silent: true } as const;
const at = seconds(10);
const clockOf = (from: Incident, input: Parameters<typeof step>[1], now = at) => step(from, input, world, now).incident.clock;
const acknowledge = (level: number, dueAt: number) => ({ name: 'acknowledge', level, startedAt: 0, dueAt }) as const;
const progress = (dueAt: number) => ({ name: 'progress', level: 1, startedAt: 0, dueAt }) as const;

describe('the clock after a raise', () => {
  const rows = [
    { name: 'is that of the raised call', from: assist({ clock: acknowledge(1, seconds(90)) }), level: 1, dueAt: at + seconds(15) },
    { name: 'keeps what was due sooner', from: assist({ clock: acknowledge(1, seconds(11)) }), level: 1, dueAt: seconds(11) },
    { name: 'starts where the first ladder had ended', from: without(assist()), level: 1, dueAt: at + seconds(15) },
    {
      name: 'of progress comes nearer once somebody has answered',
      from: assist({ state: 'acknowledged', acknowledgedAt: 1, clock: progress(seconds(605)) }),
      level: 1,
      dueAt: at + minutes(3),
    },
    {
      name: 'of progress starts where its ladder had ended',
      from: without(assist({ state: 'dispatched', dispatchedAt: 1 })),
      level: 1,
      dueAt: at + minutes(3),
    },
  ];
  test.each(rows)('$name', ({ from, level, dueAt }) => {
    expect(clockOf(from, toEmergency)).toEqual({ name: from.state === 'open' ? 'acknowledge' : 'progress', level, startedAt: at, dueAt });
  });

  test('goes on as it ran where the same policy fits the raised call', () => {
    const clock = acknowledge(2, seconds(30));
    expect(clockOf(incident({ clock }), toDuress, seconds(29))).toEqual(clock);
  });

  test('stays stopped once officers are there', () =>
    expect(clockOf({ ...arrived(), kind: 'assist', priority: 2 }, toEmergency)).toBeUndefined());

  test('comes nearer too when a second sensor makes a calm call urgent', () => {
    const seen = { kind: 'intrusion', priority: 2, clock: acknowledge(1, seconds(90)) } as const;
    expect(clockOf(incident(seen), { type: 'confirmed', by: 'cam-2' })?.dueAt).toBe(at + seconds(15));
  });
});

describe('whom a raise calls', () => {
  const ordered = (from: Incident, unitIds: readonly string[]) => {
    const orders = unitIds.map((unitId) => ({ ...sent, id: unitId, unitId }));
    return step(from, toDuress, { ...world, orders }, at).effects.flatMap((effect) =>
      effect.type === 'order' ? [effect.choice.unitId] : [],
    );
  };

  test('is what the raised call asks for, not what the first one did', () => {
    expect(ordered(assist(), ['car-1'])).toEqual(['officer', 'car-2', 'car-3']);
  });

  test('is nobody who was called before, the community officer neither', () => {
    expect(ordered(incident(), ['officer', 'car-1', 'car-2'])).toEqual(['car-3', 'car-4']);
  });

  test('is nobody when nothing is raised', () => {
    const same = incident();
    expect(step(same, { ...toEmergency, to: 2, kind: 'assist' }, world, at)).toEqual({ incident: same, entries: [], effects: [] });
  });
});

test('a noisy call that turns into duress is silent from then on: no receipt for whatever follows', () => {
  const raised = step(incident(), toDuress, world, at);
  expect(raised.incident).toMatchObject({ kind: 'duress', silent: true });
  const orders = [sent];
  const acknowledged = step(raised.incident, { type: 'acknowledged', by: 'wang' }, { ...world, orders }, at);
  const moved = step(acknowledged.incident, answer('sent', 'arrived'), { ...world, orders }, at);
  const closed = step(moved.incident, { type: 'closed', by: 'wang', disposition: 'genuine' }, { ...world, orders }, at);
  for (const done of [raised, acknowledged, moved, closed]) expect(said(done).effects).not.toContain('receipt');
});
