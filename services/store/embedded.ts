import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../ports.ts';
import { lockDataFolder } from './data-folder.ts';
import { type Cluster, ensureCluster, superuser } from './postgres-cluster.ts';
import { findRunner } from './postgres-runner.ts';
import { findOrStart, removeSocketFolder, type Server, socketOf, startServer, stopServer } from './postgres-server.ts';
import { readOr } from './processes.ts';

/** What pg needs to reach the embedded PostgreSQL. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface Embedded {
  readonly connection: EmbeddedConnection;
  /** The postmaster's process id now; another one after a restart. */
  readonly pid: number;
  /** Disconnects everyone, stops PostgreSQL and lets the data folder go. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder; made when missing. The cluster stands in its `postgres`, the log beside it in `postgres.log`. */
  readonly dataDir: string;
  readonly log: Log;
  /** For several processes on one record: how many may connect at once. */
  readonly connections?: number;
  /** Called when PostgreSQL ended unasked; its restart has begun by then. */
  readonly onDeath?: (pid: number) => void;
}

const database = 'baiying';
const port = 5432;
const longestPause = 5000;

/**
 * Starts PostgreSQL inside the data folder, or takes over the one that outlived its Baiying, and keeps it running:
 * when it dies it is started again on the same socket, at once and then with growing pauses.
 * @throws Fault `record-unavailable` when the folder is in use or PostgreSQL does not start
 */
export async function startEmbedded({ dataDir, log, connections, onDeath }: EmbeddedOptions): Promise<Embedded> {
  const lock = await lockDataFolder(dataDir);
  try {
    const cluster: Cluster = {
      folder: join(lock.path, 'postgres'),
      logFile: join(lock.path, 'postgres.log'),
      runner: await findRunner(),
      ...(connections === undefined ? {} : { connections }),
    };
    await ensureCluster(cluster);
    const keeper = new Keeper(cluster, log, onDeath, await findOrStart(cluster));
    await keeper.prepare();
    return {
      connection: keeper.connection,
      get pid() {
        return keeper.pid;
      },
      async stop() {
        await keeper.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** How the record of a data folder stands, for those who only want to look at it. */
export type Standing =
  | { readonly state: 'running'; readonly connection: EmbeddedConnection }
  | { readonly state: 'stopped'; readonly version: string }
  /** No Baiying ever ran on this folder. */
  | { readonly state: 'none' };

/** Looks without starting, locking or changing anything. */
export async function embeddedStanding(dataDir: string): Promise<Standing> {
  const folder = join(await realpath(dataDir).catch(() => dataDir), 'postgres');
  const version = (await readOr(`${folder}/PG_VERSION`, '')).trim();
  if (version === '') return { state: 'none' };
  const socket = await socketOf({ folder });
  return socket === undefined ? { state: 'stopped', version } : { state: 'running', connection: connectionAt(socket) };
}

const connectionAt = (socket: string): EmbeddedConnection => ({ host: socket, port, user: superuser, database });

/**
 * A new file of PostgreSQL's log is filled with zeros and flushed several times while every commit waits, on a slow disk
 * for seconds. Files that a checkpoint is done with are used again, so a new cluster fills some before anybody waits for one.
 */
async function laySpareLog(client: pg.Client): Promise<void> {
  for (let laid = 0; laid < spareLogFiles; laid += 1) {
    await client.query("select pg_logical_emit_message(false, 'baiying', 'spare')");
    await client.query('select pg_switch_wal()');
  }
  await client.query('checkpoint');
}
/** As many as min_wal_size (80 MB) lets a checkpoint keep. */
const spareLogFiles = 4;

class Keeper {
  readonly #cluster: Cluster;
  readonly #log: Log;
  readonly #onDeath: ((pid: number) => void) | undefined;
  #server: Server;
  #stopping = false;
  #watch: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, log: Log, onDeath: ((pid: number) => void) | undefined, server: Server) {
    this.#cluster = cluster;
    this.#log = log;
    this.#onDeath = onDeath;
    this.#server = server;
  }

  get pid(): number {
    return this.#server.pid;
  }

  get connection(): EmbeddedConnection {
    return connectionAt(this.#server.socket);
  }

  /** Makes the database in a new cluster, and starts to watch. */
  async prepare(): Promise<void> {
    const client = new pg.Client({ ...this.connection, database: 'postgres' });
    await client.connect();
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
      if (rowCount === 0) {
        await client.query(`create database ${database}`);
        await laySpareLog(client);
      }
    } finally {
      await client.end();
    }
    this.#watch = this.#keep();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await stopServer(this.#server);
    await this.#watch;
    // A restart that was under way when the stop came has put another server there.
    await stopServer(this.#server);
    await removeSocketFolder(this.#server.socket);
  }

  async #keep(): Promise<void> {
    while (!this.#stopping) {
      const { pid } = this.#server;
      await this.#server.ended;
      if (this.#stopping) return;
      this.#log.error({ pid }, 'PostgreSQL ended unasked; starting it again');
      this.#onDeath?.(pid);
      await this.#restart();
    }
  }

  async #restart(): Promise<void> {
    const { socket } = this.#server;
    for (let pause = 100; !this.#stopping; pause = Math.min(pause * 2, longestPause)) {
      try {
        this.#server = await startServer(this.#cluster, socket);
        this.#log.warn({ pid: this.#server.pid }, 'PostgreSQL runs again');
        return;
      } catch (error) {
        this.#log.error({ err: error }, 'PostgreSQL does not start again yet');
        await sleep(pause);
      }
    }
  }
}
