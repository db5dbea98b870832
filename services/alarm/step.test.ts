import { describe, expect, test } from 'vitest';
import type { EscalationPolicy, Situation } from './escalate.ts';
import { dispositions, type Effect, type Entry, type Incident, type IncidentInput, incidentStates, type Step } from './incident.ts';
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
const said = ({ entries, effects }: Step) => ({ entries: entries.map(toldEntry), effects: effects.map(toldEffect) });
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

interface Row {
  readonly name: string;
  readonly from?: Incident;
  readonly given?: Situation;
  readonly input: IncidentInput;
  readonly entries: readonly string[];
  readonly effects: readonly string[];
}
const held = situation({ orders: [sent] });
const nobody = situation({ units: [] });
const full = situation({ orders: ['a', 'b', 'c'].map((unitId) => ({ ...sent, id: unitId, unitId })) });

const table: readonly Row[] = [
  {
    name: 'opened',
    input: opened,
    entries: ['opened:press-emergency', 'ordered:no-position'],
    effects: ['sound', 'order car-1 at-once:car-1', 'receipt'],
  },
  {
    name: 'opened with nobody to send',
    given: nobody,
    input: opened,
    entries: ['opened:press-emergency', 'ordered:no-unit-available'],
    effects: ['sound', 'tell desk', 'receipt'],
  },
  {
    name: 'opened under a policy that sends nobody',
    given: situation({ policy: { ...policy, atOnce: { communityOfficer: false, nearest: 0 } } }),
    input: opened,
    entries: ['opened:press-emergency'],
    effects: ['sound', 'receipt'],
  },
  {
    name: 'pressed again',
    input: { type: 'signalled', sorted: 'press-emergency', placed: 'repeat-of-one-device', by: 'key-a', what: 'press', sounds: true },
    entries: ['signal:repeat-of-one-device'],
    effects: ['sound', 'receipt'],
  },
  {
    name: 'informed',
    input: {
      type: 'signalled',
      sorted: 'information-only',
      placed: 'informs-open-incident-of-site',
      by: 'cam-1',
      what: 'motion',
      sounds: false,
    },
    entries: ['signal:informs-open-incident-of-site'],
    effects: [],
  },
  {
    name: 'confirmed a second time',
    from: incident({ confirmed: true }),
    input: { type: 'confirmed', by: 'cam-1' },
    entries: [],
    effects: [],
  },
  {
    name: 'linked',
    input: { type: 'linked', number: 18, reason: 'same-site-within-window' },
    entries: ['linked:same-site-within-window'],
    effects: [],
  },
  { name: 'acknowledged', input: { type: 'acknowledged', by: 'wang' }, entries: ['acknowledged'], effects: ['receipt'] },
  {
    name: 'acknowledged twice',
    from: incident({ acknowledgedAt: now }),
    input: { type: 'acknowledged', by: 'li' },
    entries: ['acknowledged:already-so'],
    effects: [],
  },
  {
    name: 'first level due',
    input: { type: 'level-due', clock: 'acknowledge', level: 1, dueAt: now },
    entries: ['escalated:nobody-answered-in-time', 'ordered:no-position'],
    effects: ['tell desk', 'order car-1 level:acknowledge:1:next-unit'],
  },
  {
    name: 'second level due',
    from: incident({ clock: { ...running, level: 2 } }),
    input: { type: 'level-due', clock: 'acknowledge', level: 2, dueAt: now },
    entries: ['escalated:nobody-answered-in-time', 'ordered:duty-leader'],
    effects: ['tell duty-leader', 'order leader level:acknowledge:2:duty-leader', 'tell supervisor', 'tell bureau-desk'],
  },
  {
    name: 'a level that already ran',
    from: incident({ clock: { ...running, level: 2 } }),
    input: { type: 'level-due', clock: 'acknowledge', level: 1, dueAt: now },
    entries: [],
    effects: [],
  },
  {
    name: 'the level of a clock that was answered',
    from: incident({ clock: { ...running, name: 'progress' } }),
    input: { type: 'level-due', clock: 'acknowledge', level: 1, dueAt: now },
    entries: [],
    effects: [],
  },
  {
    name: 'a level after arrival',
    from: arrived(),
    input: { type: 'level-due', clock: 'progress', level: 1, dueAt: now },
    entries: [],
    effects: [],
  },
  {
    name: 'a level with the limit reached',
    given: full,
    input: { type: 'level-due', clock: 'acknowledge', level: 1, dueAt: now },
    entries: ['escalated:nobody-answered-in-time', 'ordered:no-unit-available'],
    effects: ['tell desk', 'tell desk'],
  },
  {
    name: 'order sent',
    given: held,
    input: { type: 'order-sent', ...order, state: 'queued' },
    entries: ['order:climbed'],
    effects: ['order-state o1 sent'],
  },
  { name: 'order sent twice', given: held, input: { type: 'order-sent', ...order, state: 'sent' }, entries: [], effects: [] },
  { name: 'order sent after its answer', given: held, input: { type: 'order-sent', ...order, state: 'read' }, entries: [], effects: [] },
  {
    name: 'not delivered, a bearer left',
    given: held,
    input: due('delivered', 'sent', 1),
    entries: ['order:unit-silent'],
    effects: ['next-bearer o1'],
  },
  {
    name: 'not delivered, no bearer left',
    given: held,
    input: due('delivered', 'sent'),
    entries: ['order:unit-silent', 'ordered:no-position'],
    effects: ['order car-2 instead-of:o1'],
  },
  { name: 'delivered in time', given: held, input: due('delivered', 'delivered'), entries: [], effects: [] },
  {
    name: 'not accepted',
    given: held,
    input: due('accepted', 'read', 1),
    entries: ['order:unit-has-not-accepted', 'ordered:no-position'],
    effects: ['order car-2 instead-of:o1'],
  },
  {
    name: 'not accepted with the limit reached',
    given: full,
    input: due('accepted', 'read'),
    entries: ['order:unit-has-not-accepted', 'ordered:no-unit-available'],
    effects: ['tell desk'],
  },
  {
    name: 'not accepted after closing',
    from: ended(),
    given: held,
    input: due('accepted', 'read'),
    entries: ['order:unit-has-not-accepted'],
    effects: [],
  },
  { name: 'accepted in time', given: held, input: due('accepted', 'accepted'), entries: [], effects: [] },
  { name: 'expired', given: held, input: due('expires', 'sent'), entries: ['order:order-expired'], effects: ['order-state o1 expired'] },
  { name: 'on the way when it would expire', given: held, input: due('expires', 'en-route'), entries: [], effects: [] },
  {
    name: 'a bearer failed, another left',
    given: held,
    input: lost(1, true),
    entries: ['order:bearer-failed'],
    effects: ['next-bearer o1'],
  },
  { name: 'a radio that is off, no bearer left', given: held, input: lost(0, false), entries: ['order:no-bearer-left'], effects: [] },
  {
    name: 'failed for good',
    given: held,
    input: lost(0, true),
    entries: ['order:no-bearer-left', 'ordered:no-position'],
    effects: ['order-state o1 failed', 'order car-2 instead-of:o1'],
  },
  { name: 'failed twice', given: held, input: lost(0, true, 'failed'), entries: [], effects: [] },
  { name: 'failed though accepted', given: held, input: lost(0, true, 'accepted'), entries: [], effects: [] },
  {
    name: 'delivered',
    given: held,
    input: answer('sent', 'delivered'),
    entries: ['order:climbed'],
    effects: ['order-state o1 delivered', 'await accepted 30 s'],
  },
  {
    name: 'accepted',
    given: held,
    input: answer('sent', 'accepted'),
    entries: ['order:climbed'],
    effects: ['order-state o1 accepted', 'receipt'],
  },
  {
    name: 'arrived',
    given: held,
    input: answer('en-route', 'arrived'),
    entries: ['order:climbed'],
    effects: ['order-state o1 arrived', 'receipt'],
  },
  {
    name: 'declined',
    given: held,
    input: answer('read', 'declined'),
    entries: ['order:climbed', 'order:unit-declined', 'ordered:no-position'],
    effects: ['order-state o1 declined', 'order car-2 instead-of:o1'],
  },
  {
    name: 'declined after closing',
    from: ended(),
    given: held,
    input: answer('read', 'declined'),
    entries: ['order:climbed', 'order:unit-declined'],
    effects: ['order-state o1 declined'],
  },
  {
    name: 'withdrawn',
    given: held,
    input: { type: 'order-cancelled', ...order, state: 'accepted', by: 'wang' },
    entries: ['order:order-withdrawn'],
    effects: ['order-state o1 cancelled'],
  },
  {
    name: 'withdrawn too late',
    given: held,
    input: { type: 'order-cancelled', ...order, state: 'declined', by: 'wang' },
    entries: [],
    effects: [],
  },
  {
    name: 'ordered by name, though busy',
    given: held,
    input: { type: 'units-ordered', unitIds: ['leader'], nearest: 0, by: 'wang', request: 'r1' },
    entries: ['ordered:named-by-operator'],
    effects: ['order leader by hand r1:leader'],
  },
  {
    name: 'ordered two more beyond the limit',
    given: full,
    input: { type: 'units-ordered', unitIds: [], nearest: 2, by: 'wang', request: 'r1' },
    entries: ['ordered:no-position', 'ordered:no-position'],
    effects: ['order car-1 by hand r1:car-1', 'order car-2 by hand r1:car-2'],
  },
  {
    name: 'ordered more than there are',
    given: nobody,
    input: { type: 'units-ordered', unitIds: [], nearest: 3, by: 'wang', request: 'r1' },
    entries: ['ordered:no-unit-available'],
    effects: ['tell desk'],
  },
  {
    name: 'broadcast',
    input: { type: 'broadcast-requested', by: 'wang', loudspeakers: 2, text: 'leave' },
    entries: ['broadcast:asked-by-operator'],
    effects: [],
  },
  { name: 'noted after closing', from: ended(), input: { type: 'noted', by: 'wang', note: 'called back' }, entries: ['note'], effects: [] },
];

