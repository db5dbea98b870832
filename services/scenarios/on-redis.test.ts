import { describe, expect, onTestFinished, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { type RedisServer, redisIsHere, startRedis } from '../queue/testing.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

if (!redisIsHere) process.stdout.write('The scenarios on Redis are skipped: redis-server is not on PATH.\n');

/** Four units, of which the nearest three do nothing by themselves, and a key. */
const begin = async (at: Station) => ({
  radios: await registerCrew(at, ['near', 'middle', 'far', 'farther']),
  key: await at.key('key-1', 'hospital'),
});

interface Story {
  readonly name: string;
  tell(at: Station, redis: RedisServer): Promise<void>;
}

const stories: readonly Story[] = [
  {
    name: 'a press reaches the two nearest radios, and the officer the scene',
    async tell(at) {
      const {
        radios: [near, middle],
        key,
      } = await begin(at);
      await key.press();
      const order = await orderOn(at, near);
      await orderOn(at, middle);
      await near.report(order.orderId, 'accepted');
      await near.report(order.orderId, 'arrived');
      await at.until(() => expect(key.lastReceipt()).toMatchObject({ incidentId: order.incidentId, state: 'arrived' }));
    },
  },
  {
    name: 'a silent radio is replaced after 10 s',
    async tell(at) {
      const {
        radios: [near, , far],
        key,
      } = await begin(at);
      await key.press();
      const { incidentId } = await orderOn(at, near);
      await at.clock.advance(seconds(10));
      expect((await orderOn(at, far)).incidentId).toBe(incidentId);
    },
  },
  {
    name: 'Redis is flushed with an incident open: its deadlines fire and a new press is served',
    async tell(at, redis) {
      const {
        radios: [near, , far],
        key,
      } = await begin(at);
      await key.press();
      const { incidentId } = await orderOn(at, near);
      await redis.ask('FLUSHALL');
      await at.clock.advance(seconds(10));
      expect((await orderOn(at, far)).incidentId).toBe(incidentId);

      await redis.ask('FLUSHALL');
      await at.clock.advance(seconds(5));
      await at.until(async () =>
        expect((await at.incident(incidentId)).timeline.find((entry) => entry.kind === 'escalated')?.data).toMatchObject({
          level: 1,
          lateMs: 0,
        }),
      );
      const other = await at.key('key-2', 'hospital');
      await other.press();
      await at.until(() => expect(other.lastReceipt()?.state).toBe('received'));
      expect(await at.incidents()).toHaveLength(2);
    },
  },
];

describe.skipIf(!redisIsHere).each(stories)('with the queue on Redis: $name', ({ tell }) => {
  test('as on PostgreSQL', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.remove());
    await tell(await openStation({ redisUrl: redis.url }), redis);
  });
});
