import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { seconds } from '../../alarm/index.ts';
import { systemClock } from '../../clock.ts';
import type { Clock } from '../../ports.ts';
import { manualClock } from '../../scenarios/manual-clock.ts';
import type { Store } from '../../store/connect.ts';
import type { EventType } from '../../store/event-types.ts';
import { forgetEvents, latestCursor, type NewEvent, putEvents, startOfEvents } from '../../store/events.ts';
import { freshStore, quiet } from '../../store/testing.ts';
import { openLive } from '../live.ts';
import { streamRoutes } from './stream.ts';
import { testApp } from './test-app.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const event = (subject: string, type: EventType = 'baiying.incident.opened.v1', at = noon): NewEvent => ({ type, subject, at, data: {} });
const real = async (): Promise<Clock> => {
  const clock = await systemClock(async () => Date.now(), quiet);
  onTestFinished(() => clock.stop());
  return clock;
};

async function serve(store: Store, clock: Clock, stillSignedIn: () => Promise<boolean> = async () => true) {
  const live = openLive({ db: store.desk, hub: store.hub, clock, log: quiet });
  onTestFinished(() => live.close());
  const app = await testApp(streamRoutes({ db: store.desk, live, clock, log: quiet, stillSignedIn }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, live, port: (app.server.address() as AddressInfo).port };
}

interface Heard {
  readonly id?: string;
  readonly event?: string;
  readonly data?: { readonly id: string; readonly subject: string; readonly type: string };
}

/** A client that keeps each block as it came; `until` waits for what it has heard. */
class Listener {
  readonly heard: Heard[] = [];
  comments = 0;
  lastId: string | undefined;
  ended = false;
  response: IncomingMessage | undefined;
  readonly #request: ClientRequest;
  #rest = '';

  constructor(port: number, query = '', lastEventId?: string) {
    this.#request = get({
      host: '127.0.0.1',
      port,
      path: `/stream${query}`,
      agent: false,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    });
    this.#request.on('response', (response) => {
      this.response = response;
      response.setEncoding('utf8').on('data', (text: string) => this.#take(text));
      response.on('close', () => {
        this.ended = true;
      });
    });
    this.#request.on('error', () => {
      this.ended = true;
    });
    onTestFinished(() => this.close());
  }

  close(): void {
    this.#request.destroy();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
      if (fields.has('')) this.comments += 1;
      const [id, data, type] = [fields.get('id'), fields.get('data'), fields.get('event')];
      if (id !== undefined) this.lastId = id;
      if (data !== undefined) this.heard.push({ ...(id && { id }), ...(type && { event: type }), data: JSON.parse(data) });
    }
  }

  subjects = (): string[] => this.heard.map(({ data }) => data?.subject ?? '');
  until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 5 });
  /** The stream has begun: what is written from here on is heard live. */
  begun = (): Promise<void> => this.until(() => expect(this.comments).toBeGreaterThan(0));
}

/** Writers whose transactions stay open for random times, so that they commit in another order than they began. */
async function writeOutOfOrder(store: Store, count: number): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const name = `e${next++}`;
      await store.urgent.transaction().execute(async (trx) => {
        await putEvents(trx, [event(name)]);
        await sql`select pg_sleep(random() * 0.02)`.execute(trx);
      });
      store.hub.tell('events');
    }
  };
  await Promise.all(Array.from({ length: 9 }, writer));
}

test('1,000 events that commit out of order are heard once each and in order by clients that keep breaking off', {
  timeout: 60_000,
}, async () => {
  const store = await freshStore();
  const { port } = await serve(store, await real());
  const steady = new Listener(port);
  await steady.begun();
  const writing = writeOutOfOrder(store, 1000);

  const broken: Heard[] = [];
  let lastId = '0-0';
  for (const enough of [1, 40, 90, 200, 400, Number.POSITIVE_INFINITY]) {
    const listener = new Listener(port, '', lastId);
    const before = broken.length;
    await listener.until(() => expect(listener.heard.length).toBeGreaterThanOrEqual(Math.min(enough, 1000 - before)));
    listener.close();
    broken.push(...listener.heard);
    lastId = listener.lastId ?? lastId;
    if (broken.length >= 1000) break;
  }
  await writing;
  await steady.until(() => expect(steady.heard).toHaveLength(1000));

  const rows = await store.desk.selectFrom('events').select(['tx', 'seq', 'subject']).orderBy('tx').orderBy('seq').execute();
  const ids = rows.map((row) => `${row.tx}-${row.seq}`);
  expect(new Set(ids).size).toBe(1000);
  expect(steady.heard.map(({ id }) => id)).toEqual(ids);
  expect(broken.map(({ id }) => id)).toEqual(ids);
  expect(steady.heard.every(({ id, data }) => data?.id === id)).toBe(true);
});

test('a new client hears what happens from now on, in the form of server-sent events', async () => {
  const store = await freshStore();
  await putEvents(store.desk, [event('before')]);
  const { port } = await serve(store, await real());
  // Another test's transaction on this server may hold the place back for a moment.
  await vi.waitFor(async () => expect(await latestCursor(store.desk)).not.toEqual(startOfEvents), { timeout: 20_000 });
  const listener = new Listener(port);
  await listener.begun();
  await putEvents(store.desk, [event('after')]);
  store.hub.tell('events');
  await listener.until(() => expect(listener.subjects()).toEqual(['after']));
  expect(listener.heard[0]).toMatchObject({ event: 'baiying.incident.opened.v1', data: { type: 'baiying.incident.opened.v1' } });
  expect(listener.response?.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
  });
});

