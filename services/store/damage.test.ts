import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from './connect.ts';
import { findDamage } from './damage.ts';
import { type EmbeddedConnection, startEmbedded } from './embedded.ts';
import { quiet } from './testing.ts';

async function damageIn(connection: EmbeddedConnection) {
  const store = await openStore({ connection, log: quiet });
  return findDamage(store.routine).finally(() => store.close());
}

test('a page that was overwritten while the record stood still is found, and its table named', { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baiying-damage-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const first = await startEmbedded({ dataDir, log: quiet });
  const client = new pg.Client({ ...first.connection });
  await client.connect();
  await client.query('create table sound (id int primary key)');
  await client.query('create table hurt as select n as id, repeat($1, 100) as words from generate_series(1, 1000) n', ['x']);
  const { rows } = await client.query<{ path: string }>("select pg_relation_filepath('hurt') as path");
  await client.end();
  expect(await damageIn(first.connection)).toEqual([]);
  await first.stop();

  const file = await open(join(dataDir, 'postgres', rows[0]?.path ?? ''), 'r+');
  await file.write(Buffer.alloc(64, 0xa5), 0, 64, 8192 + 4096);
  await file.close();
  const second = await startEmbedded({ dataDir, log: quiet });
  const found = await damageIn(second.connection).finally(() => second.stop());
  expect(found).toEqual([{ table: 'hurt', why: expect.stringContaining('invalid page in block 1') }]);
});
