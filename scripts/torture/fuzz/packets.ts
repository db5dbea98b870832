import { connectPacket, packet, text } from '../../bench/chatter.ts';
import type { Chance } from '../../demo/random.ts';
import type { DeviceDoor } from '../county.ts';

/** What may come out of a socket on which somebody means ill, or whose firmware is broken. Bytes of MQTT 3.1.1, and what is nearly that. */

const kinds = ['keys', 'cameras', 'radios', 'loudspeakers'] as const;
const branchOf = (kind: 'key' | 'camera' | 'radio' | 'loudspeaker', id: string): string => `${kind}s/${id}`;

/** A device of the product whose secret the attacker has. */
export interface Foothold extends DeviceDoor {
  readonly kind: 'key' | 'camera' | 'radio' | 'loudspeaker';
}

/** The key that is pressed meanwhile: nobody else may press it. */
export const canaryId = 'key-0';

const nasty = [
  '',
  '/',
  '#',
  '+/#',
  '$SYS/broker/new/clients',
  '$share/g/keys/#',
  '__proto__',
  'constructor/prototype',
  'a/'.repeat(150),
  'x'.repeat(3000),
  '\u0000',
  '\ufffd\u202e',
  '../../etc/passwd',
  'keys/+/event',
];

function topicFor(random: Chance, { kind, id }: Foothold): string {
  const own = branchOf(kind, id);
  return random.weighted<() => string>([
    [() => `${own}/${random.pick(['event', 'report', 'status', 'position', 'emergency', 'onvif-ej/x', 'receipt', 'play'])}`, 6],
    [() => `${random.pick(kinds)}/${random.pick(['other', canaryId, id])}/event`, 1],
    [() => random.pick(nasty), 2],
  ])();
}

const number = (random: Chance): Buffer => Buffer.from([random.whole(0, 255), random.whole(0, 255)]);
const bytes = (random: Chance, most: number): Buffer =>
  Buffer.from(Array.from({ length: random.whole(0, most) }, () => random.whole(0, 255)));

const payloads = [
  '{"type":"motion","active":true}',
  '{"type":"heartbeat"}',
  '{"type":"press","at":"9999-99-99"}',
  '{"__proto__":{"type":"press"}}',
  '{"lat":1e999,"lon":"x"}',
  '{"orderId":"nobody","state":"accepted"}',
  `{"type":"motion","data":${'['.repeat(2000)}${']'.repeat(2000)}}`,
  'online',
  'offline',
  'null',
  '{',
];

function connect(random: Chance, door: Foothold): Buffer {
  if (random.percent(30)) return connectPacket({ id: random.pick(nasty), username: door.id, password: door.secret, topic: '' });
  const level = random.pick([0, 3, 4, 5, 132, 255]);
  const name = random.pick(['MQTT', 'MQIsdp', 'MQTTX', '', '\u0000']);
  const fields = Array.from({ length: random.whole(0, 5) }, () => text(random.pick([...nasty, door.id, door.secret])));
  return packet(0x10, text(name), Buffer.from([level, random.whole(0, 255)]), number(random), ...fields);
}

const publish = (random: Chance, door: Foothold): Buffer => {
  const qos = random.weighted<number>([
    [0, 4],
    [1, 4],
    [2, 3],
    [3, 1],
  ]);
  const header = 0x30 | (qos << 1) | (random.percent(20) ? 1 : 0) | (random.percent(20) ? 8 : 0);
  const payload = random.percent(70) ? Buffer.from(random.pick(payloads)) : bytes(random, 300);
  return packet(header, text(topicFor(random, door)), qos > 0 ? number(random) : Buffer.alloc(0), payload);
};

const subscribe = (random: Chance, door: Foothold): Buffer => {
  const filters = Array.from({ length: random.whole(0, 12) }, () => [text(topicFor(random, door)), Buffer.from([random.whole(0, 4)])]);
  return packet(0x82, number(random), ...filters.flat());
};
const unsubscribe = (random: Chance, door: Foothold): Buffer => packet(0xa2, number(random), text(topicFor(random, door)));
/** Acknowledgements of what was never sent, pings, what only a server says, types that are reserved. */
const other = (random: Chance): Buffer =>
  packet((random.whole(0, 15) << 4) | random.pick([0, 2, random.whole(0, 15)]), random.percent(80) ? number(random) : bytes(random, 8));

/** A packet as its type demands, whether or not it makes sense. */
const whole = (random: Chance, door: Foothold): Buffer =>
  random.weighted<() => Buffer>([
    [() => publish(random, door), 8],
    [() => subscribe(random, door), 3],
    [() => unsubscribe(random, door), 1],
    [() => other(random), 3],
    [() => Buffer.from([0xc0, 0]), 1],
    [() => connect(random, door), 1],
  ])();

function mutated(random: Chance, made: Buffer): Buffer {
  const changed = Buffer.from(made);
  for (let count = random.whole(1, 4); count > 0 && changed.length > 0; count -= 1)
    changed[random.whole(0, changed.length - 1)] = random.whole(0, 255);
  return changed;
}

/** Claims what does not follow, up to the 256 MB that MQTT can say, or sends more than any device has to say. */
const oversized = (random: Chance): Buffer =>
  random.percent(70)
    ? Buffer.concat([Buffer.from([random.pick([0x10, 0x30, 0x32, 0x82]), 0xff, 0xff, random.whole(128, 255), 0x7f]), bytes(random, 200)])
    : packet(0x30, text('cameras/loud/event'), Buffer.alloc(random.whole(60_000, 90_000), 'x'));

/** The next packet of an attack. */
export const fuzzPacket = (random: Chance, door: Foothold): Buffer =>
  random.weighted<() => Buffer>([
    [() => whole(random, door), 10],
    [() => mutated(random, whole(random, door)), 5],
    [() => whole(random, door).subarray(0, random.whole(0, 12)), 2],
    [() => oversized(random), 1],
    [() => bytes(random, 64), 2],
  ])();
