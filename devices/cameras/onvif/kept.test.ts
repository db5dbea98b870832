import { expect, test } from 'vitest';
import { kept } from './kept.ts';

const minutes = (count: number): number => count * 60_000;

/** A camera that answers when the test says so, with the number of the question. */
function asking() {
  let now = 0;
  const questions: { readonly answer: () => void; readonly fail: () => void; readonly signal: AbortSignal }[] = [];
  const memory = kept(
    () => now,
    (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const number = questions.length + 1;
      questions.push({ answer: () => resolve(number), fail: () => reject(new Error('busy')), signal });
      return promise;
    },
  );
  return {
    memory,
    questions,
    later: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('an answer serves for ten minutes, and one older at once while it is asked for anew', async () => {
  const { memory, questions, later } = asking();
  const first = memory.get();
  questions[0]?.answer();
  expect(await first).toBe(1);
  later(minutes(10) - 1);
  expect([await memory.get(), await memory.atOnce(), questions.length]).toEqual([1, 1, 1]);
  later(1);
  expect([await memory.atOnce(), questions.length]).toEqual([1, 2]);
  questions[1]?.answer();
  expect(await memory.get()).toBe(2);
});

test('who asks while a question is under way waits for its answer, or for its failure, and that is not kept', async () => {
  const { memory, questions } = asking();
  const both = Promise.allSettled([memory.get(), memory.get()]);
  questions[0]?.fail();
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = memory.get();
  expect(questions.length).toBe(2);
  questions[1]?.answer();
  expect(await again).toBe(2);
});

test('one who goes away takes nothing from the others; the last one ends the question', async () => {
  const { memory, questions } = asking();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = memory.get(one.signal);
  const second = memory.get(two.signal);
  one.abort(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  expect(questions.map(({ signal }) => signal.aborted)).toEqual([false]);
  two.abort(new Error('gone, too'));
  await expect(second).rejects.toThrow('gone, too');
  expect(questions.map(({ signal }) => signal.aborted)).toEqual([true]);
  const third = memory.get();
  expect(questions.length).toBe(2);
  questions[1]?.answer();
  expect(await third).toBe(2);
});

test('what was forgotten is asked anew', async () => {
  const { memory, questions } = asking();
  const first = memory.get();
  questions[0]?.answer();
  await first;
  memory.forget();
  const second = memory.get();
  questions[1]?.answer();
  expect(await second).toBe(2);
});
