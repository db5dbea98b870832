import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { seconds } from '../../services/alarm/index.ts';
import { adminPassword, bankWithKeys, dataFolder, signInTo, startBaiying } from '../../services/scenarios/process.ts';
import { codeShown } from '../../services/totp-testing.ts';

/** The commands as an operator types them, against the product in a process of its own. */

const command = resolve(import.meta.dirname, '../baiying.mjs');

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function baiying(args: readonly string[], env: Readonly<Record<string, string>>, typed = ''): Promise<Said> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(typed);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** A running Baiying with a bank and a key of it, and a home folder to sign in from. */
async function running() {
  const data = await dataFolder();
  const at = await startBaiying({ BAIYING_DATA: data });
  const api = await signInTo(at.http);
  const { secrets } = await bankWithKeys(at, api, 1);
  const home = await dataFolder();
  const env = { BAIYING_DATA: data, HOME: home, BAIYING_URL: at.http, LANG: 'en_US.UTF-8' };
  const as = (...args: readonly string[]) => baiying(args, env);
  return { data, at, api, env, home, as, secret: secrets.get('key-1') ?? '' };
}

test('signing in keeps a token for its owner alone; without one, what to do is said', async () => {
  const { env, home, as, at } = await running();
  expect(await as('doctor', 'key-1')).toMatchObject({
    code: 4,
    out: '',
    err: expect.stringMatching(/\(credential-missing\)\n-> sign in with baiying login/),
  });
  expect(await baiying(['login', 'admin'], env, 'wrong password\n')).toMatchObject({
    code: 4,
    err: expect.stringContaining('(credential-wrong)'),
  });
  expect(await baiying(['login', 'admin'], env, `${adminPassword}\n`)).toMatchObject({
    code: 0,
    out: expect.stringContaining(`signed in to ${at.http} as admin`),
  });
  const file = join(home, '.config', 'baiying', 'tokens.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await as('register', 'radio', 'radio-1', '--name', 'Radio')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^registered radio-1; secret \(it is shown this once\): \S+\n$/),
  });
  expect(await as('register', 'radio', 'radio-1')).toMatchObject({ code: 1, err: expect.stringContaining('(already-exists)') });
  expect(await as('register', 'lamp', 'lamp-1')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/\(body-invalid\)\n {2}body\.kind: .*\n-> /s),
  });
  expect(await as('doctor', 'key-1', '--lang', 'zh')).toMatchObject({ code: 1, out: expect.stringMatching(/[\u4e00-\u9fff]/) });
  expect(await as('logout')).toMatchObject({ code: 0 });
  expect(await as('doctor', 'key-1')).toMatchObject({ code: 4 });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({});
});

test('with a second factor the code is asked for, and given as an option', async () => {
  const { env, api } = await running();
  const { secret } = await api<{ secret: string }>('POST', '/me/second-factor', { current: adminPassword });
  const now = Date.now();
  await api('POST', '/me/second-factor/confirm', { code: codeShown(secret, now) });
  const enter = (...code: string[]) => baiying(['login', 'admin', ...code], env, `${adminPassword}\n`);
  expect(await enter()).toMatchObject({ code: 4, err: expect.stringMatching(/\(second-factor-needed\)\n-> .*code/) });
  expect(await enter('--code', '000000')).toMatchObject({ code: 4, err: expect.stringContaining('(second-factor-wrong)') });
  // A code counts once; that of the next half minute counts already.
  expect(await enter('--code', codeShown(secret, now + seconds(30)))).toMatchObject({ code: 0 });
});

test('a sheet is taken whole, or each fault is told by its row', async () => {
  const { env, home } = await running();
  await baiying(['login'], env, `${adminPassword}\n`);
  const sheet = join(home, 'devices.csv');
  await writeFile(sheet, 'id,kind,driver,name,siteId\nkey-a,key,mqtt,A,bank\nkey-a,lamp,mqtt,B,bank\nkey-c,key,mqtt,C,nowhere\n');
  const refused = await baiying(['import', sheet], env);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toMatch(/rows\.3\.kind: Row 3, column kind/);
  expect(refused.err).toMatch(/Row 4, column siteId: There is no site nowhere/);
  expect(refused.err).not.toMatch(/ at .*\.ts:/);
  const chinese = await baiying(['import', sheet, '--lang', 'zh'], env);
  expect(chinese.err).toContain('填写有误 (body-invalid)');
  expect(chinese.err).toContain('第 3 行，编号：编号 key-a 与第 2 行重复');
  expect(chinese.err).toContain('第 4 行，重点单位：没有编号或名称为 nowhere 的重点单位');
  // A site may be written by its name.
  await writeFile(sheet, 'id,kind,driver,name,siteId\nkey-a,key,mqtt,A,bank\nkey-b,key,mqtt,B,Bank\n');
  const secrets = join(home, 'secrets.csv');
  expect(await baiying(['import', sheet, '--secrets', secrets, '--json'], env)).toMatchObject({
    code: 0,
    out: expect.stringContaining('"created": 2'),
  });
  expect((await stat(secrets)).mode & 0o777).toBe(0o600);
  expect(await readFile(secrets, 'utf8')).toMatch(/^id,secret\nkey-a,\S+\nkey-b,\S+\n$/);
  expect(await baiying(['import', join(home, 'none.csv')], env)).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no such file'),
  });
});

