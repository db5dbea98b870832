import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Verifier } from 'standardwebhooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { hours, milliseconds, minutes, seconds } from '../alarm/index.ts';
import type { Job, Lanes } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import type { EventType } from '../store/event-types.ts';
import { latestCursor, type NewEvent, putEvents, startOfEvents } from '../store/events.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { claimDelivery, dueDeliveries, planDeliveries, settleDelivery } from '../store/webhooks.ts';
import { outwardRequest } from './outward.ts';
import { testApp } from './routes/test-app.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { backOff, settlementOf, startWebhooks, webhookHandler } from './webhooks.ts';

/** Another test's transaction on this server may hold events back for a moment. */
const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

const event = (type: EventType, subject = 'incidents/1'): NewEvent => ({ type, subject, at: Date.now(), data: { number: 1 } });
const sealer = { seal: (text: string) => `sealed:${text}`, unseal: (text: string) => text.slice('sealed:'.length) };

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver whose answers the test sets; the last one stays. */
async function receiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 500) : (statuses[0] ?? 200)).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

async function started() {
  const store = await freshStore();
  // The receiver's verifier compares with the wall clock (five minutes), so this clock begins there.
  const clock = manualClock(Date.now());
  const jobs: Job[] = [];
  const lanes: Lanes = { offer: (job) => void jobs.push(job) };
  const outward = outwardRequest({ allowNetworks: ['127.0.0.0/8'] });
  const deps = { db: store.routine, hub: store.hub, clock, lanes, log: quiet, outward, sealer, random: () => 0 };
  const handle = webhookHandler(deps);
  const app = await testApp(webhookRoutes({ db: store.desk, clock, lanes, sealer, outward }));
  const call = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url, headers: { 'x-role': 'integrator' }, ...(payload && { payload }) });
  const register = async (url: string, types?: string[]) =>
    (await call('POST', '/webhooks', { url, ...(types && { types }) })).json<{ id: string; secret: string }>();
  const plan = (count: number) =>
    eventually(async () => {
      for (const id of (await planDeliveries(store.routine, clock.now())).ids) jobs.push({ type: 'webhook', id });
      if (jobs.length < count) throw new Error(`${jobs.length} of ${count} deliveries`);
    });
  const run = async () => {
    for (const job of jobs.splice(0)) if (job.type === 'webhook') await handle(job);
  };
  const sweep = async () => {
    for (const id of await dueDeliveries(store.routine, clock.now())) await handle({ type: 'webhook', id });
  };
  const deliveries = async (id: string, query = '') =>
    (await call('GET', `/webhooks/${id}/deliveries${query}`)).json<{ items: Record<string, unknown>[]; nextCursor?: string }>();
  return { store, clock, jobs, deps, handle, call, register, plan, run, sweep, deliveries };
}

test('an event that a webhook wants arrives once, signed, as a CloudEvent', async () => {
  const { store, register, plan, run, deliveries, jobs } = await started();
  const { received, url } = await receiver();
  await putEvents(store.desk, [event('baiying.incident.opened.v1', 'incidents/before')]);
  await eventually(async () => expect(await latestCursor(store.desk)).not.toEqual(startOfEvents));
  const { id, secret } = await register(url, ['incident.']);
  expect(secret).toMatch(/^whsec_/);
  await putEvents(store.desk, [event('baiying.incident.opened.v1'), event('baiying.order.sent.v1'), event('baiying.webhook.dead.v1')]);
  await plan(1);
  expect(jobs).toHaveLength(1);
  await run();
  await run();
  expect(received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  const verified = new Verifier(secret).verify(body, headers as Record<string, string>);
  expect(verified).toMatchObject({
    specversion: '1.0',
    source: '/baiying',
    type: 'baiying.incident.opened.v1',
    subject: 'incidents/1',
    id: headers['webhook-id'],
  });
  expect(() => new Verifier(secret).verify(`${body} `, headers as Record<string, string>)).toThrow();
  expect((await deliveries(id)).items).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 200 }]);
});

test('several processes make each delivery once', async () => {
  const { store, register, clock } = await started();
  const { id } = await register('http://127.0.0.1:1/');
  for (let count = 0; count < 50; count += 1) await putEvents(store.desk, [event('baiying.incident.opened.v1', `incidents/${count}`)]);
  const made = new Set<string>();
  const process = async (db: typeof store.desk) => {
    for (const made_ of (await planDeliveries(db, clock.now(), 7)).ids) {
      expect(made.has(made_)).toBe(false);
      made.add(made_);
    }
  };
  await eventually(async () => {
    await Promise.all([process(store.desk), process(store.routine), process(store.urgent)]);
    expect(made.size).toBe(50);
  });
  const rows = await store.desk.selectFrom('webhook_deliveries').select('event_seq').where('webhook_id', '=', id).execute();
  expect(new Set(rows.map((row) => row.event_seq)).size).toBe(50);
});

