import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** The database's own clock, which all processes of a city share. */
export async function databaseTime(db: Db): Promise<Instant> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const now = rows[0]?.now;
  if (!now) throw new Error('the database gave no time');
  return now.getTime();
}
