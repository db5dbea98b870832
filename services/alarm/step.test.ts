import { describe, expect, test } from 'vitest';
import type { EscalationPolicy, Situation } from './escalate.ts';
import { dispositions, type Effect, type Entry, type Incident, type IncidentInput, type Step } from './incident.ts';
import type { OrderState, Unit } from './orders.ts';
import { step } from './step.ts';
import { minutes, seconds } from './time.ts';

const now = minutes(60);
const policy: EscalationPolicy = {
  id: 'test',
  atOnce: { communityOfficer: false, nearest: 1 },
  acknowledge: [
    { after: seconds(15), steps: ['sound-again', 'next-unit'] },
    { after: seconds(30), steps: ['duty-leader', 'supervisor', 'bureau-desk'] },
  ],
  progress: [{ after: minutes(3), steps: ['supervisor'] }],
  order: { delivered: seconds(10), accepted: seconds(30), expires: minutes(30), most: 3 },
};
const unit = (id: string, change: Partial<Unit> = {}): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId: 's1',
  gridIds: [],
  status: 'available',
  bearers: 1,
  ...change,
});
const situation = (change: Partial<Situation> = {}): Situation => ({
  policy,
  units: [unit('car-1'), unit('car-2'), unit('car-3'), unit('leader', { status: 'busy' })],
  orders: [],
  scene: {},
  dutyLeader: 'leader',
  ...change,
});
const running = { name: 'acknowledge', level: 1, startedAt: now - seconds(15), dueAt: now } as const;
const incident = (change: Partial<Incident> = {}): Incident => ({
  id: 'i1',
  number: 17,
  kind: 'emergency',
  priority: 1,
  state: 'open',
  silent: false,
  confirmed: false,
  exercise: false,
  openedAt: now - seconds(15),
  clock: running,
  ...change,
});
const ended = (): Incident => {
  const { clock: _none, ...rest } = incident({ state: 'closed', closedAt: now, disposition: 'genuine' });
  return rest;
};
const arrived = (): Incident => ({ ...ended(), state: 'arrived', arrivedAt: now });

const toldEntry = ({ kind, reason }: Entry): string => (reason ? `${kind}:${reason}` : kind);
function toldEffect(effect: Effect): string {
  switch (effect.type) {
    case 'order':
      return `order ${effect.choice.unitId} ${effect.automatic ? '' : 'by hand '}${effect.cause}`;
    case 'order-state':
      return `order-state ${effect.orderId} ${effect.state}`;
    case 'await':
      return `await ${effect.clock} ${(effect.dueAt - now) / 1000} s`;
    case 'next-bearer':
      return `next-bearer ${effect.orderId}`;
    case 'tell':
      return `tell ${effect.whom}`;
    default:
      return effect.type;
  }
}
const said = ({ entries, effects }: Step) => ({
  entries: entries.map(toldEntry).join(', '),
  effects: effects.map(toldEffect).join(', '),
});
const order = { orderId: 'o1', unitId: 'car-1' } as const;
const sent = { id: 'o1', unitId: 'car-1', state: 'sent', automatic: true } as const;
const opened = { type: 'opened', sorted: 'press-emergency', placed: 'first-of-its-device', by: 'key-a' } as const;
const due = (clock: 'delivered' | 'accepted' | 'expires', state: OrderState, bearersLeft = 0): IncidentInput => ({
  type: 'order-due',
  ...order,
  state,
  clock,
  bearersLeft,
  dueAt: now,
});
const answer = (state: OrderState, told: Extract<IncidentInput, { type: 'order-answered' }>['answer']): IncidentInput => ({
  type: 'order-answered',
  ...order,
  state,
  answer: told,
});
const lost = (bearersLeft: number, final: boolean, state: OrderState = 'sent'): IncidentInput => ({
  type: 'order-undeliverable',
  ...order,
  state,
  bearersLeft,
  final,
  why: 'radio refused',
});
const held = situation({ orders: [sent] });
const nobody = situation({ units: [] });
const full = situation({ orders: ['a', 'b', 'c'].map((unitId) => ({ ...sent, id: unitId, unitId })) });
const idle = situation({ policy: { ...policy, atOnce: { communityOfficer: false, nearest: 0 } } });
const level = (clock: 'acknowledge' | 'progress', number: number): IncidentInput => ({
  type: 'level-due',
  clock,
  level: number,
  dueAt: now,
});
const acknowledged: IncidentInput = { type: 'acknowledged', by: 'wang' };
const confirmed: IncidentInput = { type: 'confirmed', by: 'cam-1' };
const pressed = {
  type: 'signalled',
  sorted: 'press-emergency',
  placed: 'repeat-of-one-device',
  by: 'key-a',
  what: 'press',
  sounds: true,
} as const;
const moved: IncidentInput = {
  ...pressed,
  sorted: 'information-only',
  placed: 'informs-open-incident-of-site',
  what: 'motion',
  sounds: false,
};
const asked = (nearest: number, ...unitIds: string[]): IncidentInput => ({
  type: 'units-ordered',
  unitIds,
  nearest,
  by: 'wang',
  request: 'r1',
});
const withdrawn = (state: OrderState): IncidentInput => ({ type: 'order-cancelled', ...order, state, by: 'wang' });
const wentOut = (state: OrderState): IncidentInput => ({ type: 'order-sent', ...order, state });
const leading = situation({
  policy: { ...policy, acknowledge: [{ after: seconds(15), steps: ['duty-leader', 'next-unit'] }] },
  dutyLeader: 'car-1',
});
const second = incident({ clock: { ...running, level: 2 } });

