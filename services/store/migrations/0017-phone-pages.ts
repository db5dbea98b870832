import { type Kysely, sql } from 'kysely';

/**
 * The pages that are open on phones, each under a lease that the process which holds it keeps renewing: a process that
 * died no longer keeps a phone reachable. The second index is for the orders of a shift, open or not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table phone_pages (
    id uuid primary key, device_id text not null references devices on delete cascade, until timestamptz not null)`,
  `create index phone_pages_device on phone_pages (device_id)`,
  `create index orders_of_shift on orders (unit_id, issued_at)`,
];
