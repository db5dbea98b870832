import { Socket } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import { type Api, signIn } from './api.ts';
import { startChatter, type Voice } from './chatter.ts';
import { type Figures, figuresOf, median, round, table } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { find, type Started, startBaiying, startMosquitto } from './processes.ts';
import { startRedis } from './redis.ts';

/**
 * From press to order: a key publishes, an officer's radio receives. The floor is the same two clients on a bare
 * Mosquitto, which stores nothing and decides nothing; all peers are measured in turn, round by round, in one run.
 */
interface Peer {
  readonly name: string;
  /** Keys that were not pressed yet; each is pressed once, so that each press opens an incident of its own. */
  readonly voices: readonly Voice[];
  press(): Promise<number>;
  readonly url: string;
  stop(): Promise<void>;
}

interface Row extends Figures {
  readonly peer: string;
  readonly load: number;
  readonly round: number;
  readonly chatterPerSecond: number;
  readonly chatterAcknowledged: number;
}

const gap = 40;
const cameras = 50;
const lateAfter = 15_000;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

export async function benchAlarm(options: BenchOptions): Promise<void> {
  const mosquitto = find('mosquitto');
  const redis = find('redis-server');
  if (!mosquitto) say('mosquitto is not installed (Debian: apt-get install mosquitto): no floor in this run');
  if (!redis) say('redis-server is not installed (Debian: apt-get install redis-server): PostgreSQL only');
  const rows: Row[] = [];
  const makers: (() => Promise<Peer>)[] = [
    ...(mosquitto ? [() => floor(mosquitto)] : []),
    () => baiying('baiying on PostgreSQL', options),
    ...(redis ? [() => onRedis(redis, options)] : []),
  ];
  for (const make of makers) rows.push(...(await measure(await make(), options)));
  report(rows, options);
}

async function measure(peer: Peer, { loads, rounds, presses }: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  try {
    for (let round = 0; round < 20; round += 1) await peer.press();
    for (const load of loads) {
      for (let turn = 1; turn <= rounds; turn += 1) rows.push(await phase(peer, load, turn, presses));
    }
  } finally {
    await peer.stop();
  }
  return rows;
}

