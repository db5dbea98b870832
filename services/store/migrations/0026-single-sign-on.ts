import { type Kysely, sql } from 'kysely';

/** Who an account is at the issuer of identities, and sign-ins that are under way there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table accounts add column identity text unique`,
  `create table sign_ons (
    state_hash text primary key, nonce text not null, verifier text not null, redirect_uri text not null, expires_at timestamptz not null)`,
  `create index sign_ons_expires on sign_ons (expires_at)`,
];
