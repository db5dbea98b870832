import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { inject, onTestFinished } from 'vitest';
import type { Log } from '../ports.ts';
import { openStore, type Store } from './connect.ts';
import type { EmbeddedConnection } from './embedded.ts';

/** The server of this test run (scripts/checks/one-cluster.ts), handed to the test files by vitest. */
export type Cluster = EmbeddedConnection;

/** The migrated database that every fresh one is copied from. */
export const template = 'baiying_template';

/** A log that says nothing. */
export const quiet: Log = pino({ level: 'silent' });

export interface FreshDatabase {
  readonly connection: EmbeddedConnection;
  drop(): Promise<void>;
}

/** A migrated database of its own with nothing in it. The caller drops it. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(cluster, `create database ${name} template ${template}`);
  return {
    connection: { ...cluster, database: name },
    drop: () => asAdmin(cluster, `drop database ${name} with (force)`),
  };
}

/** An empty record of its own, closed and dropped when the running test ends; in a beforeAll, hand in `afterAll`. */
export async function freshStore(whenDone: (run: () => Promise<void>) => void = onTestFinished): Promise<Store> {
  const database = await freshDatabase();
  const store = await openStore({ connection: database.connection, log: quiet });
  whenDone(async () => {
    await store.close();
    await database.drop();
  });
  return store;
}

async function asAdmin(cluster: Cluster, statement: string): Promise<void> {
  const client = new pg.Client({ ...cluster, database: 'postgres' });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
