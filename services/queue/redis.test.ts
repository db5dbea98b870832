import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Clock, Handlers, Job, Log } from '../ports.ts';
import { quiet } from '../store/testing.ts';
import { openBackend } from './backend.ts';
import { type OpenLanes, openLanes } from './lanes.ts';
import { parseRedisUrl } from './redis.ts';
import { type RedisServer, readableLog, redisIsHere, startRedis } from './testing.ts';

/** Only ends what hangs: the machine may be busy with other things. */
const until = <T>(assertion: () => T | Promise<T>): Promise<T> => vi.waitFor(assertion, { timeout: 20_000, interval: 10 });

const at = (host: string, port: number) => ({ host, port });
const one = { tls: false, db: 0, cluster: false };
test.each([
  ['redis://localhost', { ...one, hosts: [{ host: 'localhost', port: 6379 }] }],
  ['rediss://me:p%40ss@r.example:7000/3', { ...one, tls: true, db: 3, username: 'me', password: 'p@ss', hosts: [at('r.example', 7000)] }],
  ['redis://:secret@[::1]:6380', { ...one, password: 'secret', hosts: [{ host: '::1', port: 6380 }] }],
  [
    'redis://a:1,b:2',
    {
      ...one,
      cluster: true,
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
    },
  ],
  ['redis://one.name?cluster=true', { ...one, cluster: true, hosts: [{ host: 'one.name', port: 6379 }] }],
  ['redis://a,b:27000/2?sentinel=main', { ...one, db: 2, sentinel: 'main', hosts: [at('a', 26379), at('b', 27000)] }],
])('%s', (url, place) => expect(parseRedisUrl(url)).toEqual(place));

test.each(['redis://', 'http://a', 'redis://a:b', 'redis://a,b/3', 'redis://a/x'])('%s is refused', (url) => {
  const fault = expect.objectContaining({ name: 'Fault', faults: [expect.objectContaining({ path: 'redisUrl' })] });
  expect(() => parseRedisUrl(url)).toThrow(fault);
});

describe.skipIf(!redisIsHere)('when Redis fails', () => {
  let clock: Clock;
  let server: RedisServer;
  beforeAll(async () => {
    clock = await systemClock(async () => Date.now(), quiet);
  });
  afterEach(() => server.remove());

  async function begin(handlers: Handlers, log: Log = quiet): Promise<OpenLanes> {
    const backend = await openBackend({ redisUrl: server.url }, log);
    const lanes = await openLanes({ backend, handlers, log, clock });
    await lanes.start();
    onTestFinished(async () => {
      await lanes.close(300);
      await backend.close(300);
    });
    return lanes;
  }

  /** Its handler is in another process: only the queue gets it there. */
  const elsewhere = (id: string): Job => ({ type: 'broadcast', id, deviceId: 'horn' });

  /** Offers as others do, until the queue takes one. */
  const untilQueued = async (lanes: OpenLanes) => {
    const before = lanes.counts.queued;
    await until(() => {
      lanes.offer(elsewhere(`b-${performance.now()}`));
      expect(lanes.counts.queued).toBeGreaterThan(before);
    });
  };
  const flood = (lanes: OpenLanes) => {
    for (let index = 0; index < 2000; index += 1) lanes.offer(elsewhere(`b-${index}`));
    lanes.offer({ type: 'order', id: 'o-1' });
  };

  test('killed and begun again: what can be handed on is, one line is logged, then all works', async () => {
    server = await startRedis();
    const done = new Set<string>();
    const { log, errors } = readableLog();
    const lanes = await begin({ order: async ({ id }) => void done.add(id) }, log);
    await untilQueued(lanes);
    await server.kill();
    flood(lanes);
    await until(() => expect(done).toContain('o-1'));
    await until(() => expect(lanes.counts.refused).toBeGreaterThanOrEqual(2000));
    expect(lanes.health()).toMatchObject({ up: false, reason: expect.stringMatching(/Redis|Connection|EPIPE|ECONN|Stream|retries/) });
    expect(errors.filter((line) => line.startsWith('The urgent queue'))).toHaveLength(1);
    await server.start();
    await untilQueued(lanes);
    await until(() => expect(lanes.health().up).toBe(true));
  });

  test('frozen: offers are refused in time, and what can be handed on is', async () => {
    server = await startRedis();
    const done = new Set<string>();
    const lanes = await begin({ order: async ({ id }) => void done.add(id) });
    await untilQueued(lanes);
    server.signal('SIGSTOP');
    flood(lanes);
    await until(() => expect(done).toContain('o-1'));
    await until(() => expect(lanes.counts.refused).toBeGreaterThanOrEqual(2000));
    expect(lanes.health().up).toBe(false);
    server.signal('SIGCONT');
    await untilQueued(lanes);
    await until(() => expect(lanes.health().up).toBe(true));
  });

  test('without memory: it is told though nothing is offered, and what can be handed on is', async () => {
    server = await startRedis();
    const done = new Set<string>();
    const { log, errors } = readableLog();
    const lanes = await begin({ order: async ({ id }) => void done.add(id) }, log);
    await server.ask('CONFIG', 'SET', 'maxmemory', '1');
    await until(() => expect(lanes.health()).toMatchObject({ up: false, reason: expect.stringContaining('OOM') }));
    lanes.offer({ type: 'order', id: 'o-1' });
    await until(() => expect(done).toContain('o-1'));
    await server.ask('CONFIG', 'SET', 'maxmemory', '0');
    await until(() => expect(lanes.health().up).toBe(true));
    expect(errors.filter((line) => line.startsWith('The urgent queue'))).toHaveLength(1);
  });

  test('away at the start: the product begins without it and uses it when it comes', async () => {
    server = await startRedis();
    await server.kill();
    const lanes = await begin({});
    lanes.offer(elsewhere('b-1'));
    expect(lanes.counts.refused).toBe(1);
    await server.start();
    await untilQueued(lanes);
  });

  test('frozen while the lanes close: they give up in time', async () => {
    server = await startRedis();
    const lanes = await begin({ webhook: async () => undefined });
    server.signal('SIGSTOP');
    await lanes.close(200);
  });

  test('a policy that evicts is refused, with what to set', async () => {
    server = await startRedis('--maxmemory-policy', 'allkeys-lru');
    const opening = openBackend({ redisUrl: server.url }, quiet);
    const message = expect.stringMatching(/allkeys-lru.*maxmemory-policy noeviction/);
    await expect(opening).rejects.toMatchObject({ name: 'Fault', message });
  });

  test('a policy that evicts, found only later, is a warning', async () => {
    server = await startRedis('--maxmemory-policy', 'allkeys-lru');
    await server.kill();
    const lanes = await begin({});
    await server.start();
    await until(() => expect(lanes.health().reason).toMatch(/noeviction/));
    await server.ask('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    await until(() => expect(lanes.health().up).toBe(true));
  });
});
