import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect as plug } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import WebSocket from 'ws';
import { simulatorCertificate } from '../../devices/simulator-certificate.ts';
import { minutes } from '../alarm/index.ts';
import { renewedCertificate } from '../certificate-testing.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { type TestDesk, testDesk, testPassword } from './app-testing.ts';
import { mostSocketsOfOne } from './clients.ts';
import { httpsDoor } from './https.ts';

const patience = { timeout: 20_000, interval: 20 };
const trust = { ca: simulatorCertificate.cert, checkServerIdentity: () => undefined, host: '127.0.0.1' };

/** What the officers' page stands on beside plain requests. */
const probes: FastifyPluginAsyncZod = async (app) => {
  app.get('/slow-news', { config: { access: 'signed-in' } }, async (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: on duty\n\n');
  });
  app.get('/talk', { config: { access: 'signed-in' }, websocket: true }, (socket) => {
    socket.on('message', (said) => socket.send(`heard ${String(said)}`));
  });
};

let desk: TestDesk;
let port = 0;
let door: NonNullable<ReturnType<typeof httpsDoor>>;
const clock = manualClock();
const folder = mkdtempSync(join(tmpdir(), 'baiying-https-'));
const files = { tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem') };

beforeAll(async () => {
  writeFileSync(files.tlsCert, simulatorCertificate.cert);
  writeFileSync(files.tlsKey, simulatorCertificate.key);
  desk = await testDesk(afterAll, { routes: [probes] });
  await desk.app.ready();
  const opened = httpsDoor(desk.app, { bind: '127.0.0.1', httpsPort: 0, ...files }, { clock, log: quiet });
  if (!opened) throw new Error('no door');
  door = opened;
  port = await door.listen();
});
afterAll(async () => {
  door.cut();
  await door.close();
  rmSync(folder, { recursive: true });
});

const ask = (options: RequestOptions, body?: object): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const asked = request({ ...trust, port, agent: false, ...options, headers: { ...json, ...options.headers } }, resolve);
    asked.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });

const signIn = async () => {
  await desk.as('operator');
  const answer = await ask({ method: 'POST', path: '/api/v1/sessions' }, { username: 'person-1', password: testPassword });
  answer.resume();
  return String(answer.headers['set-cookie']);
};

test('no port, no door', () => {
  expect(httpsDoor(desk.app, { bind: '127.0.0.1', ...files }, { clock, log: quiet })).toBeUndefined();
});

