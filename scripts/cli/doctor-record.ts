import type { Settings } from '../../config/schema.ts';
import { messageOf, openLog } from '../../services/log.ts';
import { answered, checkEviction, connectRedis, parseRedisUrl } from '../../services/queue/redis.ts';
import { type Connection, openStore } from '../../services/store/connect.ts';
import { databaseTime } from '../../services/store/database-time.ts';
import { embeddedStanding } from '../../services/store/embedded.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

type Place = Pick<Settings, 'data' | 'databaseUrl'>;

export async function database(settings: Place): Promise<Finding> {
  const where = settings.databaseUrl === undefined ? 'the built-in PostgreSQL' : 'PostgreSQL of DATABASE_URL';
  const connection = await connectionOf(settings);
  if (connection === undefined) return ok('database', `${where}: stopped; it starts with Baiying`);
  try {
    await timeAt(connection);
    return ok('database', `${where}: answers`);
  } catch (error) {
    return fail('database', `${where}: ${wordsOf(error)}`, 'start that server, or mend DATABASE_URL: host, port, user, password, name');
  }
}

const [slight, grave] = [2000, 60_000];

/** Times of the record are the database's; consoles and logs show this machine's. */
export async function clockDifference(settings: Place): Promise<Finding> {
  const connection = await connectionOf(settings);
  if (connection === undefined) return ok('clock', 'the database is stopped; it shares the clock of this machine');
  try {
    return judgeClock(await timeAt(connection));
  } catch (error) {
    return warn('clock', `cannot be compared: ${wordsOf(error)}`, 'see database');
  }
}

/** @param difference the database's clock minus this machine's, in ms */
export function judgeClock(difference: number): Finding {
  const off = Math.abs(difference);
  const found = `the database's clock is ${(off / 1000).toFixed(1)} s ${difference < 0 ? 'behind' : 'ahead of'} this machine's`;
  const todo = 'let both follow one time server (timedatectl set-ntp true)';
  if (off >= grave) return fail('clock', found, todo);
  return off >= slight ? warn('clock', found, todo) : ok('clock', found);
}

export async function queue({ redisUrl }: Pick<Settings, 'redisUrl'>): Promise<Finding> {
  if (redisUrl === undefined) return ok('queue', 'kept in PostgreSQL');
  try {
    const client = connectRedis(parseRedisUrl(redisUrl), 'producer', 'baiying-doctor');
    client.on('error', () => undefined);
    try {
      const error = await answered(client, 3000);
      if (error)
        return fail(
          'queue',
          `Redis does not answer (${wordsOf(error)})`,
          'start it, or mend REDIS_URL; meanwhile the sweeper does what the queue would',
        );
      await checkEviction(client);
      return ok('queue', 'Redis answers and throws nothing away');
    } finally {
      client.disconnect();
    }
  } catch (error) {
    return fail('queue', wordsOf(error), 'do what it says there');
  }
}

async function connectionOf({ data, databaseUrl }: Place): Promise<Connection | undefined> {
  if (databaseUrl !== undefined) return databaseUrl;
  const standing = await embeddedStanding(data);
  return standing.state === 'running' ? standing.connection : undefined;
}

/** The difference of the clocks, taken on a connection that is already there. */
async function timeAt(connection: Connection): Promise<number> {
  const store = await openStore({ connection, log: openLog({ logLevel: 'silent' }, 'cli') });
  try {
    await databaseTime(store.desk);
    const before = Date.now();
    const told = await databaseTime(store.desk);
    return told - (before + Date.now()) / 2;
  } finally {
    await store.close();
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? messageOf(error) : String(error));