test('a type that is never told is refused with its name, before a stream begins', async () => {
  const { app } = await serve(await freshStore(), manualClock());
  const answer = await app.inject({ url: '/stream?types=order.,incidents.opened' });
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ faults: [{ path: 'query.types', message: expect.stringContaining('incidents.opened') }] });
});

test('types narrow by prefix, and the ping moves on the id of a client that was not told', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const { port } = await serve(store, clock);
  const listener = new Listener(port, '?types=order,%20baiying.broadcast.');
  await listener.begun();
  await putEvents(store.desk, [
    event('1'),
    event('2', 'baiying.order.sent.v1'),
    event('3', 'baiying.broadcast.sent.v1'),
    event('4', 'baiying.camera.held.v1'),
  ]);
  await listener.until(() => {
    store.hub.tell('events');
    expect(listener.subjects()).toEqual(['2', '3']);
  });
  const told = listener.lastId;
  const pings = listener.comments;
  await vi.waitFor(
    async () => {
      await clock.advance(seconds(15));
      expect(listener.comments).toBeGreaterThan(pings);
      expect(listener.lastId).not.toBe(told);
    },
    { timeout: 20_000 },
  );
  const { tx, seq } = await latestCursor(store.desk);
  expect(listener.lastId).toBe(`${tx}-${seq}`);
  expect(listener.heard).toHaveLength(2);
});

test.each([
  ['0-0', 'too-old'],
  ['nonsense', 'unknown'],
  ['9999999999-1', 'unknown'],
])('a client that knows only %s is told to load anew (%s) and then hears what is new', async (lastEventId, reason) => {
  const store = await freshStore();
  await putEvents(store.desk, [event('forgotten', undefined, noon - 1)]);
  expect(await forgetEvents(store.desk, noon)).toBe(1);
  const { port } = await serve(store, await real());
  const listener = new Listener(port, `?lastEventId=${lastEventId}`);
  await listener.until(() => expect(listener.heard[0]).toMatchObject({ event: 'baiying.stream.reset.v1', data: { data: { reason } } }));
  await putEvents(store.desk, [event('new')]);
  store.hub.tell('events');
  await listener.until(() => expect(listener.subjects()).toEqual(['stream', 'new']));
});

test('a stream ends within five seconds of its session, and lives on while the record cannot be asked', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const answers: (boolean | Error)[] = [true, new Error('record away'), false];
  const { port } = await serve(store, clock, async () => {
    const answer = answers.shift() ?? false;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const listener = new Listener(port);
  await listener.begun();
  await clock.advance(seconds(8));
  expect(answers).toEqual([false]);
  expect(listener.ended).toBe(false);
  await clock.advance(seconds(5));
  await listener.until(() => expect(listener.ended).toBe(true));
});

test('a client that takes nothing is dropped after five seconds and holds no more than its socket', async () => {
  const store = await freshStore();
  const clock = manualClock();
  const { port } = await serve(store, clock);
  const socket = connect({ host: '127.0.0.1', port });
  onTestFinished(() => void socket.destroy());
  socket.write('GET /stream HTTP/1.1\r\nhost: a\r\nlast-event-id: 0-0\r\n\r\n');
  socket.pause();
  const big: NewEvent = { ...event('big'), data: { filling: 'x'.repeat(500_000) } };
  for (let count = 0; count < 30; count += 1) await putEvents(store.desk, [big]);
  await vi.waitFor(
    () => {
      store.hub.tell('events');
      expect(clock.list().map(({ name }) => name)).toContain('stream-stalled');
    },
    { timeout: 20_000 },
  );
  await clock.advance(seconds(5));
  let received = 0;
  socket.on('data', (part) => {
    received += part.length;
  });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.resume().once('close', resolve));
  expect(received).toBeLessThan(30 * 500_000);
});

test('closing the app ends its streams', async () => {
  const store = await freshStore();
  const { app, port } = await serve(store, manualClock());
  const listener = new Listener(port);
  await listener.begun();
  await app.close();
  await listener.until(() => expect(listener.ended).toBe(true));
});

test('what passes is told to those who name it, and moves nobody from his place', async () => {
  const store = await freshStore();
  const { live, port } = await serve(store, await real());
  const [named, all] = [new Listener(port, '?types=*,unit.moved'), new Listener(port)];
  await Promise.all([named.begun(), all.begun()]);
  live.pass({ type: 'baiying.unit.moved.v1', subject: 'units', data: { positions: [] } });
  await putEvents(store.desk, [event('kept')]);
  store.hub.tell('events');
  await all.until(() => expect(all.subjects()).toEqual(['kept']));
  await named.until(() => expect(named.subjects().sort()).toEqual(['kept', 'units']));
  const [passed] = named.heard.filter(({ data }) => data?.subject === 'units');
  expect(passed).toMatchObject({ event: 'baiying.unit.moved.v1', data: { type: 'baiying.unit.moved.v1' } });
  expect(passed).not.toHaveProperty('id');
  expect(named.lastId).toBe(all.lastId);
});
