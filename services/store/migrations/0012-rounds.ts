import { type Kysely, sql } from 'kysely';

/** Video patrols: what is planned, each run with its stops as they were then, and what was found at them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table rounds (
    id text primary key, name text not null, station_id text not null references stations, stops jsonb not null, every jsonb not null,
    grace_minutes integer not null, pictures_at_once smallint not null, active boolean not null, next_due_at timestamptz,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index rounds_due on rounds (next_due_at) where active and next_due_at is not null`,
  // A run outlives its plan, so it carries what the plan said.
  `create table round_runs (
    id uuid primary key, round_id text not null, name text not null, station_id text not null, stops jsonb not null,
    pictures_at_once smallint not null, state text not null, due_at timestamptz, start_by timestamptz, begun_at timestamptz,
    begun_by text, left_at timestamptz, ended_at timestamptz, ended_by text, reason text, at timestamptz not null)`,
  // Two processes, or a beginning before its time, must not make two runs of one due time.
  `create unique index round_runs_due on round_runs (round_id, due_at) where due_at is not null`,
  `create unique index round_runs_under_way on round_runs (round_id) where state = 'under-way'`,
  `create index round_runs_at on round_runs (at desc, id desc)`,
  `create index round_runs_open on round_runs (state) where state in ('due', 'under-way')`,
  `create table round_findings (
    run_id uuid not null references round_runs on delete cascade, stop smallint not null, camera_id text not null, finding text not null,
    note text, incident_id uuid, at timestamptz not null, by text not null, primary key (run_id, stop))`,
  `create index round_findings_camera on round_findings (camera_id, at desc)`,
];
