import { Writable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { minutes } from '../alarm/index.ts';
import { type TestDesk, testDesk, testPassword } from './app-testing.ts';
import type { Channel } from './asyncapi.ts';

const payload = z.object({ type: z.enum(['press', 'release']), battery: z.number().min(0).max(100).optional() });
const channels: Channel[] = [
  {
    name: 'key-event',
    address: 'keys/{id}/event',
    description: 'A key tells',
    action: 'receive',
    qos: 1,
    messages: [{ name: 'event', schema: payload }],
  },
  {
    name: 'stream',
    address: '/api/v1/stream',
    description: 'What happens',
    action: 'send',
    server: 'http',
    messages: [{ name: 'event', schema: z.looseObject({}) }],
  },
];
const routes: FastifyPluginAsyncZod = async (app) => {
  const schema = { body: z.strictObject({ name: z.string() }), response: { 201: z.object({ id: z.string() }) } };
  app.post('/things', { config: { access: { roles: ['installer'] } }, schema }, async (_request, reply) =>
    reply.code(201).send({ id: 'a' }),
  );
  app.get('/logged', { config: { access: 'signed-in' } }, async (request) => {
    request.log.info({ headers: request.headers, body: { password: 'hunter2', secret: 'hunter3' } }, 'look');
    return {};
  });
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await testDesk(afterAll, { routes: [routes], channels });
});

test('OpenAPI 3.1 names each route with its roles, its faults and its credentials', async () => {
  const document = (await desk.ask({ url: '/api/v1/openapi.json' })).json<{
    openapi: string;
    paths: Record<string, { post: { description: string; security: unknown[]; responses: object } }>;
  }>();
  expect(document.openapi).toBe('3.1.0');
  const things = document.paths['/api/v1/things']?.post;
  expect(things).toMatchObject({ description: 'Roles: installer, admin.', security: [{ bearer: [] }, { cookie: [] }] });
  expect(Object.keys(things?.responses ?? {})).toEqual(['201', 'default']);
  expect(document.paths['/api/v1/sessions']?.post.security).toEqual([]);
  expect(document.paths['/livez']).toBeUndefined();
});

test('AsyncAPI 3 is made from the schemas that check the traffic, and every reference in it leads somewhere', async () => {
  const document = (await desk.ask({ url: '/api/v1/asyncapi.json' })).json<Record<string, unknown>>();
  expect(document).toMatchObject({
    asyncapi: '3.0.0',
    channels: { 'key-event': { address: 'keys/{id}/event', parameters: { id: {} } } },
    operations: { 'receive-key-event': { action: 'receive', bindings: { mqtt: { qos: 1, retain: false } } } },
    components: {
      messages: { 'key-event.event': { payload: { properties: { type: { enum: ['press', 'release'] } }, required: ['type'] } } },
    },
  });
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  for (const path of references)
    expect(
      path.split('/').reduce<unknown>((part, name) => Reflect.get(Object(part), name), document),
      path,
    ).toBeDefined();
});

test.each(['/api/docs/', '/api/docs/static/swagger-initializer.js', '/api/docs/static/swagger-ui-bundle.js'])(
  'the page %s is there',
  async (url) => {
    const answer = await desk.ask({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toMatch(/https?:\/\/(fonts|cdn)/);
  },
);

test('the policy lets in nothing inline and nothing from elsewhere', async () => {
  const policy = String((await desk.ask({ url: '/livez' })).headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('a request keeps the name it came with, when that is a name', async () => {
  const named = async (id: string) => (await desk.ask({ url: '/livez', headers: { 'x-request-id': id } })).headers['x-request-id'];
  expect(await named('trace-1')).toBe('trace-1');
  expect(await named('a b')).not.toBe('a b');
});

test('the log says neither passwords nor tokens', async () => {
  let text = '';
  const page = new Writable({
    write(bytes: Buffer, _encoding, done) {
      text += bytes.toString();
      done();
    },
  });
  const log = pino({ level: 'trace' }, page);
  const own = await testDesk(afterAll, { routes: [routes], log });
  const headers = await own.as('operator');
  await own.ask({ url: '/api/v1/logged', headers: { ...headers, cookie: 'baiying_session=hunter4' } });
  expect(text).toContain('[redacted]');
  for (const hidden of [headers.authorization.slice(7), testPassword, 'hunter2', 'hunter3', 'hunter4']) expect(text).not.toContain(hidden);
});

test('a stalled process answers 503 and when to come back, but serves what is urgent', async () => {
  const urgent: FastifyPluginAsyncZod = async (app) => {
    app.post('/urgent', { config: { access: 'public', urgent: true } }, async () => ({}));
    app.post('/idle', { config: { access: 'public' } }, async () => ({}));
  };
  // Any delay at all counts as a stall here; the guard looks once a second.
  const own = await testDesk(afterAll, { routes: [urgent], longestStall: 1e-6 });
  await expect.poll(async () => (await own.ask({ method: 'POST', url: '/api/v1/idle' })).statusCode).toBe(503);
  const refused = await own.ask({ method: 'POST', url: '/api/v1/idle' });
  expect([refused.json<{ code: string }>().code, refused.headers['retry-after']]).toEqual(['overloaded', '2']);
  expect((await own.ask({ method: 'POST', url: '/api/v1/urgent' })).statusCode).toBe(200);
  expect((await own.ask({ url: '/livez' })).statusCode).toBe(200);
});

test('housekeeping ends with the app', async () => {
  const own = await testDesk(afterAll);
  expect(own.clock.list().map(({ name }) => name)).toEqual(['desk-housekeeping']);
  await own.app.close();
  expect(own.clock.list()).toEqual([]);
  await own.clock.advance(minutes(1));
});
