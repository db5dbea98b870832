import { describe, expect, test } from 'vitest';
import { dispositions, type Incident, type IncidentInput } from './incident.ts';
import { step } from './step.ts';
import {
  answer,
  arrived,
  ended,
  full,
  held,
  incident,
  named,
  now,
  opened,
  pressed,
  type Row,
  running,
  said,
  sent,
  situation,
  under,
  withdrawn,
  without,
} from './testing.ts';
import { minutes, seconds } from './time.ts';

const nobody = situation({ units: [] });
const idle = situation(under({ atOnce: { communityOfficer: false, nearest: 0 } }));
const four = situation(under({ atOnce: { communityOfficer: false, nearest: 4 } }));
const level = (clock: 'acknowledge' | 'progress', number: number, dueAt = now): IncidentInput => ({
  type: 'level-due',
  clock,
  level: number,
  dueAt,
});
const acknowledged: IncidentInput = { type: 'acknowledged', by: 'wang' };
const confirmed: IncidentInput = { type: 'confirmed', by: 'cam-1' };
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
const leading = situation({
  ...under({ acknowledge: [{ after: seconds(15), steps: ['duty-leader', 'next-unit'] }] }),
  dutyLeader: 'car-1',
});
const following = situation({
  ...under({ acknowledge: [{ after: seconds(15), steps: ['next-unit', 'duty-leader'] }] }),
  dutyLeader: 'car-1',
});
const second = incident({ clock: { ...running, level: 2 } });
const table: readonly Row[] = [
  ['opened', opened, 'opened:press-emergency, ordered:no-position', 'sound, order car-1 at-once:car-1, receipt'],
  ['opened, nobody to send', opened, 'opened:press-emergency, ordered:no-unit-available', 'sound, tell desk, receipt', nobody],
  [
    'opened, one unit fewer than wanted',
    opened,
    'opened:press-emergency, ordered:no-position, ordered:no-position, ordered:no-position, ordered:no-unit-available',
    'sound, order car-1 at-once:car-1, order car-2 at-once:car-2, order car-3 at-once:car-3, tell desk, receipt',
    four,
  ],
  ['opened under a policy that sends nobody', opened, 'opened:press-emergency', 'sound, receipt', idle],
  ['pressed again', pressed, 'signal:repeat-of-one-device', 'sound, receipt'],
  ['pressed again under duress', pressed, 'signal:repeat-of-one-device', 'sound', held, incident({ silent: true })],
  ['informed', moved, 'signal:informs-open-incident-of-site', ''],
  ['confirmed a second time', confirmed, '', '', held, incident({ confirmed: true })],
  ['linked', { type: 'linked', number: 18, reason: 'same-site-within-window' }, 'linked:same-site-within-window', ''],
  ['acknowledged', acknowledged, 'acknowledged', 'receipt'],
  ['acknowledged under duress', acknowledged, 'acknowledged', '', held, incident({ silent: true })],
  ['acknowledged twice', acknowledged, 'acknowledged:already-so', '', held, incident({ acknowledgedAt: now })],
  [
    'first level due',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:no-position',
    `tell desk, sound, order car-1 level:acknowledge:${now}:1:next-unit`,
  ],
  [
    'second level due',
    level('acknowledge', 2),
    'escalated:nobody-answered-in-time, ordered:duty-leader',
    `tell duty-leader, order leader level:acknowledge:${now}:2:duty-leader, tell supervisor, tell bureau-desk`,
    situation(),
    second,
  ],
  [
    'level that calls a leader who is also the next unit',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:duty-leader, ordered:no-position',
    `tell duty-leader, order car-1 level:acknowledge:${now}:1:duty-leader, order car-2 level:acknowledge:${now}:1:next-unit`,
    leading,
  ],
  [
    'level that calls the next unit, who is also the leader',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:no-position',
    `order car-1 level:acknowledge:${now}:1:next-unit, tell duty-leader`,
    following,
  ],
  ['level of a clock that was started anew', level('acknowledge', 1, now - 1), '', ''],
  ['level that already ran', level('acknowledge', 1), '', '', situation(), second],
  ['level of a clock that was answered', level('acknowledge', 1), '', '', held, incident({ clock: { ...running, name: 'progress' } })],
  ['level after arrival', level('progress', 1), '', '', held, arrived()],
  ['level after closing', level('acknowledge', 1), '', '', held, ended()],
  [
    'level with the limit reached',
    level('acknowledge', 1),
    'escalated:nobody-answered-in-time, ordered:no-unit-available',
    'tell desk, sound, tell desk',
    full,
  ],
  [
    'ordered by name, though busy: an answer to the call',
    asked(0, 'leader'),
    'acknowledged, ordered:named-by-operator',
    'receipt, order leader by hand r1:leader',
  ],
  [
    'ordered by name twice in one breath',
    asked(1, 'car-1', 'car-1'),
    'ordered:named-by-operator, ordered:no-position',
    'order car-1 by hand r1:car-1, order car-2 by hand r1:car-2',
    situation(),
    incident({ acknowledgedAt: now }),
  ],
  [
    'ordered two more beyond the limit',
    asked(2),
    'acknowledged, ordered:no-position, ordered:no-position',
    'receipt, order car-1 by hand r1:car-1, order car-2 by hand r1:car-2',
    full,
  ],
  ['ordered more than there are', asked(3), 'acknowledged, ordered:no-unit-available', 'receipt, tell desk', nobody],
  ['broadcast', { type: 'broadcast-requested', by: 'wang', loudspeakers: 2, text: 'leave' }, 'broadcast:asked-by-operator', ''],
  ['noted after closing', { type: 'noted', by: 'wang', note: 'called back' }, 'note', '', held, ended()],
];

