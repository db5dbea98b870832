import { createPostgresBackend, type PgPool, runMigrations, withBackend } from 'bullmq';
import { Pool, type PoolConfig } from 'pg';
import type { Lane } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Log } from '../ports.ts';
import { type Backend, jobOptions, streams, workerOptions } from './bull.ts';
import { laneOf, type QueueName, queueNames } from './jobs.ts';
import { openOutage } from './outage.ts';
import { within } from './within.ts';

const bull = withBackend(createPostgresBackend);
type Queue = InstanceType<typeof bull.Queue>;

/** BullMQ keeps to this name for pools that are handed to it. */
const schema = 'bullmq';

export async function openPostgresBackend(config: PoolConfig, log: Log): Promise<Backend> {
  const pools: Record<Lane, Pool> = { urgent: openPool(config, 'urgent', log), routine: openPool(config, 'routine', log) };
  const queues = new Map<QueueName, Queue>();
  const closePools = () => Promise.all([pools.urgent.end(), pools.routine.end()]);
  try {
    await migrate(pools.urgent);
    for (const name of queueNames) {
      const queue = new bull.Queue(name, { connection: asBull(pools[laneOf(name)]), defaultJobOptions: jobOptions, streams });
      queue.on('error', (error) => log.debug({ err: error, queue: name }, 'queue error'));
      queues.set(name, queue);
      // BullMQ remembers a failed first connection for ever: begin again rather than go on with it.
      await queue.waitUntilReady();
    }
  } catch (cause) {
    await closePools();
    throw new Fault('record-unavailable', `The queue's schema ${schema} cannot be made or read in PostgreSQL`, [], { cause });
  }
  const upkeep = openOutage(log, "The upkeep of the queue's schema");
  const closeAll = async () => {
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    await closePools();
  };
  return {
    kind: 'postgresql',
    queues: Object.fromEntries(queues) as Record<QueueName, Queue>,
    obstacle: () => undefined,
    // It is the server of the record, whose writes are watched.
    tryWrite: async () => undefined,
    warning: () => upkeep.reason(),
    openWorker: (name, process, concurrency) =>
      new bull.Worker(name, process, { ...workerOptions(name, concurrency), connection: asBull(pools[laneOf(name)]) }),
    async mend() {
      try {
        await migrate(pools.urgent);
        upkeep.end();
      } catch (error) {
        upkeep.begin(error);
      }
    },
    close: async (patience = 2000) => {
      if (!(await within(closeAll(), patience))) log.warn('PostgreSQL did not take the end of the queue; leaving it');
    },
  };
}

/** Two workers of a lane listen on one connection each; four are left for adding, taking and ending jobs. */
function openPool(config: PoolConfig, lane: Lane, log: Log): Pool {
  const searchPath = `-c search_path=${schema}`;
  const pool = new Pool({
    ...config,
    max: 6,
    options: config.options ? `${config.options} ${searchPath}` : searchPath,
    application_name: `baiying queue ${lane}`,
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
    keepAlive: true,
  });
  pool.on('error', (error) => log.debug({ err: error, lane }, 'idle queue connection lost'));
  // The pool only listens to idle clients: a client that loses its server while in use would end the process.
  pool.on('connect', (client) => client.on('error', (error) => log.debug({ err: error, lane }, 'a queue connection in use was lost')));
  return pool;
}

async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    client.release();
  }
}

/** BullMQ describes the part of pg that it calls; the overloads of pg's own types do not show that they fit. */
const asBull = (pool: Pool): PgPool => pool as unknown as PgPool;
