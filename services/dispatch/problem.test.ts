import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import type { InjectOptions } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type ErrorCode, errors, Fault } from '../errors.ts';
import { type TestDesk, testDesk } from './app-testing.ts';
import { answerNoRequest } from './problem.ts';

const location = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
const body = z.strictObject({
  name: z.string().min(1),
  location: location.optional(),
  contacts: z.array(z.strictObject({ phone: z.string() })).default([]),
  target: z.union([z.strictObject({ siteId: z.string() }), z.strictObject({ near: location })]).optional(),
});

const wrongRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { access: 'public' } as const;
  app.post('/things', { config, schema: { body } }, async (request, reply) => reply.code(201).send(request.body));
  app.get('/things', { config, schema: { querystring: z.strictObject({ limit: z.coerce.number().int().min(1) }) } }, async () => ({
    items: [],
  }));
  app.put('/things/:id', { config, schema: { params: z.object({ id: z.string().regex(/^[a-z]+$/) }), body } }, async () => ({}));
  app.post('/things/:id/act', { config }, async (request) => ({ got: request.body ?? 'nothing' }));
  app.get('/thrown/:code', { config }, async (request) => {
    throw new Fault((request.params as { code: ErrorCode }).code, undefined, [{ path: 'siteId', message: 'unknown' }]);
  });
  app.get('/broken', { config }, async () => {
    throw new Error('password of the database is hunter2');
  });
  app.get('/no-record', { config }, async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await testDesk(afterAll, { routes: [wrongRoutes] });
});

const json = { 'content-type': 'application/json' };
const post = (payload: string | object | Buffer, headers: Record<string, string> = json): InjectOptions => ({
  method: 'POST',
  url: '/api/v1/things',
  headers,
  payload,
});

