import { expect, test } from 'vitest';
import type { Incident, IncidentInput } from './incident.ts';
import { step } from './step.ts';
import { incident, now, policy, pressed, said, situation } from './testing.ts';
import { minutes, seconds } from './time.ts';

const wang = { accountId: 'a', name: 'wang', since: now } as const;
const li = { accountId: 'b', name: 'li', since: now } as const;
const known = { acknowledgedAt: now, acknowledgedBy: 'wang', state: 'acknowledged' } as const;
const after = (input: IncidentInput, from: Incident = incident()) => step(from, input, situation(), now);
const taken = { type: 'taken', by: 'li', accountId: 'b' } as const;
const offer = { accountId: 'b', name: 'li', by: 'wang', at: now } as const;

test.each<[string, IncidentInput, Incident, string, Incident['holder']]>([
  ['who acknowledges has it', { type: 'acknowledged', by: 'wang', accountId: 'a' }, incident(), 'acknowledged', wang],
  ['a program that acknowledges does not', { type: 'acknowledged', by: 'key', ...{} }, incident(), 'acknowledged', undefined],
  [
    'who acknowledges second does not take it away',
    { type: 'acknowledged', by: 'li', accountId: 'b' },
    incident({ ...known, holder: wang }),
    'acknowledged:already-so',
    wang,
  ],
  [
    'who acknowledges after a program has it',
    { type: 'acknowledged', by: 'li', accountId: 'b' },
    incident(known),
    'acknowledged:already-so',
    li,
  ],
  ['who takes a call that nobody answered has answered it', taken, incident(), 'acknowledged', li],
  ['who takes what a program answered', taken, incident(known), 'taken:taken-up', li],
  ['who takes it from somebody', taken, incident({ ...known, holder: wang }), 'taken:taken-over', li],
  ['who takes what was offered', taken, incident({ ...known, holder: wang, offer }), 'taken:offer-accepted', li],
  [
    'the holder takes back what was offered',
    { ...taken, by: 'wang', accountId: 'a' },
    incident({ ...known, holder: wang, offer }),
    'taken:offer-withdrawn',
    wang,
  ],
  ['the holder takes it again', { ...taken, by: 'wang', accountId: 'a' }, incident({ ...known, holder: wang }), '', wang],
])('%s', (_name, input, from, entries, holder) => {
  const result = after(input, from);
  expect(said(result).entries).toBe(entries);
  expect(result.incident.holder).toEqual(holder);
  expect(result.incident.offer).toBeUndefined();
});

const progress = { name: 'progress', level: 1, startedAt: now, dueAt: now } as const;
const earlier = { ...known, acknowledgedAt: now - seconds(60), holder: wang, clock: progress } as const;

test.each<[string, Partial<Incident>, IncidentInput, number | undefined]>([
  ['pressed again after an answer', earlier, pressed, now],
  ['pressed once more: it waits since the first of them', { ...earlier, soundedAgainAt: now - 1 }, pressed, now - 1],
  ['pressed again after officers arrived', { ...earlier, state: 'arrived' }, pressed, now],
  ['pressed again before anybody answered', {}, pressed, undefined],
  ['information that does not sound', earlier, { ...pressed, sounds: false }, undefined],
  ['a sensor that sees more of what was answered', { ...earlier, kind: 'intrusion' }, pressed, undefined],
])('%s', (_name, from, input, since) => {
  expect(after(input, incident(from)).incident.soundedAgainAt).toBe(since);
});

test('a ladder that sounds again for what was answered and forgotten wants another answer', () => {
  const again = { ...policy, progress: [{ after: minutes(3), steps: ['sound-again'] }] } as const;
  const due = { type: 'level-due', clock: 'progress', level: 1, dueAt: now } as const;
  const result = step(incident(earlier), due, situation({ policyOf: () => again }), now);
  expect(result.incident.soundedAgainAt).toBe(now);
});

test.each<[string, IncidentInput, string]>([
  ['acknowledged again', { type: 'acknowledged', by: 'li', accountId: 'b' }, 'acknowledged:sounded-again'],
  ['taken over', taken, 'acknowledged:sounded-again, taken:taken-over'],
  [
    'units sent',
    { type: 'units-ordered', unitIds: ['car-1'], nearest: 0, by: 'li', accountId: 'b', request: 'r' },
    'acknowledged:sounded-again, ordered:named-by-operator',
  ],
  ['closed', { type: 'closed', by: 'li', disposition: 'genuine' }, 'closed'],
])('what sounded again is answered when it is %s; the first answer and the clock stay', (_name, input, entries) => {
  const result = after(input, incident({ ...earlier, soundedAgainAt: now - 1 }));
  expect(said(result).entries).toBe(entries);
  expect(result.incident).toMatchObject({ acknowledgedAt: now - seconds(60), acknowledgedBy: 'wang' });
  expect(result.incident).not.toHaveProperty('soundedAgainAt');
  if (input.type !== 'closed') expect(result.incident.clock).toEqual(progress);
  const twice = after({ type: 'acknowledged', by: 'li', accountId: 'b' }, result.incident);
  if (input.type !== 'closed') expect(said(twice).entries).toBe('acknowledged:already-so');
});

test('an offer leaves it with its holder, names both, and ends when the incident is closed', () => {
  const handed: IncidentInput = {
    type: 'handed-on',
    by: 'wang',
    accountId: 'a',
    to: { accountId: 'b', name: 'li' },
    note: '换班',
    anyway: false,
  };
  const offered = after(handed, incident({ ...known, holder: wang }));
  expect(offered.incident).toMatchObject({ holder: wang, offer });
  expect(offered.entries).toEqual([{ kind: 'handed-on', by: 'wang', data: { to: 'b', person: 'li', note: '换班' } }]);
  const closed = after({ type: 'closed', by: 'wang', disposition: 'genuine' }, offered.incident);
  expect(closed.incident.offer).toBeUndefined();
  expect(closed.incident.holder).toEqual(wang);
});

test('who takes it from whom, and why, is on the timeline', () => {
  expect(after({ ...taken, reason: '王正在通话' }, incident({ ...known, holder: wang })).entries).toEqual([
    { kind: 'taken', reason: 'taken-over', by: 'li', data: { to: 'b', from: 'a', holder: 'wang', note: '王正在通话' } },
  ]);
});

test('whoever sends units has it', () => {
  const sent = after({ type: 'units-ordered', unitIds: ['car-1'], nearest: 0, by: 'wang', accountId: 'a', request: 'r' });
  expect(sent.incident.holder).toEqual(wang);
});

test('a step is ticked once, taken back once, and told with its words', () => {
  const tick = (done: boolean, from: Incident) =>
    after({ type: 'step', by: 'wang', stepId: 'look', step: { zh: '看', en: 'look' }, done }, from);
  const done = tick(true, incident());
  expect(done.entries).toEqual([
    { kind: 'step', reason: 'step-done', by: 'wang', data: { stepId: 'look', step: { zh: '看', en: 'look' } } },
  ]);
  expect(done.incident.ticks).toEqual({ look: { by: 'wang', at: now } });
  expect(tick(true, done.incident).entries).toEqual([]);
  const undone = tick(false, done.incident);
  expect(said(undone).entries).toBe('step:step-undone');
  expect(undone.incident.ticks).toEqual({});
  expect(tick(false, undone.incident).entries).toEqual([]);
});
