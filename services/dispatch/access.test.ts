import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyRequest, HTTPMethods, InjectOptions } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours, minutes, seconds } from '../alarm/index.ts';
import { tokenHash } from '../secrets.ts';
import { openSealer } from '../secrets-at-rest.ts';
import { insertRows } from '../store/rows.ts';
import { quiet } from '../store/testing.ts';
import { roles, signedInStill } from './access.ts';
import { buildApp } from './app.ts';
import { type TestDesk, testDesk, testPassword } from './app-testing.ts';

/** Requests that stay open. */
const lines: FastifyRequest[] = [];
const probes: FastifyPluginAsyncZod = async (app) => {
  app.get('/probe/line', { config: { access: 'signed-in' } }, async (request) => ({ open: lines.push(request) }));
  app.get('/probe/people', { config: { access: { roles: ['operator', 'supervisor'] } } }, async (request) => request.actor);
  app.get('/probe/picture', { config: { access: { roles: ['operator'] }, actsOrLooks: true } }, async () => ({}));
  app.post('/probe/people', { config: { access: { roles: ['operator'] } } }, async () => ({}));
  app.get('/probe/anybody', { config: { access: 'public' } }, async (request) => request.actor);
  app.get('/probe/signed-in', { config: { access: 'signed-in' } }, async (request) => request.actor);
  app.post('/signals', { config: { access: { roles: ['integrator'] } } }, async () => ({}));
  app.post('/probe/urgent', { config: { access: 'signed-in', urgent: true } }, async () => ({}));
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await testDesk(afterAll, { routes: [probes] });
});

test('a stranger gets in nowhere but where this list says', async () => {
  const { paths } = (await desk.ask({ url: '/api/v1/openapi.json' })).json<{ paths: Record<string, Record<string, unknown>> }>();
  const open: string[] = [];
  for (const [path, verbs] of Object.entries(paths)) {
    for (const verb of Object.keys(verbs)) {
      const method = verb.toUpperCase() as HTTPMethods;
      const { statusCode } = await desk.ask({ method, url: path.replaceAll(/\{\w+\}/g, 'x') } as InjectOptions);
      if (statusCode !== 401) open.push(`${method} ${path}`);
    }
  }
  expect(open.toSorted()).toEqual([
    'GET /api/v1/probe/anybody',
    'GET /api/v1/sessions/single-sign-on',
    'GET /api/v1/sessions/single-sign-on/callback',
    'GET /api/v1/setup/state',
    'POST /api/v1/password-resets',
    'POST /api/v1/sessions',
    'POST /api/v1/setup',
  ]);
});

test.each(roles)('%s sees what the route names, and no more', async (role) => {
  const headers = await desk.as(role);
  const may = ['operator', 'supervisor', 'admin', 'auditor'].includes(role);
  const oversees = ['admin', 'auditor'].includes(role);
  expect((await desk.ask({ url: '/api/v1/probe/people', headers })).statusCode).toBe(may ? 200 : 403);
  expect((await desk.ask({ url: '/api/v1/accounts', headers })).statusCode).toBe(oversees ? 200 : 403);
  expect((await desk.ask({ url: '/api/v1/audit/verify', headers })).statusCode).toBe(oversees ? 200 : 403);
  expect((await desk.ask({ url: '/metrics', headers })).statusCode).toBe(
    ['supervisor', 'integrator', 'admin', 'auditor'].includes(role) ? 200 : 403,
  );
  expect((await desk.ask({ url: '/api/v1/probe/signed-in', headers })).json()).toMatchObject({ roles: [role], kind: 'account' });
});

