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
