import { createRedisBackend, withBackend } from 'bullmq';
import type { Lane } from '../alarm/index.ts';
import type { Log } from '../ports.ts';
import { type Backend, jobOptions, streams, workerOptions } from './bull.ts';
import { laneOf, type QueueName, queueNames } from './jobs.ts';
import { openOutage } from './outage.ts';
import { answered, checkEviction, connectRedis, parseRedisUrl, type RedisClient } from './redis.ts';
import { within } from './within.ts';

const bull = withBackend(createRedisBackend);
type Queue = InstanceType<typeof bull.Queue>;

/** The braces keep all keys of a lane in one slot of a cluster, as BullMQ's scripts need; the lanes may be on two machines. */
const prefix = (lane: Lane): string => `{baiying-${lane}}`;

export async function openRedisBackend(url: string, log: Log): Promise<Backend> {
  const place = parseRedisUrl(url);
  const connect = (lane: Lane, use: 'producer' | 'worker'): RedisClient => {
    const client = connectRedis(place, use, `baiying-${lane}-${use}`);
    client.on('error', (error: Error) => log.debug({ err: error, lane, use }, 'Redis connection error'));
    return client;
  };
  const producers: Record<Lane, RedisClient> = { urgent: connect('urgent', 'producer'), routine: connect('routine', 'producer') };
  const workers: Partial<Record<Lane, RedisClient>> = {};
  const clients = () => [...Object.values(producers), ...Object.values(workers)];
  const eviction = openOutage(log, 'The check of Redis');
  const check = async () => {
    try {
      await checkEviction(producers.urgent);
      eviction.end();
    } catch (error) {
      eviction.begin(error);
      return error;
    }
    return undefined;
  };
  const met = await Promise.all(Object.values(producers).map((client) => answered(client, 3000)));
  if (met.every((error) => error === undefined)) {
    const fault = await check();
    if (fault !== undefined) {
      for (const client of clients()) client.disconnect();
      throw fault;
    }
  } else {
    log.error({ err: met.find((error) => error !== undefined) }, 'Redis does not answer; beginning without it');
  }
  // Another server may stand there after a failover.
  producers.urgent.on('ready', check);
  const queues = openQueues(producers, log);
  return {
    kind: 'redis',
    queues,
    obstacle: (lane) => (producers[lane].status === 'ready' ? undefined : `Redis is not connected (${producers[lane].status})`),
    tryWrite: (lane) => producers[lane].set(`${prefix(lane)}:tried`, '', 'PX', 60_000),
    warning: () => eviction.reason(),
    openWorker(name, process, concurrency) {
      const lane = laneOf(name);
      const connection = workers[lane] ?? connect(lane, 'worker');
      workers[lane] = connection;
      return new bull.Worker(name, process, { ...workerOptions(name, concurrency), connection, prefix: prefix(lane) });
    },
    mend: async () => void (await check()),
    async close(patience = 2000) {
      await within(Promise.all(Object.values(queues).map((queue) => queue.close())), patience);
      for (const client of clients()) client.disconnect();
    },
  };
}

function openQueues(producers: Record<Lane, RedisClient>, log: Log): Record<QueueName, Queue> {
  const entries = queueNames.map((name) => {
    const lane = laneOf(name);
    // BullMQ asks for the version when it connects and never again: against a frozen server that would spoil the queue for good.
    const options = { prefix: prefix(lane), defaultJobOptions: jobOptions, streams, skipVersionCheck: true };
    const queue = new bull.Queue(name, { connection: producers[lane], ...options });
    queue.on('error', (error) => log.debug({ err: error, queue: name }, 'queue error'));
    return [name, queue] as const;
  });
  return Object.fromEntries(entries) as Record<QueueName, Queue>;
}
