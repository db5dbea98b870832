import { type Kysely, sql } from 'kysely';

/** Floor plans of sites, and where on them the devices stand. The pictures lie in the data folder. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table plans (
    id text primary key, site_id text not null references sites on delete cascade, name text not null, file text not null,
    media_type text not null, bytes int not null, sha256 text not null, width int not null, height int not null,
    by text not null, at timestamptz not null, unique (site_id, sha256))`,
  // Parts of the whole, from the upper left corner: they hold whatever size the picture is shown in.
  `alter table devices add column plan_id text references plans on delete set null, add column plan_x real, add column plan_y real`,
  `create index devices_plan on devices (plan_id) where plan_id is not null`,
];
