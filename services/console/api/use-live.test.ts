import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, onTestFinished, test } from 'vitest';
import { askAnew } from './use-live.ts';

/** Something shown whose question is answered by hand. */
function shown(client: QueryClient, key: string) {
  const answers: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ['shown', key],
    queryFn: () => new Promise<string>((resolve) => void answers.push(resolve)),
  });
  onTestFinished(observer.subscribe(() => undefined));
  return { answers, now: () => observer.getCurrentResult().data };
}

test('a question whose first answer is still on its way is asked once more, for that answer may be of before', async () => {
  const client = new QueryClient();
  const [one, other] = [shown(client, 'one'), shown(client, 'other')];
  other.answers[0]?.('there');
  await expect.poll(other.now).toBe('there');
  const done = askAnew(client, ['shown']);
  expect([one.answers.length, other.answers.length]).toEqual([1, 2]);
  one.answers[0]?.('of before');
  // It does not wait for what else is asked.
  await expect.poll(() => one.answers.length).toBe(2);
  one.answers[1]?.('of now');
  other.answers[1]?.('of now');
  await done;
  expect([one.now(), other.now()]).toEqual(['of now', 'of now']);
  expect([one.answers.length, other.answers.length]).toEqual([2, 2]);
});
