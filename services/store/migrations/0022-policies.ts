import { type Kysely, sql } from 'kysely';

/** Every version of the policies that people put in force; the newest is. One without a document went back to the files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table policies (version int primary key, document jsonb, by text not null, at timestamptz not null)`.execute(db);
}