test('a receiver that fails is tried again after each pause of the back-off, then the delivery is dead and can be replayed', async () => {
  const { store, clock, register, plan, run, sweep, deliveries, call, jobs } = await started();
  const { received, url } = await receiver(500);
  const { id } = await register(url);
  await putEvents(store.desk, [event('baiying.incident.opened.v1')]);
  await plan(1);
  await run();
  for (const [index, pause] of backOff.entries()) {
    await clock.advance(pause - 1);
    await sweep();
    expect(received).toHaveLength(index + 1);
    await clock.advance(1);
    await sweep();
    expect(received).toHaveLength(index + 2);
  }
  await clock.advance(hours(100));
  await sweep();
  expect(received).toHaveLength(8);
  const dead = await deliveries(id, '?state=dead');
  expect(dead.items).toMatchObject([{ state: 'dead', attempts: 8, lastStatus: 500, lastError: 'answered 500' }]);
  expect((await deliveries(id, '?state=waiting')).items).toEqual([]);
  expect(await store.desk.selectFrom('events').select('type').where('type', 'like', 'baiying.webhook.%').execute()).toEqual([
    { type: 'baiying.webhook.dead.v1' },
  ]);

  const replayed = await call('POST', `/webhooks/deliveries/${String(dead.items[0]?.['id'])}/replay`);
  expect(replayed.statusCode).toBe(201);
  expect(replayed.json()).toMatchObject({ state: 'waiting', attempts: 0 });
  expect(jobs).toHaveLength(1);
  await run();
  expect(received).toHaveLength(9);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test('a redirect counts as a failure', async () => {
  const { store, register, plan, run, deliveries } = await started();
  const { url } = await receiver(302);
  const { id } = await register(url);
  await putEvents(store.desk, [event('baiying.incident.opened.v1')]);
  await plan(1);
  await run();
  expect((await deliveries(id)).items).toMatchObject([{ state: 'waiting', lastStatus: 302, lastError: 'answered 302' }]);
});

test('410 ends the webhook and what waits for it; a replay makes it active again', async () => {
  const { store, register, plan, run, call, deliveries, jobs } = await started();
  const { received, url } = await receiver(410, 200);
  const { id } = await register(url);
  await putEvents(store.desk, [event('baiying.incident.opened.v1'), event('baiying.incident.closed.v1')]);
  await plan(2);
  await run();
  expect(received).toHaveLength(1);
  expect((await call('GET', `/webhooks/${id}`)).json()).toMatchObject({ active: false });
  const { items } = await deliveries(id, '?state=dead');
  expect(items.map((item) => item['lastError'])).toEqual(expect.arrayContaining(['webhook-gone', 'answered 410']));
  await call('POST', `/webhooks/deliveries/${String(items[0]?.['id'])}/replay`);
  expect(jobs).toHaveLength(1);
  await run();
  expect(received).toHaveLength(2);
  expect((await call('GET', `/webhooks/${id}`)).json()).toMatchObject({ active: true });
});

test('a test event is sent whatever the types, each time anew', async () => {
  const { register, call, run } = await started();
  const { received, url } = await receiver();
  const { id, secret } = await register(url, ['handover.']);
  expect((await call('POST', `/webhooks/${id}/test`)).statusCode).toBe(201);
  expect((await call('POST', `/webhooks/${id}/test`)).statusCode).toBe(201);
  await run();
  expect(received).toHaveLength(2);
  for (const { headers, body } of received)
    expect(new Verifier(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'baiying.webhook.test.v1' });
});

test('a secret that cannot be unsealed counts as a failure', async () => {
  const { store, register, plan, run, deliveries } = await started();
  const { received, url } = await receiver();
  const { id } = await register(url);
  await store.desk.updateTable('webhooks').set({ secret: 'sealed:whsec_' }).execute();
  await putEvents(store.desk, [event('baiying.incident.opened.v1')]);
  await plan(1);
  await run();
  expect(received).toHaveLength(0);
  expect((await deliveries(id)).items).toMatchObject([{ state: 'waiting', lastError: 'cannot be signed: the secret is unusable' }]);
});

test('a sender that was frozen past its lease writes nothing over the next one', async () => {
  const { store, clock, register, plan, jobs } = await started();
  await register('http://127.0.0.1:1/');
  await putEvents(store.desk, [event('baiying.incident.opened.v1')]);
  await plan(1);
  const id = jobs[0]?.type === 'webhook' ? jobs[0].id : '';
  const frozen = await claimDelivery(store.routine, id, clock.now(), seconds(30));
  expect(await claimDelivery(store.routine, id, clock.now(), seconds(30))).toBeUndefined();
  await clock.advance(seconds(30));
  const next = await claimDelivery(store.routine, id, clock.now(), seconds(30));
  if (!frozen || !next) throw new Error('not claimed');
  expect(await settleDelivery(store.routine, frozen, { result: 'dead', error: 'late' }, clock.now())).toBe(false);
  expect(await settleDelivery(store.routine, next, { result: 'delivered', status: 200 }, clock.now())).toBe(true);
});

test('news makes deliveries and puts them on the lane', async () => {
  const { store, register, deps, jobs } = await started();
  await register('http://127.0.0.1:1/');
  const timer = startWebhooks(deps);
  onTestFinished(() => timer.stop());
  await putEvents(store.desk, [event('baiying.incident.opened.v1')]);
  store.hub.tell('events');
  await deps.clock.advance(milliseconds(49));
  expect(jobs).toEqual([]);
  await eventually(async () => {
    store.hub.tell('events');
    await deps.clock.advance(milliseconds(1));
    expect(jobs).toMatchObject([{ type: 'webhook' }]);
  });
});

test('the secret is sealed in the record and shown once; a given one is kept', async () => {
  const { store, register, call } = await started();
  const { id, secret } = await register('https://hook.example/a');
  const row = await store.desk.selectFrom('webhooks').select('secret').where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.secret).toBe(`sealed:${secret}`);
  expect(JSON.stringify((await call('GET', '/webhooks')).json())).not.toContain('whsec_');
  const own = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  expect((await call('POST', '/webhooks', { url: 'https://hook.example/b', secret: own })).json()).toMatchObject({
    secret: own,
    types: ['*'],
  });
});

test.each([
  ['http://169.254.169.254/', 'body.url'],
  ['http://10.0.0.1/', 'body.url'],
  ['ftp://hook.example/', 'body.url'],
])('a webhook to %s is refused with its path', async (url, path) => {
  const { call } = await started();
  const answer = await call('POST', '/webhooks', { url });
  expect(answer.statusCode).toBe(422);
  expect(answer.json<{ faults: { path: string }[] }>().faults.map((fault) => fault.path)).toEqual([path]);
});

test.each(['incidents.opened', 'unit.moved', ''])(
  'a webhook for %j, which no webhook is ever told, is refused with its path',
  async (type) => {
    const { call } = await started();
    const answer = await call('POST', '/webhooks', { url: 'https://hook.example/', types: ['order.', type] });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ faults: { path: string }[] }>().faults.map((fault) => fault.path)).toEqual(['body.types.1']);
  },
);

