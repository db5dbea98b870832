import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { PreparingClient } from './prepared.ts';
import { freshDatabase } from './testing.ts';

type Rows = { readonly rows: readonly Readonly<Record<string, unknown>>[] };

async function connected() {
  const database = await freshDatabase();
  const client = new PreparingClient(database.connection);
  client.on('error', () => undefined); // Ended on purpose by some of these tests; each waiting statement tells it itself.
  await client.connect();
  onTestFinished(async () => {
    await client.end().catch(() => undefined); // Ended already by some.
    await database.drop();
  });
  const ask = (text: string, values: readonly unknown[]): Promise<Rows> => client.query(text, [...values]);
  return { client, ask, connection: database.connection };
}

const outcomes = async (asked: readonly Promise<Rows>[]) =>
  (await Promise.allSettled(asked)).map((one) => (one.status === 'fulfilled' ? one.value.rows : String(one.reason.message)));

test('statements begun in one turn are answered each with its own rows, in order, before and after they are known', async () => {
  const { client, ask } = await connected();
  await client.query('create table things (id int primary key, name text, at timestamptz, data jsonb)');
  const at = new Date(Date.UTC(2026, 10, 22));
  for (const round of [1, 2, 3]) {
    const asked = [
      ask('insert into things values ($1, $2, $3, $4::jsonb)', [round * 2, 'one', at, '{"a":1}']),
      ask('insert into things values ($1, $2, $3, $4::jsonb)', [round * 2 + 1, null, at, '[]']),
      ask('select id, name, at, data from things where id >= $1 order by id', [round * 2]),
      ask('select count(*)::int as count from things where id < $1', [1000]),
      ask('update things set name = $1 where id = $2 returning name, id', ['three', round * 2]),
    ];
    expect(await outcomes(asked)).toEqual([
      [],
      [],
      [
        { id: round * 2, name: 'one', at, data: { a: 1 } },
        { id: round * 2 + 1, name: null, at, data: [] },
      ],
      [{ count: round * 2 }],
      [{ name: 'three', id: round * 2 }],
    ]);
  }
});

test('one that fails is told what was wrong, those that were sent with it too, and the connection goes on', async () => {
  const { ask } = await connected();
  const good = () => ask('select $1::int as one', [1]);
  const bad = () => ask('select 1 / $1::int as never', [0]);
  const late = () => ask('select $1::text as late', ['late']);
  for (let round = 0; round < 3; round += 1) {
    expect(await outcomes([good(), bad(), late()])).toEqual(Array(3).fill('division by zero'));
    expect(await outcomes([late(), good()])).toEqual([[{ late: 'late' }], [{ one: 1 }]]);
  }
});

test('what was carried out and then not committed has failed', async () => {
  const { client, ask } = await connected();
  await client.query('create table things (id int unique deferrable initially deferred)');
  const insert = (id: number) => ask('insert into things values ($1) returning id', [id]);
  await insert(1);
  // A deferred constraint is looked at by the commit, which comes after the rows were sent: as a disk that fails just then.
  for (let round = 0; round < 3; round += 1) {
    const refused = expect.stringContaining('duplicate key');
    expect(await outcomes([insert(1)])).toEqual([refused]);
    expect(await outcomes([insert(2), insert(1)])).toEqual([refused, refused]);
  }
  expect((await ask('select id from things where id > $1', [0])).rows).toEqual([{ id: 1 }]);
});

test('what cannot be parsed is told each time, and what is right is not taken for known because it stood behind that', async () => {
  const { ask } = await connected();
  const wrong = () => ask('select nothing from nowhere where id = $1', [1]);
  const right = () => ask('select $1::int + 1 as two', [1]);
  for (let round = 0; round < 3; round += 1) {
    expect(await outcomes([wrong(), right()])).toEqual(Array(2).fill('relation "nowhere" does not exist'));
  }
  expect(await outcomes([right(), right()])).toEqual([[{ two: 2 }], [{ two: 2 }]]);
});

test('a transaction whose statements leave together is kept whole, or not at all', async () => {
  const { client, ask } = await connected();
  await client.query('create table things (id int primary key)');
  const insert = (id: number) => ask('insert into things values ($1)', [id]);
  await outcomes([ask('begin', []), insert(1), insert(1), ask('commit', [])]);
  await client.query('rollback');
  await outcomes([ask('begin', []), insert(2), insert(3), ask('commit', [])]);
  expect((await ask('select id from things where id > $1 order by id', [0])).rows).toEqual([{ id: 2 }, { id: 3 }]);
});

test('a value that cannot be sent fails what stands beside it and ends the connection, which no longer knows where it is', async () => {
  const { client, ask } = await connected();
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
  const [first, second] = await outcomes([ask('select $1::int as one', [1]), ask('select $1::jsonb as circle', [circle])]);
  expect([first, second].every((one) => typeof one === 'string' && one.includes('circular'))).toBe(true);
  await ended;
});

test('a server that goes away while statements wait fails each of them, and none waits for ever', async () => {
  const { ask, connection } = await connected();
  const pid = (await ask('select pg_backend_pid() as pid, $1::int as one', [1])).rows[0]?.['pid'];
  const asked = outcomes([ask('select $1::int as one', [1]), ask('select pg_sleep($1)', [60]), ask('select $1::int as three', [3])]);
  const other = new pg.Client(connection);
  await other.connect();
  onTestFinished(() => other.end());
  await expect
    .poll(async () => (await other.query("select 1 from pg_stat_activity where pid = $1 and query like '%pg_sleep%'", [pid])).rowCount, {
      timeout: 20_000,
    })
    .toBe(1);
  await other.query('select pg_terminate_backend($1)', [pid]);
  const [, second, third] = await asked;
  expect(second).toMatch(/terminating connection|Connection terminated/);
  expect(third).toMatch(/terminating connection|Connection terminated/);
});
