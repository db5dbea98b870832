import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../services/store/embedded.ts';
import { migrate } from '../../services/store/migrate.ts';
import { type Cluster, template } from '../../services/store/testing.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: Cluster;
  }
}

/** One PostgreSQL for the whole run, with one migrated database that every test's own is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-tests-'));
  const log = pino({ level: 'warn' });
  const server = await startEmbedded({ dataDir: folder, log });
  const admin = new pg.Client({ ...server.connection });
  await admin.connect();
  await admin.query(`create database ${template}`);
  await migrate({ ...server.connection, database: template }, log);
  // Tests of durability start servers of their own; here waiting for the disk would only take time.
  await admin.query(`alter role ${server.connection.user} set synchronous_commit = off`);
  await admin.end();
  project.provide('cluster', server.connection);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
