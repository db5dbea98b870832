import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { simulateKey } from './alarm-keys/mqtt/simulator.ts';
import { simulateCamera } from './cameras/mqtt/simulator.ts';
import { simulateLoudspeaker } from './loudspeakers/mqtt/simulator.ts';
import { simulateRadio } from './radios/mqtt/simulator.ts';

interface Heard {
  readonly client: string | undefined;
  readonly topic: string;
  readonly text: string;
  readonly retain: boolean;
}

/** A bare broker that takes the password `secret` and remembers what devices published. */
async function openBroker() {
  const aedes = await Aedes.createBroker({
    authenticate: (_client, _user, password, done) => done(null, password?.toString() === 'secret'),
  });
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of waiting) check();
  };
  aedes.on('publish', (packet, client) => {
    if (packet.topic.startsWith('$SYS')) return;
    heard.push({ client: client?.id, topic: packet.topic, text: packet.payload.toString(), retain: packet.retain });
    wake();
  });
  aedes.on('ack', () => queueMicrotask(wake));
  const server: Server = createServer({ noDelay: true }, aedes.handle);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    on: (topic: string) => heard.filter((message) => message.topic === topic).map((message): unknown => parse(message.text)),
    /** Looks after every message and acknowledgement until it holds. */
    until: (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!holds()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    send: (topic: string, body: object, retain = false) =>
      new Promise<void>((resolve, reject) =>
        aedes.publish({ cmd: 'publish', qos: 1, dup: false, retain, topic, payload: Buffer.from(JSON.stringify(body)) }, (error) =>
          error ? reject(error) : resolve(),
        ),
      ),
    cutAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(resolve));
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

function parse(text: string): unknown {
  return text.startsWith('{') ? JSON.parse(text) : text;
}

const now = Date.UTC(2026, 10, 21, 10);
const at = '2026-11-21T10:00:00.000Z';
let broker: Awaited<ReturnType<typeof openBroker>>;
const device = (id: string) => ({ url: broker.url, id, secret: 'secret', now: () => now });

beforeEach(async () => {
  broker = await openBroker();
});
afterEach(() => broker.close());

