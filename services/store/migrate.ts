import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { Fault } from '../errors.ts';
import type { Log } from '../ports.ts';
import { type Connection, poolConfig } from './connection.ts';
import * as record from './migrations/0001-record.ts';
import * as holdings from './migrations/0002-holdings.ts';
import * as footage from './migrations/0003-footage.ts';
import * as cameraHealth from './migrations/0004-camera-health.ts';
import * as broadcasts from './migrations/0005-broadcasts.ts';
import * as watchMemory from './migrations/0008-watch-memory.ts';
import * as deviceTests from './migrations/0009-device-tests.ts';
import * as desk from './migrations/0010-desk.ts';
import * as rounds from './migrations/0012-rounds.ts';
import * as cameraViews from './migrations/0013-camera-views.ts';
import * as proofOfKeys from './migrations/0014-proof-of-keys.ts';
import * as officers from './migrations/0016-officers.ts';
import * as phonePages from './migrations/0017-phone-pages.ts';
import * as plans from './migrations/0018-plans.ts';
import * as handovers from './migrations/0021-handovers.ts';
import * as policies from './migrations/0022-policies.ts';
import * as access from './migrations/0023-access.ts';
import * as evidence from './migrations/0024-evidence.ts';
import * as secondPerson from './migrations/0025-second-person.ts';
import * as singleSignOn from './migrations/0026-single-sign-on.ts';
import * as secondFactor from './migrations/0027-second-factor.ts';
import * as signalsOurs from './migrations/0028-signals-ours.ts';
import * as soundedAgain from './migrations/0029-sounded-again.ts';

/** Every migration, oldest first. A name never changes once it was released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-record': record,
  '0002-holdings': holdings,
  '0003-footage': footage,
  '0004-camera-health': cameraHealth,
  '0005-broadcasts': broadcasts,
  '0008-watch-memory': watchMemory,
  '0009-device-tests': deviceTests,
  '0010-desk': desk,
  '0012-rounds': rounds,
  '0013-camera-views': cameraViews,
  '0014-proof-of-keys': proofOfKeys,
  '0016-officers': officers,
  '0017-phone-pages': phonePages,
  '0018-plans': plans,
  '0021-handovers': handovers,
  '0022-policies': policies,
  '0023-access': access,
  '0024-evidence': evidence,
  '0025-second-person': secondPerson,
  '0026-single-sign-on': singleSignOn,
  '0027-second-factor': secondFactor,
  '0028-signals-ours': signalsOurs,
  '0029-sounded-again': soundedAgain,
};

/**
 * Brings the database to the newest form. Kysely's PostgreSQL dialect does it under a session advisory lock, so of
 * several processes that start together one migrates and the others wait and find nothing to do.
 * @returns the names that were applied now
 * @throws Fault `record-unavailable` when the server is too old or its database does not hold UTF-8
 */
export async function migrate(connection: Connection, log: Log): Promise<readonly string[]> {
  const pool = new pg.Pool({ ...poolConfig(connection), application_name: 'baiying-migrate', max: 1, connectionTimeoutMillis: 10_000 });
  const failed = (error: Error) => log.warn({ err: error }, 'The connection of the migration failed');
  pool.on('error', failed);
  pool.on('connect', (client) => client.on('error', failed));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await checkServer(pool);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    const applied = results.map((result) => result.migrationName);
    if (applied.length > 0) log.info({ applied }, 'The record was brought to its newest form');
    return applied;
  } finally {
    await db.destroy();
  }
}

const leastMajor = 14;

/** A site's own server may be of any age and make. */
async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string; encoding: string; fsync: string; commits: string }>(
    `select current_setting('server_version') as version, current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commits`,
  );
  const { version = '', encoding = '', fsync = '', commits = '' } = rows[0] ?? {};
  if (Number.parseInt(version, 10) < leastMajor) {
    throw new Fault('record-unavailable', `PostgreSQL ${version} is too old; version ${leastMajor} or later is needed.`);
  }
  if (fsync === 'off' || commits === 'off') {
    throw new Fault(
      'record-unavailable',
      `The server has ${fsync === 'off' ? 'fsync' : 'synchronous_commit'} off: a press would be acknowledged before it is on disk. Switch it on.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new Fault(
      'record-unavailable',
      `The database holds ${encoding}. Make it anew with: create database … encoding 'UTF8' template template0.`,
    );
  }
}
