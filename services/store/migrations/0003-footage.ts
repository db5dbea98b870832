import { type Kysely, sql } from 'kysely';

/** What the cameras of an incident gave: which were called up and why, what is still owed of them, the files; and who turns which camera. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table sites add column footage_days int`,
  // A row of its own, so that a press writes nothing for it; an incident without one was not looked at yet.
  `create table incident_footage (incident_id uuid primary key references incidents, at timestamptz not null)`,
  `create table incident_cameras (
    incident_id uuid not null references incidents, camera_id text not null, place smallint not null, reason text not null,
    distance int, preset text, at timestamptz not null, still text not null, turn text not null, clip text not null,
    clip_until timestamptz, holder text, holder_until timestamptz, primary key (incident_id, camera_id))`,
  `create index incident_cameras_owed on incident_cameras (incident_id)
    where still = 'owed' or turn = 'owed' or clip = 'owed'`,
  `create table footage (
    id uuid primary key, incident_id uuid not null references incidents, camera_id text not null, what text not null,
    part smallint not null, file text not null, media_type text not null, codec text, via text, bytes bigint not null, sha256 text not null,
    from_at timestamptz not null, to_at timestamptz not null, gaps smallint not null default 0, stored_at timestamptz not null,
    kept_until timestamptz not null, removed_at timestamptz, unique (incident_id, camera_id, what, part))`,
  `create index footage_ending on footage (kept_until) where removed_at is null`,
  `create table aims (
    camera_id text primary key references devices on delete cascade, holder_id text not null, holder text not null, rank smallint not null,
    incident_id uuid, since timestamptz not null, until timestamptz not null)`,
];
