import { afterAll, expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { countSignal, observePressToOrder } from '../metrics.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { testDesk } from './app-testing.ts';
import { type HealthCheck, healthApp } from './health.ts';

const well: HealthCheck = async () => undefined;

test.each(['/livez', '/readyz', '/healthz'])('%s needs no credential and is well when all is', async (url) => {
  const app = await healthApp({ checks: { database: well, queue: well }, clock: manualClock(), log: quiet });
  expect((await app.inject({ url })).statusCode).toBe(200);
  await app.close();
});

test('readyz names what is not, with its reason and without inner words', async () => {
  const checks: Record<string, HealthCheck> = {
    database: async () => {
      throw new Error('password authentication failed for user "baiying"');
    },
    queue: async () => 'is behind by 40 s',
    broker: well,
  };
  const app = await healthApp({ checks, clock: manualClock(), log: quiet });
  const answer = await app.inject({ url: '/readyz' });
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
  expect(answer.json()).toEqual({
    status: 'unavailable',
    checks: { database: 'failed', queue: 'failed', broker: 'ok' },
    reasons: ['database: does not answer', 'queue: is behind by 40 s'],
  });
  expect((await app.inject({ url: '/livez' })).statusCode).toBe(200);
  await app.close();
});

test('a check that hangs is given up after two seconds, and asked once however many wait', async () => {
  const clock = manualClock();
  let asked = 0;
  const hangs: HealthCheck = () => {
    asked += 1;
    return new Promise(() => undefined);
  };
  const app = await healthApp({ checks: { database: hangs }, clock, log: quiet });
  const waiting = Promise.all([app.inject({ url: '/readyz' }), app.inject({ url: '/readyz' })]);
  await expect.poll(() => clock.list()).toHaveLength(1);
  await clock.advance(seconds(2));
  for (const answer of await waiting) expect(answer.json()).toMatchObject({ reasons: ['database: gave no answer within 2 s'] });
  expect(asked).toBe(1);
  await app.close();
});

test('metrics are for those who may, and count', async () => {
  const desk = await testDesk(afterAll);
  expect((await desk.ask({ url: '/metrics' })).statusCode).toBe(401);
  observePressToOrder(4);
  countSignal('press');
  const answer = await desk.ask({ url: '/metrics', headers: await desk.as('integrator') });
  expect(answer.headers['content-type']).toContain('text/plain');
  expect(answer.body).toMatch(/baiying_press_to_order_seconds_bucket\{le="0.005"\} [1-9]/);
  expect(answer.body).toMatch(/baiying_signals_total\{type="press"\} [1-9]/);
  expect(answer.body).toMatch(/nodejs_eventloop_lag_seconds/);
});

test('a process that serves nobody shows its numbers to those who may', async () => {
  const desk = await testDesk(afterAll);
  const app = await healthApp({ checks: {}, clock: desk.clock, log: quiet, db: desk.store.desk });
  expect((await app.inject({ url: '/metrics' })).statusCode).toBe(401);
  expect((await app.inject({ url: '/metrics', headers: await desk.as('supervisor') })).statusCode).toBe(200);
  expect((await app.inject({ url: '/api/v1/accounts' })).statusCode).toBe(404);
  await app.close();
});