test('a key is pressed over HTTP, as an exercise, and by MQTT with its own secret; a loudspeaker is asked to speak', async () => {
  const { as, env, at, secret, api } = await running();
  await baiying(['login'], env, `${adminPassword}\n`);
  const drill = await as('press', 'key-1', '--exercise', '--json', '--wait', '60');
  expect([drill.code, drill.err]).toEqual([0, expect.stringContaining('key-1 pressed')]);
  const incident = JSON.parse(drill.out) as { id: string; exercise: boolean };
  expect(incident.exercise).toBe(true);
  await api('POST', `/incidents/${incident.id}/close`, { disposition: 'test' });
  const real = await as('press', 'key-1', '--mqtt', at.mqtt, '--secret', secret, '--wait', '60');
  expect(real).toMatchObject({ code: 0, out: expect.stringMatching(/^incident \d+: emergency, /) });
  expect(await as('press', 'key-1', '--mqtt', at.mqtt, '--secret', 'guessed')).toMatchObject({
    code: 4,
    err: expect.stringContaining('check the secret'),
  });
  expect(await as('press', 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('deviceId: There is no device nobody') });

  await api('POST', '/devices', { id: 'horn', kind: 'loudspeaker', driver: 'mqtt', name: 'Horn', siteId: 'bank' });
  const said = await as('broadcast', 'Please leave', '--loudspeaker', 'horn', '--wait', '2');
  expect(said).toMatchObject({ code: 1, out: expect.stringMatching(/^horn {2}(queued|failed)/) });
  expect(await as('broadcast', '--loudspeaker', 'horn')).toMatchObject({
    code: 1,
    err: expect.stringContaining('name text, phraseId or live'),
  });
});

test('the network is searched; a service that is not there is told; a number that is none is refused', async () => {
  const { as, env } = await running();
  await baiying(['login'], env, `${adminPassword}\n`);
  const found = await as('discover', '--seconds', '1', '--json');
  expect(JSON.parse(found.out)).toMatchObject({ items: [] });
  expect(found.err).toContain('searching the network for 1 s');
  expect(await as('discover', '--seconds', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('--seconds') });
  expect(await as('doctor', 'key-1', '--url', 'http://127.0.0.1:9')).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^No Baiying answers at .* \(.*\)\.\n-> /),
  });
  expect((await as('doctor')).out).toContain('Baiying runs and is ready');
  expect(await as('doctor', '--url', 'http://127.0.0.1:9')).toMatchObject({
    code: 1,
    out: expect.stringContaining('no Baiying answers at'),
  });
  expect(await as('discover', '--url', 'here', '--lang', 'zh')).toMatchObject({ code: 2, err: expect.stringContaining('不是') });
});

test('a backup made while it runs comes back in another folder, every chain intact', async () => {
  const { as, at, data, env, home, api } = await running();
  await baiying(['login'], env, `${adminPassword}\n`);
  expect(await as('press', 'key-1', '--wait', '60')).toMatchObject({ code: 0 });
  const file = join(home, 'record.gz');
  const made = await as('backup', file, '--json');
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('master.key') });
  expect(await as('backup', file)).toMatchObject({ code: 1, err: expect.stringContaining('is there already') });
  expect(await as('restore', file)).toMatchObject({ code: 1, err: expect.stringContaining('Stop every process') });
  const { items } = await api<{ items: { act: string }[] }>('GET', '/audit');
  expect(items.map(({ act }) => act)).toContain('record.backed-up');

  const elsewhere = await dataFolder();
  // It would say that nothing from before is left to be sealed anew.
  await cp(join(data, 'sealed-anew'), join(elsewhere, 'sealed-anew'));
  const restored = await baiying(['restore', file], { ...env, BAIYING_DATA: elsewhere });
  expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/is in its place\.\nchecked 1 incidents .* all intact/s) });
  expect(existsSync(join(elsewhere, 'sealed-anew'))).toBe(false);
  const again = await baiying(['restore', file], { ...env, BAIYING_DATA: elsewhere });
  expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/holds .* already\n-> .*--force/) });
  at.signal('SIGTERM');
  await at.ended;
  const second = await startBaiying({ BAIYING_DATA: elsewhere });
  const there = await (await signInTo(second.http))<{ items: { number: number }[] }>('GET', '/incidents');
  expect(there.items.map(({ number }) => number)).toEqual([1]);
  expect(await baiying(['verify', '1'], { ...env, BAIYING_DATA: elsewhere })).toMatchObject({
    code: 0,
    out: expect.stringContaining('all intact'),
  });
});
