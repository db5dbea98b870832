import { type Kysely, sql } from 'kysely';

/** How cameras are: when each is looked at next and was last, what is wrong with it since when, and the pictures that an installer took as right. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table camera_health (
    camera_id text primary key references devices on delete cascade, due_at timestamptz not null, sampled_at timestamptz,
    judged_at timestamptz, seen jsonb not null default '[]', measures jsonb not null default '{}', clock_offset bigint)`,
  `create index camera_health_due on camera_health (due_at)`,
  `create table camera_faults (
    camera_id text not null references devices on delete cascade, fault text not null, votes text not null,
    since timestamptz not null, standing boolean not null, detail jsonb not null default '{}', primary key (camera_id, fault))`,
  `create index camera_faults_standing on camera_faults (since) where standing`,
  `create table camera_references (
    camera_id text not null references devices on delete cascade, light text not null, width smallint not null, height smallint not null,
    luma bytea not null, at timestamptz not null, taken_by text not null, primary key (camera_id, light))`,
];
