import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hours, minutes } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { type TestDesk, testDesk } from './app-testing.ts';

let done = 0;
let held: Promise<void> | undefined;
const routes: FastifyPluginAsyncZod = async (app) => {
  const config = { access: 'signed-in' } as const;
  app.post('/acts', { config }, async (request, reply) => {
    done += 1;
    await held;
    const outcome = (request.body as { outcome?: string } | undefined)?.outcome;
    if (outcome === 'broken') throw new Error('broken');
    if (outcome === 'no-record') throw new Fault('record-unavailable');
    if (outcome === 'conflict') throw new Fault('already-exists');
    if (outcome === 'nothing') return reply.code(204).send();
    return reply.code(201).header('location', `/acts/${done}`).send({ act: done, secret: 'only once' });
  });
};

let desk: TestDesk;
let me: { authorization: string };
beforeAll(async () => {
  desk = await testDesk(afterAll, { routes: [routes] });
  me = await desk.as('operator');
});
beforeEach(() => {
  done = 0;
  held = undefined;
});

let keys = 0;
const newKey = () => {
  keys += 1;
  return `key-${keys}`;
};
const act = (key: string, payload: object = { a: 1 }, headers = me) =>
  desk.ask({ method: 'POST', url: '/api/v1/acts', headers: { ...headers, 'idempotency-key': key }, payload });

test('the same key gets the same answer, and the act is done once', async () => {
  const key = newKey();
  const first = await act(key);
  const again = await act(key);
  expect(done).toBe(1);
  expect([again.statusCode, again.body, again.headers.location]).toEqual([201, first.body, '/acts/1']);
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
});

test('an answer without a body is answered without a body again', async () => {
  const key = newKey();
  await act(key, { outcome: 'nothing' });
  const again = await act(key, { outcome: 'nothing' });
  expect([again.statusCode, again.body, done]).toEqual([204, '', 1]);
});

test('a no is kept as well', async () => {
  const key = newKey();
  await act(key, { outcome: 'conflict' });
  const again = await act(key, { outcome: 'conflict' });
  expect([again.statusCode, again.json<{ code: string }>().code, done]).toEqual([409, 'already-exists', 1]);
  expect(again.headers['content-type']).toContain('application/problem+json');
});

test('the same key for another body is a conflict', async () => {
  const key = newKey();
  await act(key);
  const other = await act(key, { a: 2 });
  expect([other.statusCode, other.json<{ code: string }>().code, done]).toEqual([409, 'idempotency-conflict', 1]);
});

test('two at once: one is carried out, the other is told to wait and then gets its answer', async () => {
  const key = newKey();
  const gate = Promise.withResolvers<void>();
  held = gate.promise;
  const first = act(key);
  await expect.poll(() => done).toBe(1);
  const second = await act(key);
  expect([second.statusCode, second.json<{ code: string; retry: boolean }>()]).toMatchObject([
    409,
    { code: 'idempotency-running', retry: true },
  ]);
  expect(second.headers['retry-after']).toBe('1');
  gate.resolve();
  const answered = await first;
  expect([(await act(key)).body, done]).toEqual([answered.body, 1]);
});

test('of twenty at the same instant one is carried out', async () => {
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 20 }, () => act(key)));
  expect(done).toBe(1);
  expect(answers.filter((answer) => answer.statusCode === 201).length).toBeGreaterThan(0);
  expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(
    new Set([201, 409].filter((code) => answers.some((answer) => answer.statusCode === code))),
  );
});

test.each(['broken', 'no-record'])('what failed here (%s) may be tried again with the same key', async (outcome) => {
  const key = newKey();
  expect((await act(key, { outcome })).statusCode).toBeGreaterThanOrEqual(500);
  expect((await act(key, { outcome })).statusCode).toBeGreaterThanOrEqual(500);
  expect(done).toBe(2);
});

test('a key belongs to who used it', async () => {
  const key = newKey();
  await act(key);
  const other = await act(key, { a: 1 }, await desk.as('operator'));
  expect([other.statusCode, done]).toEqual([201, 2]);
});

test('a claim of a process that died is taken over after five minutes, not before', async () => {
  const key = newKey();
  const gate = Promise.withResolvers<void>();
  held = gate.promise;
  const lost = act(key);
  await expect.poll(() => done).toBe(1);
  await desk.clock.advance(minutes(5) - 1);
  expect((await act(key)).statusCode).toBe(409);
  await desk.clock.advance(1);
  held = undefined;
  expect((await act(key)).statusCode).toBe(201);
  expect(done).toBe(2);
  gate.resolve();
  await lost;
});

test('answers are kept for a day', async () => {
  const own = await testDesk(afterAll, { routes: [routes], sessionHours: 24 });
  const headers = { ...(await own.as('operator')), 'idempotency-key': 'k' };
  const ask = () => own.ask({ method: 'POST', url: '/api/v1/acts', headers, payload: {} });
  await own.clock.advance(hours(1));
  await ask();
  await own.clock.advance(hours(22));
  await ask();
  expect(done).toBe(1);
  await own.clock.advance(hours(4));
  expect(await own.store.desk.selectFrom('idempotency').selectAll().execute()).toEqual([]);
});

test('the record tells neither the key nor the answer', async () => {
  const key = newKey();
  await act(key);
  const rows = JSON.stringify(await desk.store.desk.selectFrom('idempotency').selectAll().execute());
  expect(rows).not.toContain('only once');
  expect(rows).not.toContain(`"${key}"`);
});

test.each(['', 'a b', 'é', 'x'.repeat(256)])('%j is no usable key', async (key) => {
  const answer = await act(key);
  expect([answer.statusCode, answer.json<{ faults: { path: string }[] }>().faults[0]?.path]).toEqual([422, 'headers.idempotency-key']);
});