async function phase(peer: Peer, load: number, turn: number, presses: number): Promise<Row> {
  const chatter = await startChatter(peer.url, load > 0 ? peer.voices : [], load);
  await pause(1000);
  const began = performance.now();
  const samples: number[] = [];
  const pressing: Promise<void>[] = [];
  for (let count = 0; count < presses; count += 1) {
    pressing.push(peer.press().then((took) => void samples.push(took)));
    await pause(gap);
  }
  await Promise.all(pressing);
  const seconds = (performance.now() - began) / 1000;
  const row = {
    peer: peer.name,
    load,
    round: turn,
    chatterPerSecond: Math.round(chatter.sent() / (seconds + 1)),
    chatterAcknowledged: Math.round(chatter.acknowledged() / (seconds + 1)),
    ...figuresOf(samples),
  };
  await chatter.stop();
  say(
    `${peer.name}: ${load} camera signals a second, round ${turn}: p50 ${row.p50} ms, p99 ${row.p99} ms, max ${row.max} ms (${row.chatterAcknowledged} a second acknowledged)`,
  );
  return row;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function client(url: string, credential: { username?: string; password?: string; clientId: string }): Promise<MqttClient> {
  const line = await mqtt.connectAsync(url, { ...credential, protocolVersion: 4, keepalive: 60, reconnectPeriod: 0 });
  if (line.stream instanceof Socket) line.stream.setNoDelay(true);
  return line;
}

async function floor(program: string): Promise<Peer> {
  const server = await startMosquitto(program);
  const key = await client(server.mqtt, { clientId: 'key' });
  const radio = await client(server.mqtt, { clientId: 'radio' });
  const waiting = waits();
  radio.on('message', (_topic, payload) => waiting.arrived(JSON.parse(payload.toString()).eventId));
  await radio.subscribeAsync('keys/+/event', { qos: 1 });
  let number = 0;
  return {
    name: 'mosquitto',
    url: server.mqtt,
    voices: voicesOf((id) => ({ id, topic: `cameras/${id}/event` })),
    press() {
      number += 1;
      const eventId = String(number);
      const took = waiting.wait(eventId);
      key.publish('keys/key/event', JSON.stringify({ type: 'press', eventId }), { qos: 1 });
      return took;
    },
    stop: () => end(server, [key, radio]),
  };
}

const voicesOf = (make: (id: string) => Voice): Voice[] => Array.from({ length: cameras }, (_unused, index) => make(`camera-${index}`));

async function onRedis(program: string, options: BenchOptions): Promise<Peer> {
  const redis = await startRedis(program, 'always');
  const peer = await baiying('baiying on Redis', options, { REDIS_URL: redis.url });
  return { ...peer, stop: () => peer.stop().then(() => redis.stop()) };
}

async function baiying(name: string, { loads, rounds, presses }: BenchOptions, env: Record<string, string> = {}): Promise<Peer> {
  const server = await startBaiying(env);
  const api = await signIn(server.http as string);
  const keys = 20 + loads.length * rounds * presses;
  const secrets = await register(api, keys);
  const radios = await Promise.all(
    ['radio-0', 'radio-1'].map((id) => client(server.mqtt, { clientId: id, username: id, password: secrets.get(id) as string })),
  );
  const waiting = waits();
  for (const [index, radio] of radios.entries()) {
    radio.on('message', (_topic, payload) => {
      const order = JSON.parse(payload.toString()) as { orderId: string; site: { id: string } };
      waiting.arrived(order.site.id.replace('site', 'key'));
      radio.publish(`radios/radio-${index}/report`, JSON.stringify({ orderId: order.orderId, state: 'accepted' }), { qos: 1 });
    });
    await radio.subscribeAsync(`radios/radio-${index}/order`, { qos: 1 });
  }
  const lines: MqttClient[] = [];
  for (let index = 0; index < keys; index += 1)
    lines.push(
      await client(server.mqtt, { clientId: `key-${index}`, username: `key-${index}`, password: secrets.get(`key-${index}`) as string }),
    );
  let number = 0;
  return {
    name,
    url: server.mqtt,
    voices: voicesOf((id) => ({ id, username: id, password: secrets.get(id) as string, topic: `cameras/${id}/event` })),
    press() {
      const id = `key-${number}`;
      const line = lines[number] as MqttClient;
      number += 1;
      const took = waiting.wait(id);
      line.publish(`keys/${id}/event`, JSON.stringify({ type: 'press', eventId: id }), { qos: 1 });
      return took;
    },
    stop: () => end(server, [...radios, ...lines]),
  };
}

async function register(api: Api, keys: number): Promise<ReadonlyMap<string, string>> {
  const location = { lat: 30.1, lon: 120.1 };
  await api('POST', '/stations', { id: 'station', name: 'Station', location });
  for (const index of [0, 1])
    await api('POST', '/units', {
      id: `unit-${index}`,
      name: `Unit ${index}`,
      tier: 'city',
      stationId: 'station',
      gridIds: [],
      deviceIds: [],
      status: 'available',
    });
  for (let index = 0; index < keys; index += 1)
    await api('POST', '/sites', {
      id: `site-${index}`,
      name: `Site ${index}`,
      kind: 'bank',
      stationId: 'station',
      address: '',
      location,
      contacts: [],
    });
  const devices = [
    ...Array.from({ length: keys }, (_unused, index) => `key-${index},key,mqtt,Key ${index},site-${index},`),
    ...Array.from({ length: cameras }, (_unused, index) => `camera-${index},camera,mqtt,Camera ${index},,`),
    ...[0, 1].map((index) => `radio-${index},radio,mqtt,Radio ${index},,unit-${index}`),
  ];
  const answer = await api<{ items: readonly { device: { id: string }; secret: string }[] }>(
    'POST',
    '/devices/import',
    ['id,kind,driver,name,siteId,unitId', ...devices].join('\n'),
    'text/csv',
  );
  return new Map(answer.items.map(({ device, secret }) => [device.id, secret]));
}

function waits() {
  const open = new Map<string, { readonly since: number; readonly done: (took: number) => void }>();
  return {
    wait: (id: string) =>
      new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no order for ${id} within ${lateAfter} ms`)), lateAfter);
        open.set(id, {
          since: performance.now(),
          done: (took) => {
            clearTimeout(late);
            resolve(took);
          },
        });
      }),
    arrived(id: string) {
      const waiting = open.get(id);
      open.delete(id);
      waiting?.done(performance.now() - waiting.since);
    },
  };
}

async function end(server: Started, lines: readonly MqttClient[]): Promise<void> {
  await Promise.all(lines.map((line) => line.endAsync(true)));
  await server.stop();
}

function report(rows: readonly Row[], options: BenchOptions): void {
  const peers = [...new Set(rows.map((row) => row.peer))];
  const summary = options.loads.flatMap((load) =>
    peers.map((peer) => {
      const own = rows.filter((row) => row.peer === peer && row.load === load);
      const middle = (pick: (row: Row) => number) => round(median(own.map(pick)));
      return { peer, load, p50: middle((row) => row.p50), p99: middle((row) => row.p99), max: Math.max(...own.map((row) => row.max)) };
    }),
  );
  const ratio = (row: (typeof summary)[number], pick: 'p50' | 'p99') => {
    const base = summary.find((other) => other.peer === 'mosquitto' && other.load === row.load);
    return base ? round(row[pick] / base[pick]) : '-';
  };
  const lines = summary.map((row) => [row.peer, row.load, row.p50, row.p99, row.max, ratio(row, 'p50'), ratio(row, 'p99')]);
  say(`\npress to order, ms; medians of ${options.rounds} rounds of ${options.presses} presses\n`);
  say(table(['peer', 'camera signals/s', 'p50', 'p99', 'max', 'p50 : floor', 'p99 : floor'], lines));
  process.stdout.write(
    `${JSON.stringify({ bench: 'alarm', options, summary: summary.map((row) => ({ ...row, p50Ratio: ratio(row, 'p50'), p99Ratio: ratio(row, 'p99') })), rows })}\n`,
  );
}
