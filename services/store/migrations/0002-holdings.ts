import { type Kysely, sql } from 'kysely';

/** Who watches which device: of several processes exactly one holds a camera's event subscription or its picture stream. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table holdings (
    purpose text not null, device_id text not null references devices on delete cascade,
    holder text not null, until timestamptz not null, primary key (purpose, device_id))`.execute(db);
  await sql`create index holdings_holder on holdings (purpose, holder)`.execute(db);
}
