import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { roles as settingsRoles } from '../../config/people.ts';
import { minutes, seconds } from '../alarm/index.ts';
import { tokenHash } from '../secrets.ts';
import { codeShown, unbase32 } from '../totp-testing.ts';
import { type TestDesk, testDesk, testPassword } from './app-testing.ts';
import { roles } from './roles.ts';

let desk: TestDesk;
let admin: { authorization: string };
beforeAll(async () => {
  desk = await testDesk(afterAll);
  admin = await desk.as('admin');
});

let people = 0;
async function person(own = desk, by = admin, role = 'operator') {
  people += 1;
  const username = `qian.${people}`;
  const payload = { username, password: testPassword, roles: [role] };
  const made = await own.ask({ method: 'POST', url: '/api/v1/accounts', headers: by, payload });
  const enter = async (code?: string, password = testPassword) => {
    const answer = await own.ask({
      method: 'POST',
      url: '/api/v1/sessions',
      payload: { username, password, ...(code === undefined ? {} : { code }) },
    });
    const { token, code: problem } = answer.json<{ token?: string; code?: string }>();
    return { status: answer.statusCode, problem, headers: { authorization: `Bearer ${token}` } };
  };
  const post = async (path: string, headers: object, body: object) =>
    own.ask({ method: 'POST', url: `/api/v1/me/second-factor${path}`, headers: { ...headers }, payload: body });
  /** Puts a second factor on. Gives the app, and the recovery codes. */
  const enrol = async (headers: object) => {
    const begun = await post('', headers, { current: testPassword });
    expect(begun.statusCode, begun.body).toBe(201);
    const { secret, uri } = begun.json<{ secret: string; uri: string }>();
    expect(uri).toContain(`secret=${secret}`);
    const app = (apart = 0) => codeShown(secret, own.clock.now() + apart * seconds(30));
    const confirmed = await post('/confirm', headers, { code: app() });
    expect(confirmed.statusCode, confirmed.body).toBe(200);
    return { app, secret, recoveryCodes: confirmed.json<{ recoveryCodes: string[] }>().recoveryCodes };
  };
  return { id: made.json<{ id: string }>().id, username, enter, enrol, post };
}
const next = (own = desk) => own.clock.advance(seconds(30));
const status = async (headers: object, own = desk) => (await own.ask({ url: '/api/v1/me', headers: { ...headers } })).statusCode;

test('the password alone lets nobody in any more, a code does, and each code once', async () => {
  const who = await person();
  const [here, elsewhere] = [await who.enter(), await who.enter()];
  const { app } = await who.enrol(here.headers);
  expect([await status(here.headers), await status(elsewhere.headers)]).toEqual([200, 401]);
  expect(await who.enter()).toMatchObject({ status: 401, problem: 'second-factor-needed' });
  expect(await who.enter(undefined, 'not the password')).toMatchObject({ status: 401, problem: 'credential-wrong' });
  expect(await who.enter(app())).toMatchObject({ status: 401, problem: 'second-factor-wrong' });
  await next();
  expect(await who.enter(app())).toMatchObject({ status: 201 });
  expect(await who.enter(app())).toMatchObject({ problem: 'second-factor-wrong' });
  expect(await who.enter(app(-1))).toMatchObject({ problem: 'second-factor-wrong' });
  expect(await who.enter(app(2))).toMatchObject({ problem: 'second-factor-wrong' });
  expect(await who.enter(app(1))).toMatchObject({ status: 201 });
});

test('of two who send the same code at once one comes in', async () => {
  const who = await person();
  const { app } = await who.enrol((await who.enter()).headers);
  await next();
  const both = await Promise.all([who.enter(app()), who.enter(app())]);
  expect(both.map(({ status: said }) => said).toSorted()).toEqual([201, 401]);
});

test('codes are looked at ten times in a quarter of an hour, from wherever they come, and a refusal is on the audit trail', async () => {
  const who = await person();
  const { app } = await who.enrol((await who.enter()).headers);
  await next();
  for (let tried = 0; tried < 10; tried += 1) {
    // The gate of the sign-in counts by address and minute.
    await desk.clock.advance(seconds(10));
    expect((await who.enter('000000')).problem).toBe('second-factor-wrong');
  }
  expect(await who.enter(app())).toMatchObject({ status: 429 });
  const rows = await desk.store.desk.selectFrom('audit').select('data').where('subject', '=', `accounts:${who.username}`).execute();
  expect(rows[0]?.data).toEqual({ ip: '127.0.0.1', password: 'right' });
  await desk.clock.advance(minutes(15));
  expect(await who.enter(app())).toMatchObject({ status: 201 });
});

