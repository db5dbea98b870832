import { type Kysely, sql } from 'kysely';

/**
 * Loudspeakers that take sound: who speaks on which, for how long the lease lasts, whom it was taken from, what stands in
 * for one that failed; and zones, the sets of loudspeakers that are named together.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table zones (
    id text primary key, name text not null, station_id text not null references stations, loudspeaker_ids text[] not null,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index zones_station on zones (station_id)`,
  `alter table broadcasts add column live boolean not null default false, add column zone_id text`,
  `alter table broadcast_targets add column spoken boolean not null default false, add column asked_to_end text,
    add column instead_of text, add column owed boolean not null default false,
    add column noting_until timestamptz`,
  `create index broadcast_targets_talks on broadcast_targets (device_id) where state in ('queued', 'playing') or lease is not null`,
  `create index broadcast_targets_owed on broadcast_targets (broadcast_id) where owed`,
];
