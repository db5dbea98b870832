import { expect, test } from 'vitest';
import { Attempt } from './attempt.ts';

const fight = { stop: 1, seen: { kind: 'fight', nearest: 2 } };

test('what failed and is asked again keeps its name', () => {
  const attempt = new Attempt();
  expect(attempt.nameOf(fight)).toBe(attempt.nameOf({ ...fight }));
  expect(attempt.nameOf(fight)).toMatch(/^[\da-f]{24}$/);
});

test.each([
  { of: 'another stop', said: { ...fight, stop: 2 } },
  { of: 'another kind', said: { ...fight, seen: { ...fight.seen, kind: 'theft' } } },
])('what is said of $of has a name of its own', ({ said }) => {
  const attempt = new Attempt();
  expect(attempt.nameOf(fight)).not.toBe(attempt.nameOf(said));
});

test('the same, seen again after the first was done, is another one', () => {
  const attempt = new Attempt();
  const first = attempt.nameOf(fight);
  attempt.done();
  expect(attempt.nameOf(fight)).not.toBe(first);
});
