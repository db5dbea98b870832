import { expect, test } from 'vitest';
import { stillSilent } from './silent.ts';

const told = { queue: 'urgent-pipeline', lane: 'urgent', since: '2026-01-01T00:00:00.000Z', told: 100 } as const;

test.each([
  ['in the second in which it is told', 100, 1],
  ['while two tellings are late', 140, 1],
  ['when it was not told for longer', 141, 0],
] as const)('a worker is said to be silent: %s', (_name, now, shown) => {
  expect(stillSilent([told], now)).toHaveLength(shown);
});
