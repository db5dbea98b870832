import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { minutes } from '../alarm/index.ts';
import type { Log } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { tokenHash } from '../secrets.ts';
import { quiet } from '../store/testing.ts';
import { type TestDesk, testDesk, testPassword } from './app-testing.ts';
import { type Lie, strangersKey, type TestIssuer, testIssuer } from './issuer-testing.ts';
import { openSignOn } from './single-sign-on.ts';

const start = '/api/v1/sessions/single-sign-on';
const client = { clientId: 'baiying', clientSecret: 'not-so-secret', claim: 'sub', scope: 'openid', label: 'The bureau' };

/** Why somebody was refused stands in the log, for the administrator. */
const said: unknown[] = [];
const log: Log = Object.assign(Object.create(quiet), { warn: ({ why }: { readonly why?: unknown }) => said.push(why) });

let issuer: TestIssuer;
let desk: TestDesk;
let admin: { authorization: string };
beforeAll(async () => {
  issuer = await testIssuer();
  afterAll(() => issuer.close());
  desk = await deskWith(issuer.issuer);
  admin = await desk.as('admin');
  await person('lin', { identity: 'police-1041' });
});

async function deskWith(at: string, more: object = {}, whenDone: (run: () => Promise<void>) => void = afterAll): Promise<TestDesk> {
  const clock = manualClock();
  const signOn = openSignOn({ ...client, issuer: at, ...more }, { clock, log });
  return testDesk(whenDone, signOn === undefined ? {} : { signOn });
}

async function person(username: string, more: object, own = desk, by = admin) {
  const payload = { username, password: testPassword, roles: ['operator'], ...more };
  const made = await own.ask({ method: 'POST', url: '/api/v1/accounts', headers: by, payload });
  expect(made.statusCode, made.body).toBe(201);
  return made.json<{ id: string }>().id;
}

async function begin(own = desk) {
  const answer = await own.ask({ url: start });
  const [cookie] = answer.cookies;
  return { to: new URL(String(answer.headers.location)), cookies: cookie ? { [cookie.name]: cookie.value } : {}, cookie };
}
const comeBack = (query: object, cookies: Record<string, string>, own = desk): Promise<LightMyRequestResponse> =>
  own.ask({ url: `${start}/callback?${new URLSearchParams({ ...query })}`, cookies });

/** There and back again. Gives where the browser ends, and its session. */
async function signOn(who: Lie) {
  const { to, cookies } = await begin();
  const answer = await comeBack({ code: issuer.agree(to, who), state: to.searchParams.get('state') }, cookies);
  return { at: answer.headers.location, session: sessionOf(answer) };
}
const sessionOf = (answer: LightMyRequestResponse) => answer.cookies.find(({ name }) => name === 'baiying_session')?.value;

test('who proves to be the identity of an account comes in with a session like every other', async () => {
  const { at, session = '' } = await signOn({ claims: { sub: 'police-1041' } });
  expect(at).toBe('/console/');
  const cookies = { baiying_session: session };
  const current = await desk.ask({ url: '/api/v1/sessions/current', cookies });
  expect(current.json()).toMatchObject({ actor: { name: 'lin', roles: ['operator'] } });
  const rows = await desk.store.desk.selectFrom('audit').select(['by', 'data']).where('act', '=', 'session.opened').execute();
  expect(rows).toContainEqual({ by: 'lin', data: { ip: '127.0.0.1', through: 'single-sign-on' } });
  expect(await desk.store.desk.selectFrom('sessions').select('through').where('token_hash', '=', tokenHash(session)).execute()).toEqual([
    { through: 'single-sign-on' },
  ]);
  const { items } = (await desk.ask({ url: '/api/v1/accounts', headers: admin })).json<{ items: { id: string; username: string }[] }>();
  const lin = items.find(({ username }) => username === 'lin')?.id;
  await desk.ask({ method: 'DELETE', url: `/api/v1/accounts/${lin}/sessions`, headers: admin });
  expect((await desk.ask({ url: '/api/v1/sessions/current', cookies })).statusCode).toBe(401);
});

