import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshStore } from './testing.ts';

test('a fresh store is migrated and empty, and each door has its own name', async () => {
  const store = await freshStore();
  expect(await store.desk.selectFrom('incidents').selectAll().execute()).toEqual([]);
  const names = await Promise.all(
    [store.urgent, store.routine, store.desk].map(
      async (db) => (await sql<{ name: string }>`select current_setting('application_name') as name`.execute(db)).rows[0]?.name,
    ),
  );
  expect(names).toEqual(['baiying-urgent', 'baiying-routine', 'baiying-desk']);
});

test('what an alarm changes is found by index, also when the statement was planned while the table was empty', async () => {
  const store = await freshStore();
  const plan = async (db: typeof store.urgent) => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain update incidents t set state = r.state
      from jsonb_populate_recordset(null::incidents, '[]') as r where t.id = r.id`.execute(db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  for (const door of [store.urgent, store.fleeting, store.ear]) expect(await plan(door)).toMatch(/Index.* on incidents/);
  expect(await plan(store.desk)).toMatch(/Seq Scan on incidents/);
});
