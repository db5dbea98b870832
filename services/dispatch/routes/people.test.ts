import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hours, minutes } from '../../alarm/index.ts';
import { verifyNobody } from '../../secrets.ts';
import { verifyAudit } from '../../store/audit.ts';
import { type TestDesk, testDesk, testPassword } from '../app-testing.ts';
import { firstAccount } from '../first-account.ts';

let desk: TestDesk;
let admin: { authorization: string };
beforeAll(async () => {
  desk = await testDesk(afterAll);
  admin = await desk.as('admin');
});

const login = (username: string, password: string, on = desk) =>
  on.ask({ method: 'POST', url: '/api/v1/sessions', payload: { username, password } });
const post = (payload: object) => desk.ask({ method: 'POST', url: '/api/v1/accounts', headers: admin, payload });
const put = (id: string, payload: object, headers = admin) => desk.ask({ method: 'PUT', url: `/api/v1/accounts/${id}`, headers, payload });
const good = { password: 'four quiet horses', roles: ['operator'] };
let names = 0;
const newName = () => {
  names += 1;
  return `li.${names}`;
};

describe('signing in', () => {
  test('gives a token and says who one is; signing out ends it', async () => {
    const username = newName();
    await post({ ...good, username });
    const answer = await login(username, good.password);
    expect(answer.statusCode).toBe(201);
    const { token, expiresAt, account } = answer.json<{ token: string; expiresAt: string; account: object }>();
    expect(expiresAt).toBe(new Date(desk.clock.now() + hours(12)).toISOString());
    expect(account).toMatchObject({ username, roles: ['operator'] });
    const headers = { authorization: `Bearer ${token}` };
    const current = await desk.ask({ url: '/api/v1/sessions/current', headers });
    expect(current.json()).toMatchObject({ actor: { name: username, kind: 'account', roles: ['operator'] }, account, expiresAt });
    expect((await desk.ask({ method: 'DELETE', url: '/api/v1/sessions/current', headers })).statusCode).toBe(204);
    expect((await desk.ask({ url: '/api/v1/sessions/current', headers })).statusCode).toBe(401);
  });

  test('the record holds no token and no password', async () => {
    const username = newName();
    await post({ ...good, username });
    const { token } = (await login(username, good.password)).json<{ token: string }>();
    const held = JSON.stringify([
      await desk.store.desk.selectFrom('sessions').selectAll().execute(),
      await desk.store.desk.selectFrom('accounts').selectAll().execute(),
    ]);
    expect(held).not.toContain(token);
    expect(held).not.toContain(good.password);
  });

  test('an unknown name, a wrong password and an account that is switched off get the same answer', async () => {
    const [known, off] = [newName(), newName()];
    await post({ ...good, username: known });
    await post({ ...good, username: off, active: false });
    const answers = await Promise.all([login('nobody', good.password), login(known, 'four quiet horsey'), login(off, good.password)]);
    const said = answers.map((answer) => ({ ...answer.json<object>(), requestId: '' }));
    expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401]);
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
    expect(said[0]).toMatchObject({ code: 'credential-wrong' });
  });

  test('an unknown name and an account that is switched off are hashed for like any other', async () => {
    const off = newName();
    await post({ ...good, username: off, active: false });
    // With the line of people's hashes full, whoever would be hashed for is turned away.
    const full = Promise.allSettled(Array.from({ length: 62 }, () => verifyNobody('x')));
    expect((await login('nobody-at-all', 'x')).statusCode).toBe(503);
    expect((await login(off, good.password)).statusCode).toBe(503);
    await full;
  });

  test('guessing one name is slowed down, for that name and address only', async () => {
    const own = await testDesk(afterAll);
    await own.as('operator');
    const codes: number[] = [];
    for (let count = 0; count < 11; count += 1) codes.push((await login('person-1', `wrong ${count}`, own)).statusCode);
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const refused = await login('person-1', testPassword, own);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '60']);
    const elsewhere = await own.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      remoteAddress: '10.0.0.9',
      payload: { username: 'person-1', password: testPassword },
    });
    expect(elsewhere.statusCode).toBe(201);
    await own.clock.advance(minutes(1));
    expect((await login('person-1', testPassword, own)).statusCode).toBe(201);
  });

  test('all addresses of one IPv6 /64 are one client', async () => {
    const own = await testDesk(afterAll);
    await own.as('operator');
    const payload = { username: 'person-1', password: 'wrong' };
    const from = async (remoteAddress: string) =>
      (await own.ask({ method: 'POST', url: '/api/v1/sessions', remoteAddress, payload })).statusCode;
    for (let count = 0; count < 10; count += 1) expect(await from(`2001:db8::${count}:1`)).toBe(401);
    expect([await from('2001:db8::ffff'), await from('2001:db8:0:1::1')]).toEqual([429, 401]);
  });

  test('signing in rightly is never too often', async () => {
    const own = await testDesk(afterAll);
    await own.as('operator');
    const codes = new Set<number>();
    for (let count = 0; count < 80; count += 1) codes.add((await login('person-1', testPassword, own)).statusCode);
    expect(codes).toEqual(new Set([201]));
  });
});