test('the browser is sent with state, nonce and a challenge, and asked to prove itself', async () => {
  const { to, cookie } = await begin();
  expect(to.href).toContain(`${issuer.issuer}/authorize`);
  expect(Object.fromEntries(to.searchParams)).toMatchObject({
    ...{ response_type: 'code', client_id: 'baiying', code_challenge_method: 'S256', prompt: 'login' },
    redirect_uri: `http://localhost${start}/callback`,
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: start });
});

const good = { sub: 'police-1041' };
const lies: [what: string, who: Lie, why: RegExp][] = [
  ['another audience', { claims: { ...good, aud: 'another-service' } }, /"aud"/],
  ['another issuer', { claims: { ...good, iss: 'https://elsewhere.example' } }, /"iss"/],
  ['no signature', { claims: good, header: { alg: 'none' } }, /"alg"/],
  ['a key that was never published', { claims: good, header: { kid: 'two' }, key: strangersKey }, /key/],
  ['the name of a key that signed nothing', { claims: good, key: strangersKey }, /signature/],
  ['a secret that everybody has', { claims: good, header: { alg: 'HS256' } }, /"alg"/],
  ['a nonce of another browser', { claims: { ...good, nonce: 'of-another' } }, /"nonce"/],
  ['a time that is over', { claims: { ...good, iat: 1_700_000_000, exp: 1_700_000_060 } }, /"exp"/],
  ['nobody in it', { claims: { sub: '' } }, /who this is/],
];
test.each(lies)('an ID token with %s lets nobody in', async (_what, who, why) => {
  said.length = 0;
  expect(await signOn(who)).toEqual({ at: '/console/?refused=sign-on-refused', session: undefined });
  expect(said).toEqual([expect.stringMatching(why)]);
});

test('nor does an identity that nobody registered', async () => {
  expect(await signOn({ claims: { sub: 'police-9999' } })).toEqual({ at: '/console/?refused=sign-on-refused', session: undefined });
});

test('an account that is switched off lets nobody in, and a refusal is on the audit trail', async () => {
  const id = await person('he', { identity: 'police-2000' });
  await desk.ask({ method: 'PUT', url: `/api/v1/accounts/${id}`, headers: admin, payload: { roles: ['operator'], active: false } });
  expect((await signOn({ claims: { sub: 'police-2000' } })).at).toBe('/console/?refused=sign-on-refused');
  const rows = await desk.store.desk.selectFrom('audit').select('subject').where('act', '=', 'session.refused').execute();
  expect(rows).toContainEqual({ subject: 'identities:police-2000' });
});

describe('a way back', () => {
  const refused = async (answer: Promise<LightMyRequestResponse>) => {
    const { headers, cookies } = await answer;
    expect(cookies.some(({ name }) => name === 'baiying_session')).toBe(false);
    expect(headers.location).toBe('/console/?refused=sign-on-refused');
  };
  const half = async () => {
    const { to, cookies } = await begin();
    return { to, query: { code: issuer.agree(to, { claims: good }), state: to.searchParams.get('state') ?? '' }, cookies };
  };

  test('is gone once', async () => {
    const { query, cookies, to } = await half();
    expect((await comeBack(query, cookies)).headers.location).toBe('/console/');
    await refused(comeBack({ ...query, code: issuer.agree(to, { claims: good }) }, cookies));
  });

  test('is gone in the browser that began it, with its state', async () => {
    const { query } = await half();
    const other = await half();
    await refused(comeBack(query, {}));
    await refused(comeBack(query, other.cookies));
  });

  test('is gone in time', async () => {
    const { query, cookies } = await half();
    await desk.clock.advance(minutes(10));
    await refused(comeBack(query, cookies));
  });

  test('without a code says that the person was refused there', async () => {
    const { query, cookies } = await half();
    await refused(comeBack({ error: 'access_denied', state: query.state }, cookies));
  });
});

