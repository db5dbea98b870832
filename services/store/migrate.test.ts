import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openStore } from './connect.ts';
import { migrate, migrations } from './migrate.ts';
import { quiet } from './testing.ts';

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
