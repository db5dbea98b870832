import { type Kysely, sql } from 'kysely';

/** The keys that evidence and heads are signed with, and how far the heads of the chains were noted in which file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table signing_keys (
    kid text primary key, public_key text not null, sealed text not null,
    created_at timestamptz not null, created_by text not null, retired_at timestamptz)`,
  // Of several processes that start at once, one makes the key.
  `create unique index signing_keys_one on signing_keys ((true)) where retired_at is null`,
  `create table head_files (
    path text primary key, begun_at timestamptz not null, lines int not null default 0, last text not null default '',
    holder text, holder_until timestamptz)`,
  `create index timeline_at on timeline using brin (at) with (autosummarize = on)`,
];
