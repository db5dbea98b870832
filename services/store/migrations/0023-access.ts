import { type Kysely, sql } from 'kysely';

/** The language a person reads, where sessions were opened, links for a forgotten password, and a webhook's secret of before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table accounts add column language text check (language in ('zh', 'en'))`,
  `alter table sessions add column id uuid not null default gen_random_uuid(), add column ip text not null default '',
    add column agent text not null default '', add column last_seen_at timestamptz`,
  `create unique index sessions_id on sessions (id)`,
  `create index sessions_account on sessions (account_id)`,
  `create table reset_links (
    token_hash text primary key, account_id uuid not null unique references accounts on delete cascade,
    created_at timestamptz not null, created_by text not null, expires_at timestamptz not null)`,
  `alter table webhooks add column former_secret text, add column former_until timestamptz`,
  `create index webhook_deliveries_state on webhook_deliveries (state, id desc)`,
  `create index audit_at on audit using brin (at) with (autosummarize = on)`,
];