test('a recovery code takes the place of one code once; the record holds secret and codes so that a copy of it tells none', async () => {
  const who = await person();
  const { secret, recoveryCodes } = await who.enrol((await who.enter()).headers);
  const [first = '', second = ''] = recoveryCodes;
  expect(recoveryCodes).toHaveLength(10);
  expect(await who.enter(first.toLowerCase().replaceAll('-', ' '))).toMatchObject({ status: 201 });
  expect(await who.enter(first)).toMatchObject({ problem: 'second-factor-wrong' });
  const { headers } = await who.enter(second);
  const state = await desk.ask({ url: '/api/v1/me/second-factor', headers });
  expect(state.json()).toEqual({ on: true, recoveryCodes: 8 });
  const kept = JSON.stringify([
    await desk.store.desk.selectFrom('second_factors').selectAll().execute(),
    await desk.store.desk.selectFrom('recovery_codes').selectAll().execute(),
  ]);
  for (const told of [secret, unbase32(secret).toString('base64'), ...recoveryCodes]) expect(kept).not.toContain(told);
});

test('putting it on takes the password and a first code; what was begun and not confirmed asks nobody for anything', async () => {
  const who = await person();
  const { headers } = await who.enter();
  expect((await who.post('', headers, { current: 'not the password' })).statusCode).toBe(401);
  expect((await who.post('/confirm', headers, { code: '123456' })).statusCode).toBe(404);
  await who.post('', headers, { current: testPassword });
  expect((await who.post('/confirm', headers, { code: '12345a' })).json()).toMatchObject({ code: 'second-factor-wrong' });
  expect((await who.enter()).status).toBe(201);
  await who.enrol(headers);
  expect((await who.post('', headers, { current: testPassword })).json()).toMatchObject({ code: 'second-factor-on' });
});

describe('it ends', () => {
  test('with the password and a code', async () => {
    const who = await person();
    const { headers } = await who.enter();
    const { app } = await who.enrol(headers);
    await next();
    expect((await who.post('/off', headers, { current: testPassword, code: '000000' })).statusCode).toBe(401);
    expect((await who.post('/off', headers, { current: testPassword, code: app() })).statusCode).toBe(204);
    expect((await who.enter()).status).toBe(201);
  });

  test('by an administrator, who signs the person out and is on the audit trail', async () => {
    const who = await person();
    const { headers } = await who.enter();
    await who.enrol(headers);
    const reset = (by: object) => desk.ask({ method: 'DELETE', url: `/api/v1/accounts/${who.id}/second-factor`, headers: { ...by } });
    expect((await reset(await desk.as('supervisor'))).statusCode).toBe(403);
    expect([(await reset(admin)).statusCode, (await reset(admin)).statusCode]).toEqual([204, 404]);
    expect([await status(headers), (await who.enter()).status]).toEqual([401, 201]);
    const rows = await desk.store.desk.selectFrom('audit').select(['by', 'act']).where('subject', '=', `accounts:${who.id}`).execute();
    expect(rows).toContainEqual({ by: 'person-1', act: 'account.second-factor-reset' });
  });
});

test('a role that needs one opens nothing but putting it on', async () => {
  const own = await testDesk(onTestFinished, { secondFactorRoles: ['admin'] });
  const root = await own.as('admin');
  const ask = async (url: string, headers: object = root) => (await own.ask({ url, headers: { ...headers } })).statusCode;
  expect([await ask('/api/v1/accounts'), await ask('/api/v1/me'), await ask('/metrics')]).toEqual([403, 200, 403]);
  expect((await own.ask({ url: '/api/v1/sessions/current', headers: root })).json()).toMatchObject({ secondFactorDue: true });
  const begun = await own.ask({ method: 'POST', url: '/api/v1/me/second-factor', headers: root, payload: { current: testPassword } });
  const code = codeShown(begun.json<{ secret: string }>().secret, own.clock.now());
  await own.ask({ method: 'POST', url: '/api/v1/me/second-factor/confirm', headers: root, payload: { code } });
  expect([await ask('/api/v1/accounts'), await ask('/metrics')]).toEqual([200, 200]);
  const made = await own.ask({ method: 'POST', url: '/api/v1/api-keys', headers: root, payload: { name: 'report', roles: ['admin'] } });
  expect(await ask('/api/v1/accounts', { authorization: `Bearer ${made.json<{ key: string }>().key}` })).toBe(200);
  expect(await ask('/api/v1/api-keys', (await (await person(own, root, 'auditor')).enter()).headers)).toBe(200);
  const other = await own.as('admin');
  expect(await ask('/api/v1/accounts', other)).toBe(403);
  // An issuer of identities has factors of its own.
  const itsSession = own.store.desk.updateTable('sessions').where('token_hash', '=', tokenHash(other.authorization.slice(7)));
  await itsSession.set({ through: 'single-sign-on' }).execute();
  expect(await ask('/api/v1/accounts', other)).toBe(200);
});

test('the settings know the roles that there are', () => {
  expect(settingsRoles).toEqual(roles);
});
