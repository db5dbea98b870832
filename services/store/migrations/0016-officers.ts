import { type Kysely, sql } from 'kysely';

/** An account of an officer names the unit whose orders it sees and answers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table accounts add column unit_id text references units on delete set null`).execute(db);
}
