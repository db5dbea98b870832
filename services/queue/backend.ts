import type { PoolConfig } from 'pg';
import type { Log } from '../ports.ts';
import { openPostgresBackend } from './backend-postgres.ts';
import { openRedisBackend } from './backend-redis.ts';
import type { Backend } from './bull.ts';

export type { Backend } from './bull.ts';

export type BackendPlace = { readonly postgres: PoolConfig | string } | { readonly redisUrl: string };

/**
 * Opens the queues where the settings say: on Redis where `redisUrl` is given, else in the schema `bullmq` of PostgreSQL.
 * @throws Fault `settings-unfit` when Redis evicts keys or the URL has faults, `record-unavailable` when PostgreSQL does not answer
 */
export function openBackend(place: BackendPlace, log: Log): Promise<Backend> {
  if ('redisUrl' in place) return openRedisBackend(place.redisUrl, log);
  const { postgres } = place;
  return openPostgresBackend(typeof postgres === 'string' ? { connectionString: postgres } : postgres, log);
}
