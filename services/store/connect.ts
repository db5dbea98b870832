import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg, { type PoolClient, type PoolConfig } from 'pg';
import type { Hub, Log } from '../ports.ts';
import { type Connection, poolConfig } from './connection.ts';
import { openHub } from './hub.ts';
import type { Tables } from './tables.ts';

export type { Connection } from './connection.ts';
export { recordUnavailable } from './unavailable.ts';

/** What a store function works on: a handle, or the transaction that its caller opened. */
export type Db = Kysely<Tables> | Transaction<Tables>;

/** The record, by three doors with connections of their own, so that nothing routine stands before an alarm. */
export interface Store {
  readonly urgent: Kysely<Tables>;
  readonly routine: Kysely<Tables>;
  /** For people and programs at the HTTP side. */
  readonly desk: Kysely<Tables>;
  readonly hub: Hub;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly connection: Connection;
  readonly log: Log;
}

interface Door {
  readonly name: string;
  readonly connections: number;
  /** The server gives a statement up after this many milliseconds. */
  readonly statement: number;
  /** Idle connections are closed after this many milliseconds; 0 keeps them. */
  readonly idle: number;
}
const urgentDoor: Door = { name: 'urgent', connections: 10, statement: 5000, idle: 0 };
const routineDoor: Door = { name: 'routine', connections: 6, statement: 30_000, idle: 30_000 };
const deskDoor: Door = { name: 'desk', connections: 8, statement: 10_000, idle: 30_000 };

const connectWithin = 3000;
/** A server that froze, or a network that swallows packets, shows only as a connection that never comes back. */
const longestUse = 45_000;

/**
 * Opens the record. The database must be migrated (migrate.ts).
 * @throws what pg says when the first connection fails
 */
export async function openStore({ connection, log }: StoreOptions): Promise<Store> {
  const doors = [urgentDoor, routineDoor, deskDoor].map((door) => openDoor(door, connection, log));
  const [urgent, routine, desk] = doors as [pg.Pool, pg.Pool, pg.Pool];
  try {
    await urgent.query('select 1');
    const hub = await openHub({ connection, log });
    const handles = { urgent: handle(urgent), routine: handle(routine), desk: handle(desk) };
    return {
      ...handles,
      hub,
      async close() {
        await hub.close();
        await Promise.all(doors.map((pool) => pool.end()));
      },
    };
  } catch (error) {
    await Promise.all(doors.map((pool) => pool.end()));
    throw error;
  }
}

const handle = (pool: pg.Pool) => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });

function openDoor(door: Door, connection: Connection, log: Log): pg.Pool {
  const config: PoolConfig = {
    ...poolConfig(connection),
    application_name: `baiying-${door.name}`,
    max: door.connections,
    statement_timeout: door.statement,
    idle_in_transaction_session_timeout: longestUse,
    idleTimeoutMillis: door.idle,
    connectionTimeoutMillis: connectWithin,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  const pool = new pg.Pool(config);
  const note = (error: Error) => log.warn({ err: error, door: door.name }, 'A connection to the record failed');
  pool.on('error', note);
  // The pool only listens to idle clients: a client that loses its server while in use would end the process.
  pool.on('connect', (client) => client.on('error', (error) => log.debug({ err: error, door: door.name }, 'A connection in use failed')));
  limitUse(pool, log, door.name);
  return pool;
}

function limitUse(pool: pg.Pool, log: Log, door: string): void {
  const timers = new WeakMap<PoolClient, NodeJS.Timeout>();
  pool.on('acquire', (client) => {
    const timer = setTimeout(() => {
      log.error({ door, afterMs: longestUse }, 'A connection to the record did not come back; it is cut');
      // While a query runs, end() destroys the socket, which fails the query.
      client.end().catch((error: unknown) => log.debug({ err: error }, 'The cut connection was gone already'));
    }, longestUse);
    timers.set(client, timer.unref());
  });
  pool.on('release', (_error, client) => clearTimeout(timers.get(client)));
}