test('an auditor changes nothing but the own account, and looks at nobody', async () => {
  const headers = await desk.as('auditor');
  const writable = desk.app.decisions.filter(
    ({ method, access }) => method !== 'GET' && typeof access === 'object' && access.roles.includes('auditor'),
  );
  expect(writable).toEqual([]);
  expect((await desk.ask({ method: 'DELETE', url: '/api/v1/accounts/x', headers })).statusCode).toBe(403);
  expect((await desk.ask({ method: 'POST', url: '/api/v1/probe/people', headers })).statusCode).toBe(403);
  expect((await desk.ask({ url: '/api/v1/probe/picture', headers })).statusCode).toBe(403);
});

const nobodies: [string, Record<string, string>][] = [
  ['nothing', {}],
  ['an empty Bearer', { authorization: 'Bearer ' }],
  ['Basic', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
  ['a token of another shape', { authorization: 'Bearer x' }],
  ['a token that was never given', { authorization: `Bearer ${'a'.repeat(43)}` }],
  ['an API key that was never given', { authorization: `Bearer bk_${'a'.repeat(43)}` }],
  ['a cookie that was never given', { cookie: `baiying_session=${'a'.repeat(43)}` }],
  ['an API key as a cookie', { cookie: `baiying_session=bk_${'a'.repeat(43)}` }],
];
test.each(nobodies)('%s is no credential', async (_what, headers) => {
  for (const url of ['/api/v1/probe/people', '/api/v1/probe/signed-in', '/api/v1/accounts', '/metrics']) {
    const answer = await desk.ask({ url, headers });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'credential-missing']);
  }
});

test('a wrong Bearer is not helped by a good cookie', async () => {
  const { authorization } = await desk.as('admin');
  const headers = { authorization: 'Bearer nonsense', cookie: `baiying_session=${authorization.slice(7)}` };
  expect((await desk.ask({ url: '/api/v1/probe/signed-in', headers })).statusCode).toBe(401);
});

test('a public route that asks who is there is a mistake of ours, not an open door', async () => {
  expect((await desk.ask({ url: '/api/v1/probe/anybody' })).statusCode).toBe(500);
});

test('a route without a decision cannot be registered', async () => {
  const careless: FastifyPluginAsyncZod = async (app) => {
    app.get('/open', async () => ({}));
  };
  const deps = {
    db: desk.store.desk,
    clock: desk.clock,
    log: quiet,
    version: '0',
    sessionHours: 1,
    zone: 'Asia/Shanghai',
    secure: false,
    sealer: openSealer(mkdtempSync(join(tmpdir(), 'baiying-access-'))),
    checks: {},
    channels: [],
  };
  await expect(buildApp({ ...deps, routes: [careless] })).rejects.toThrow('route GET /api/v1/open has no access decision');
});

describe('a session', () => {
  const sit = async () => {
    const own = await testDesk(afterAll, { routes: [probes] });
    const headers = await own.as('operator');
    return { ...own, headers, ask: async () => (await own.ask({ url: '/api/v1/probe/signed-in', headers })).statusCode };
  };

  test.each([
    [hours(12) - 1, 200],
    [hours(12), 401],
  ])('that nobody uses for %i ms: %i', async (unused, status) => {
    const { clock, ask } = await sit();
    await clock.advance(unused);
    expect(await ask()).toBe(status);
  });

  test('that is in use goes on for a week, and not a millisecond longer', async () => {
    const { clock, ask } = await sit();
    const end = clock.now() + hours(7 * 24);
    while (clock.now() + hours(11) < end) {
      await clock.advance(hours(11));
      expect(await ask()).toBe(200);
    }
    await clock.advance(end - 1 - clock.now());
    expect(await ask()).toBe(200);
    await clock.advance(1);
    expect(await ask()).toBe(401);
  });

  test('is in use while a line is open, though nothing else is asked', async () => {
    const { clock, ask, store, app, headers } = await sit();
    const line = await app.inject({ url: '/api/v1/probe/line', headers });
    expect(line.statusCode).toBe(200);
    const open = lines.at(-1);
    if (!open) throw new Error('no line was opened');
    const still = () => signedInStill(open, { db: store.desk, clock, sessionHours: 12 });
    for (let hour = 0; hour < 40; hour += 1) {
      await clock.advance(hours(1));
      expect(await still()).toBe(true);
    }
    expect(await ask()).toBe(200);
    await store.desk.deleteFrom('sessions').execute();
    expect(await still()).toBe(false);
  });

  test('is written down at most once in a minute', async () => {
    const { clock, ask, store } = await sit();
    const row = () => store.desk.selectFrom('sessions').select(['last_seen_at', 'expires_at']).executeTakeFirstOrThrow();
    await ask();
    const before = await row();
    await clock.advance(minutes(1) - 1);
    await ask();
    expect(await row()).toEqual(before);
    await clock.advance(1);
    await ask();
    expect((await row()).expires_at.getTime()).toBe(clock.now() + hours(12));
  });
});

