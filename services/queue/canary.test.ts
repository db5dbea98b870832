import { expect, test } from 'vitest';
import { type Duration, seconds } from '../alarm/index.ts';
import type { Clock, Hub } from '../ports.ts';
import { quiet } from '../store/testing.ts';
import { type CanaryJob, openCanary, silentAfter, type Walked } from './canary.ts';
import type { QueueName } from './jobs.ts';

/** Lanes that do nothing, a clock that the test turns, and what was told. */
function bench(served: readonly QueueName[] = ['urgent-pipeline']) {
  let now = 0;
  let turn = (): unknown => undefined;
  let away: string | undefined;
  let taken = 0;
  const asked: string[] = [];
  const put: CanaryJob[] = [];
  const told: [QueueName, boolean, Duration][] = [];
  const lateness = new Map<string, Duration>();
  const reopened: QueueName[] = [];
  const news: string[] = [];
  let hear = (_id: string): void => undefined;
  const timer = { stop: () => undefined };
  const clock: Clock = {
    now: () => now,
    after: () => timer,
    every: (_name, _interval, run) => {
      turn = run;
      return timer;
    },
  };
  const hub: Hub = {
    tell: (_topic, about = '') => void news.push(about),
    listen: (_topic, heard) => {
      hear = heard;
      return timer;
    },
  };
  const lanes: Walked = {
    served,
    offer: (job) => void put.push(job as CanaryJob),
    carry: async (job) => void put.push(job as CanaryJob),
    taken: () => taken,
    reopen: async (queue) => void reopened.push(queue),
    away: () => away,
  };
  const canary = openCanary({
    ...{ hub, log: quiet },
    ask: async (lane) => void asked.push(lane),
    late: (queue, way, by) => void lateness.set(`${queue} ${way}`, by),
    told: (...all) => void told.push(all),
  });
  canary.start(clock, lanes);
  const after = (span: Duration) => {
    now += span;
    turn();
  };
  const turns = (count: number) => {
    for (let done = 0; done < count; done += 1) after(seconds(3));
  };
  /** Lets everything through that stands in the lanes, of one way or both. */
  const through = async (way = '') => {
    for (const job of put.splice(0)) if (job.id.endsWith(way)) await canary.arrive(job);
  };
  return {
    ...{ canary, after, turns, through, put, told, lateness, reopened, news, asked },
    hear: (id: string) => hear(id),
    stand: (change: { away?: string; taken?: number }) => {
      away = change.away ?? away;
      taken = change.taken ?? taken;
    },
  };
}

test('every queue with a worker here is walked by both ways, over its own lane of the record', async () => {
  const at = bench(['urgent-pipeline', 'routine-dispatch']);
  at.turns(1);
  expect(at.put.map(({ lane, room, id }) => `${lane}-${room} ${id.split('-').at(-1)}`)).toEqual([
    ...['urgent-pipeline line', 'urgent-pipeline queue'],
    ...['routine-dispatch line', 'routine-dispatch queue'],
  ]);
  await at.through();
  expect(at.asked).toEqual(['urgent', 'urgent', 'routine', 'routine']);
  expect([[...at.lateness.values()], at.canary.trouble()]).toEqual([[0, 0, 0, 0], undefined]);
});

test('one that comes late is told with how late it is, until the next comes in time', async () => {
  const at = bench();
  for (let turn = 0; turn < 3; turn += 1) {
    at.turns(1);
    await at.through('line');
  }
  at.turns(1);
  expect(at.lateness.get('urgent-pipeline queue')).toBe(seconds(9));
  expect(at.canary.trouble()).toBe('urgent-pipeline is 9 s late');
  expect([at.told, at.reopened]).toEqual([[], []]);
});

test('a worker that takes nothing is told and opened anew, again and again, and told when it is back', async () => {
  const at = bench();
  at.turns(5);
  expect(silentAfter).toBe(seconds(12));
  expect([at.told, at.reopened]).toEqual([[['urgent-pipeline', true, seconds(12)]], ['urgent-pipeline']]);
  expect(at.canary.trouble()).toContain('the worker of urgent-pipeline takes nothing');
  at.turns(4);
  expect(at.told.slice(1)).toEqual([['urgent-pipeline', true, seconds(24)]]);
  expect(at.reopened).toHaveLength(2);
  await at.through();
  expect(at.told.at(-1)).toEqual(['urgent-pipeline', false, seconds(24)]);
  at.turns(1);
  await at.through();
  expect(at.canary.trouble()).toBeUndefined();
});

test.each([
  ['the worker takes other jobs before it', { taken: 7 }],
  ['the queue is away, which is told elsewhere', { away: 'Redis is not connected' }],
])('nobody is accused when %s', async (_why, change) => {
  const at = bench();
  at.turns(1);
  at.stand(change);
  at.turns(8);
  expect([at.told, at.reopened]).toEqual([[], []]);
});

test('a process that stood still itself accuses nobody', () => {
  const at = bench();
  at.turns(1);
  at.after(seconds(60));
  at.turns(3);
  expect([at.told, at.reopened]).toEqual([[], []]);
});

test('a canary that a wiped queue lost is sent once more', () => {
  const at = bench();
  at.turns(2);
  expect(at.put.length).toBe(2);
  at.turns(1);
  expect(at.put.length).toBe(4);
  at.turns(1);
  expect(at.put.length).toBe(4);
});

test('whoever took the canary of another process tells that one', async () => {
  const at = bench();
  at.turns(1);
  const own = at.put[1] as CanaryJob;
  await at.canary.arrive({ ...own, id: 'theirs', by: 'another' });
  expect([at.news, at.lateness.size]).toEqual([['theirs'], 0]);
  at.hear(own.id);
  expect(at.lateness.get('urgent-pipeline queue')).toBe(0);
});
