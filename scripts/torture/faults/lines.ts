import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { packet, signOn, text } from '../../bench/chatter.ts';
import { type Bench, until } from '../bench.ts';
import { type DeviceDoor, raiseCounty } from '../county.ts';
import { type OperatorDesk, openOperatorDesk, type RecordedSignal } from '../desk.ts';
import { untilAcknowledged } from '../load.ts';
import { openBadLine } from '../proxy.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';

/** What happens on the way between a device and the product. */

async function halfOpen(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const line = await openBadLine(product.mqtt);
  bench.defer(line.close);
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [product.mqtt], 1);
  bench.defer(county.stop);
  const keepAlive = 10;
  const door = await registerKey(desk, line.url, 'dark');
  const socket = await signOnWith(door, keepAlive);
  bench.defer(() => socket.destroy());
  const state = async () => (await desk.ask<{ state: string }>('GET', '/devices/dark')).state;
  await until('the key is online', 10_000, async () => (await state()) === 'online');
  line.swallows = true;
  const took = Math.round(await until('the key is offline', 40_000, async () => (await state()) === 'offline', 100));
  return judged([[`offline after ${took} ms at a keep-alive of ${keepAlive} s`, took <= keepAlive * 1500 + 1000, 'timed']]);
}

/** As `signOn`, with a keep-alive in seconds. */
async function signOnWith({ url, id, secret }: DeviceDoor, keepAlive: number): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const hello = packet(0x10, text('MQTT'), Buffer.from([4, 0xc2, 0, keepAlive]), text(id), text(id), text(secret));
  return signOn(hostname, Number(port), { id, topic: '' }, hello);
}

async function slowLine(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const line = await openBadLine(product.mqtt);
  bench.defer(line.close);
  const { violations, figures } = await besiege(bench, { product, keys: 20, rate: 10, lasts: 15, mqtt: [line.url] }, async () => {
    line.delay = 1000;
    line.slices = 1;
    await pause(14_000);
    line.delay = 0;
    line.slices = undefined;
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [`press to order p99 ${figures.order.p99} ms, max ${figures.order.max} ms`, figures.order.max <= 30_000, 'timed'],
    ],
    violations,
  );
}

async function flapping(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { value, violations, figures } = await besiege(bench, { product, keys: 40, rate: 30, lasts: 10 }, async ({ desk }) => {
    const door = await registerKey(desk, product.mqtt, 'flapping');
    const { hostname, port } = new URL(door.url);
    let turns = 0;
    for (const end = performance.now() + 9000; performance.now() < end; turns += 1) {
      const socket = await signOn(hostname, Number(port), { id: door.id, username: door.id, password: door.secret, topic: '' });
      socket.destroy();
      await pause(80);
    }
    return turns;
  });
  return judged(
    [
      [`${value} connections in 9 s; ${violations.length} broken promises`, violations.length === 0],
      [
        `others acknowledged p99 ${figures.acknowledge.p99} ms, press to order p99 ${figures.order.p99} ms`,
        figures.order.p99 <= 250,
        'timed',
      ],
    ],
    violations,
  );
}

async function registerKey(desk: OperatorDesk, url: string, id: string): Promise<DeviceDoor> {
  const { secret } = await desk.ask<{ secret: string }>('POST', '/devices', {
    id,
    kind: 'key',
    driver: 'mqtt',
    name: id,
    siteId: 'site-0',
  });
  return { url, id, secret };
}

const pressed = (eventId: string, type = 'press') => Buffer.from(JSON.stringify({ type, eventId }));
const numbered = (messageId: number) => Buffer.from([messageId >> 8, messageId & 255]);
const say = (header: number, topic: string, messageId: number, payload: Buffer) =>
  packet(header, text(topic), numbered(messageId), payload);
const [qos1, qos2, dup] = [0x32, 0x34, 0x08];

/** What each press of the row is, in the order in which they are sent. */
const ways = [
  'QoS 2',
  'QoS 2 broken off and sent again',
  'its packet id used again',
  'told three times',
  'before its release',
  'a packet id of before',
] as const;
type Way = (typeof ways)[number];

async function rawPackets(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [product.mqtt], 1);
  bench.defer(county.stop);
  await county.keys[0]?.vanish();
  const ids = Object.fromEntries(ways.map((way) => [way, randomUUID()])) as Record<Way, string>;
  await sendByHand(bench, { ...county.doorOf('key-0'), url: product.mqtt }, ids);
  const kept = async () => (await desk.all<RecordedSignal & { type: string }>('/signals')).filter(({ eventId }) => eventId !== undefined);
  const last = ids['a packet id of before'];
  await until('the last press is kept', 10_000, async () => (await kept()).some(({ eventId }) => eventId === last)).catch(() => undefined);
  const signals = await kept();
  const times = (way: Way, type = 'press') => signals.filter((signal) => signal.eventId === ids[way] && signal.type === type).length;
  const named = (found: readonly Way[]) => (found.length === 0 ? 'none' : found.join(', '));
  const [lost, twice] = [ways.filter((way) => times(way) === 0), ways.filter((way) => times(way) > 1)];
  const at = (type: string) => signals.findIndex((signal) => signal.eventId === ids['before its release'] && signal.type === type);
  // The list is newest first.
  const inOrder = times('before its release', 'release') === 1 && at('release') < at('press');
  return judged([
    [`lost: ${named(lost)}`, lost.length === 0],
    [`kept twice: ${named(twice)}`, twice.length === 0],
    [`a press and its release in one segment: ${inOrder ? 'in their order' : 'not in their order'}`, inOrder],
  ]);
}