describe('accounts', () => {
  const wrong: [what: string, payload: object, paths: string[]][] = [
    ['nothing', {}, ['body.username', 'body.password', 'body.roles']],
    ['a short password', { ...good, username: 'x', password: '1234567' }, ['body.password']],
    ['a password that is guessed first', { ...good, username: 'x', password: 'Password123' }, ['body.password']],
    ['one sign eight times', { ...good, username: 'x', password: 'zzzzzzzz' }, ['body.password']],
    ['the name as password', { ...good, username: 'chen.jianguo', password: 'Chen.JianGuo' }, ['body.password']],
    ['a role there is not', { ...good, username: 'x', roles: ['root'] }, ['body.roles.0']],
    ['no role', { ...good, username: 'x', roles: [] }, ['body.roles']],
    ['a role twice', { ...good, username: 'x', roles: ['admin', 'admin'] }, ['body.roles']],
    ['a name with markup', { ...good, username: '<img src=x>' }, ['body.username']],
    ['a name that looks like that of a key', { ...good, username: 'key:vms' }, ['body.username']],
    ...['baiying', 'Baiying', 'ｂａｉｙｉｎｇ', 'heads', 'set-up', 'settings', 'start', 'demo'].map((username): (typeof wrong)[number] => [
      `the name ${username}, which the product signs with`,
      { ...good, username },
      ['body.username'],
    ]),
    [
      'a station there is not, and a guessed password',
      { ...good, username: 'x', password: 'admin123', stationIds: ['nowhere'] },
      ['body.password', 'body.stationIds.0'],
    ],
    ['an unknown field', { ...good, username: 'x', isAdmin: true }, ['body.isAdmin']],
  ];
  test.each(wrong)('%s is refused', async (_what, payload, paths) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json<{ faults: { path: string }[] }>().faults.map((fault) => fault.path)]).toEqual([422, paths]);
  });

  test('a name in Chinese is a name; taken once', async () => {
    expect((await post({ ...good, username: '陈建国' })).statusCode).toBe(201);
    const again = await post({ ...good, username: '陈建国' });
    expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'already-exists']);
    expect((await login('陈建国', good.password)).statusCode).toBe(201);
  });

  test('of many who take a name at once one gets it', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => post({ ...good, username: 'at-once' })));
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([201, 409, 409, 409, 409]);
  });

  test('what was read can be sent back', async () => {
    const { id } = (await post({ ...good, username: newName() })).json<{ id: string }>();
    const read = (await desk.ask({ url: `/api/v1/accounts/${id}`, headers: admin })).json<object>();
    expect((await put(id, { ...read, roles: ['supervisor'] })).json()).toEqual({ ...read, roles: ['supervisor'] });
    const renamed = await put(id, { ...read, username: 'other' });
    expect([renamed.statusCode, renamed.json<{ faults: { path: string }[] }>().faults[0]?.path]).toEqual([422, 'body.username']);
  });

  test.each<[string, object]>([
    ['a new password', { password: 'five loud zebras' }],
    ['switching off', { active: false }],
  ])('%s signs the person out', async (_what, change) => {
    const username = newName();
    const { id } = (await post({ ...good, username })).json<{ id: string }>();
    const headers = { authorization: `Bearer ${(await login(username, good.password)).json<{ token: string }>().token}` };
    expect((await put(id, { roles: ['operator'], ...change })).statusCode).toBe(200);
    expect((await desk.ask({ url: '/api/v1/sessions/current', headers })).statusCode).toBe(401);
    expect((await login(username, good.password)).statusCode).toBe(401);
  });

  test('a role that is taken away is gone at the next request', async () => {
    const username = newName();
    const { id } = (await post({ ...good, username, roles: ['admin'] })).json<{ id: string }>();
    const headers = { authorization: `Bearer ${(await login(username, good.password)).json<{ token: string }>().token}` };
    expect((await desk.ask({ url: '/api/v1/accounts', headers })).statusCode).toBe(200);
    await put(id, { roles: ['officer'] });
    expect((await desk.ask({ url: '/api/v1/accounts', headers })).statusCode).toBe(403);
  });

  test.each(['not-a-uuid', '00000000-0000-7000-8000-000000000000'])('there is no account %s', async (id) => {
    expect((await desk.ask({ url: `/api/v1/accounts/${id}`, headers: admin })).statusCode).toBe(404);
    expect((await put(id, { roles: ['admin'] })).statusCode).toBe(404);
    expect((await desk.ask({ method: 'DELETE', url: `/api/v1/accounts/${id}`, headers: admin })).statusCode).toBe(404);
  });

  test('the last administrator stays', async () => {
    const own = await testDesk(afterAll);
    const headers = await own.as('admin');
    const only = (await own.ask({ url: '/api/v1/accounts', headers })).json<{ items: { id: string }[] }>().items[0]?.id ?? '';
    const url = `/api/v1/accounts/${only}`;
    const removed = await own.ask({ method: 'DELETE', url, headers });
    expect([removed.statusCode, removed.json<{ code: string }>().code]).toEqual([409, 'still-in-use']);
    expect((await own.ask({ method: 'PUT', url, headers, payload: { roles: ['operator'] } })).statusCode).toBe(409);
    expect((await own.ask({ method: 'PUT', url, headers, payload: { roles: ['admin'], active: false } })).statusCode).toBe(409);
    await own.as('admin');
    expect((await own.ask({ method: 'DELETE', url, headers })).statusCode).toBe(204);
  });

  test('the list goes page by page and shows no hash', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const answer = await desk.ask({ url: `/api/v1/accounts?limit=3${cursor}`, headers: admin });
      expect(answer.body).not.toContain('argon2');
      const { items, nextCursor } = answer.json<{ items: { id: string }[]; nextCursor?: string }>();
      seen.push(...items.map((item) => item.id));
      if (nextCursor === undefined) break;
      cursor = `&cursor=${nextCursor}`;
    }
    const all = await desk.store.desk.selectFrom('accounts').select('id').execute();
    expect(seen.toSorted()).toEqual(all.map((row) => row.id).toSorted());
    expect((await desk.ask({ url: '/api/v1/accounts?cursor=bm9uc2Vuc2U', headers: admin })).statusCode).toBe(422);
  });

  test('all of it is on the audit trail', async () => {
    const { items } = (await desk.ask({ url: '/api/v1/audit?limit=500', headers: admin })).json<{
      items: { act: string; by: string; subjectName?: string }[];
    }>();
    const acts = new Set(items.map((item) => item.act));
    for (const act of ['account.created', 'account.changed', 'session.opened', 'session.refused']) expect(acts).toContain(act);
    expect(items.filter(({ act }) => act === 'session.opened').map(({ by, subjectName }) => subjectName === by)).not.toContain(false);
    expect(JSON.stringify(items)).not.toContain(good.password);
    expect((await desk.ask({ url: '/api/v1/audit/verify', headers: admin })).json()).toMatchObject({ ok: true });
  });
});

