import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Job } from '../ports.ts';
import { openLine } from './line.ts';

test('deadlines that pile up keep neither a call nor an answer waiting', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const begun: string[] = [];
  const line = openLine(7, 1000, async (job) => {
    begun.push(job.id);
    if (job.type === 'incident-clock') await gate;
  });
  const put = (job: Job) => line.take(job.id, job);
  const taken = Array.from({ length: 2000 }, (_unused, index) => put({ type: 'incident-clock', id: `due-${index}` }));
  expect(taken.filter(Boolean)).toHaveLength(1000);
  await turn();
  const before = begun.length;
  expect(before).toBeLessThan(1000);

  expect(put({ type: 'signal', id: 'call', deviceId: 'key', lane: 'urgent', answers: false })).toBe(true);
  expect(put({ type: 'signal', id: 'answer', deviceId: 'radio', lane: 'urgent', answers: true })).toBe(true);
  await turn();
  expect(begun.slice(before).toSorted()).toEqual(['answer', 'call']);
  open();
  await turn();
  expect(new Set(begun).size).toBe(1002);
});

test('orders that no bearer takes hold half of the places at most: a new one finds a place', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const begun: string[] = [];
  const line = openLine(7, 1000, async (job) => {
    begun.push(job.id);
    if (job.type === 'order' && job.again) await gate;
  });
  const put = (job: Job) => line.take(job.id, job);
  for (let index = 0; index < 20; index += 1) put({ type: 'order', id: `again-${index}`, again: true });
  put({ type: 'footage', id: 'clip' });
  await turn();
  await turn();
  expect(begun).toEqual(['again-0', 'again-1', 'again-2']);
  put({ type: 'order', id: 'new' });
  expect(begun.at(-1)).toBe('new');
  open();
  await turn();
  await turn();
  expect(begun).toHaveLength(22);
});
