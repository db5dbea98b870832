import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connectPacket } from '../../bench/chatter.ts';
import { type Chance, chance } from '../../demo/random.ts';
import { type Foothold, fuzzPacket } from './packets.ts';

/** Packets that were sent, by whom. */
export interface Attacked {
  /** Before any CONNECT, or with one that is none. */
  strangers: number;
  /** After a sign-in with a device's own secret. */
  devices: number;
  connections: number;
}

export interface AttackOptions {
  readonly mqtt: string;
  readonly doors: readonly Foothold[];
  readonly packets: number;
  /** Connections at once. */
  readonly width: number;
}

const mostOnOneLine = 40;
/** Answers are read for so long before the next connection; a server that says nothing costs no more. */
const listens = 40;

/** Connects again and again, each time as somebody else, until that many packets have left. What each connection sends depends on the seed and its number alone. */
export async function attack(seed: number, { mqtt, doors, packets, width }: AttackOptions): Promise<Attacked> {
  const attacked: Attacked = { strangers: 0, devices: 0, connections: 0 };
  const left = () => packets - attacked.strangers - attacked.devices;
  const run = async () => {
    while (left() > 0) {
      attacked.connections += 1;
      await oneLine(chance(seed, `line ${attacked.connections}`), mqtt, doors, attacked, left);
    }
  };
  await Promise.all(Array.from({ length: width }, run));
  return attacked;
}

async function oneLine(random: Chance, mqtt: string, doors: readonly Foothold[], attacked: Attacked, left: () => number): Promise<void> {
  const door = random.pick(doors);
  const signsIn = random.percent(70);
  const batch = Array.from({ length: random.whole(1, mostOnOneLine) }, () => fuzzPacket(random, door));
  const socket = await dial(mqtt);
  if (signsIn && socket.writable) {
    socket.write(connectPacket({ id: `fuzz-${random.whole(0, 50)}`, username: door.id, password: door.secret, topic: '' }));
    await answered(socket);
  }
  for (const made of batch) {
    if (!socket.writable || left() <= 0) break;
    socket.write(made);
    attacked[signsIn ? 'devices' : 'strangers'] += 1;
    // Half of it in one segment with the next. After the other half there is time to be put out: what is written then counts for nothing.
    if (random.percent(50)) await pause(2);
  }
  await Promise.race([happens(socket, 'close'), pause(listens)]);
  if (random.percent(50)) socket.destroy();
  else socket.end();
  setTimeout(() => socket.destroy(), listens).unref();
}

async function dial(mqtt: string): Promise<Socket> {
  const { hostname, port } = new URL(mqtt);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.on('error', () => socket.destroy());
  socket.resume();
  await Promise.race([happens(socket, 'connect'), happens(socket, 'close')]);
  return socket;
}

const answered = (socket: Socket): Promise<unknown> => Promise.race([happens(socket, 'data'), happens(socket, 'close'), pause(1000)]);

/** Unlike Node's own `once` it takes a reset for what it is here: one more way to be put out. */
const happens = (socket: Socket, event: string): Promise<void> => new Promise((resolve) => socket.once(event, () => resolve()));
