import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { LiveEvent } from '../api/live.ts';
import type { Row } from './model.ts';
import { QueueKeeper } from './queue-keeper.ts';

interface Question {
  /** Undefined for everything that is open. */
  readonly ids: readonly string[] | undefined;
  answer(...rows: Row[]): void;
  fail(): void;
}

const row = (id: string, over: Partial<Row> = {}): Row => ({ id, state: 'open', priority: 1, siteName: 'Bank', ...over }) as Row;
const news = (verb: string, id: string, data: LiveEvent['data'] = {}): LiveEvent => ({
  ...{ id: '1', type: `baiying.incident.${verb}.v1`, subject: `incidents/${id}`, time: '2026-01-01T00:00:00.000Z' },
  data: { id, priority: 1, state: 'open', ...data },
});

let asked: Question[];
let tell: (event: LiveEvent) => void;
let client: QueryClient;
let shown: () => readonly Row[] | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const hearers = new Set<(event: LiveEvent) => void>();
  tell = (event) => {
    for (const hearer of hearers) hearer(event);
  };
  const put = (ids: readonly string[] | undefined) =>
    new Promise<readonly Row[]>((resolve, reject) => {
      asked.push({ ids, answer: (...rows) => resolve(rows), fail: () => reject(new Error('no answer')) });
    });
  const hear = (hearer: (event: LiveEvent) => void) => {
    hearers.add(hearer);
    return () => void hearers.delete(hearer);
  };
  const keeper = new QueueKeeper({ all: () => put(undefined), some: put }, { hear });
  client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  const observer = new QueryObserver(client, keeper.query);
  shown = () => observer.getCurrentResult().data;
  const [stop, unseen] = [keeper.follow(client), observer.subscribe(() => undefined)];
  vi.spyOn(console, 'info').mockReturnValue();
  onTestFinished(() => {
    stop();
    unseen();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
});

/** What was told is asked for by now, if its turn has come, and what was answered has been taken in. */
const settle = () => vi.advanceTimersByTimeAsync(100);
const ids = () => shown()?.map(({ id }) => id);

test('a call that opens while the queue is asked for the first time is in it, and gets its names', async () => {
  tell(news('opened', 'late', { number: 7 }));
  await settle();
  expect(asked.map((question) => question.ids)).toEqual([undefined]);
  asked[0]?.answer(row('early'));
  await settle();
  expect(ids()).toEqual(['early', 'late']);
  expect(asked[1]?.ids).toEqual(['late']);
  asked[1]?.answer(row('late', { siteName: 'School' }));
  await settle();
  expect(shown()).toMatchObject([{ id: 'early' }, { id: 'late', siteName: 'School' }]);
});

test('a queue that is asked for again does not forget what opened meanwhile, nor bring back what was closed', async () => {
  asked[0]?.answer(row('over'));
  await settle();
  void client.invalidateQueries();
  await settle();
  tell(news('opened', 'late'));
  tell(news('closed', 'over', { state: 'closed' }));
  asked[1]?.answer(row('over'));
  await settle();
  expect(ids()).toEqual(['late']);
});

test('an answer of before neither brings back a call that is over nor takes away that it was answered', async () => {
  asked[0]?.answer(row('over'), row('answered'));
  await settle();
  tell(news('changed', 'over'));
  tell(news('changed', 'answered'));
  await settle();
  tell(news('closed', 'over', { state: 'closed' }));
  tell(news('acknowledged', 'answered', { state: 'acknowledged' }));
  await settle();
  // The second question waits for the first.
  expect(asked).toHaveLength(2);
  asked[1]?.answer(row('over'), row('answered'));
  await settle();
  expect(shown()).toMatchObject([{ id: 'answered', state: 'acknowledged', acknowledgedAt: '2026-01-01T00:00:00.000Z' }]);
  expect(asked[2]?.ids).toEqual(['over', 'answered']);
  asked[2]?.answer(row('over', { state: 'closed' }), row('answered', { state: 'acknowledged', acknowledgedAt: 'then' }));
  await settle();
  expect(shown()).toMatchObject([{ id: 'answered', acknowledgedAt: 'then' }]);
});

test('a part that cannot be had lets the whole be asked for', async () => {
  asked[0]?.answer(row('one'));
  await settle();
  tell(news('changed', 'one'));
  await settle();
  asked[1]?.fail();
  await settle();
  expect(asked[2]?.ids).toBeUndefined();
  asked[2]?.answer(row('one'), row('two'));
  await settle();
  expect(ids()).toEqual(['one', 'two']);
});

test('a whole that could not be had is asked for again once the server answers', async () => {
  asked[0]?.fail();
  await settle();
  expect(shown()).toBeUndefined();
  tell(news('opened', 'late'));
  await settle();
  asked[1]?.answer(row('late'));
  await settle();
  expect(asked[2]?.ids).toBeUndefined();
  asked[2]?.answer(row('early'), row('late'));
  await settle();
  expect(ids()).toEqual(['early', 'late']);
});
