import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTurns } from './turns.ts';

test('work is done in order, a slice at a time, and news gets in between', async () => {
  let clock = 0;
  const turns = openTurns(() => clock);
  const done: number[] = [];
  for (let piece = 0; piece < 10; piece += 1) {
    turns.take(() => {
      clock += 0.4;
      done.push(piece);
    });
  }
  const after: number[] = [];
  while (done.length < 10) {
    await nextTurn();
    after.push(done.length);
  }
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(after).toEqual([3, 6, 9, 10]);
});

test('a long line is done in few turns, however slow the machine', async () => {
  let clock = 0;
  const turns = openTurns(() => clock);
  let done = 0;
  for (let piece = 0; piece < 800; piece += 1) {
    turns.take(() => {
      clock += 5;
      done += 1;
    });
  }
  await nextTurn();
  expect(done).toBe(100);
  for (let turn = 0; turn < 45; turn += 1) await nextTurn();
  expect(done).toBe(800);
});

test('work that makes more work has it done, and an empty line wakes again', async () => {
  const turns = openTurns(() => 0);
  const done: string[] = [];
  turns.take(() => {
    done.push('first');
    turns.take(() => void done.push('second'));
  });
  await nextTurn();
  expect(done).toEqual(['first', 'second']);
  turns.take(() => void done.push('third'));
  await nextTurn();
  expect(done).toEqual(['first', 'second', 'third']);
});
