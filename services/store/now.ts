import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** The database's own clock in ms since 1970, with fractions; not the start of the transaction. */
export async function databaseNow(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The database gave no time');
  return row.now;
}