/** Packets that a client library would never send. */
async function sendByHand(bench: Bench, { url, id, secret }: DeviceDoor, ids: Readonly<Record<Way, string>>): Promise<void> {
  const topic = `keys/${id}/event`;
  const { hostname, port } = new URL(url);
  const open = async (): Promise<Socket> => {
    const socket = await signOn(hostname, Number(port), { id, username: id, password: secret, topic: '' });
    bench.defer(() => socket.destroy());
    return socket;
  };
  const release = (messageId: number) => packet(0x62, numbered(messageId));
  const first = await open();
  first.write(say(qos2, topic, 7, pressed(ids['QoS 2'])));
  await once(first, 'data');
  const broken = pressed(ids['QoS 2 broken off and sent again']);
  first.write(Buffer.concat([release(7), say(qos2, topic, 8, broken)]));
  first.destroySoon();
  const second = await open();
  second.write(say(qos2 | dup, topic, 8, broken));
  await once(second, 'data');
  second.write(Buffer.concat([say(qos2, topic, 8, pressed(ids['its packet id used again'])), release(8)]));
  await pause(300);
  const third = await open();
  const repeated = pressed(ids['told three times']);
  third.write(Buffer.concat([qos1, qos1 | dup, qos1 | dup].map((header) => say(header, topic, 1, repeated))));
  const pair = ids['before its release'];
  const other = pressed(ids['a packet id of before']);
  third.write(
    Buffer.concat([say(qos1, topic, 2, pressed(pair)), say(qos1, topic, 3, pressed(pair, 'release')), say(qos1, topic, 2, other)]),
  );
}

async function allComeBack(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const desk = await openOperatorDesk(product.http);
  const count = 500;
  const county = await raiseCounty(desk, [product.mqtt], count);
  bench.defer(county.stop);
  const [radio] = county.radios;
  const shown = () => new Set(radio?.effective().map(({ incidentId }) => incidentId)).size;
  const before = 10;
  await product.kill();
  const at = performance.now();
  const presses = county.keys
    .slice(0, before)
    .map((key) => untilAcknowledged(key, { eventId: randomUUID(), keyId: key.id, sentAt: Date.now() }));
  const beats = county.keys.slice(before).map((key) => heard(key));
  await Promise.all([...presses, ...beats]);
  const back = Math.round(performance.now() - at);
  const ordered = Math.round(back + (await until('each press has its order', 30_000, () => shown() >= before)));
  const { length: expired } = radio?.orders.filter(({ outcome }) => outcome === 'expired') ?? [];
  return judged([
    [`${count} keys are back and heard ${back} ms after the kill`, back <= 30_000, 'timed'],
    [`${before} of them pressed meanwhile had their orders after ${ordered} ms`, ordered <= 30_000, 'timed'],
    [`${expired} expired orders were shown`, expired === 0],
  ]);
}

/** A line that broke under the first try is tried again, as by a device. */
async function heard(key: SimulatedKey): Promise<void> {
  await key.heartbeat().catch(() => key.heartbeat());
}

export const lineRows: readonly Row[] = [
  {
    number: 19,
    title: 'a line that is dead at both ends',
    bound: 'shown as offline within 1.5 times its keep-alive',
    how: 'a proxy that keeps both connections and passes nothing on',
    run: halfOpen,
  },
  {
    number: 20,
    title: 'a line with 2 s of round trip and single bytes',
    bound: 'nothing is lost; orders within 30 s',
    how: 'a proxy that holds everything for 1 s and cuts it into bytes; lost packets need iptables and are left out',
    run: slowLine,
  },
  {
    number: 21,
    title: 'a device that connects and disconnects ten times a second',
    bound: 'others lose nothing; their orders p99 within 250 ms',
    how: 'one login that is broken off again and again beside 40 keys under load',
    run: flapping,
  },
  {
    number: 26,
    title: 'all devices come back at once after a start',
    bound: 'all back within 30 s, with what they had to say and their orders; no expired order shown',
    how: '500 keys and a kill -9; ten keys were pressed while nobody answered',
    run: allComeBack,
  },
  {
    number: 27,
    title: 'QoS 2, packet ids used again, DUP, a press and its release in one segment',
    bound: 'none lost, none twice, in their order',
    how: 'packets written by hand',
    run: rawPackets,
  },
];