describe('what happens, and why', () => {
  test.each(named(table))('$name', ({ input, entries, effects, given, from }) => {
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
    ['acknowledged after the last level: the clock of progress runs', acknowledged, { clock: progress }, without(incident())],
    ['units ordered: answered', asked(0, 'leader'), { state: 'acknowledged', acknowledgedBy: 'wang', clock: progress }],
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
  const after = rows.map(([name, input, becomes, from]) => ({ name, input, becomes, from }));
  test.each(after)('$name', ({ input, becomes, from = incident() }) => {
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
      entries: `${disposition === 'non-police' ? 'closed:handed-to-12345' : 'closed'}, order:incident-closed, order:incident-closed`,
      effects: 'order-state queued cancelled, order-state read cancelled, receipt',
    });
  });

  const late: readonly IncidentInput[] = [opened, { ...duress, kind: 'x' }, confirmed, acknowledged, asked(1, 'car-1'), withdrawn('sent')];
  test.each([...late, { type: 'closed', by: 'wang', disposition: 'test' } as const])('a closed incident is not moved: $type', (input) => {
    const shut = { ...ended(), priority: 3 } as const;
    expect(step(shut, input, situation(), now)).toEqual({ incident: shut, entries: [], effects: [] });
  });

  test('an input that no version knew is named, not swallowed', () => {
    expect(() => step(incident(), { type: 'forgotten' } as never, situation(), now)).toThrow(/no case for/);
  });
});

test('a clock that is started anew at the very instant at which it was due calls another unit when it is due again', () => {
  const level = (startedAt: number, dueAt: number) => {
    const from = incident({ clock: { name: 'acknowledge', level: 1, startedAt, dueAt } });
    const { effects } = step(from, { type: 'level-due', clock: 'acknowledge', level: 1, dueAt }, situation(), dueAt);
    return effects.flatMap((effect) => (effect.type === 'order' ? [effect.cause] : []));
  };
  const [early, late] = [level(now, now), level(now, now + seconds(15))];
  expect([early, late].map((causes) => causes.length)).toEqual([1, 1]);
  expect(early).not.toEqual(late);
});
