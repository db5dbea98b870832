import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours, minutes } from '../../alarm/index.ts';
import { type TestDesk, testDesk, testPassword } from '../app-testing.ts';

let desk: TestDesk;
let admin: { authorization: string };
beforeAll(async () => {
  desk = await testDesk(afterAll);
  admin = await desk.as('admin');
});

interface Person {
  readonly id: string;
  readonly username: string;
  readonly headers: { authorization: string };
}
let people = 0;
/** An account with a session, besides those of `desk.as`. */
async function person(): Promise<Person> {
  people += 1;
  const username = `zhou.${people}`;
  const payload = { username, password: testPassword, roles: ['operator'] };
  const made = await desk.ask({ method: 'POST', url: '/api/v1/accounts', headers: admin, payload });
  return { id: made.json<{ id: string }>().id, username, headers: await signIn(username, testPassword) };
}
async function signIn(username: string, password: string) {
  const answer = await desk.ask({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { username, password },
    headers: { 'user-agent': 'a browser' },
  });
  return { authorization: `Bearer ${answer.json<{ token: string }>().token}` };
}
const status = async (headers: object) => (await desk.ask({ url: '/api/v1/me', headers: { ...headers } })).statusCode;

describe('what people set for themselves', () => {
  test('the language stays with the account, and a change of roles leaves it', async () => {
    const { id, headers } = await person();
    const changed = await desk.ask({ method: 'PUT', url: '/api/v1/me', headers, payload: { language: 'en' } });
    expect(changed.json()).toMatchObject({ language: 'en' });
    await desk.ask({ method: 'PUT', url: `/api/v1/accounts/${id}`, headers: admin, payload: { roles: ['supervisor'] } });
    expect((await desk.ask({ url: '/api/v1/me', headers })).json()).toMatchObject({ language: 'en', roles: ['supervisor'] });
    expect((await desk.ask({ method: 'PUT', url: '/api/v1/me', headers, payload: { language: 'fr' } })).statusCode).toBe(422);
  });

  test('a new password needs the old one, and ends every other session', async () => {
    const { username, headers } = await person();
    const elsewhere = await signIn(username, testPassword);
    const change = (current: string, password: string) =>
      desk.ask({ method: 'PUT', url: '/api/v1/me/password', headers, payload: { current, password } });
    expect((await change('not the password', 'nine green lanterns')).statusCode).toBe(401);
    expect((await change(testPassword, 'password123')).statusCode).toBe(422);
    expect((await change(testPassword, 'nine green lanterns')).statusCode).toBe(204);
    expect([await status(headers), await status(elsewhere)]).toEqual([200, 401]);
    expect(await status(await signIn(username, 'nine green lanterns'))).toBe(200);
  });

  test('an API key is nobody', async () => {
    const made = await desk.ask({
      method: 'POST',
      url: '/api/v1/api-keys',
      headers: admin,
      payload: { name: 'a system', roles: ['admin'] },
    });
    const { key } = made.json<{ key: string }>();
    expect(await status({ authorization: `Bearer ${key}` })).toBe(403);
  });
});

describe('sessions of an account', () => {
  test('are listed with where they came from and when they were last used, and end one by one or all', async () => {
    const { id, username, headers } = await person();
    const other = await signIn(username, testPassword);
    await desk.clock.advance(minutes(5));
    expect(await status(other)).toBe(200);
    const list = async () =>
      (await desk.ask({ url: `/api/v1/accounts/${id}/sessions`, headers: admin })).json<{
        items: { id: string; agent: string; seenAt: string; openedAt: string; current: boolean }[];
      }>().items;
    const seen = await list();
    expect(seen.map(({ agent, current }) => [agent, current])).toEqual([
      ['a browser', false],
      ['a browser', false],
    ]);
    const used = seen.find(({ seenAt, openedAt }) => Date.parse(seenAt) - Date.parse(openedAt) === minutes(5));
    await desk.ask({ method: 'DELETE', url: `/api/v1/accounts/${id}/sessions/${used?.id}`, headers: admin });
    expect([await status(headers), await status(other)]).toEqual([200, 401]);
    await desk.ask({ method: 'DELETE', url: `/api/v1/accounts/${id}/sessions`, headers: admin });
    expect(await status(headers)).toBe(401);
    expect(await list()).toEqual([]);
  });
});

describe('a link for a forgotten password', () => {
  const linkFor = async (id: string) => {
    const { path } = (await desk.ask({ method: 'POST', url: `/api/v1/accounts/${id}/reset-link`, headers: admin })).json<{
      path: string;
    }>();
    return path.split('#token=')[1] ?? '';
  };
  const reset = async (token: string, password = 'seven blue kites') =>
    (await desk.ask({ method: 'POST', url: '/api/v1/password-resets', payload: { token, password } })).statusCode;

  test('sets a new one once, and signs the person out everywhere', async () => {
    const { id, username, headers } = await person();
    const token = await linkFor(id);
    expect(await reset(token, '12345678')).toBe(422);
    expect(await reset(token)).toBe(204);
    expect(await status(headers)).toBe(401);
    expect(await status(await signIn(username, 'seven blue kites'))).toBe(200);
    expect(await reset(token)).toBe(410);
  });

  test('of an earlier asking, of yesterday, or of an account that is switched off opens nothing', async () => {
    const { id } = await person();
    const earlier = await linkFor(id);
    const late = await linkFor(id);
    expect(await reset(earlier)).toBe(410);
    const off = await person();
    const dead = await linkFor(off.id);
    await desk.ask({ method: 'PUT', url: `/api/v1/accounts/${off.id}`, headers: admin, payload: { roles: ['operator'], active: false } });
    expect(await reset(dead)).toBe(410);
    await desk.clock.advance(hours(2));
    expect(await reset(late)).toBe(410);
    admin = await desk.as('admin');
  });
});

describe('the audit trail', () => {
  test('is searched by who, what and when, and given as a table', async () => {
    const begin = new Date(desk.clock.now()).toISOString();
    await desk.clock.advance(minutes(1));
    const name = 'a reader';
    await desk.ask({ method: 'POST', url: '/api/v1/api-keys', headers: admin, payload: { name, roles: ['operator'] } });
    const items = async (query: string) =>
      (await desk.ask({ url: `/api/v1/audit?${query}`, headers: admin })).json<{ items: { by: string; act: string }[] }>().items;
    expect((await items(`act=api-key.&since=${begin}`)).map(({ act }) => act)).toEqual(['api-key.created']);
    expect(await items(`act=api-key.&until=${begin}&by=nobody-at-all`)).toEqual([]);
    expect((await items('subject=accounts:')).every(({ act }) => /account|session/.test(act))).toBe(true);
    const table = await desk.ask({ url: `/api/v1/audit/export?since=${begin}`, headers: admin });
    expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, ...lines] = table.body.slice(1).trimEnd().split('\r\n');
    expect(head).toBe('seq,at,by,act,subject,data,hash');
    expect(lines.some((line) => line.includes('audit.exported'))).toBe(true);
    expect(lines.some((line) => line.includes('api-key.created'))).toBe(true);
  });
});
