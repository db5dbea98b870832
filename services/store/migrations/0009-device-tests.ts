import { type Kysely, sql } from 'kysely';

/** The walk tests of every device, each with what was measured: the file of a site, kept also when the device is gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table device_tests (
    id uuid primary key, device_id text not null, site_id text, kind text not null, by text not null,
    at timestamptz not null, until timestamptz not null, ended_at timestamptz, passed boolean,
    measured jsonb not null default '{}', findings jsonb not null default '[]', steps jsonb not null default '[]')`,
  `create index device_tests_device on device_tests (device_id, at desc, id desc)`,
  `create index device_tests_site on device_tests (site_id, at desc, id desc)`,
  // One test of a device at a time: two who press one key would measure each other.
  `create unique index device_tests_under_way on device_tests (device_id) where ended_at is null`,
];