/** Name, input, entries, effects; then what was known and the incident, where they matter. */
type Row = readonly [name: string, input: IncidentInput, entries: string, effects: string, given?: Situation, from?: Incident];
const table: readonly Row[] = [
  ['opened', opened, 'opened:press-emergency, ordered:no-position', 'sound, order car-1 at-once:car-1, receipt'],
  ['opened, nobody to send', opened, 'opened:press-emergency, ordered:no-unit-available', 'sound, tell desk, receipt', nobody],
  ['opened under a policy that sends nobody', opened, 'opened:press-emergency', 'sound, receipt', idle],
  ['pressed again', pressed, 'signal:repeat-of-one-device', 'sound, receipt'],
  ['informed', moved, 'signal:informs-open-incident-of-site', ''],
  ['confirmed a second time', confirmed, '', '', held, incident({ confirmed: true })],
  ['linked', { type: 'linked', number: 18, reason: 'same-site-within-window' }, 'linked:same-site-within-window', ''],
  ['acknowledged', acknowledged, 'acknowledged', 'receipt'],
  ['acknowledged twice', acknowledged, 'acknowledged:already-so', '', held, incident({ acknowledgedAt: now })],
  [
    'first level due',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:no-position',
    `tell desk, order car-1 level:acknowledge:${running.startedAt}:1:next-unit`,
  ],
  [
    'second level due',
    level('acknowledge', 2),
    'escalated:nobody-answered-in-time, ordered:duty-leader',
    `tell duty-leader, order leader level:acknowledge:${running.startedAt}:2:duty-leader, tell supervisor, tell bureau-desk`,
    situation(),
    second,
  ],
  [
    'level that calls a leader who is also the next unit',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:duty-leader, ordered:no-position',
    `tell duty-leader, order car-1 level:acknowledge:${running.startedAt}:1:duty-leader, order car-2 level:acknowledge:${running.startedAt}:1:next-unit`,
    leading,
  ],
  ['level that already ran', level('acknowledge', 1), '', '', situation(), second],
  ['level of a clock that was answered', level('acknowledge', 1), '', '', held, incident({ clock: { ...running, name: 'progress' } })],
  ['level after arrival', level('progress', 1), '', '', held, arrived()],
  ['level after closing', level('acknowledge', 1), '', '', held, ended()],
  [
    'level with the limit reached',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:no-unit-available',
    'tell desk, tell desk',
    full,
  ],
  ['order sent', wentOut('queued'), 'order:climbed', 'order-state o1 sent', held],
  ['order sent twice', wentOut('sent'), '', '', held],
  ['order sent after its answer', wentOut('read'), '', '', held],
  ['not delivered, a bearer left', due('delivered', 'sent', 1), 'order:unit-silent', 'next-bearer o1', held],
  ['not delivered', due('delivered', 'sent'), 'order:unit-silent, ordered:no-position', 'order car-2 instead-of:o1', held],
  ['delivered in time', due('delivered', 'delivered'), '', '', held],
  ['not accepted', due('accepted', 'read', 1), 'order:unit-has-not-accepted, ordered:no-position', 'order car-2 instead-of:o1', held],
  ['not accepted at the limit', due('accepted', 'read'), 'order:unit-has-not-accepted, ordered:no-unit-available', 'tell desk', full],
  ['not accepted after closing', due('accepted', 'read'), 'order:unit-has-not-accepted', '', held, ended()],
  ['accepted in time', due('accepted', 'accepted'), '', '', held],
  ['expired', due('expires', 'sent'), 'order:order-expired', 'order-state o1 expired', held],
  ['on the way when it would expire', due('expires', 'en-route'), '', '', held],
  ['a bearer failed, another left', lost(1, true), 'order:bearer-failed', 'next-bearer o1', held],
  ['a radio that is off, no bearer left', lost(0, false), 'order:no-bearer-left', '', held],
  ['failed', lost(0, true), 'order:no-bearer-left, ordered:no-position', 'order-state o1 failed, order car-2 instead-of:o1', held],
  ['failed twice', lost(0, true, 'failed'), '', '', held],
  ['failed though accepted', lost(0, true, 'accepted'), '', '', held],
  ['delivered', answer('sent', 'delivered'), 'order:climbed', 'order-state o1 delivered, await accepted 30 s', held],
  ['accepted', answer('sent', 'accepted'), 'order:climbed', 'order-state o1 accepted, receipt', held],
  ['arrived', answer('en-route', 'arrived'), 'order:climbed', 'order-state o1 arrived, receipt', held],
  [
    'declined',
    answer('read', 'declined'),
    'order:climbed, order:unit-declined, ordered:no-position',
    'order-state o1 declined, order car-2 instead-of:o1',
    held,
  ],
  ['declined after closing', answer('read', 'declined'), 'order:climbed, order:unit-declined', 'order-state o1 declined', held, ended()],
  ['withdrawn', withdrawn('accepted'), 'order:order-withdrawn', 'order-state o1 cancelled', held],
  ['withdrawn too late', withdrawn('declined'), '', '', held],
  ['ordered by name, though busy', asked(0, 'leader'), 'ordered:named-by-operator', 'order leader by hand r1:leader'],
  [
    'ordered two more beyond the limit',
    asked(2),
    'ordered:no-position, ordered:no-position',
    'order car-1 by hand r1:car-1, order car-2 by hand r1:car-2',
    full,
  ],
  ['ordered more than there are', asked(3), 'ordered:no-unit-available', 'tell desk', nobody],
  ['broadcast', { type: 'broadcast-requested', by: 'wang', loudspeakers: 2, text: 'leave' }, 'broadcast:asked-by-operator', ''],
  ['noted after closing', { type: 'noted', by: 'wang', note: 'called back' }, 'note', '', held, ended()],
];

