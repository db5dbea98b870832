import type { Settings } from '../../config/schema.ts';
import { messageOf, openLog } from '../../services/log.ts';
import { answered, checkEviction, connectRedis, parseRedisUrl } from '../../services/queue/redis.ts';
import { type Connection, openStore } from '../../services/store/connect.ts';
import { databaseTime } from '../../services/store/database-time.ts';
import { embeddedStanding } from '../../services/store/embedded.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

type Place = Pick<Settings, 'data' | 'databaseUrl'>;

export async function database(settings: Place): Promise<Finding> {
  const own = settings.databaseUrl === undefined;
  const about = (en: string, zh: string) => ({
    en: `${own ? 'the built-in PostgreSQL' : 'PostgreSQL of DATABASE_URL'}: ${en}`,
    zh: `${own ? '内置 PostgreSQL' : 'DATABASE_URL 的 PostgreSQL'}：${zh}`,
  });
  const connection = await connectionOf(settings);
  if (connection === undefined) return ok('database', about('stopped; it starts with Baiying', '未运行；随百应启动'));
  try {
    await timeAt(connection);
    return ok('database', about('answers', '应答正常'));
  } catch (error) {
    return fail('database', about(wordsOf(error), wordsOf(error)), {
      en: 'start that server, or mend DATABASE_URL: host, port, user, password, name',
      zh: '请启动该服务器，或更正 DATABASE_URL：主机、端口、用户、密码、库名',
    });
  }
}

const [slight, grave] = [2000, 60_000];

/** Times of the record are the database's; consoles and logs show this machine's. */
export async function clockDifference(settings: Place): Promise<Finding> {
  const connection = await connectionOf(settings);
  if (connection === undefined)
    return ok('clock', { en: 'the database is stopped; it shares the clock of this machine', zh: '数据库未运行；它与本机共用时钟' });
  try {
    return judgeClock(await timeAt(connection));
  } catch (error) {
    return warn(
      'clock',
      { en: `cannot be compared: ${wordsOf(error)}`, zh: `无法比较：${wordsOf(error)}` },
      { en: 'see database', zh: '见“数据库”一项' },
    );
  }
}

/** @param difference the database's clock minus this machine's, in ms */
export function judgeClock(difference: number): Finding {
  const off = Math.abs(difference);
  const found = {
    en: `the database's clock is ${(off / 1000).toFixed(1)} s ${difference < 0 ? 'behind' : 'ahead of'} this machine's`,
    zh: `数据库时钟比本机${difference < 0 ? '慢' : '快'} ${(off / 1000).toFixed(1)} 秒`,
  };
  const todo = {
    en: 'let both follow one time server (timedatectl set-ntp true)',
    zh: '请让两者同步同一时间服务器（timedatectl set-ntp true）',
  };
  if (off >= grave) return fail('clock', found, todo);
  return off >= slight ? warn('clock', found, todo) : ok('clock', found);
}

export async function queue({ redisUrl }: Pick<Settings, 'redisUrl'>): Promise<Finding> {
  if (redisUrl === undefined) return ok('queue', { en: 'kept in PostgreSQL', zh: '保存在 PostgreSQL 中' });
  try {
    const client = connectRedis(parseRedisUrl(redisUrl), 'producer', 'baiying-doctor');
    client.on('error', () => undefined);
    try {
      const error = await answered(client, 3000);
      if (error)
        return fail(
          'queue',
          { en: `Redis does not answer (${wordsOf(error)})`, zh: `Redis 无应答（${wordsOf(error)}）` },
          {
            en: 'start it, or mend REDIS_URL; meanwhile the sweeper does what the queue would',
            zh: '请启动它，或更正 REDIS_URL；在此期间由清扫程序代替队列',
          },
        );
      await checkEviction(client);
      return ok('queue', { en: 'Redis answers and throws nothing away', zh: 'Redis 应答正常，且不会丢弃数据' });
    } finally {
      client.disconnect();
    }
  } catch (error) {
    return fail('queue', wordsOf(error), { en: 'do what it says there', zh: '请按上面所述处理' });
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
