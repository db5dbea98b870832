import type { PoolConfig } from 'pg';

/** A DATABASE_URL, or what pg needs to reach a server (for the embedded one: host is its socket's folder). */
export type Connection = string | PoolConfig;

export function poolConfig(connection: Connection): PoolConfig {
  return typeof connection === 'string' ? { connectionString: connection } : connection;
}
