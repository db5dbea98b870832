import { expect, test } from 'vitest';
import { inTurn, oneByOne } from './in-turn.ts';

test('news that comes during a question causes one more, and never ends the one that runs', async () => {
  const answers: (() => void)[] = [];
  const follow = inTurn(() => new Promise((resolve) => void answers.push(resolve)));
  const done = follow();
  follow();
  follow();
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.();
  await done;
  expect(answers).toHaveLength(2);
});

test('a question that fails does not end the following', async () => {
  let asked = 0;
  const follow = inTurn(async () => {
    asked += 1;
    if (asked === 1) throw new Error('no answer');
  });
  await expect(follow()).rejects.toThrow('no answer');
  await follow();
  expect(asked).toBe(2);
});

test('each question waits for the one before, also where that fails', async () => {
  const turn = oneByOne();
  const first = Promise.withResolvers<string>();
  const asked: string[] = [];
  const one = turn(() => {
    asked.push('one');
    return first.promise;
  });
  const two = turn(async () => asked.push('two'));
  await expect.poll(() => asked).toEqual(['one']);
  first.reject(new Error('no answer'));
  await expect(one).rejects.toThrow('no answer');
  await two;
  expect(asked).toEqual(['one', 'two']);
});
