import { type Kysely, sql } from 'kysely';

/** What the holder of a device left there, so that whoever comes after a crash can take it back: an event subscription. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table holdings add column memory text`.execute(db);
}