describe('what happens, and why', () => {
  test.each(table)('$name', ({ from, given, input, entries, effects }) => {
    expect(said(step(from ?? incident(), input, given ?? situation(), now))).toEqual({ entries, effects });
  });
});

describe('the incident after it', () => {
  const progress = { name: 'progress', level: 1, startedAt: now, dueAt: now + minutes(3) };
  const rows: readonly { name: string; from?: Incident; input: IncidentInput; becomes: Partial<Incident> }[] = [
    {
      name: 'opened: the first level is armed',
      input: opened,
      becomes: { state: 'open', clock: { name: 'acknowledge', level: 1, startedAt: now, dueAt: now + seconds(15) } },
    },
    {
      name: 'acknowledged: the clock of progress runs',
      input: { type: 'acknowledged', by: 'wang' },
      becomes: { state: 'acknowledged', acknowledgedAt: now, acknowledgedBy: 'wang', clock: { ...progress, name: 'progress' } },
    },
    {
      name: 'first level due: the second is armed from the same start',
      input: { type: 'level-due', clock: 'acknowledge', level: 1, dueAt: now },
      becomes: { clock: { ...running, level: 2, dueAt: now + seconds(15) } },
    },
    {
      name: 'accepted: dispatched, and the clock of progress runs',
      input: answer('sent', 'accepted'),
      becomes: { state: 'dispatched', dispatchedAt: now, clock: { ...progress, name: 'progress' } },
    },
    { name: 'en route at once: dispatched', input: answer('sent', 'en-route'), becomes: { state: 'dispatched', dispatchedAt: now } },
    { name: 'accepted after its order expired: believed', input: answer('expired', 'accepted'), becomes: { state: 'dispatched' } },
    { name: 'accepted a cancelled order: nothing', input: answer('cancelled', 'accepted'), becomes: { state: 'open', clock: running } },
    { name: 'delivered: still open', input: answer('sent', 'delivered'), becomes: { state: 'open', clock: running } },
    {
      name: 'accepted by a second unit after arrival: still arrived',
      from: arrived(),
      input: answer('sent', 'accepted'),
      becomes: { state: 'arrived' },
    },
    { name: 'arrived after closing: still closed', from: ended(), input: answer('en-route', 'arrived'), becomes: ended() },
    {
      name: 'confirmed: one step more urgent',
      from: incident({ priority: 3 }),
      input: { type: 'confirmed', by: 'cam-1' },
      becomes: { confirmed: true, priority: 2 },
    },
    {
      name: 'raised from assist to duress',
      from: incident({ kind: 'assist', priority: 2 }),
      input: { type: 'raised', to: 1, kind: 'duress', silent: true, by: 'key-a' },
      becomes: { kind: 'duress', priority: 1, silent: true },
    },
    {
      name: 'told of less while silent: stays silent and urgent',
      from: incident({ kind: 'duress', silent: true }),
      input: { type: 'raised', to: 2, kind: 'assist', silent: false, by: 'key-a' },
      becomes: { kind: 'duress', priority: 1, silent: true },
    },
  ];
  test.each(rows)('$name', ({ from, input, becomes }) => {
    expect(step(from ?? incident(), input, held, now).incident).toMatchObject(becomes);
  });

  test('arrival stops the clock and keeps the first instant', () => {
    const first = step(incident(), answer('en-route', 'arrived'), held, now).incident;
    expect(first).not.toHaveProperty('clock');
    expect(step(first, answer('en-route', 'arrived'), held, now + 1).incident.arrivedAt).toBe(now);
  });

  test('the last level leaves no clock', () => {
    const last = incident({ clock: { ...running, level: 2 } });
    expect(step(last, { type: 'level-due', clock: 'acknowledge', level: 2, dueAt: now }, situation(), now).incident).not.toHaveProperty(
      'clock',
    );
  });

  test.each(dispositions)('closed as %s: pending orders end, officers on the way are left to finish', (disposition) => {
    const orders = (['queued', 'read', 'accepted', 'declined'] as const).map((state) => ({ ...sent, id: state, state }));
    const done = step(incident(), { type: 'closed', by: 'wang', disposition }, situation({ orders }), now);
    expect(done.incident).toMatchObject({ state: 'closed', closedAt: now, disposition });
    expect(done.incident).not.toHaveProperty('clock');
    expect(said(done).effects).toEqual(['order-state queued cancelled', 'order-state read cancelled', 'receipt']);
    expect(said(done).entries).toEqual([disposition === 'non-police' ? 'closed:handed-to-12345' : 'closed']);
  });

  test('an input that no version knew is named, not swallowed', () => {
    expect(() => step(incident(), { type: 'forgotten' } as never, situation(), now)).toThrow(/no case for/);
    expect(incidentStates.at(-1)).toBe('closed');
  });
});