test('webhooks and deliveries that are not there answer 404, a deleted one goes with its deliveries, each act is on the audit trail', async () => {
  const { store, call, register } = await started();
  const nothing = '00000000-0000-7000-8000-000000000000';
  for (const [method, url] of [
    ['DELETE', `/webhooks/${nothing}`],
    ['POST', `/webhooks/${nothing}/test`],
    ['POST', `/webhooks/deliveries/${nothing}/replay`],
    ['GET', '/webhooks/x/deliveries'],
  ] as const) {
    expect((await call(method, url)).statusCode).toBe(404);
  }
  const { id } = await register('https://hook.example/');
  await call('POST', `/webhooks/${id}/test`);
  expect((await call('DELETE', `/webhooks/${id}`)).statusCode).toBe(204);
  expect((await call('GET', '/webhooks')).json()).toEqual({ items: [] });
  const acts = await store.desk.selectFrom('audit').select('act').orderBy('seq').execute();
  expect(acts.map((row) => row.act)).toEqual(['webhook.created', 'webhook.deleted']);
});

test('webhooks are listed in pages', async () => {
  const { call, register } = await started();
  const made: string[] = [];
  for (const name of ['a', 'b', 'c']) made.push((await register(`https://${name}.example/`)).id);
  const list = async (query: string) => (await call('GET', `/webhooks${query}`)).json<{ items: { id: string }[]; nextCursor?: string }>();
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made);
  expect([first.items.length, second.nextCursor]).toEqual([2, undefined]);
  expect((await call('GET', '/webhooks?limit=501')).statusCode).toBe(422);
  expect((await call('GET', '/webhooks?cursor=x')).statusCode).toBe(422);
});

test('deliveries are listed newest first in pages', async () => {
  const { call, register, deliveries } = await started();
  const { id } = await register('https://hook.example/');
  for (let count = 0; count < 3; count += 1) await call('POST', `/webhooks/${id}/test`);
  const first = await deliveries(id, '?limit=2');
  expect(first.items).toHaveLength(2);
  const second = await deliveries(id, `?limit=2&cursor=${first.nextCursor}`);
  expect(second.items).toHaveLength(1);
  expect(second.nextCursor).toBeUndefined();
  expect(new Set([...first.items, ...second.items].map((item) => item['id'])).size).toBe(3);
});

test.each([
  [{ outcome: 'answered', status: 204, body: '' }, 1, { result: 'delivered', status: 204 }],
  [{ outcome: 'failed', reason: 'ECONNRESET' }, 3, { result: 'again', error: 'ECONNRESET', nextAt: minutes(2) * 1.2 }],
  [{ outcome: 'refused', reason: 'private' }, 8, { result: 'dead', error: 'private' }],
  [{ outcome: 'answered', status: 410, body: '' }, 8, { result: 'gone', status: 410, error: 'answered 410' }],
] as const)('after %j on attempt %i: %j', (answer, attempt, settlement) => {
  expect(settlementOf(answer, attempt, 0, 1)).toEqual(settlement);
});