test('an identity belongs to one account, stays when it is not named, and a change of it ends the sessions', async () => {
  const id = await person('shen', { identity: 'police-3000' });
  const change = async (payload: object) =>
    (await desk.ask({ method: 'PUT', url: `/api/v1/accounts/${id}`, headers: admin, payload: { roles: ['operator'], ...payload } }))
      .statusCode;
  const { session = '' } = await signOn({ claims: { sub: 'police-3000' } });
  const status = async () => (await desk.ask({ url: '/api/v1/me', cookies: { baiying_session: session } })).statusCode;
  expect([await change({}), await status()]).toEqual([200, 200]);
  expect(await change({ identity: 'police-1041' })).toBe(422);
  expect([await change({ identity: '' }), await status()]).toEqual([200, 401]);
  expect((await signOn({ claims: { sub: 'police-3000' } })).at).toContain('refused');
});

test('while the issuer is away a local password still lets in, and the sign-in page knows its name', async () => {
  const own = await deskWith('http://127.0.0.1:1', {}, onTestFinished);
  expect((await own.ask({ url: start })).headers.location).toBe('/console/?refused=sign-on-unavailable');
  expect(await own.as('operator')).toHaveProperty('authorization');
  expect((await own.ask({ url: '/api/v1/setup/state' })).json()).toEqual({ hasAccount: true, singleSignOn: 'The bureau' });
});

test('without an issuer there is no way there', async () => {
  const own = await testDesk(onTestFinished);
  expect((await own.ask({ url: start })).headers.location).toBe('/console/?refused=sign-on-unavailable');
  expect((await own.ask({ url: '/api/v1/setup/state' })).json()).toEqual({ hasAccount: false });
});

/** A browser that follows every redirect of one host and keeps its cookies. Gives the address that leads elsewhere. */
async function walk(
  first: URL,
  form?: URLSearchParams,
  jar = new Map<string, string>(),
): Promise<{ readonly page: string; readonly left?: URL }> {
  let [url, body] = [first, form];
  for (;;) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body ? { method: 'POST', body } : {}) });
    for (const set of answer.headers.getSetCookie()) jar.set(set.split('=')[0] ?? '', set.slice(set.indexOf('=') + 1).split(';')[0] ?? '');
    const location = answer.headers.get('location');
    if (location !== null) {
      [url, body] = [new URL(location, url), undefined];
      if (url.host !== first.host) return { page: '', left: url };
      continue;
    }
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (prompt === undefined || action === undefined) return { page };
    [url, body] = [new URL(action, url), new URLSearchParams({ prompt, login: 'police-7', password: 'any' })];
  }
}

test('a provider that others wrote and certified agrees: PKCE, our secret, a claim told at its userinfo', async () => {
  // What it says of its defaults is no news here.
  for (const out of ['info', 'warn'] as const) vi.spyOn(console, out).mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(at, {
    clients: [{ client_id: 'baiying', client_secret: 'not-so-secret', redirect_uris: [`http://localhost${start}/callback`] }],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, preferred_username: `${id}@bureau` }) }),
  });
  server.on('request', provider.callback());
  const own = await deskWith(at, { claim: 'preferred_username', scope: 'openid profile' }, onTestFinished);
  await person('seven', { identity: 'police-7@bureau' }, own, await own.as('admin'));
  const { to, cookies } = await begin(own);
  const { left, page } = await walk(to);
  expect(left?.pathname, page).toBe(`${start}/callback`);
  const answer = await comeBack(Object.fromEntries(left?.searchParams ?? []), cookies, own);
  expect(answer.headers.location).toBe('/console/');
  const current = await own.ask({ url: '/api/v1/sessions/current', cookies: { baiying_session: sessionOf(answer) ?? '' } });
  expect(current.json()).toMatchObject({ actor: { name: 'seven' } });
});
