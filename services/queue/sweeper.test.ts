import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import type { Job } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { type SweepSource, startSweeper } from './sweeper.ts';
import { readableLog } from './testing.ts';

const room = 500;

function begin(...sources: SweepSource[]) {
  const clock = manualClock();
  const offered: string[] = [];
  const { log, errors } = readableLog();
  const lanes = { sweep: (job: Job) => offered.push(job.id) <= room };
  return { clock, offered, errors, sweeper: startSweeper({ clock, sources, lanes, log }) };
}

const order = (id: string): Job => ({ type: 'order', id });

test('each source is asked at once and then at its own interval, with the time of asking', async () => {
  const asked: string[] = [];
  const source = (name: string, every: number): SweepSource => ({
    name,
    every,
    find: async (now) => {
      asked.push(`${name} ${now % 10_000}`);
      return [];
    },
  });
  const { clock, sweeper } = begin(source('due', 250), source('left', seconds(1)));
  await clock.advance(seconds(1));
  await sweeper.stop();
  await clock.advance(seconds(5));
  expect(asked).toEqual(['due 0', 'left 0', 'due 250', 'due 500', 'due 750', 'due 1000', 'left 1000']);
  expect(clock.list()).toEqual([]);
});

test('what is found is offered and counted', async () => {
  const { clock, offered, sweeper } = begin({ name: 'orders', every: 250, find: async () => [order('o-1'), order('o-2')] });
  await clock.advance(250);
  expect(offered).toEqual(['o-1', 'o-2', 'o-1', 'o-2']);
  expect(sweeper.found).toEqual({ orders: 4 });
});

test('a flood is handed on as far as the line takes it', async () => {
  const flood = Array.from({ length: 2000 }, (_, index) => order(`o-${index}`));
  const { clock, offered } = begin({ name: 'orders', every: 250, find: async () => flood });
  await clock.advance(0);
  expect(offered).toHaveLength(room + 1);
});

test('a source is never asked twice at the same time', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<readonly Job[]>();
  let asked = 0;
  const find = () => {
    asked += 1;
    return gate;
  };
  const { clock, offered, sweeper } = begin({ name: 'orders', every: 250, find });
  const turns = [clock.advance(0), clock.advance(250)];
  open([order('o-1')]);
  await Promise.all(turns);
  expect(asked).toBe(1);
  expect(offered).toEqual(['o-1']);
  await sweeper.stop();
});

test('a failing source is told once per outage and does not stop the others', async () => {
  let broken = true;
  const { clock, offered, errors, sweeper } = begin(
    {
      name: 'broken',
      every: 250,
      find: async () => {
        if (broken) throw new Error('the record is away');
        return [];
      },
    },
    { name: 'whole', every: 250, find: async () => [order('o-1')] },
  );
  await clock.advance(seconds(1));
  expect(offered).toHaveLength(5);
  expect(errors).toEqual(['The sweep for broken fails: the record is away']);
  expect(sweeper.failing()).toEqual({ broken: 'the record is away' });
  broken = false;
  await clock.advance(250);
  expect(sweeper.failing()).toEqual({});
  broken = true;
  await clock.advance(250);
  expect(errors).toHaveLength(2);
});
