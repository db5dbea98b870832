import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { simulateKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { packet, signOn, startChatter, text } from '../../bench/chatter.ts';
import { adminPassword } from '../../bench/processes.ts';
import { type Bench, memoryOf, until } from '../bench.ts';
import { raiseCounty, registerDevice, units } from '../county.ts';
import { openOperatorDesk } from '../desk.ts';
import { lettersOf, measures, readRecord } from '../ledgers.ts';
import type { Product } from '../product.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';
import { judge, type PressEntry } from '../verdict.ts';

/** More than should come, from those who may and from those who may not. */

async function frozenReaders(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { value, violations, figures } = await besiege(bench, { product, keys: 40, rate: 40, lasts: 15 }, async ({ desk }) => {
    const door = await registerDevice(desk, product.mqtt, { id: 'deaf', kind: 'key', driver: 'mqtt', name: 'deaf', siteId: 'site-0' });
    const { hostname, port } = new URL(product.mqtt);
    const key = await signOn(hostname, Number(port), { id: door.id, username: door.id, password: door.secret, topic: '' });
    key.write(packet(0x82, Buffer.from([0, 1]), text('keys/deaf/#'), Buffer.from([1])));
    key.pause();
    const token = await signIn(product);
    const consoles = await Promise.all(Array.from({ length: 20 }, () => deafConsole(product, token)));
    const sockets = [key, ...consoles];
    bench.defer(() => sockets.map((socket) => socket.destroy()));
    const before = await memoryOf(product.pid());
    await pause(14_000);
    return (await memoryOf(product.pid())) - before;
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [
        `others: acknowledged p99 ${figures.acknowledge.p99} ms, press to order p99 ${figures.order.p99} ms`,
        figures.order.p99 <= 250,
        'timed',
      ],
      [`memory ${value >= 0 ? '+' : ''}${value} MB`, value < 200],
    ],
    violations,
  );
}

async function signIn({ http }: Product): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ username: 'admin', password: adminPassword });
  const answer = await fetch(`${http}/api/v1/sessions`, { method: 'POST', headers, body });
  return ((await answer.json()) as { token: string }).token;
}

/** Asks for the live stream as a console does, and never reads it. */
async function deafConsole({ http }: Product, token: string): Promise<Socket> {
  const { hostname, port } = new URL(http);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  socket.write(`GET /api/v1/stream HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\n\r\n`);
  socket.pause();
  return socket;
}

async function floodingCamera(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { value, violations, figures } = await besiege(bench, { product, keys: 20, rate: 10, lasts: 12 }, async ({ desk }) => {
    const door = await registerDevice(desk, product.mqtt, { id: 'loud', kind: 'camera', driver: 'mqtt', name: 'loud', siteId: 'site-0' });
    const voice = { id: door.id, username: door.id, password: door.secret, topic: 'cameras/loud/event' };
    const before = await memoryOf(product.pid());
    const chatter = await startChatter(product.mqtt, [voice], 5000);
    await pause(9000);
    const [sent, taken, grown] = [chatter.sent(), chatter.acknowledged(), (await memoryOf(product.pid())) - before];
    await chatter.stop();
    const { hostname, port } = new URL(product.mqtt);
    // The flooding one is kept out by now.
    const other = await registerDevice(desk, product.mqtt, { id: 'fat', kind: 'camera', driver: 'mqtt', name: 'fat', siteId: 'site-0' });
    const large = await signOn(hostname, Number(port), { id: other.id, username: other.id, password: other.secret, topic: '' });
    bench.defer(() => large.destroy());
    large.write(packet(0x30, text('cameras/fat/event'), Buffer.alloc(2 ** 20, 'x')));
    const closed = await until('the large packet is refused', 5000, () => large.destroyed || large.closed).then(
      () => true,
      () => false,
    );
    return { sent, taken, grown, closed };
  });
  return judged(
    [
      [
        `${value.taken} of ${value.sent} messages in 9 s taken, then it was kept out; ${violations.length} broken promises`,
        violations.length === 0,
      ],
      [value.taken < value.sent ? 'the flood was cut off' : 'the flood went on', value.taken < value.sent],
      [
        `presses acknowledged p99 ${figures.acknowledge.p99} ms, press to order p99 ${figures.order.p99} ms`,
        figures.order.p99 <= 500,
        'timed',
      ],
      [`memory +${value.grown} MB`, value.grown < 200],
      [value.closed ? 'the packet of 1 MB ended its connection' : 'the packet of 1 MB was taken', value.closed],
    ],
    violations,
  );
}

