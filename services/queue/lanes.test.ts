import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Clock, Handlers, Job } from '../ports.ts';
import { type FreshDatabase, freshDatabase, quiet } from '../store/testing.ts';
import { type BackendPlace, openBackend } from './backend.ts';
import { type LanesParts, type OpenLanes, openLanes } from './lanes.ts';
import { startSweeper } from './sweeper.ts';
import { type RedisServer, readableLog, redisIsHere, startRedis } from './testing.ts';

interface Place {
  readonly place: BackendPlace;
  /** Takes every job, and what kept them, away. */
  wipe(): Promise<void>;
  remove(): Promise<void>;
}

async function onPostgres(): Promise<Place> {
  const database: FreshDatabase = await freshDatabase();
  const wipe = async () => {
    const client = new pg.Client(database.connection);
    await client.connect();
    const drop = async (): Promise<void> => {
      try {
        await client.query('drop schema if exists bullmq cascade');
      } catch (error) {
        // Against workers in the midst of their own statements.
        if (!(error instanceof pg.DatabaseError && error.code === '40P01')) throw error;
        await drop();
      }
    };
    await drop().finally(() => client.end());
  };
  return { place: { postgres: database.connection }, wipe, remove: database.drop };
}

async function onRedis(): Promise<Place> {
  const server: RedisServer = await startRedis();
  const wipe = async () => void (await server.ask('FLUSHALL'));
  return { place: { redisUrl: server.url }, wipe, remove: server.remove };
}

/** Only ends what hangs: the machine may be busy with other things. */
const until = <T>(assertion: () => T | Promise<T>): Promise<T> => vi.waitFor(assertion, { timeout: 20_000, interval: 10 });

let clock: Clock;
beforeAll(async () => {
  clock = await systemClock(async () => Date.now(), quiet);
});

