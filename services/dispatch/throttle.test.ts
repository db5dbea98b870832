import { expect, test } from 'vitest';
import { minutes } from '../alarm/index.ts';
import { throttle } from './throttle.ts';

test('attempts are bounded in their window and free again after it', () => {
  const gate = throttle({ attempts: 2, window: minutes(1) });
  expect([gate.take('a', 0), gate.take('a', 10), gate.take('a', 20), gate.take('b', 20)]).toEqual([0, 0, 59_980, 0]);
  expect([gate.take('a', 59_999), gate.take('a', 60_000)]).toEqual([1, 0]);
});

test('an attempt that turned out well is taken back, and a proven key forgotten', () => {
  const gate = throttle({ attempts: 1, window: minutes(1) });
  gate.take('a', 0);
  gate.giveBack('a');
  expect(gate.take('a', 1)).toBe(0);
  expect(gate.take('a', 2)).toBeGreaterThan(0);
  gate.forgive('a');
  expect(gate.take('a', 3)).toBe(0);
});

test('made-up keys take no more memory than there is place for', () => {
  const gate = throttle({ attempts: 1, window: minutes(1) });
  for (let count = 0; count < 10_001; count += 1) gate.take(`key-${count}`, 0);
  expect(gate.take('key-0', 1)).toBe(0);
  expect(gate.take('key-10000', 1)).toBeGreaterThan(0);
});
