import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openStore } from './connect.ts';
import { type Embedded, type EmbeddedConnection, startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { alive, gone } from './processes.ts';
import { quiet } from './testing.ts';
import { recordUnavailable } from './unavailable.ts';

/** A data folder whose cluster was made and stopped; initdb takes too long to run for every test. */
let made = '';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'baiying-embedded-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  await cp(made, path, { recursive: true });
  return path;
}

async function start(dataDir: string, onDeath: (pid: number) => void = () => undefined): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log: quiet, onDeath });
  onTestFinished(() => embedded.stop());
  return embedded;
}

async function query(connection: EmbeddedConnection, text: string): Promise<unknown[]> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A process of its own that starts PostgreSQL and waits to be killed. */
async function otherBaiying(dataDir: string): Promise<{ pid: number; postgres: number }> {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)});
    const { pino } = await import('pino');
    const { pid } = await startEmbedded({ dataDir: process.argv[1], log: pino({ level: 'silent' }) });
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  const [told] = await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, postgres: Number(String(told)) };
}

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'baiying-embedded-'));
  await (await startEmbedded({ dataDir: made, log: quiet })).stop();
}, 60_000);

afterAll(() => rm(made, { recursive: true, force: true }));

test('the tests run on the Node that the project brings', () => {
  // The shebang of vitest takes the first node of the PATH, which is the system's where npm did not set it.
  expect(process.versions.node).toMatch(/^2[4-9]\./);
});

test('what was written is there after a stop and a start, and nothing listens on the network', async () => {
  const dataDir = await folder();
  const first = await startEmbedded({ dataDir, log: quiet });
  await query(first.connection, 'create table t as select 1 as n');
  expect(await query(first.connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect((await stat(first.connection.host)).mode & 0o777).toBe(0o700);
  await first.stop();
  expect(alive(first.pid)).toBe(false);
  await expect(stat(first.connection.host)).rejects.toThrow('ENOENT');
  const second = await start(dataDir);
  expect(await query(second.connection, 'select n from t')).toEqual([{ n: 1 }]);
});

test('a new cluster has files of its log ready, so that no commit waits for one to be made', async () => {
  const { connection } = await start(await folder());
  const ahead =
    "select count(*)::int as ready from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name > pg_walfile_name(pg_current_wal_lsn())";
  const [found] = (await query(connection, ahead)) as { ready: number }[];
  expect(found?.ready).toBeGreaterThanOrEqual(3);
});

test('a second Baiying on the folder is refused and disturbs nothing', async () => {
  const dataDir = await folder();
  const embedded = await start(dataDir);
  await expect(startEmbedded({ dataDir, log: quiet })).rejects.toMatchObject({
    code: 'record-unavailable',
    message: expect.stringContaining('Another Baiying'),
  });
  expect(await query(embedded.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('PostgreSQL killed with -9 comes back at once; every acknowledged row is there and the store goes on', async () => {
  const deaths: number[] = [];
  const embedded = await start(await folder(), (pid) => deaths.push(pid));
  await migrate(embedded.connection, quiet);
  const store = await openStore({ connection: embedded.connection, log: quiet });
  onTestFinished(() => store.close());
  const killed = embedded.pid;
  const acknowledged: string[] = [];
  const faults: unknown[] = [];
  for (let n = 0; acknowledged.length < 100 || faults.length === 0 || embedded.pid === killed; n += 1) {
    if (n === 50) process.kill(killed, 'SIGKILL');
    const row = { topic: `t-${n}`, payload: '', at: new Date(0) };
    await store.urgent
      .insertInto('retained')
      .values(row)
      .execute()
      .then(
        () => acknowledged.push(row.topic),
        (fault: unknown) => faults.push(fault),
      );
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(faults.filter((fault) => !recordUnavailable(fault))).toEqual([]);
  expect(deaths).toEqual([killed]);
  const kept = new Set((await store.desk.selectFrom('retained').select('topic').execute()).map((row) => row.topic));
  expect(acknowledged.filter((topic) => !kept.has(topic))).toEqual([]);
});

test('when Baiying was killed, the next one takes over its living PostgreSQL', async () => {
  const dataDir = await folder();
  const other = await otherBaiying(dataDir);
  process.kill(other.pid, 'SIGKILL');
  await gone(other.pid, 5000);
  expect(alive(other.postgres)).toBe(true);
  const embedded = await start(dataDir);
  expect(embedded.pid).toBe(other.postgres);
  expect(await query(embedded.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
  // One that is taken over is watched like one of its own.
  process.kill(other.postgres, 'SIGKILL');
  await expect.poll(() => embedded.pid).not.toBe(other.postgres);
});

test('when both were killed at once, the next start cleans up and recovers', async () => {
  const dataDir = await folder();
  const other = await otherBaiying(dataDir);
  process.kill(other.pid, 'SIGKILL');
  process.kill(other.postgres, 'SIGKILL');
  await gone(other.pid, 5000);
  const embedded = await start(dataDir);
  expect(embedded.pid).not.toBe(other.postgres);
  expect(await query(embedded.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a postmaster.pid whose id another process has now does not keep it from starting', async () => {
  const dataDir = await folder();
  const first = await startEmbedded({ dataDir, log: quiet });
  const left = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8');
  await first.stop();
  await writeFile(join(dataDir, 'postgres/postmaster.pid'), left.replace(String(first.pid), String(process.pid)));
  const second = await start(dataDir);
  expect(await query(second.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('an initdb that was killed half-way is begun anew', async () => {
  const dataDir = await folder();
  const first = await startEmbedded({ dataDir, log: quiet });
  await first.stop();
  await rm(join(dataDir, 'postgres/PG_VERSION'));
  await rename(join(dataDir, 'postgres'), join(dataDir, 'postgres.new'));
  const second = await start(dataDir);
  expect(await query(second.connection, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a server that cannot start says why, with the end of its log', async () => {
  const dataDir = await folder();
  const first = await startEmbedded({ dataDir, log: quiet });
  await first.stop();
  await appendFile(join(dataDir, 'postgres/postgresql.conf'), '\nno_such_setting = on\n');
  await expect(startEmbedded({ dataDir, log: quiet })).rejects.toMatchObject({
    code: 'record-unavailable',
    message: expect.stringContaining('no_such_setting'),
  });
});