test('who signs in over TLS has a cookie that goes nowhere else, and a browser that comes back over TLS alone', async () => {
  expect(await signIn()).toMatch(/; Secure/);
  const page = await ask({ path: '/livez' });
  page.resume();
  expect([page.statusCode, page.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
  const plain = await desk.ask({ url: '/livez' });
  expect(plain.headers['strict-transport-security']).toBeUndefined();
});

test('streams and WebSockets pass, from our own pages alone', async () => {
  const cookie = (await signIn()).split(';')[0] ?? '';
  const stream = await ask({ path: '/api/v1/slow-news', headers: { cookie } });
  await vi.waitFor(() => expect(String(stream.read())).toContain('on duty'), patience);
  stream.destroy();
  const talk = (origin: string) => new WebSocket(`wss://127.0.0.1:${port}/api/v1/talk`, { ...trust, origin, headers: { cookie } });
  const own = talk(`https://127.0.0.1:${port}`);
  onTestFinished(() => own.terminate());
  const heard = new Promise((resolve, reject) => own.once('message', (said) => resolve(String(said))).once('error', reject));
  own.once('open', () => own.send('hello'));
  expect(await heard).toBe('heard hello');
  const foreign = talk('https://evil.example');
  expect(await new Promise((resolve) => foreign.once('error', (error) => resolve(error.message)))).toContain('403');
});

test('TLS before 1.2 is refused; a renewed certificate is shown without a restart, one of no use is not', async () => {
  const put = ({ cert, key }: { readonly cert: string; readonly key: string }) => {
    writeFileSync(files.tlsCert, cert);
    writeFileSync(files.tlsKey, key);
  };
  const knock = (more: object = {}) =>
    new Promise<string | undefined>((resolve) => {
      const socket = connect({ ...trust, ca: [simulatorCertificate.cert, renewedCertificate.cert], port, ...more }, () => {
        resolve(socket.getPeerX509Certificate()?.subject);
        socket.destroy();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  expect(await knock({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toMatch(/PROTOCOL/);
  expect(await knock()).toBe('CN=simulated camera');
  put(renewedCertificate);
  await clock.advance(minutes(10));
  await vi.waitFor(async () => expect(await knock()).toBe('CN=the next broker'), patience);
  put({ ...simulatorCertificate, cert: 'half of a certi' });
  await clock.advance(minutes(10));
  expect(await knock()).toBe('CN=the next broker');
  put(simulatorCertificate);
  await clock.advance(minutes(10));
  await vi.waitFor(async () => expect(await knock()).toBe('CN=simulated camera'), patience);
});

test('whoever fills the door with connections that say nothing does not shut out the others', async () => {
  let seen = 0;
  const own = httpsDoor(desk.app, { bind: '127.0.0.1', httpsPort: 0, ...files }, { clock, log: quiet });
  const at = (await own?.listen()) ?? 0;
  const calls = Array.from({ length: mostSocketsOfOne }, () => plug({ host: '127.0.0.1', port: at }, () => (seen += 1)));
  onTestFinished(async () => {
    for (const call of calls) call.destroy();
    own?.cut();
    await own?.close();
  });
  for (const call of calls) call.on('error', () => undefined).resume();
  await vi.waitFor(() => expect(seen).toBe(mostSocketsOfOne), patience);
  await expect(ask({ port: at, path: '/livez' })).rejects.toThrow();
  const other = await ask({ port: at, path: '/livez', localAddress: '127.0.0.2' });
  other.resume();
  expect(other.statusCode).toBe(200);
});

test('a stream that stands holds up the end until it is cut', async () => {
  const own = httpsDoor(desk.app, { bind: '127.0.0.1', httpsPort: 0, ...files }, { clock, log: quiet });
  const at = (await own?.listen()) ?? 0;
  const authorization = (await desk.as('operator')).authorization;
  const stream = await ask({ port: at, path: '/api/v1/slow-news', headers: { authorization } });
  stream.resume().on('error', () => undefined);
  let ended = false;
  const closing = own?.close().then(() => {
    ended = true;
  });
  await expect(ask({ port: at, path: '/livez' })).rejects.toThrow('ECONNREFUSED');
  expect(ended).toBe(false);
  own?.cut();
  await closing;
});

describe('who the client is', () => {
  const refusedFrom = async (proxies: string | undefined, remoteAddress: string, forwarded: string) => {
    const own = await testDesk(onTestFinished, proxies === undefined ? {} : { proxies });
    const headers = { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'desk.example' };
    const payload = { username: 'somebody', password: 'something' };
    const answer = await own.ask({ method: 'POST', url: '/api/v1/sessions', payload, headers, remoteAddress });
    const [row] = await own.store.desk.selectFrom('audit').select('data').where('act', '=', 'session.refused').execute();
    return { ...(row?.data as { ip: string }), secure: 'strict-transport-security' in answer.headers };
  };
  const rows: [what: string, proxies: string | undefined, from: string, forwarded: string, ip: string, secure: boolean][] = [
    ['without a proxy in the settings nobody is believed', undefined, '10.0.0.7', '203.0.113.5', '10.0.0.7', false],
    ['the proxy is believed', '10.0.0.7', '10.0.0.7', '203.0.113.5', '203.0.113.5', true],
    ['so is one of its network, over IPv6 too', '192.0.2.1, fd00::/8', 'fd00::7', '203.0.113.5', '203.0.113.5', true],
    ['one from elsewhere is not', '10.0.0.0/24', '198.51.100.9', '203.0.113.5', '198.51.100.9', false],
    ['what the client wrote before the proxy did is not', '10.0.0.7', '10.0.0.7', '127.0.0.1, 203.0.113.5', '203.0.113.5', true],
  ];
  test.each(rows)('%s', async (_what, proxies, from, forwarded, ip, secure) => {
    expect(await refusedFrom(proxies, from, forwarded)).toEqual({ ip, secure });
  });
});
