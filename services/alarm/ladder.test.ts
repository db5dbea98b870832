import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../config/policies/load.ts';
import { type EscalationPolicy, policyFor, type World } from './escalate.ts';
import type { Effect, Entry, Incident, IncidentInput, Step } from './incident.ts';
import type { Answer, Unit, UnitStatus } from './orders.ts';
import type { Priority } from './sort.ts';
import { step } from './step.ts';
import { incident, now, policy, situation, without } from './testing.ts';
import { hours, type Instant, seconds } from './time.ts';

const folder = join(import.meta.dirname, '../../config/policies');
const shipped = loadPolicies({ sorting: join(folder, 'sorting.yaml'), escalation: join(folder, 'escalation.yaml') }).escalation;

const unit = (id: string, metres: number, status: UnitStatus = 'available'): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId: 's1',
  gridIds: [],
  status,
  bearers: 1,
  position: { lat: 30 + metres / 111_195, lon: 120, at: 0 },
});
const world: Omit<World, 'orders'> = {
  policyOf: (face) => policyFor(shipped, face, undefined),
  procedureOf: () => undefined,
  units: [unit('car-1', 100), unit('car-2', 200), unit('car-3', 300), unit('officer', 5000), unit('leader', 9000, 'busy')],
  scene: { point: { lat: 30, lon: 120 } },
  communityOfficer: 'officer',
  dutyLeader: 'leader',
};

const heldBy = (unitId: string) => ({ id: `o-${unitId}`, unitId, state: 'sent' as const, automatic: true });

interface Life {
  incident: Incident;
  orders: World['orders'];
  now: Instant;
  readonly said: { at: Instant; entries: readonly Entry[]; effects: readonly Effect[] }[];
  readonly caller?: string;
}
function say(life: Life, input: IncidentInput): void {
  const { incident, orders, now: at, caller } = life;
  const done = step(incident, input, { ...world, orders, ...(caller === undefined ? {} : { caller }) }, at);
  life.incident = done.incident;
  life.said.push({ at, ...done });
  for (const effect of done.effects) if (effect.type === 'order') life.orders = [...life.orders, heldBy(effect.choice.unitId)];
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

describe('a ladder that changes under an incident', () => {
  const short: EscalationPolicy = { ...policy, id: 'short', acknowledge: [{ after: seconds(5), steps: ['bureau-desk'] }] };
  const top = { name: 'acknowledge', level: 2, startedAt: now - seconds(30), dueAt: now } as const;
  const told = ({ effects }: Step) => effects.flatMap((effect) => (effect.type === 'tell' ? [effect.whom] : []));

  test('the policy was made shorter while the clock ran: whom its top names is told', () => {
    const due = { type: 'level-due', clock: 'acknowledge', level: 2, dueAt: now } as const;
    const done = step(incident({ clock: top }), due, situation({ policyOf: () => short }), now);
    expect(told(done)).toEqual(['bureau-desk']);
    expect(done.incident.clock).toBeUndefined();
  });

  test('a second sensor confirms a call whose ladder had ended: it climbs the one that its new priority stands under', () => {
    const policyOf: World['policyOf'] = ({ priority }) => (priority === 1 ? short : policy);
    const over = without(incident({ priority: 2 }));
    const confirmed = step(over, { type: 'confirmed', by: 'cam-1' }, situation({ policyOf }), now).incident;
    expect(confirmed).toMatchObject({ priority: 1, clock: { name: 'acknowledge', level: 1, dueAt: now + seconds(5) } });
    expect(step(over, { type: 'confirmed', by: 'cam-1' }, situation(), now).incident.clock).toBeUndefined();
  });
});
