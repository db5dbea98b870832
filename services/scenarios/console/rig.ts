import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../store/connect.ts';
import type { EmbeddedConnection } from '../../store/embedded.ts';
import { freshDatabase, quiet } from '../../store/testing.ts';
import { adminPassword, type Baiying, dataFolder, signInTo, startBaiying } from '../process.ts';
import type { Api } from '../rig.ts';
import { enter, type Seat, sit } from './browser.ts';

/** The product as a process of its own on a fresh record, for people at browsers. */
export interface House extends Baiying {
  /** As admin. */
  readonly api: Api;
  /** A browser in which an account with these roles, made if need be, is signed in. */
  seat(username: string, roles: readonly string[], options?: Parameters<typeof sit>[1]): Promise<Seat>;
}

/**
 * Starts it; it ends with the test.
 * @param env settings besides
 * @param furnish writes into the record before it starts
 * @param reached how the product comes to the record, when not straight
 */
export async function openHouse(
  env: Readonly<Record<string, string>> = {},
  furnish?: (store: Store) => Promise<void>,
  reached?: (record: EmbeddedConnection) => Promise<EmbeddedConnection>,
): Promise<House> {
  const { connection: record, drop } = await freshDatabase();
  onTestFinished(drop);
  if (furnish) {
    const store = await openStore({ connection: record, log: quiet });
    await furnish(store).finally(() => store.close());
  }
  const connection = (await reached?.(record)) ?? record;
  const query = new URLSearchParams({ host: connection.host, port: String(connection.port), options: '-c synchronous_commit=on' });
  const url = `postgres://${connection.user}@/${connection.database}?${query.toString().replaceAll('+', '%20')}`;
  const house = await startBaiying({ BAIYING_DATA: await dataFolder(), DATABASE_URL: url, ...env });
  const api = await signInTo(house.http);
  const known = new Set(['admin']);
  return {
    ...house,
    api,
    async seat(username, roles, options) {
      if (!known.has(username)) await api('POST', '/accounts', { username, password: adminPassword, roles });
      known.add(username);
      const seat = await sit(house.http, options);
      await enter(seat, username, adminPassword);
      return seat;
    },
  };
}