describe('a simulated key', () => {
  test('says what a key can say, each acknowledged', async () => {
    const key = await simulateKey(device('k1'));
    const press = await key.press('assist', 'e1');
    expect(press).toMatchObject({ topic: 'keys/k1/event', sentAt: now, acknowledgedAt: now });
    await key.press();
    await key.release();
    await key.test();
    await key.tamper();
    await key.battery(12);
    await key.heartbeat();
    await key.raw('');
    await key.raw(Uint8Array.of(0xff));
    const events = broker.on('keys/k1/event');
    expect(events[0]).toEqual({ type: 'press', eventId: 'e1', at, grade: 'assist' });
    expect(events[1]).toEqual({ type: 'press', eventId: expect.any(String), at });
    expect(events.slice(2, 7)).toMatchObject([
      { type: 'release' },
      { type: 'test' },
      { type: 'tamper' },
      { type: 'battery', battery: 12 },
      { type: 'heartbeat' },
    ]);
    expect(broker.heard.slice(-2).map(({ text }) => text)).toEqual(['', '\uFFFD']);
    expect(key.ledger).toHaveLength(10);
    await key.close();
    expect(broker.on('keys/k1/status')).toEqual(['online', 'offline']);
    await expect(key.press()).rejects.toThrow('ended');
  });

  test('shows the receipt that was kept for it, and the next', async () => {
    await broker.send('keys/k1/receipt', { incidentId: 'i1', state: 'received', at }, true);
    const key = await simulateKey(device('k1'));
    await broker.until(() => key.receipts.length === 1);
    await broker.send('keys/k1/receipt', { incidentId: 'i1', state: 'dispatched', at }, true);
    await broker.until(() => key.receipts.length === 2);
    expect(key.lastReceipt()).toEqual({ incidentId: 'i1', state: 'dispatched', at });
    await key.close();
  });

  test('beats every 30 seconds on the timer it was given, until it leaves', async () => {
    const beats: { every: number; run: () => void }[] = [];
    let stopped = false;
    const key = await simulateKey({
      ...device('k1'),
      every: (every, run) => {
        beats.push({ every, run });
        return () => {
          stopped = true;
        };
      },
    });
    expect(beats[0]?.every).toBe(30_000);
    beats[0]?.run();
    await broker.until(() => broker.on('keys/k1/event').length === 1);
    await key.close();
    expect(stopped).toBe(true);
  });

  test('that vanishes leaves its last will', async () => {
    const key = await simulateKey(device('k1'));
    await key.vanish();
    await broker.until(() => broker.on('keys/k1/status').includes('offline'));
    expect(broker.heard.filter(({ topic }) => topic === 'keys/k1/status')).toMatchObject([{ retain: true }, { retain: true }]);
  });

  test('comes back by itself, and a press made meanwhile arrives', async () => {
    const key = await simulateKey({ ...device('k1'), reconnectAfter: 5 });
    broker.cutAll();
    const press = key.press('duress', 'e1');
    await expect(press).resolves.toMatchObject({ acknowledgedAt: now });
    await broker.until(() => broker.on('keys/k1/status').length === 3);
    expect(broker.on('keys/k1/status').toSorted()).toEqual(['offline', 'online', 'online']);
    expect(broker.on('keys/k1/event')).toContainEqual({ type: 'press', eventId: 'e1', at, grade: 'duress' });
    await broker.send('keys/k1/receipt', { incidentId: 'i1', state: 'received', at }, true);
    await broker.until(() => key.receipts.length === 1);
    await key.close();
  });

  test('is refused with a wrong secret', async () => {
    await expect(simulateKey({ ...device('k1'), secret: 'wrong' })).rejects.toThrow();
  });
});

describe('a simulated radio', () => {
  const order = (orderId: string, expiresIn = 60_000) => ({
    orderId,
    incidentId: 'i1',
    priority: 1,
    kind: 'emergency',
    text: '速去',
    issuedAt: at,
    expiresAt: new Date(now + expiresIn).toISOString(),
  });
  const reports = () => broker.on('radios/r1/report').map((report) => (report as { state: string }).state);

  test.each([
    ['answers', ['delivered', 'read', 'accepted']],
    ['declines', ['delivered', 'read', 'declined']],
    ['delivers-only', ['delivered']],
  ] as const)('that %s', async (behaviour, states) => {
    const radio = await simulateRadio({ ...device('r1'), behaviour });
    await broker.send('radios/r1/order', order('o1'));
    await broker.until(() => reports().length === states.length);
    expect(reports()).toEqual(states);
    expect(broker.on('radios/r1/report')[0]).toEqual({ orderId: 'o1', state: 'delivered', at });
    await radio.close();
  });

  test('shows the first of each order that has not expired, and repeats its last answer', async () => {
    const radio = await simulateRadio({ ...device('r1'), behaviour: 'delivers-only' });
    await broker.send('radios/r1/order', order('o1'));
    await broker.until(() => reports().length === 1);
    await radio.report('o1', 'accepted', '两分钟');
    await broker.send('radios/r1/order', order('o1'));
    await broker.send('radios/r1/order', order('o2', 0));
    await broker.send('radios/r1/order', { orderId: 'o3' });
    await broker.until(() => radio.orders.length === 4 && reports().length === 3);
    expect(radio.orders.map(({ outcome }) => outcome)).toEqual(['effective', 'repeat', 'expired', 'unreadable']);
    expect(radio.effective().map(({ orderId }) => orderId)).toEqual(['o1']);
    expect(reports()).toEqual(['delivered', 'accepted', 'accepted']);
    await radio.close();
  });

  test('that is silent still tells where it is and calls for help', async () => {
    const radio = await simulateRadio({ ...device('r1'), behaviour: 'silent' });
    await broker.send('radios/r1/order', order('o1'));
    await broker.until(() => radio.orders.length === 1);
    await radio.position(31.2, 121.5, 5);
    await radio.emergency('duress', 'e1');
    expect(broker.on('radios/r1/position')).toEqual([{ lat: 31.2, lon: 121.5, at, accuracy: 5 }]);
    expect(broker.on('radios/r1/emergency')).toEqual([{ type: 'press', eventId: 'e1', at, grade: 'duress' }]);
    expect(reports()).toEqual([]);
    await radio.close();
  });
});

