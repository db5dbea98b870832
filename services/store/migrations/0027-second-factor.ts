import { type Kysely, sql } from 'kysely';

/** One-time codes as a second factor, what helps when the phone is lost, and how a session was opened. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table second_factors (
    account_id uuid primary key references accounts on delete cascade, secret text not null, created_at timestamptz not null,
    confirmed_at timestamptz, last_step bigint not null default 0)`,
  `create table recovery_codes (
    account_id uuid not null references second_factors on delete cascade, code_hash text not null, primary key (account_id, code_hash))`,
  `alter table sessions add column through text not null default 'password'`,
];