test('ended sessions are removed within the hour', async () => {
  const own = await testDesk(afterAll);
  await own.as('operator');
  await own.clock.advance(hours(13));
  expect(await own.store.desk.selectFrom('sessions').selectAll().execute()).toEqual([]);
});

describe('the cookie', () => {
  const rows: [what: string, headers: Record<string, string>, status: number][] = [
    ['from our page', { origin: 'http://desk.example', 'sec-fetch-site': 'same-origin' }, 200],
    ['from our page on a network without https', { origin: 'http://desk.example' }, 200],
    ['same-origin without Origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['from another site', { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['from another site of an old browser', { origin: 'http://evil.example' }, 403],
    ['from another port', { origin: 'http://desk.example:81' }, 403],
    ['from a sandboxed frame', { origin: 'null' }, 403],
    ['from a sibling', { origin: 'http://desk.example', 'sec-fetch-site': 'same-site' }, 403],
    ['from who knows where', {}, 403],
  ];
  test.each(rows)('an act %s', async (_what, headers, status) => {
    const { authorization } = await desk.as('operator');
    const cookie = `baiying_session=${authorization.slice(7)}`;
    const answer = await desk.ask({ method: 'POST', url: '/api/v1/probe/people', headers: { host: 'desk.example', cookie, ...headers } });
    expect(answer.statusCode).toBe(status);
  });

  test('reading needs no proof of origin, a WebSocket does', async () => {
    const { authorization } = await desk.as('operator');
    const headers = { host: 'desk.example', cookie: `baiying_session=${authorization.slice(7)}`, origin: 'http://evil.example' };
    expect((await desk.ask({ url: '/api/v1/probe/people', headers })).statusCode).toBe(200);
    expect((await desk.ask({ url: '/api/v1/probe/people', headers: { ...headers, upgrade: 'websocket' } })).statusCode).toBe(403);
  });

  test.each([false, true])('is for browsers and for us only (TLS: %s)', async (secure) => {
    const own = await testDesk(afterAll, { secure });
    await own.as('admin');
    const answer = await own.ask({ method: 'POST', url: '/api/v1/sessions', payload: { username: 'person-1', password: testPassword } });
    expect(answer.cookies).toMatchObject([{ name: 'baiying_session', httpOnly: true, sameSite: 'Strict', path: '/' }]);
    expect(answer.cookies[0]?.secure ?? false).toBe(secure);
    // The browser keeps it for as long as a session in use may hold; the record says when it ends.
    expect(answer.cookies[0]?.expires?.getTime()).toBe(own.clock.now() + hours(7 * 24));
    expect('strict-transport-security' in answer.headers).toBe(secure);
  });
});

describe('an API key', () => {
  const make = async (payload: object) => {
    const admin = await desk.as('admin');
    const answer = await desk.ask({ method: 'POST', url: '/api/v1/api-keys', headers: admin, payload });
    expect(answer.statusCode).toBe(201);
    const { key, apiKey } = answer.json<{ key: string; apiKey: { id: string } }>();
    return { admin, id: apiKey.id, headers: { authorization: `Bearer ${key}` } };
  };
  const rows: [scopes: string[], get: number, post: number, signal: number][] = [
    [[], 200, 200, 200],
    [['read'], 200, 403, 403],
    [['write'], 403, 200, 200],
    [['signals'], 403, 403, 200],
    [['read', 'signals'], 200, 403, 200],
  ];
  test.each(rows)('narrowed to %j', async (scopes, get, post, signal) => {
    const { headers } = await make({ name: 'vms', roles: ['operator', 'integrator'], scopes });
    expect((await desk.ask({ url: '/api/v1/probe/people', headers })).statusCode).toBe(get);
    expect((await desk.ask({ method: 'POST', url: '/api/v1/probe/people', headers })).statusCode).toBe(post);
    expect((await desk.ask({ method: 'POST', url: '/api/v1/signals', headers })).statusCode).toBe(signal);
  });

  test.each(roles)('of role %s reads the metrics, unless it is narrowed to what reads nothing', async (role) => {
    const status = async (...narrowed: string[]) => {
      const { headers } = await make({ name: 'prometheus', roles: [role], scopes: narrowed });
      return (await desk.ask({ url: '/metrics', headers })).statusCode;
    };
    expect([await status(), await status('read'), await status('write'), await status('signals')]).toEqual([200, 200, 403, 403]);
  });

  test('is written down as a key, also where it bears the name of a person', async () => {
    const { headers, admin } = await make({ name: 'person-1', roles: ['admin'] });
    const other = await desk.ask({ method: 'POST', url: '/api/v1/api-keys', headers, payload: { name: 'vms', roles: ['operator'] } });
    const { apiKey } = other.json<{ apiKey: { id: string } }>();
    const trail = await desk.ask({ url: '/api/v1/audit?by=key:person-1', headers: admin });
    expect(trail.json()).toMatchObject({ items: [{ by: 'key:person-1', act: 'api-key.created', subject: `api-keys:${apiKey.id}` }] });
  });

  test('that a key made, and one that this made, belong to the person who made the first', async () => {
    const first = await make({ name: 'first', roles: ['admin'] });
    const { actor } = (await desk.ask({ url: '/api/v1/sessions/current', headers: first.admin })).json<{ actor: { name: string } }>();
    let { headers } = first;
    for (const name of ['second', 'third']) {
      const answer = await desk.ask({ method: 'POST', url: '/api/v1/api-keys', headers, payload: { name, roles: ['admin'] } });
      const { key, apiKey } = answer.json<{ key: string; apiKey: { createdBy: string } }>();
      expect(apiKey).toMatchObject({ name, createdBy: actor.name });
      headers = { authorization: `Bearer ${key}` };
    }
  });

  test('narrowed by a scope of another release opens nothing', async () => {
    const { headers, id } = await make({ name: 'vms', roles: ['admin'] });
    await desk.store.desk
      .updateTable('api_keys')
      .set({ scopes: ['everything'] })
      .where('id', '=', id)
      .execute();
    const refused = await desk.ask({ url: '/api/v1/probe/people', headers });
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ detail: 'The API key is narrowed to: everything; this needs: read' });
  });

  test('stops when it is removed, and is never shown again', async () => {
    const { headers, id, admin } = await make({ name: 'vms', roles: ['integrator'] });
    const list = await desk.ask({ url: '/api/v1/api-keys', headers: admin });
    expect(list.json<{ items: object[] }>().items).toContainEqual(
      expect.objectContaining({ id, name: 'vms', roles: ['integrator'], scopes: [] }),
    );
    expect(list.body).not.toContain(headers.authorization.slice(7));
    expect((await desk.ask({ method: 'DELETE', url: `/api/v1/api-keys/${id}`, headers: admin })).statusCode).toBe(204);
    expect((await desk.ask({ method: 'DELETE', url: `/api/v1/api-keys/${id}`, headers: admin })).statusCode).toBe(404);
    expect((await desk.ask({ url: '/api/v1/probe/signed-in', headers })).statusCode).toBe(401);
  });

  test('ends when it was to end, and notes its use', async () => {
    const expiresAt = new Date(desk.clock.now() + minutes(10)).toISOString();
    const { headers, id } = await make({ name: 'vms', roles: ['integrator'], expiresAt });
    expect((await desk.ask({ url: '/api/v1/probe/signed-in', headers })).json()).toMatchObject({ name: 'key:vms', kind: 'api-key', id });
    const row = await desk.store.desk.selectFrom('api_keys').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.last_used_at?.getTime()).toBe(desk.clock.now());
    await desk.clock.advance(minutes(10));
    expect((await desk.ask({ url: '/api/v1/probe/signed-in', headers })).statusCode).toBe(401);
  });
});

