import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { bankWithKeys, dataFolder, signInTo, startBaiying } from '../../services/scenarios/process.ts';
import { openStore, type Store } from '../../services/store/connect.ts';
import { embeddedStanding } from '../../services/store/embedded.ts';
import { quiet } from '../../services/store/testing.ts';
import type { ChainReport } from './chain.ts';
import { findFfmpeg } from './doctor-ffmpeg.ts';
import { judgeDisk, dataFolder as judgeFolder, runtime } from './doctor-machine.ts';
import { judgeClock } from './doctor-record.ts';
import { describeFindings, type worded } from './finding.ts';

const command = resolve(import.meta.dirname, '../baiying.mjs');

async function baiying(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

async function tamper(data: string, change: (store: Store) => Promise<unknown>): Promise<void> {
  const standing = await embeddedStanding(data);
  if (standing.state !== 'running') throw new Error(`the record is ${standing.state}`);
  const store = await openStore({ connection: standing.connection, log: quiet });
  await change(store);
  await store.close();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('chain finds what was changed in the record, while Baiying runs and while it is stopped; doctor finds all well', async () => {
  const data = await dataFolder();
  const env = { BAIYING_DATA: data, BAIYING_HTTP_PORT: String(await freePort()), BAIYING_MQTT_PORT: String(await freePort()) };
  const running = await startBaiying(env);
  const api = await signInTo(running.http);
  const { keys } = await bankWithKeys(running, api, 3);
  for (const key of keys) await key.press();
  // A press is acknowledged once it is on disk; what it opens comes a moment later.
  const [third, second] = await vi.waitFor(
    async () => {
      const { items } = await api<{ items: { id: string; number: number }[] }>('GET', '/incidents');
      expect(items).toHaveLength(3);
      return items.toSorted((a, b) => b.number - a.number) as [(typeof items)[number], (typeof items)[number]];
    },
    { timeout: 20_000 },
  );

  await vi.waitFor(() => readFile(join(data, 'heads.jsonl')), { timeout: 20_000 });
  const well = await baiying(['chain'], env);
  expect([well.code, well.err]).toEqual([0, 'checking the audit trail …\n']);
  expect(well.out).toMatch(
    /^checked 3 incidents with \d+ entries and an audit trail of \d+ rows: all intact\ncompared with 1 signed notes in .*heads\.jsonl, .*: the record fits\n$/,
  );
  const doctor = await baiying(['doctor', '--json'], env);
  const findings = JSON.parse(doctor.out) as ReturnType<typeof worded>[];
  expect(
    findings.filter(({ name }) => name !== 'ffmpeg' && name !== 'disk').map(({ name, state, found }) => `${name} ${state} ${found}`),
  ).toEqual([
    `runtime ok Node ${process.version}`,
    'settings ok no faults',
    `data folder ok ${data}`,
    'service ok Baiying runs and is ready',
    `ports ok taken by Baiying: httpPort ${env.BAIYING_HTTP_PORT}, mqttPort ${env.BAIYING_MQTT_PORT}`,
    'database ok the built-in PostgreSQL: answers',
    expect.stringMatching(/^clock ok the database's clock is 0\.\d s/),
    'queue ok kept in PostgreSQL',
  ]);

  await tamper(data, async ({ desk }) => {
    await desk
      .updateTable('timeline')
      .set({ text: 'Nothing happened' })
      .where('incident_id', '=', second.id)
      .where('seq', '=', 1)
      .execute();
    await desk.deleteFrom('timeline').where('incident_id', '=', third.id).where('seq', '=', 2).execute();
    await desk.updateTable('audit').set({ by: 'somebody else' }).where('seq', '=', '2').execute();
  });
  const lines = [
    `BROKEN  incident ${second.number} (${second.id}): entry 1 of its timeline was changed`,
    expect.stringMatching(
      new RegExp(`^BROKEN {2}incident ${third.number} \\(${third.id}\\): (entry 2 of its timeline is missing|its timeline has 1 entries)`),
    ),
    'BROKEN  audit trail: row 2 was changed',
    expect.stringMatching(/^checked 3 incidents with \d+ entries and the audit trail: 3 broken$/),
    expect.stringMatching(/^compared with 1 signed notes .*: the record fits$/),
  ];
  const changed = await baiying(['chain'], env);
  expect([changed.code, changed.out.trim().split('\n')]).toEqual([1, lines]);

  running.signal('SIGTERM');
  expect(await running.ended).toBe(0);
  const stopped = await baiying(['chain'], env);
  expect([stopped.code, stopped.out.trim().split('\n')]).toEqual([1, lines]);
  expect(stopped.err).toMatch(/^Baiying is stopped; starting its PostgreSQL for a moment/);
  await expect(readFile(join(data, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT');

  const one = await baiying(['chain', String(second.number), '--json'], env);
  expect([one.code, JSON.parse(one.out)]).toEqual([
    1,
    {
      intact: false,
      incidents: 1,
      entries: expect.any(Number),
      broken: [{ id: second.id, number: second.number, brokenAt: 1, why: 'entry-changed' }],
    } satisfies ChainReport,
  ]);
  expect(await baiying(['chain', '4711'], env)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('There is no incident 4711 in the record\n'),
  });
});

test.each([
  [['chain'], {}, 1, /^There is no record in .*: no Baiying ever ran there\. Name its folder with BAIYING_DATA\.\n$/],
  [['chain'], { BAIYING_HTTP_PORT: 'x' }, 2, /^httpPort \/ BAIYING_HTTP_PORT: "x" is not a whole number; wanted: /],
  [['chian'], {}, 2, /^error: unknown command 'chian'/],
] as const)('%j with %j ends with %i and says why', async (args, env, code, said) => {
  const data = await dataFolder();
  expect(await baiying(args, { BAIYING_DATA: data, ...env })).toMatchObject({ code, out: '', err: expect.stringMatching(said) });
});

test('doctor tells faulty settings, and of a port that another program holds, and ends with 1', async () => {
  const server = createServer((socket) => socket.end('220 not http\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const data = await dataFolder();
  const taken = await baiying(['doctor'], { BAIYING_DATA: data, BAIYING_HTTP_PORT: String(port), BAIYING_MQTT_PORT: '0' });
  expect(taken).toMatchObject({ code: 1, err: '', out: expect.stringContaining(`taken by another program: httpPort ${port}`) });
  const faulty = await baiying(['doctor', '--json'], { BAIYING_DATA: data, BAIYING_MQTT_PORT: '99999', BAIYING_LANGUAGE: 'fr' });
  expect(faulty.code).toBe(1);
  expect(JSON.parse(faulty.out)[1]).toMatchObject({
    name: 'settings',
    state: 'fail',
    found: expect.stringMatching(/^mqttPort.*\nlanguage/),
  });
});

test.each([
  [runtime('v24.1.0'), 'ok'],
  [runtime('v22.18.0'), 'warn'],
  [runtime('v26.0.0'), 'warn'],
  [runtime('v22.17.1'), 'fail'],
  [runtime('v18.20.0'), 'fail'],
  [judgeDisk(600 * 2 ** 30), 'ok'],
  [judgeDisk(4 * 2 ** 30), 'warn'],
  [judgeDisk(100 * 2 ** 20), 'fail'],
  [judgeClock(-1999), 'ok'],
  [judgeClock(2000), 'warn'],
  [judgeClock(-60_000), 'fail'],
  [judgeClock(3_600_000), 'fail'],
])('%o', (finding, state) => {
  expect([finding.state, finding.todo === undefined]).toEqual([state, state === 'ok']);
});

test('a data folder that others may read is told; an ffmpeg that is named and is not there, or none, is a fault', async () => {
  const data = await dataFolder();
  expect(await judgeFolder({ data })).toMatchObject({ state: 'ok' });
  expect(await judgeFolder({ data: '/' })).toMatchObject({ state: 'warn', todo: { en: expect.stringContaining('chmod 700') } });
  expect(await findFfmpeg({ ffmpegBin: join(data, 'ffmpeg') })).toMatchObject({ state: 'fail' });
  expect(await findFfmpeg({ ffmpegBin: process.execPath })).toMatchObject({ state: 'fail' });
  const ffmpegBin = join(data, 'own-ffmpeg');
  await writeFile(ffmpegBin, '#!/bin/sh\necho ffmpeg version 6.1\n', { mode: 0o755 });
  expect(await findFfmpeg({ ffmpegBin })).toMatchObject({ state: 'ok', found: `${ffmpegBin}, 6.1` });
});

test('what the doctor finds is said in the language of the reader, name by name below each other', () => {
  const findings = [runtime('v18.20.0'), judgeDisk(600 * 2 ** 30)];
  expect(describeFindings(findings, { lang: 'en' }).split('\n')).toEqual([
    'fail  runtime  Node v18.20.0 is too old',
    expect.stringMatching(/^ {15}-> run npm ci/),
    'ok    disk     600.0 GiB free where the data folder is',
  ]);
  expect(describeFindings(findings, { lang: 'zh' }).split('\n')).toEqual([
    'fail  运行环境  Node v18.20.0 太旧',
    expect.stringMatching(/^ {16}-> 运行 npm ci/),
    'ok    磁盘      数据文件夹所在磁盘剩余 600.0 GiB',
  ]);
});
