import { type Kysely, sql } from 'kysely';

/**
 * Who has an incident and to whom it was offered; the procedures of the station with every version that an incident may have
 * begun with, and the steps of it that were done.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const procedure = 'title jsonb not null, kinds text[] not null, site_kinds text[] not null, steps jsonb not null';

const statements = [
  `create table procedures (
    id text primary key, version integer not null, ${procedure}, created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table procedure_versions (id text not null, version integer not null, ${procedure}, at timestamptz not null, primary key (id, version))`,
  `alter table incidents add column holder_id text, add column holder_name text, add column holder_since timestamptz, add column offer jsonb,
    add column procedure_id text, add column procedure_version integer, add column procedure_binding boolean not null default false,
    add column ticks jsonb not null default '{}'`,
];
