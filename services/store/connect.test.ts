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