describe('credentials that nobody was given', () => {
  const made = (count: number) => ({ authorization: `Bearer ${String(count).padStart(43, 'x')}` });
  const url = '/api/v1/probe/signed-in';
  const status = async (own: TestDesk, headers: Record<string, string>, remoteAddress = '2001:db8::1') =>
    (await own.ask({ url, headers, remoteAddress })).statusCode;
  const guess = async (own: TestDesk) => {
    for (let count = 0; count < 300; count += 1) expect(await status(own, made(count), `2001:db8::${count.toString(16)}`)).toBe(401);
  };

  test('are looked up so often for one client and no more, and a moment later again', async () => {
    const own = await testDesk(afterAll, { routes: [probes] });
    await guess(own);
    const refused = await own.ask({ url, headers: made(300), remoteAddress: '2001:db8::ffff' });
    expect([refused.statusCode, refused.json<{ code: string }>().code, refused.headers['retry-after']]).toEqual([
      429,
      'rate-limited',
      '10',
    ]);
    expect(await status(own, made(300), '2001:db8:0:1::1')).toBe(401);
    await own.clock.advance(seconds(10));
    expect(await status(own, made(300))).toBe(401);
  });

  test('do not hold back who was let in before behind the same address, nor who signs in', async () => {
    const own = await testDesk(afterAll, { routes: [probes] });
    const before = await own.as('operator');
    await guess(own);
    const meanwhile = await own.as('operator');
    expect([await status(own, before), await status(own, meanwhile), await status(own, made(300))]).toEqual([200, 200, 429]);
    await own.store.desk.deleteFrom('sessions').execute();
    expect([await status(own, before), await status(own, before)]).toEqual([401, 429]);
  });

  test('are counted only when they are in vain', async () => {
    const own = await testDesk(afterAll, { routes: [probes] });
    const { authorization } = await own.as('operator');
    const [row] = await own.store.desk.selectFrom('sessions').selectAll().execute();
    // Given out by another process: each is met here for the first time.
    const tokens = Array.from({ length: 310 }, (_, count) => String(count).padStart(43, 'y'));
    const rows = tokens.map((token) => ({ ...row, id: randomUUID(), token_hash: tokenHash(token) }));
    await insertRows(own.store.desk, 'sessions', rows);
    for (const token of tokens) expect(await status(own, { authorization: `Bearer ${token}` })).toBe(200);
    expect(await status(own, { authorization })).toBe(200);
  });
});

test('who asks too much is told to wait; what lives depend on is not', async () => {
  const own = await testDesk(afterAll, { routes: [probes], requestsPerMinute: 3 });
  const headers = await own.as('operator');
  const codes: number[] = [];
  for (let count = 0; count < 4; count += 1) codes.push((await own.ask({ url: '/api/v1/probe/signed-in', headers })).statusCode);
  expect(codes).toEqual([200, 200, 200, 429]);
  const refused = await own.ask({ url: '/api/v1/probe/signed-in', headers });
  expect(refused.json()).toMatchObject({ code: 'rate-limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  for (let count = 0; count < 6; count += 1) {
    expect((await own.ask({ method: 'POST', url: '/api/v1/probe/urgent', headers })).statusCode).toBe(200);
  }
});
