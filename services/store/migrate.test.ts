import { CompiledQuery, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openStore } from './connect.ts';
import { lastMarks } from './last-said.ts';
import { migrate, migrations } from './migrate.ts';
import { takeUnsorted } from './signals.ts';
import { freshStore, quiet } from './testing.ts';

test('a server that does not wait for the disk is refused; of several processes that start together, one migrates and all go on', async () => {
  const cluster = inject('cluster');
  const admin = new pg.Client({ ...cluster });
  await admin.connect();
  await admin.query('create database migrate_test');
  onTestFinished(async () => {
    await admin.query('drop database migrate_test with (force)');
    await admin.end();
  });
  const careless = { ...cluster, database: 'migrate_test' };
  await expect(migrate(careless, quiet)).rejects.toThrow(/synchronous_commit off/);
  const connection = { ...careless, options: '-c synchronous_commit=on' };
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(connection, quiet)));
  expect(applied.flat()).toEqual(Object.keys(migrations));
  expect(await migrate(connection, quiet)).toEqual([]);
  const store = await openStore({ connection, log: quiet });
  expect(await store.desk.selectFrom('signals').selectAll().execute()).toEqual([]);
  await store.close();
});

/** An undecided press of the key at each second, as the version before wrote it. */
const before = `
  insert into devices (id, kind, driver, name, created_at, updated_at) values ('key', 'key', 'shelly', 'Key', now(), now());
  insert into signals (id, device_id, device_kind, type, active, at, received_at, last_at, exercise, lane, via, data)
  select r.id, 'key', 'key', coalesce(r.type, 'press'), true, now(), now() + r.second * interval '1 second', now(), false, 'urgent',
    coalesce(r.via, 'mqtt'), r.data
  from jsonb_to_recordset($1::jsonb) as r(id uuid, second int, type text, via text, data jsonb)`;

test('what the version before noted among the words of a device is brought along: the last marks, and what the undecided have to say', async () => {
  const { desk } = await freshStore();
  await sql`drop schema public cascade`.execute(desk);
  await sql`create schema public`.execute(desk);
  const migrator = new Migrator({ db: desk, provider: { getMigrations: async () => ({ ...migrations }) } });
  expect((await migrator.migrateTo('0027-second-factor')).error).toBeUndefined();
  const id = (second: number) => `00000000-0000-7000-8000-${String(second).padStart(12, '0')}`;
  const marked = (of: unknown, count: number) => ({ mark: { of, value: { count } } });
  const rows = [
    { data: marked('left', 1) },
    { data: { ...marked('left', 2), event: 'S' } },
    { data: marked('right', 3) },
    { data: marked('right', 4), via: 'http' },
    { data: { mark: null } },
    { data: { firstOrders: ['near'] } },
    { data: { late: true, state: 'accepted' }, type: 'report', via: 'http' },
  ];
  const [devices = '', signals = ''] = before.split(';');
  await sql.raw(devices).execute(desk);
  await desk.executeQuery(CompiledQuery.raw(signals, [JSON.stringify(rows.map((row, second) => ({ id: id(second), second, ...row })))]));
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  expect((await lastMarks(desk, 'key')).map(({ mark }) => mark)).toEqual([marked('left', 2).mark, marked('right', 3).mark]);
  const undecided = async (second: number) => (await takeUnsorted(desk, id(second)))?.ours;
  expect(await undecided(3)).toBeUndefined();
  expect(await undecided(5)).toEqual({ firstOrders: ['near'] });
  expect(await undecided(6)).toEqual({ late: true });
});
