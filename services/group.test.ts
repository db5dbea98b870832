import { expect, onTestFinished, test, vi } from 'vitest';
import { type GroupOptions, openGroup } from './group.ts';
import { manualClock } from './scenarios/manual-clock.ts';
import { quiet } from './store/testing.ts';

const away = new Error('the record is away');

const group = (
  write: GroupOptions<string, string>['write'],
  soon: GroupOptions<string, string>['soon'] = queueMicrotask,
  abreast?: number,
) =>
  openGroup<string, string>({
    ...(abreast === undefined ? {} : { abreast }),
    name: 'test',
    write,
    most: 3,
    soon,
    recordAway: (error) => error === away,
    log: quiet,
  });

test('what arrives while a commit runs shares the next one, in the order of arrival', async () => {
  const commits: (readonly string[])[] = [];
  const gate = Promise.withResolvers<void>();
  const it = group(async (items) => {
    commits.push(items);
    if (commits.length === 1) await gate.promise;
    return items.map((item) => `${item}!`);
  });
  const first = it.add('a');
  await Promise.resolve();
  const rest = ['b', 'c', 'd', 'e'].map((item) => it.add(item));
  gate.resolve();
  expect(await Promise.all([first, ...rest])).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
  expect(commits).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
});

test('an item that the record cannot take is refused alone', async () => {
  const it = group(async (items) => {
    if (items.includes('poison')) throw new Error('refused');
    return items;
  });
  const results = await Promise.allSettled(['a', 'poison', 'b'].map((item) => it.add(item)));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('when the record is away all are refused at once, without trying them one by one', async () => {
  let tries = 0;
  const it = group(async () => {
    tries += 1;
    throw away;
  });
  const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => it.add(item)));
  expect(results.every((result) => result.status === 'rejected')).toBe(true);
  expect(tries).toBe(1);
});

test('chatter waits for its commit, and everything that came meanwhile goes with it', async () => {
  const clock = manualClock();
  const commits: (readonly string[])[] = [];
  const it = group(
    async (items) => {
      commits.push(items);
      return items;
    },
    (commit) => void clock.after('rest', 20, commit),
  );
  const added = [it.add('a'), it.add('b')];
  await clock.advance(19);
  expect(commits).toEqual([]);
  await clock.advance(1);
  await Promise.all(added);
  expect(commits).toEqual([['a', 'b']]);
});

test('what has grown enough does not wait longer', async () => {
  const clock = manualClock();
  const commits: (readonly string[])[] = [];
  const it = openGroup<string, string>({
    name: 'test',
    write: async (items) => {
      commits.push(items);
      return items;
    },
    most: 10,
    enough: 3,
    soon: (commit) => void clock.after('rest', 20, commit),
    recordAway: () => false,
    log: quiet,
  });
  await Promise.all(['a', 'b', 'c', 'd'].map((item) => it.add(item)));
  expect(commits).toEqual([['a', 'b', 'c', 'd']]);
  const one = it.add('e');
  await clock.advance(20);
  expect(await one).toBe('e');
  expect(commits).toHaveLength(2);
});

test('where commits are slow a second runs beside the first, and no third', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const gates: PromiseWithResolvers<void>[] = [];
  const commits: (readonly string[])[] = [];
  const slow = async (items: readonly string[]) => {
    commits.push(items);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    return items;
  };
  const it = group(slow, queueMicrotask, 2);
  const added = [it.add('a')];
  await vi.advanceTimersByTimeAsync(10);
  added.push(it.add('b'));
  await vi.advanceTimersByTimeAsync(10);
  expect(commits).toEqual([['a']]);
  await vi.advanceTimersByTimeAsync(100);
  added.push(it.add('c'));
  await vi.advanceTimersByTimeAsync(100);
  expect(commits).toEqual([['a'], ['b']]);
  gates[1]?.resolve();
  await vi.advanceTimersByTimeAsync(1);
  expect(commits).toEqual([['a'], ['b'], ['c']]);
  for (const gate of gates) gate.resolve();
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.all(added)).toEqual(['a', 'b', 'c']);
});