const wrong: [what: string, request: InjectOptions, status: number, code: ErrorCode, paths: string[]][] = [
  ['an empty object', post({}), 422, 'body-invalid', ['body.name']],
  ['no body where one is needed', { method: 'POST', url: '/api/v1/things' }, 422, 'body-invalid', ['body']],
  ['two unknown fields', post({ name: 'a', foo: 1, bar: 2 }), 422, 'body-invalid', ['body.foo', 'body.bar']],
  [
    'several faults at once',
    post({ name: '', location: { lat: 91 }, extra: 1 }),
    422,
    'body-invalid',
    ['body.name', 'body.location.lat', 'body.location.lon', 'body.extra'],
  ],
  ['a fault in a list', post({ name: 'a', contacts: [{ phone: '1' }, { phone: 2 }] }), 422, 'body-invalid', ['body.contacts.1.phone']],
  [
    'a fault in the nearer branch of a union',
    post({ name: 'a', target: { near: { lat: 1, lon: 200 } } }),
    422,
    'body-invalid',
    ['body.target.near.lon'],
  ],
  ['a list for an object', post([]), 422, 'body-invalid', ['body']],
  ['U+0000 in text', post('{"name":"a\\u0000b"}'), 422, 'body-invalid', ['body.name']],
  ['half a surrogate pair', post('{"name":"a","contacts":[{"phone":"\\ud800"}]}'), 422, 'body-invalid', ['body.contacts.0.phone']],
  ['a number for text in the query', { url: '/api/v1/things?limit=x' }, 422, 'body-invalid', ['query.limit']],
  ['an unknown name in the query', { url: '/api/v1/things?limit=1&x=1' }, 422, 'body-invalid', ['query.x']],
  ['U+0000 in the address', { url: '/api/v1/things?limit=1%00' }, 422, 'body-invalid', ['query']],
  [
    'faults in params and body',
    { method: 'PUT', url: '/api/v1/things/A1', headers: json, payload: { x: 1 } },
    422,
    'body-invalid',
    ['params.id', 'body.name', 'body.x'],
  ],
  ['JSON that breaks off', post('{"name":'), 400, 'body-unreadable', []],
  ['a prototype in JSON', post('{"name":"a","__proto__":{"x":1}}'), 400, 'body-unreadable', []],
  ['bytes that are no UTF-8', post(Buffer.from([0x22, 0xff, 0x22])), 400, 'body-unreadable', []],
  ['another charset', post('{"name":"a"}', { 'content-type': 'application/json; charset=gb18030' }), 415, 'media-type-unsupported', []],
  ['a form', post('name=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'media-type-unsupported', []],
  ['plain text', post('{"name":"a"}', { 'content-type': 'text/plain' }), 415, 'media-type-unsupported', []],
  ['no content type', post('{"name":"a"}', {}), 415, 'media-type-unsupported', []],
  ['more than 256 KiB', post({ name: 'a'.repeat(256 * 1024) }), 413, 'body-too-large', []],
  ['an unknown route', { url: '/api/v1/nothing' }, 404, 'not-found', []],
  ['an unknown verb', { method: 'PATCH', url: '/api/v1/things' }, 404, 'not-found', []],
  ['an address that is no address', { url: '/api/v1/thrown/%E0%A4%A' }, 404, 'not-found', []],
  ['an id longer than any', { url: `/api/v1/thrown/${'a'.repeat(300)}` }, 404, 'not-found', []],
  ['something that broke here', { url: '/api/v1/broken' }, 500, 'internal', []],
  ['no record', { url: '/api/v1/no-record' }, 503, 'record-unavailable', []],
];

test.each(wrong)('%s', async (_what, request, status, code, paths) => {
  const answer = await desk.ask(request);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const document = answer.json<{ faults: { path: string }[] }>();
  expect({ status: answer.statusCode, code: Reflect.get(document, 'code'), paths: document.faults.map((fault) => fault.path) }).toEqual({
    status,
    code,
    paths,
  });
  expect(document).toMatchObject({
    type: `urn:baiying:error:${code}`,
    status,
    title: errors[code].title,
    remedy: errors[code].remedy,
    retry: errors[code].retry,
  });
  expect(answer.headers['x-request-id']).toBe(Reflect.get(document, 'requestId'));
  expect(answer.body).not.toContain('hunter2');
});

test('what is refused for its form says the limit, the type that is taken, the place in the text', async () => {
  const detail = async (request: ReturnType<typeof post>) => (await desk.ask(request)).json<{ detail: string }>().detail;
  expect(await detail(post({ name: 'a'.repeat(256 * 1024) }))).toBe('262144 bytes are taken here at most');
  expect(await detail(post('name=a', { 'content-type': 'text/plain' }))).toBe('Send it as application/json');
  expect(await detail(post('{"name":'))).toContain('Unexpected end of JSON');
});

test.each(Object.keys(errors) as ErrorCode[])('a Fault %s keeps its status and says when to come back', async (code) => {
  const answer = await desk.ask({ url: `/api/v1/thrown/${code}` });
  expect(answer.statusCode).toBe(errors[code].status);
  expect(answer.json()).toMatchObject({ code, faults: [{ path: 'body.siteId' }] });
  expect('retry-after' in answer.headers).toBe(errors[code].retry && code !== 'internal');
  expect('www-authenticate' in answer.headers).toBe(errors[code].status === 401);
});

test('an act without a body may still name a content type', async () => {
  const answer = await desk.ask({ method: 'POST', url: '/api/v1/things/a/act', headers: json });
  expect(answer.json()).toEqual({ got: 'nothing' });
});

test('no record is answered with Retry-After: 2', async () => {
  const answer = await desk.ask({ url: '/api/v1/no-record' });
  expect(answer.headers['retry-after']).toBe('2');
});

/** What a client hears on a socket that ran out of time after it said this. */
async function heardAfter(said: string): Promise<string> {
  const server = createServer((socket) => {
    const late = () => answerNoRequest({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, socket);
    if (said === '') late();
    else socket.once('data', late);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(said);
  return text(socket);
}

test('a socket that was opened ahead and never used is closed without a word', async () => {
  expect(await heardAfter('')).toBe('');
});

test('half a request is told that it is none', async () => {
  expect(await heardAfter('POST /api/v1/things HTTP/1.1\r\n')).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s);
});

test('bytes that are no HTTP are answered once and hung up on', async () => {
  await desk.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = desk.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1', () => socket.write('not http at all\r\n\r\n'));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s);
});
