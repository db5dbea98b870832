import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshStore } from './testing.ts';
import { together, transact } from './transact.ts';

const mark = (name: string) => ({ name, tx: '1', seq: '1' });

test('statements started together run in the order in which they were started, in one transaction', async () => {
  const store = await freshStore();
  const seen = await transact(store.urgent, async (db) => {
    const [, before, , after, id] = await together(
      db.insertInto('cursors').values(mark('a')).execute(),
      db.selectFrom('cursors').select('name').execute(),
      db.insertInto('cursors').values(mark('b')).execute(),
      db.selectFrom('cursors').select('name').execute(),
      sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db),
    );
    const again = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db);
    return {
      value: { before, after, same: id.rows[0]?.id === again.rows[0]?.id },
      writes: [db.insertInto('cursors').values(mark('c')).execute()],
    };
  });
  expect(seen).toEqual({ before: [{ name: 'a' }], after: [{ name: 'a' }, { name: 'b' }], same: true });
  expect(await store.urgent.selectFrom('cursors').select('name').orderBy('name').execute()).toEqual([
    { name: 'a' },
    { name: 'b' },
    { name: 'c' },
  ]);
});

test.each([
  [
    'a statement fails among the reads',
    async (db: Parameters<Parameters<typeof transact>[1]>[0]) => {
      await together(db.insertInto('cursors').values(mark('a')).execute(), sql`select 1 / 0`.execute(db));
      return { value: undefined, writes: [] };
    },
    /division by zero/,
  ],
  [
    'a statement fails among the last writes',
    async (db: Parameters<Parameters<typeof transact>[1]>[0]) => ({
      value: undefined,
      writes: [
        db.insertInto('cursors').values(mark('a')).execute(),
        sql`select 1 / 0`.execute(db),
        db.insertInto('cursors').values(mark('b')).execute(),
      ],
    }),
    /division by zero/,
  ],
  [
    'the decision itself throws',
    async (db: Parameters<Parameters<typeof transact>[1]>[0]) => {
      await db.insertInto('cursors').values(mark('a')).execute();
      throw new Error('no');
    },
    /^no$/,
  ],
])('nothing is in the record when %s, and the connection is good for the next', async (_name, run, message) => {
  const store = await freshStore();
  for (let turn = 0; turn < 20; turn += 1) await expect(transact(store.urgent, run)).rejects.toThrow(message);
  expect(await store.urgent.selectFrom('cursors').selectAll().execute()).toEqual([]);
});
