import { type Kysely, sql } from 'kysely';

/** Who looked at which camera when: written by the server that showed the picture, kept also when the camera is gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table camera_views (
    id uuid primary key, camera_id text not null, by text not null, how text not null, run_id uuid,
    began_at timestamptz not null, seen_at timestamptz not null, ended_at timestamptz)`,
  `create index camera_views_camera on camera_views (camera_id, began_at desc, id desc)`,
  `create index camera_views_began on camera_views (began_at desc, id desc)`,
  `create index camera_views_open on camera_views (seen_at) where ended_at is null`,
];
