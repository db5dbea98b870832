import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedRedis } from '../../bench/redis.ts';
import { type Bench, freeze } from '../bench.ts';
import { superviseProduct } from '../product.ts';
import { type Found, judged, type Row } from '../row.ts';
import { type Besieged, besiege } from '../siege.ts';

/** The queue is on Redis; PostgreSQL stays the truth, so none of this may cost an alarm. */

const crowd = { keys: 40, rate: 30, lasts: 12 } as const;

/** @param visible whether people must be told meanwhile */
function judgedQueue({ violations, figures, told }: Besieged<unknown>, visible: boolean): Found {
  const said = told.filter((line) => /queue|redis/i.test(line));
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [`acknowledged p99 ${figures.acknowledge.p99} ms`, true],
      [`press to order p99 ${figures.order.p99} ms, max ${figures.order.max} ms`, figures.order.max <= 5000, 'timed'],
      [said.length > 0 ? `told: ${said[0]}` : 'nothing was told of the queue', said.length > 0 || !visible],
    ],
    violations,
  );
}

const onRedis =
  (visible: boolean, fault: (redis: StartedRedis) => Promise<unknown>) =>
  async (bench: Bench): Promise<Found> => {
    const redis = await bench.redis();
    const product = await bench.product({ REDIS_URL: redis.url });
    const besieged = await besiege(bench, { product, ...crowd }, async () => {
      await pause(2000);
      await fault(redis);
    });
    return judgedQueue(besieged, visible);
  };

/** One command in RESP, as text; its answer's first line. */
function command({ url }: StartedRedis, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(`${words}\r\n`));
    socket.once('data', (said: Buffer) => {
      socket.destroy();
      resolve(said.toString().split('\r\n', 1)[0] ?? '');
    });
    socket.once('error', reject);
  });
}

async function wrongPolicy(bench: Bench): Promise<Found> {
  const redis = await bench.redis('allkeys-lru');
  const product = await superviseProduct({ REDIS_URL: redis.url });
  bench.defer(product.stop);
  await pause(8000);
  const log = await readFile(product.logFile, 'utf8');
  const lines = log.split('\n').flatMap((line) => (line.startsWith('{') ? [(JSON.parse(line) as { msg: string }).msg] : []));
  const said = lines.find((line) => /maxmemory-policy/.test(line));
  const ready = await product.ready();
  return judged([
    [ready ? 'it calls itself ready' : 'it is not ready', !ready],
    [said === undefined ? 'no line names the policy' : `told: ${said}`, said !== undefined],
  ]);
}

export const redisRows: readonly Row[] = [
  {
    number: 8,
    title: 'Redis is killed and comes back after 5 s',
    bound: 'orders leave within 5 s meanwhile; people are told',
    how: 'kill -9 under load, queue on Redis',
    run: onRedis(true, async (redis) => {
      await redis.kill();
      await pause(5000);
      await redis.start();
    }),
  },
  {
    number: 9,
    title: 'Redis is frozen for 8 s',
    bound: 'as row 8; no acknowledgement waits for Redis',
    how: 'SIGSTOP: its connections stay up',
    run: onRedis(true, (redis) => freeze([redis.pid()], 8000)),
  },
  {
    number: 10,
    title: 'Redis is wiped',
    bound: 'the queue is made anew from the record; orders leave within 5 s',
    how: 'FLUSHALL three times under load; a damaged append-only file is left out',
    run: onRedis(false, async (redis) => {
      for (let count = 0; count < 3; count += 1) {
        await command(redis, 'FLUSHALL');
        await pause(2000);
      }
    }),
  },
  {
    number: 11,
    title: 'Redis has no memory left',
    bound: 'alarms go on; people are told',
    how: 'CONFIG SET maxmemory 1 under load, lifted after 6 s',
    run: onRedis(true, async (redis) => {
      await command(redis, 'CONFIG SET maxmemory 1');
      await pause(6000);
      await command(redis, 'CONFIG SET maxmemory 0');
    }),
  },
  {
    number: 12,
    title: 'Redis may throw keys away',
    bound: 'it does not start, and says why',
    how: 'a Redis with maxmemory-policy allkeys-lru',
    run: wrongPolicy,
  },
];