describe.each([
  { name: 'PostgreSQL', open: onPostgres, here: true },
  { name: 'Redis', open: onRedis, here: redisIsHere },
])('lanes on $name', ({ open, here }) => {
  if (!here) return test.skip('redis-server is not on PATH', () => undefined);

  let at: Place;
  beforeAll(async () => {
    at = await open();
  });
  beforeEach(() => at.wipe());
  afterAll(() => at.remove());

  /** One process of the product. */
  async function begin(handlers: Handlers, more: Partial<LanesParts> = {}): Promise<OpenLanes> {
    const backend = await openBackend(at.place, quiet);
    const lanes = await openLanes({ backend, handlers, log: quiet, clock, ...more });
    await lanes.start();
    onTestFinished(async () => {
      await lanes.close(500);
      await backend.close();
    });
    return lanes;
  }

  const order = (id: string): Job => ({ type: 'order', id });
  const camera = (id: string): Job => ({ type: 'signal', id, deviceId: 'camera', lane: 'routine', answers: false });
  const key = (id: string): Job => ({ type: 'signal', id, deviceId: 'key', lane: 'urgent', answers: false });

  test('an urgent job is handed straight on where its handler is', async () => {
    const done: string[] = [];
    const lanes = await begin({ order: async ({ id }) => void done.push(id) });
    lanes.offer(order('o-1'));
    await until(() => expect(done).toEqual(['o-1']));
    expect(lanes.counts).toEqual({ handedOn: 1, queued: 0, refused: 0, failed: 0, repeated: 0 });
  });

  test('a routine job is handed straight on, too', async () => {
    const done: string[] = [];
    const lanes = await begin({ signal: async ({ id }) => void done.push(id) });
    lanes.offer(camera('s-1'));
    await vi.waitFor(() => expect(done).toEqual(['s-1']));
    expect(lanes.counts).toMatchObject({ handedOn: 1, queued: 0 });
  });

  test('what a sweeper finds is taken once, not again while it waits or is done, and not beyond the line', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const runs: string[] = [];
    const handlers: Handlers = {
      order: async ({ id }) => {
        runs.push(id);
        await gate;
      },
    };
    const lanes = await begin(handlers, { width: { urgent: 1 }, line: 1 });
    expect(['o-1', 'o-2', 'o-3'].map((id) => lanes.sweep(order(id)))).toEqual([true, true, false]);
    expect(['o-1', 'o-2'].map((id) => lanes.sweep(order(id)))).toEqual([true, true]);
    open();
    await vi.waitFor(() => expect(runs).toEqual(['o-1', 'o-2']));
    await lanes.close();
    expect(runs).toEqual(['o-1', 'o-2']);
    expect(lanes.counts).toMatchObject({ handedOn: 2, queued: 0, repeated: 0 });
  });

  test('what fails because the record is away is left to the sweeper', async () => {
    let attempts = 0;
    const lanes = await begin({
      order: async () => {
        attempts += 1;
        throw new Error('Connection terminated unexpectedly');
      },
    });
    lanes.offer(order('o-1'));
    await vi.waitFor(() => expect(lanes.counts).toMatchObject({ failed: 1, refused: 1, queued: 0 }));
    expect(attempts).toBe(1);
  });

  test('a job without a handler here is taken by the process that has it', async () => {
    const taken: Job[] = [];
    const ear = await begin({});
    await begin({ broadcast: async (job) => void taken.push(job) });
    const job: Job = { type: 'broadcast', id: 'b-1', deviceId: 'horn-1' };
    ear.offer(job);
    ear.offer({ ...job, deviceId: 'horn-2' });
    await until(() => expect(taken).toHaveLength(2));
    expect(taken).toContainEqual(job);
  });

  test('a call that is being written reaches another process once it stands in the record, and no sooner', async () => {
    const taken: string[] = [];
    const ear = await begin({});
    await begin({ signal: async ({ id, coming }) => void taken.push(`${id} ${coming === undefined}`) });
    const { promise: stored, resolve: store } = Promise.withResolvers<boolean>();
    const signal = {
      ...{ id: 's-1', deviceId: 'key', deviceKind: 'key', type: 'press' },
      ...{ active: true, at: 0, receivedAt: 0 },
    } as const;
    const coming = { signal: { ...signal, exercise: false, data: {} }, stored, settled: () => false };
    ear.offer({ ...key('s-1'), coming } as Job);
    ear.offer({ ...key('s-2'), coming: { ...coming, stored: Promise.resolve(false) } } as Job);
    ear.offer(key('s-3'));
    await until(() => expect(taken).toEqual(['s-3 true']));
    store(true);
    await until(() => expect(taken).toEqual(['s-3 true', 's-1 true']));
  });

  test('a job whose handler fails is tried again through the queue and done once', async () => {
    let attempts = 0;
    let done = 0;
    const { log, errors } = readableLog();
    const handlers: Handlers = {
      receipt: async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('the record is away');
        done += 1;
      },
    };
    const lanes = await begin(handlers, { log });
    lanes.offer({ type: 'receipt', id: 'r-1' });
    await until(() => expect(done).toBe(1));
    expect(attempts).toBe(3);
    expect(lanes.counts).toMatchObject({ handedOn: 1, queued: 1, failed: 2 });
    expect(errors).toEqual(['The handler of receipt fails: the record is away']);
  });

  test('a job that keeps failing leaves the queue, and can be offered again', async () => {
    let attempts = 0;
    let mended = false;
    const handlers: Handlers = {
      webhook: async () => {
        attempts += 1;
        if (!mended) throw new Error('no');
      },
    };
    const lanes = await begin(handlers);
    lanes.offer({ type: 'webhook', id: 'w-1' });
    await until(() => expect(attempts).toBe(5));
    mended = true;
    await until(() => {
      lanes.offer({ type: 'webhook', id: 'w-1' });
      expect(attempts).toBeGreaterThan(5);
    });
  });

  test('a canary goes through the queue though it could be done here, and a worker that was opened anew takes it, too', async () => {
    const done: string[] = [];
    const lanes = await begin({ order: async () => undefined, canary: async ({ id }) => void done.push(id) });
    expect(lanes.served).toEqual(['urgent-dispatch']);
    const canary = (id: string): Job => ({ type: 'canary', id, by: 'p', lane: 'urgent', room: 'dispatch' });
    await lanes.carry(canary('c-1'));
    await until(() => expect(done).toEqual(['c-1']));
    expect([lanes.counts.handedOn, lanes.taken('urgent-dispatch')]).toEqual([0, 1]);
    await lanes.reopen('urgent-dispatch');
    await lanes.carry(canary('c-2'));
    await until(() => expect(done).toEqual(['c-1', 'c-2']));
  });

  test('the same job offered twice at once is done once', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    let runs = 0;
    const lanes = await begin({
      order: async () => {
        runs += 1;
        await gate;
      },
    });
    lanes.offer(order('o-1'));
    lanes.offer(order('o-1'));
    open();
    await lanes.close();
    expect(runs).toBe(1);
    expect(lanes.counts).toMatchObject({ handedOn: 1, repeated: 1 });
  });

  test('a job offered while it is being done is done once more, since it may have looked at the record already', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = 0;
    const lanes = await begin({
      receipt: async () => {
        runs += 1;
        await gates[runs - 1]?.promise;
      },
    });
    const receipt: Job = { type: 'receipt', id: 'i-1' };
    lanes.offer(receipt);
    await until(() => expect(runs).toBe(1));
    for (let again = 0; again < 3; again += 1) lanes.offer(receipt);
    gates[0]?.resolve();
    await until(() => expect(runs).toBe(2));
    gates[1]?.resolve();
    await lanes.close();
    expect(runs).toBe(2);
  });

  test('the same job offered twice through the queue is done once', async () => {
    const ear = await begin({});
    ear.offer(order('o-1'));
    ear.offer(order('o-1'));
    ear.offer(order('o-2'));
    await until(() => expect(ear.counts.queued).toBe(3));
    const done: string[] = [];
    await begin({ order: async ({ id }) => void done.push(id) });
    await until(() => expect(done.toSorted()).toEqual(['o-1', 'o-2']));
  });

  test('what does not fit into the line is left to the sweeper', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const left = new Set(['o-1', 'o-2', 'o-3', 'o-4', 'o-5']);
    const handlers: Handlers = {
      order: async ({ id }) => {
        await gate;
        left.delete(id);
      },
    };
    const lanes = await begin(handlers, { width: { urgent: 1 }, line: 2 });
    for (const id of left) lanes.offer(order(id));
    expect(lanes.counts).toMatchObject({ handedOn: 3, refused: 2 });
    expect(lanes.health().depths['urgent-dispatch']).toMatchObject({ running: 1, waiting: 2 });
    open();
    const undone = { name: 'orders', every: 100, find: async () => [...left].map(order) };
    const sweeper = startSweeper({ clock, log: quiet, lanes, sources: [undone] });
    onTestFinished(() => sweeper.stop());
    await vi.waitFor(() => expect(left.size).toBe(0), 5000);
  });

  test('a wiped queue is filled again from the record', async () => {
    const left = new Set(Array.from({ length: 40 }, (_, index) => `o-${index}`));
    const ear = await begin({});
    for (const id of left) ear.offer(order(id));
    await until(() => expect(ear.counts.queued).toBe(40));
    await at.wipe();
    const hand = await begin({ order: async ({ id }) => void left.delete(id) });
    const undone = { name: 'orders', every: 100, find: async () => [...left].map(order) };
    const sweeper = startSweeper({ clock, log: quiet, lanes: ear, sources: [undone] });
    onTestFinished(() => sweeper.stop());
    await until(() => expect(left.size).toBe(0));
    expect(hand.counts.failed).toBe(0);
    await until(() => expect([ear.health().up, hand.health().up]).toEqual([true, true]));
  });

  test('a queue wiped under running workers goes on', async () => {
    const left = new Set<string>();
    const lanes = await begin({ webhook: async ({ id }) => void left.delete(id) });
    const pass = async (id: string) => {
      left.add(id);
      await until(() => {
        for (const one of left) lanes.offer({ type: 'webhook', id: one });
        expect(left.size).toBe(0);
      });
    };
    await pass('before');
    await at.wipe();
    await pass('after');
    await until(() => expect(lanes.health()).toMatchObject({ up: true }));
  });

  test('closing lets what runs end and passes on what waits', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first: string[] = [];
    const lanes = await begin(
      {
        order: async ({ id }) => {
          await gate;
          first.push(id);
        },
      },
      { width: { urgent: 1 } },
    );
    lanes.offer(order('o-1'));
    lanes.offer(order('o-2'));
    const closed = lanes.close();
    let ended = false;
    void closed.then(() => (ended = true));
    await until(() => expect(lanes.counts.queued).toBe(1));
    expect([ended, first]).toEqual([false, []]);
    open();
    await closed;
    const second: string[] = [];
    await begin({ order: async ({ id }) => void second.push(id) });
    await until(() => expect([...first, ...second].sort()).toEqual(['o-1', 'o-2']));
    expect(first).toContain('o-1');
  });

  test('closing does not wait for a handler that hangs', async () => {
    const lanes = await begin({ order: () => new Promise(() => undefined) });
    lanes.offer(order('o-1'));
    await lanes.close(50);
    expect(lanes.counts.handedOn).toBe(1);
  });

  test('a thousand slow routine jobs do not hold up an urgent one', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const urgent: string[] = [];
    let routine = 0;
    const hand = await begin({
      signal: async ({ id, lane }) => {
        if (lane === 'urgent') return void urgent.push(id);
        routine += 1;
        await gate;
      },
    });
    const ear = await begin({});
    for (let index = 0; index < 1000; index += 1) ear.offer(camera(`c-${index}`));
    await until(() => expect([ear.counts.queued, routine]).toEqual([1000, 4]));
    hand.offer(key('handed-on'));
    ear.offer(key('through-the-queue'));
    await until(() => expect(urgent).toHaveLength(2));
    expect(routine).toBe(4);
    open();
  });
});
