import { once } from 'node:events';
import { Cluster, type CommonRedisOptions, Redis } from 'ioredis';
import { Fault } from '../errors.ts';

export type RedisClient = Redis | Cluster;

/** Where Redis is: one server, a master that Sentinels know by name, or a cluster. */
export interface RedisPlace {
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly sentinel?: string;
  readonly sentinelPassword?: string;
  readonly cluster: boolean;
}

/**
 * Reads `redis://[user:password@]host[:port][,host[:port]…][/db][?sentinel=master&sentinelPassword=…|?cluster=true]`.
 * Several hosts are the nodes of a cluster, or the Sentinels where `sentinel` names the master; `cluster=true` is for a
 * cluster behind one name. `rediss` means TLS.
 * @throws Fault `settings-unfit` with path `redisUrl`
 */
export function parseRedisUrl(url: string): RedisPlace {
  const match = /^(rediss?):\/\/(?:([^@/]*)@)?([^/?@]+)(?:\/(\d*))?(?:\?(.*))?$/.exec(url);
  if (!match) throw unfit('redisUrl is not of the form redis://[user:password@]host[:port][,host…][/db]');
  const [, scheme, account = '', authority = '', db = '', query = ''] = match;
  const asked = new URLSearchParams(query);
  const sentinel = asked.get('sentinel');
  const sentinelPassword = asked.get('sentinelPassword');
  const hosts = authority.split(',').map((host) => parseHost(host, sentinel ? 26379 : 6379));
  const cluster = !sentinel && (hosts.length > 1 || asked.get('cluster') === 'true');
  if (cluster && Number(db) !== 0) throw unfit('a Redis Cluster has only database 0: take the number off redisUrl');
  const colon = account.indexOf(':');
  const username = decodeURIComponent(colon < 0 ? account : account.slice(0, colon));
  const password = colon < 0 ? '' : decodeURIComponent(account.slice(colon + 1));
  return {
    hosts,
    tls: scheme === 'rediss',
    db: Number(db),
    cluster,
    ...(username && { username }),
    ...(password && { password }),
    ...(sentinel && { sentinel }),
    ...(sentinelPassword && { sentinelPassword }),
  };
}

function parseHost(text: string, usualPort: number): { host: string; port: number } {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text);
  if (!match) throw unfit(`redisUrl: "${text}" is not host or host:port`);
  return { host: match[1] ?? match[2] ?? '', port: match[3] ? Number(match[3]) : usualPort };
}

export type RedisUse = 'producer' | 'worker';

const wait = (attempt: number): number => Math.min(attempt * 50, 1000);

/** A producer must answer at once, also beside a frozen server (connections stay up): it gives up within a second. */
const producer = {
  enableOfflineQueue: false,
  commandTimeout: 1000,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
} satisfies CommonRedisOptions;
/** A worker may wait for as long as it takes. 15 s is more than its longest blocking command (10 s). */
const worker = { maxRetriesPerRequest: null, socketTimeout: 15_000 } satisfies CommonRedisOptions;

export function connectRedis(place: RedisPlace, use: RedisUse, name: string): RedisClient {
  const shared = {
    connectionName: name,
    connectTimeout: 1000,
    keepAlive: 10_000,
    retryStrategy: wait,
    // After a failover an old master answers READONLY for as long as the connection lives.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    ...(place.username !== undefined && { username: place.username }),
    ...(place.password !== undefined && { password: place.password }),
    ...(place.tls && { tls: {} }),
    ...(use === 'producer' ? producer : worker),
  } satisfies CommonRedisOptions;
  if (place.cluster) {
    const patience = use === 'producer' ? { enableOfflineQueue: false, slotsRefreshTimeout: 1000 } : { slotsRefreshTimeout: 3000 };
    return new Cluster([...place.hosts], { clusterRetryStrategy: wait, redisOptions: shared, ...patience });
  }
  if (place.sentinel !== undefined) {
    const sentinelAccount = place.sentinelPassword !== undefined && { sentinelPassword: place.sentinelPassword };
    const sentinelTls = place.tls && { sentinelTLS: {}, enableTLSForSentinelMode: true };
    const sentinels = { sentinels: [...place.hosts], name: place.sentinel, sentinelRetryStrategy: wait };
    return new Redis({ ...shared, ...sentinelAccount, ...sentinelTls, ...sentinels, db: place.db });
  }
  return new Redis({ ...shared, ...place.hosts[0], db: place.db });
}

/** Waits for the first connection; the error when there is none in time. Meanwhile the client goes on trying. */
export async function answered(client: RedisClient, patience: number): Promise<Error | undefined> {
  if (client.status === 'ready') return undefined;
  try {
    await once(client, 'ready', { signal: AbortSignal.timeout(patience) });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Redis must refuse writes when it is full; with any other policy it throws jobs away unseen.
 * @throws Fault `settings-unfit` with path `redisUrl`, telling what to set
 */
export async function checkEviction(client: RedisClient): Promise<void> {
  // INFO and not CONFIG GET: hosted servers forbid CONFIG.
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  for (const server of servers) {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await server.info('memory'))?.[1];
    if (policy === undefined || policy === 'noeviction') continue;
    throw unfit(
      `Redis at ${server.options.host}:${server.options.port} has maxmemory-policy ${policy}: it would throw jobs away when it is full. ` +
        'Put "maxmemory-policy noeviction" into redis.conf, or run: redis-cli CONFIG SET maxmemory-policy noeviction',
    );
  }
}

function unfit(message: string): Fault {
  return new Fault('settings-unfit', message, [{ path: 'redisUrl', message }]);
}
