import { expect, test } from 'vitest';
import type { Dialect, Fact, Known } from '../../devices/driver.ts';
import { openRecall, type Remembered } from './recall.ts';

const device = { id: 'k1', kind: 'key', settings: {} } as const;
const fact = (count: number, of = 'button'): Fact => ({ type: 'press', active: true, data: {}, mark: { of, value: { count } } });

/** A dialect that takes the same count for a repeat and notes what it was told to know. */
function counting() {
  const known: (Known | undefined)[] = [];
  const dialect: Dialect<Record<string, unknown>> = {
    publishes: () => [],
    subscribes: () => [],
    decode: () => ({ outcome: 'nothing', reason: '' }),
    judge: (told, before) => {
      known.push(before);
      return before?.value['count'] === told.mark.value['count'] ? { outcome: 'repeat' } : { outcome: 'news', fact: told };
    },
  };
  return { dialect, known };
}

const recallOf = (load: () => Promise<readonly Remembered[]>) => {
  const clock = { at: 1000, now: () => clock.at };
  return { clock, recall: openRecall(clock, load) };
};

test('what the record holds is known from another line, and how long it has stood', async () => {
  const { dialect, known } = counting();
  const { clock, recall } = recallOf(async () => [{ mark: { of: 'button', value: { count: 3 } }, at: 400 }]);
  expect(await recall.judge(dialect, device, fact(3))).toEqual({ outcome: 'repeat' });
  clock.at = 1100;
  expect(await recall.judge(dialect, device, fact(4))).toMatchObject({ outcome: 'news' });
  clock.at = 1150;
  await recall.judge(dialect, device, fact(4));
  await recall.judge(dialect, device, fact(1, 'other'));
  expect(known).toEqual([
    { value: { count: 3 }, age: 600, quiet: 600, sameLine: false },
    { value: { count: 3 }, age: 700, quiet: 100, sameLine: true },
    { value: { count: 4 }, age: 50, quiet: 50, sameLine: true },
    undefined,
  ]);
});

test('messages that come while the record is asked are judged in the order in which they came', async () => {
  const { dialect } = counting();
  const { promise, resolve } = Promise.withResolvers<readonly Remembered[]>();
  let asked = 0;
  const { recall } = recallOf(() => {
    asked += 1;
    return promise;
  });
  const judged = Promise.all([1, 1, 2, 1].map((count) => recall.judge(dialect, device, fact(count))));
  resolve([]);
  expect((await judged).map(({ outcome }) => outcome)).toEqual(['news', 'repeat', 'news', 'news']);
  expect(asked).toBe(1);
});

test('while the record is away nothing is judged, and it is asked again', async () => {
  const { dialect } = counting();
  let away = true;
  const { recall } = recallOf(async () => {
    if (away) throw new Error('no record');
    return [];
  });
  await expect(recall.judge(dialect, device, fact(1))).rejects.toThrow('no record');
  away = false;
  expect(await recall.judge(dialect, device, fact(1))).toMatchObject({ outcome: 'news' });
});

test('a fact without a mark is news, and the record is not asked for it', async () => {
  const { dialect } = counting();
  const { recall } = recallOf(() => Promise.reject(new Error('asked')));
  expect(await recall.judge(dialect, device, { type: 'press', active: true, data: {} })).toMatchObject({ outcome: 'news' });
});
