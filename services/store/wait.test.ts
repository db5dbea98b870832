import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { onceUp } from './wait.ts';

const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

function waiting(patience = seconds(60)) {
  const told: [string, number][] = [];
  const stop = new AbortController();
  return {
    told,
    stop,
    options: { patience, tell: (why: string, left: number) => void told.push([why, left]), signal: stop.signal, pause: 1 },
  };
}

test('a server that is not up yet is waited for, and the wait is told once and not at every attempt', async () => {
  const { told, options } = waiting();
  let attempts = 0;
  const value = await onceUp(async () => {
    attempts += 1;
    if (attempts < 4) throw away();
    return 'migrated';
  }, options);
  expect([value, attempts, told]).toEqual(['migrated', 4, [['ECONNREFUSED', 60]]]);
});

test.each([
  ['a wrong password', Object.assign(new Error('password authentication failed'), { code: '28P01' })],
  ['a database that is not there', Object.assign(new Error('database "x" does not exist'), { code: '3D000' })],
  ['a server that is too old', new Fault('record-unavailable', 'PostgreSQL 11 is too old')],
])('%s is told at once', async (_name, error) => {
  const { told, options } = waiting();
  await expect(onceUp(() => Promise.reject(error), options)).rejects.toBe(error);
  expect(told).toEqual([]);
});

test('after its patience it throws what stood in the way', async () => {
  const { options } = waiting(0);
  await expect(onceUp(() => Promise.reject(away()), options)).rejects.toThrow('ECONNREFUSED');
});

test('a stop ends the wait', async () => {
  const { stop, options } = waiting();
  const attempt = onceUp(() => {
    stop.abort(new Error('asked to stop'));
    return Promise.reject(away());
  }, options);
  await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
});
