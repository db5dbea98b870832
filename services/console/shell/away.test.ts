import { expect, test } from 'vitest';
import { stillAway } from './away.ts';

const told = { since: '2026-01-01T00:00:00.000Z', waiting: 2, sentFor: [], told: 100 };

test.each([
  ['in the second in which it is told', told, 'live', 100, true],
  ['five seconds later', told, 'live', 105, true],
  ['when it was not told for longer', told, 'live', 106, false],
  ['when the line is lost', told, 'lost', 101, false],
  ['while the line is not there yet', told, 'connecting', 101, false],
  ['when it was never told', undefined, 'live', 100, false],
] as const)('the record is said to be away: %s', (_name, away, line, now, said) => {
  expect(stillAway(away, line, now)).toBe(said ? away : undefined);
});
