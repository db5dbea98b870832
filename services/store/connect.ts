import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg, { type PoolClient, type PoolConfig } from 'pg';
import type { Hub, Log } from '../ports.ts';
import { type Connection, poolConfig } from './connection.ts';
import { openHub } from './hub.ts';
import { PreparingClient } from './prepared.ts';
import type { Tables } from './tables.ts';

export type { Connection } from './connection.ts';
export { recordUnavailable } from './unavailable.ts';

/** What a store function works on: a handle, or the transaction that its caller opened. */
export type Db = Kysely<Tables> | Transaction<Tables>;

/** The record, by doors with connections of their own, so that nothing routine stands before an alarm. */
export interface Store {
  readonly urgent: Kysely<Tables>;
  readonly routine: Kysely<Tables>;
  /**
   * Commits without waiting for the disk: for what may be forgotten when the server dies, such as leases, presence and
   * positions, and for what a later commit on another door makes durable (the log is flushed in order).
   */
  readonly fleeting: Kysely<Tables>;
  /** For the ear alone, so that an acknowledgement never waits behind a decision. */
  readonly ear: Kysely<Tables>;
  /** For people and programs at the HTTP side. */
  readonly desk: Kysely<Tables>;
  readonly hub: Hub;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly connection: Connection;
  readonly log: Log;
  /** So many connections of each door of an alarm are opened before anybody needs them; none when not said. */
  readonly ready?: number;
}

interface Door {
  readonly name: string;
  readonly connections: number;
  /** The server gives a statement up after this many milliseconds. */
  readonly statement: number;
  /** Idle connections are closed after this many milliseconds; 0 keeps them. */
  readonly idle: number;
  /** Server options of each connection. */
  readonly options?: string;
}
/**
 * The statements of an alarm find their rows by index whatever the values: planning them for each value only takes time. They
 * are planned once, perhaps while their tables are empty, when to read all of a table looks cheap: so that is not offered.
 */
const generic = ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off']
  .map((option) => `-c ${option}`)
  .join(' ');
/** Two more than the urgent lane runs jobs at once (services/queue): those that run never wait for a connection. */
const urgentDoor: Door = { name: 'urgent', connections: 16, statement: 5000, idle: 0, options: generic };
const earDoor: Door = { name: 'ear', connections: 4, statement: 5000, idle: 0, options: generic };
const fleetingDoor: Door = { name: 'fleeting', connections: 8, statement: 5000, idle: 0, options: `${generic} -c synchronous_commit=off` };
const routineDoor: Door = { name: 'routine', connections: 6, statement: 30_000, idle: 30_000 };
const deskDoor: Door = { name: 'desk', connections: 8, statement: 10_000, idle: 30_000 };

const connectWithin = 3000;
/** A server that froze, or a network that swallows packets, shows only as a connection that never comes back. */
const longestUse = 45_000;

/**
 * Opens the record. The database must be migrated (migrate.ts).
 * @throws what pg says when the first connection fails
 */
export async function openStore({ connection, log, ready = 0 }: StoreOptions): Promise<Store> {
  const urgent = openDoor(urgentDoor, connection, log);
  const routine = openDoor(routineDoor, connection, log);
  const desk = openDoor(deskDoor, connection, log);
  const fleeting = openDoor(fleetingDoor, connection, log);
  const ear = openDoor(earDoor, connection, log);
  const end = () => Promise.all([urgent.end(), routine.end(), desk.end(), fleeting.end(), ear.end()]);
  try {
    await urgent.query('select 1');
    const hub = await openHub({ connection, log });
    for (const pool of [urgent, ear, fleeting]) makeReady(pool, ready, log);
    return {
      urgent: handle(urgent),
      routine: handle(routine),
      desk: handle(desk),
      fleeting: handle(fleeting),
      ear: handle(ear),
      hub,
      async close() {
        await hub.close();
        await end();
      },
    };
  } catch (error) {
    await end();
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
    ...(door.options === undefined ? {} : { options: door.options }),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // transact.ts starts statements together; without this pg would still send them one by one.
    pipeline: true,
    Client: PreparingClient,
  };
  const pool = new pg.Pool(config);
  // The end of a pool does not wait until the server has seen it: one that is stopped next says so to the last connections.
  const note = (error: Error) => log[pool.ending ? 'debug' : 'warn']({ err: error, door: door.name }, 'A connection to the record failed');
  pool.on('error', note);
  // The pool only listens to idle clients: a client that loses its server while in use would end the process.
  pool.on('connect', (client) => client.on('error', (error) => log.debug({ err: error, door: door.name }, 'A connection in use failed')));
  limitUse(pool, log, door.name);
  return pool;
}

function makeReady(pool: pg.Pool, count: number, log: Log): void {
  const opened = Array.from({ length: count }, () => pool.connect().then((client) => client.release()));
  Promise.all(opened).catch((error: unknown) =>
    log.debug({ err: error }, 'A connection could not be opened ahead; it is opened when needed'),
  );
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
