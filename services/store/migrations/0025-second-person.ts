import { type Kysely, sql } from 'kysely';

/** Broadcasts to more than one site that wait for a second person. Until there is consent, `broadcasts` knows nothing of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table broadcast_requests (
    id uuid primary key, state text not null, broadcast jsonb not null, site_ids text[] not null, owner text not null,
    asked_at timestamptz not null, until timestamptz not null, decided_at timestamptz, decided_by text, reason text)`,
  `create index broadcast_requests_open on broadcast_requests (until) where state = 'awaiting-consent'`,
];