describe('what happens, and why', () => {
  const named = table.map(([name, input, entries, effects, given, from]) => ({ name, input, entries, effects, given, from }));
  test.each(named)('$name', ({ input, entries, effects, given = situation(), from = incident() }) => {
    expect(said(step(from, input, given, now))).toEqual({ entries, effects });
  });
});

describe('the incident after it', () => {
  const progress = { name: 'progress', level: 1, startedAt: now, dueAt: now + minutes(3) } as const;
  const first = { name: 'acknowledge', level: 1, startedAt: now, dueAt: now + seconds(15) } as const;
  const duress = { type: 'raised', to: 1, kind: 'duress', silent: true, by: 'key-a' } as const;
  const assist = { type: 'raised', to: 2, kind: 'assist', silent: false, by: 'key-a' } as const;
  const rows: readonly (readonly [name: string, input: IncidentInput, becomes: Partial<Incident>, from?: Incident])[] = [
    ['opened: the first level is armed', opened, { state: 'open', clock: first }],
    ['acknowledged: the clock of progress runs', acknowledged, { state: 'acknowledged', acknowledgedBy: 'wang', clock: progress }],
    ['level due: the next, from the same start', level('acknowledge', 1), { clock: { ...running, level: 2, dueAt: now + seconds(15) } }],
    ['accepted: dispatched, the clock of progress runs', answer('sent', 'accepted'), { state: 'dispatched', clock: progress }],
    ['en route at once: dispatched', answer('sent', 'en-route'), { state: 'dispatched', dispatchedAt: now }],
    ['accepted after its order expired: believed', answer('expired', 'accepted'), { state: 'dispatched' }],
    ['accepted a cancelled order: nothing', answer('cancelled', 'accepted'), { state: 'open', clock: running }],
    ['delivered: still open', answer('sent', 'delivered'), { state: 'open', clock: running }],
    ['accepted by a second unit after arrival: arrived', answer('sent', 'accepted'), { state: 'arrived' }, arrived()],
    ['arrived after closing: still closed', answer('en-route', 'arrived'), ended(), ended()],
    ['confirmed: one step more urgent', confirmed, { confirmed: true, priority: 2 }, incident({ priority: 3 })],
    ['raised to duress', duress, { kind: 'duress', priority: 1, silent: true }, incident({ kind: 'assist', priority: 2 })],
    ['told of less: silent and urgent', assist, { kind: 'duress', priority: 1, silent: true }, incident({ kind: 'duress', silent: true })],
  ];
  const named = rows.map(([name, input, becomes, from]) => ({ name, input, becomes, from }));
  test.each(named)('$name', ({ input, becomes, from = incident() }) => {
    expect(step(from, input, held, now).incident).toMatchObject(becomes);
  });

  test('arrival stops the clock and keeps the first instant', () => {
    const here = step(incident(), answer('en-route', 'arrived'), held, now).incident;
    expect(here).not.toHaveProperty('clock');
    expect(step(here, answer('en-route', 'arrived'), held, now + 1).incident.arrivedAt).toBe(now);
  });

  test('the last level leaves no clock', () => {
    expect(step(second, level('acknowledge', 2), situation(), now).incident).not.toHaveProperty('clock');
  });

  test.each(dispositions)('closed as %s: pending orders end, officers on the way are left to finish', (disposition) => {
    const orders = (['queued', 'read', 'accepted', 'declined'] as const).map((state) => ({ ...sent, id: state, state }));
    const done = step(incident(), { type: 'closed', by: 'wang', disposition }, situation({ orders }), now);
    expect(done.incident).toMatchObject({ state: 'closed', closedAt: now, disposition });
    expect(done.incident).not.toHaveProperty('clock');
    expect(said(done)).toEqual({
      entries: disposition === 'non-police' ? 'closed:handed-to-12345' : 'closed',
      effects: 'order-state queued cancelled, order-state read cancelled, receipt',
    });
  });

  test('an input that no version knew is named, not swallowed', () => {
    expect(() => step(incident(), { type: 'forgotten' } as never, situation(), now)).toThrow(/no case for/);
  });
});