describe('the first account', () => {
  let fresh: TestDesk;
  beforeEach(async () => {
    fresh = await testDesk(afterAll);
  });
  const setUp = (payload: object) => fresh.ask({ method: 'POST', url: '/api/v1/setup', payload });
  const link = async () => {
    const first = await firstAccount({ db: fresh.store.desk, clock: fresh.clock });
    if (first.outcome !== 'link') throw new Error(`no link: ${first.outcome}`);
    return first;
  };

  test('is admin with the password that was set, once', async () => {
    const deps = { db: fresh.store.desk, clock: fresh.clock, adminPassword: 'set by the site' };
    const outcomes = await Promise.all([firstAccount(deps), firstAccount(deps)]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['accounts-exist', 'admin-created']);
    expect((await login('admin', 'set by the site', fresh)).json()).toMatchObject({ account: { roles: ['admin'] } });
  });

  test('is made with the link, which signs in at once and works once', async () => {
    const { token, path } = await link();
    expect(path).toBe(`/setup#token=${token}`);
    expect((await setUp({ token, password: '12345678' })).statusCode).toBe(422);
    const made = await setUp({ token, username: '所长', password: good.password });
    expect([made.statusCode, made.cookies[0]?.name]).toEqual([201, 'baiying_session']);
    const headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
    expect((await fresh.ask({ url: '/api/v1/accounts', headers })).statusCode).toBe(200);
    const again = await setUp({ token, username: 'other', password: good.password });
    expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([410, 'set-up-link-spent']);
    expect(await verifyAudit(fresh.store.desk)).toMatchObject({ ok: true });
  });

  test('of two who use the link at once one gets in', async () => {
    const { token } = await link();
    const answers = await Promise.all(['a', 'b'].map((username) => setUp({ token, username, password: good.password })));
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([201, 410]);
  });

  test('cannot be made with a link of yesterday, of an earlier start, or of nobody', async () => {
    const earlier = await link();
    const latest = await link();
    await fresh.clock.advance(hours(1));
    for (const token of [earlier.token, latest.token, 'x']) expect((await setUp({ token, password: good.password })).statusCode).toBe(410);
  });

  test('cannot be made where somebody has one', async () => {
    const { token } = await link();
    await fresh.as('operator');
    expect((await setUp({ token, password: good.password })).statusCode).toBe(410);
  });
});