async function strangers(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [product.mqtt], 1);
  bench.defer(county.stop);
  const door = await registerDevice(desk, product.mqtt, { id: 'late', kind: 'key', driver: 'mqtt', name: 'late', siteId: 'site-0' });
  const before = await memoryOf(product.pid());
  const sockets: Socket[] = [];
  bench.defer(() => sockets.map((socket) => socket.destroy()));
  const call = async (url: string, first?: Buffer | string): Promise<Socket> => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => socket.destroy());
    // What it is told before it is put out must be read, or its end is never seen.
    socket.resume();
    sockets.push(socket);
    await once(socket, 'connect');
    if (first !== undefined) socket.write(first);
    return socket;
  };
  for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 100 }, () => call(product.mqtt)));
  await Promise.all(Array.from({ length: 300 }, () => call(product.http, 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: ')));
  const hungry = await call(product.mqtt, Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  for (let count = 0; count < 200 && !hungry.destroyed; count += 1) {
    hungry.write(Buffer.alloc(2 ** 20));
    await pause(5);
  }
  const at = performance.now();
  const key = await simulateKey(door);
  const took = Math.round(performance.now() - at);
  bench.defer(key.vanish);
  const grown = (await memoryOf(product.pid())) - before;
  await pause(20_000);
  const held = sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length;
  return judged([
    [`a device signs in within ${took} ms`, took <= 1000, 'timed'],
    [`memory +${grown} MB`, grown < 100],
    [`${held} of ${sockets.length} strangers still connected after 20 s`, held === 0],
  ]);
}

async function storm(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [product.mqtt], 500);
  bench.defer(county.stop);
  const presses: PressEntry[] = [];
  const began = performance.now();
  await Promise.all(
    county.keys.flatMap((key, index) =>
      [0, 300, 600].map(async (after) => {
        await pause(after + (index % 40) * 10);
        const entry: PressEntry = { eventId: randomUUID(), keyId: key.id, sentAt: Date.now() };
        presses.push(entry);
        entry.acknowledgedAt = (await key.press(undefined, entry.eventId)).acknowledgedAt ?? Date.now();
      }),
    ),
  );
  const acknowledged = Math.round(performance.now() - began);
  const arrived = () => county.radios.reduce((sum, { orders }) => sum + orders.length, 0);
  await until('each radio has every order', 40_000, () => arrived() >= 500 * units.length, 50).catch(() => undefined);
  const signals = async () =>
    (await desk.all<{ incidentId?: string }>('/signals?type=press')).filter(({ incidentId }) => incidentId === undefined);
  await until('every press is sorted', 20_000, async () => (await signals()).length === 0, 200).catch(() => undefined);
  const ledgers = { presses, record: await readRecord(desk), letters: lettersOf(county), units };
  const violations = judge(ledgers).map(({ rule, about }) => `${rule}: ${about}`);
  const { order, acknowledge, counts } = measures(ledgers);
  return judged(
    [
      [
        `${counts.presses} presses, ${counts.incidents} incidents, ${violations.length} broken promises`,
        violations.length === 0 && counts.incidents === 500,
      ],
      [`all acknowledged after ${acknowledged} ms, p99 ${acknowledge.p99} ms`, true],
      [`press to first order p50 ${order.p50} ms, p99 ${order.p99} ms, max ${order.max} ms`, order.max <= 5000, 'timed'],
    ],
    violations,
  );
}

export const floodRows: readonly Row[] = [
  {
    number: 22,
    title: 'consoles and a subscriber that stop reading',
    bound: "others' orders p99 within 250 ms; memory below +200 MB",
    how: '20 live streams and a device, all of which never read, beside 40 keys under load',
    run: frozenReaders,
  },
  {
    number: 23,
    title: 'a camera that sends 5,000 messages a second, and a packet of 1 MB',
    bound: 'orders of keys p99 within 500 ms; memory below +200 MB; the packet ends its connection',
    how: 'one camera login, QoS 1, for 9 s beside 20 keys',
    run: floodingCamera,
  },
  {
    number: 24,
    title: '3,000 silent connections, a CONNECT of 256 MB, 300 slow requests',
    bound: 'a device signs in within 1 s; memory below +100 MB; strangers are put out',
    how: 'bare sockets on the MQTT and the HTTP port',
    run: strangers,
  },
  {
    number: 25,
    title: '500 keys pressed three times each within a second',
    bound: '500 incidents, each with its orders within 5 s',
    how: '1,500 presses over 500 connections',
    run: storm,
  },
];