describe('a simulated loudspeaker', () => {
  const play = (broadcastId: string, expiresIn = 60_000) => ({
    broadcastId,
    text: '请离开',
    repeat: 1,
    priority: 1,
    expiresAt: new Date(now + expiresIn).toISOString(),
  });

  test.each([
    [
      'plays',
      [
        { broadcastId: 'b1', state: 'playing' },
        { broadcastId: 'b1', state: 'played' },
      ],
    ],
    ['fails', [{ broadcastId: 'b1', state: 'failed', reason: 'amplifier fault' }]],
  ] as const)('that %s', async (behaviour, wanted) => {
    const speaker = await simulateLoudspeaker({ ...device('l1'), behaviour });
    await broker.send('loudspeakers/l1/play', play('b1'));
    await broker.until(() => broker.on('loudspeakers/l1/report').length === wanted.length);
    expect(broker.on('loudspeakers/l1/report')).toEqual(wanted);
    await speaker.close();
  });

  test('says nothing twice, nothing late and nothing stopped', async () => {
    const speaker = await simulateLoudspeaker({ ...device('l1'), behaviour: 'silent' });
    await broker.send('loudspeakers/l1/play', play('b1'));
    await broker.send('loudspeakers/l1/play', play('b1'));
    await broker.send('loudspeakers/l1/play', play('b2', -1));
    await broker.send('loudspeakers/l1/stop', { broadcastId: 'b3' });
    await broker.until(() => speaker.stops.length === 1);
    await broker.send('loudspeakers/l1/play', play('b3'));
    await broker.until(() => speaker.plays.length === 4);
    expect(speaker.plays.map(({ outcome }) => outcome)).toEqual(['effective', 'repeat', 'expired', 'stopped']);
    expect(speaker.effective()).toMatchObject([{ broadcastId: 'b1' }]);
    expect(broker.on('loudspeakers/l1/report')).toEqual([]);
    await speaker.close();
  });
});

describe('a simulated camera', () => {
  test('tells events one by one and in a burst', async () => {
    const camera = await simulateCamera(device('c1'));
    await camera.event('intrusion', true, { zone: 1 });
    const sent = await camera.burst(50);
    expect(sent.every(({ acknowledgedAt }) => acknowledgedAt === now)).toBe(true);
    const events = broker.on('cameras/c1/event');
    expect(events[0]).toEqual({ type: 'intrusion', active: true, at, eventId: expect.any(String), data: { zone: 1 } });
    expect(events).toHaveLength(51);
    expect(events.slice(1, 3)).toMatchObject([{ type: 'motion', active: true }, { active: false }]);
    await camera.close();
  });

  test('speaks as an event broker of ONVIF', async () => {
    const camera = await simulateCamera(device('c1'));
    await camera.property('Device/Trigger/DigitalInput', ['in1'], { Data: { LogicalState: true } });
    await camera.property('Device/Trigger/DigitalInput', ['in1']);
    const topic = 'cameras/c1/onvif-ej/Device/Trigger/DigitalInput/&in1';
    expect(broker.heard.filter((message) => message.topic === topic)).toMatchObject([
      { text: '{"Data":{"LogicalState":true}}', retain: true },
      { text: '', retain: true },
    ]);
    await camera.close();
  });
});
