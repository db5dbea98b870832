import { type Kysely, sql } from 'kysely';

/** When an incident sounded again after it had been answered, until that is answered, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table incidents add column sounded_again_at timestamptz`.execute(db);
}
