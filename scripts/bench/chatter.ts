import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * Camera chatter as cheap to make as can be, so that the measurement is of the broker and not of its load: packets are
 * encoded once and written by the tick, acknowledgements are counted by their length.
 */
export interface Chatter {
  readonly sent: () => number;
  readonly acknowledged: () => number;
  stop(): Promise<void>;
}

export interface Voice {
  readonly id: string;
  readonly username?: string;
  readonly password?: string;
  readonly topic: string;
}

const tick = 10;

export async function startChatter(url: string, voices: readonly Voice[], perSecond: number): Promise<Chatter> {
  const { hostname, port } = new URL(url);
  const sockets = await Promise.all(voices.map((voice) => signOn(hostname, Number(port), voice)));
  let sent = 0;
  let acknowledged = 0;
  let owed = 0;
  let turn = 0;
  for (const socket of sockets) socket.on('data', (chunk: Buffer) => (acknowledged += chunk.length / 4));
  const messageIds = voices.map(() => 0);
  const began = performance.now();
  const timer = setInterval(() => {
    if (sockets.length === 0) return;
    owed = Math.floor(((performance.now() - began) / 1000) * perSecond) - sent;
    const share = new Map<number, Buffer[]>();
    for (; owed > 0; owed -= 1) {
      turn = (turn + 1) % sockets.length;
      const messageId = ((messageIds[turn] ?? 0) % 65_535) + 1;
      messageIds[turn] = messageId;
      const batch = share.get(turn) ?? [];
      share.set(turn, batch);
      batch.push(publish((voices[turn] as Voice).topic, '{"type":"motion","active":true}', messageId));
      sent += 1;
    }
    for (const [index, packets] of share) sockets[index]?.write(Buffer.concat(packets));
  }, tick);
  return {
    sent: () => sent,
    acknowledged: () => Math.floor(acknowledged),
    async stop() {
      clearInterval(timer);
      await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.end(Buffer.from([0xe0, 0]), () => resolve(undefined)))));
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A connection that has been let in. @throws when it was not */
export async function signOn(host: string, port: number, voice: Voice, hello = connectPacket(voice), from?: string): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true, ...(from === undefined ? {} : { localAddress: from }) });
  await once(socket, 'connect');
  socket.write(hello);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (answer[3] !== 0) throw new Error(`${voice.id} was refused with code ${answer[3]}`);
  socket.on('error', () => socket.destroy());
  return socket;
}

/** MQTT 3.1.1, 3.1 and 3.3: fixed header, then fields with a two-byte length before each text. */
export const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

export function packet(header: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  let rest = body.length;
  do {
    const digit = rest % 128;
    rest = Math.floor(rest / 128);
    length.push(rest > 0 ? digit | 128 : digit);
  } while (rest > 0);
  return Buffer.concat([Buffer.from([header, ...length]), body]);
}

export function connectPacket({ id, username, password }: Voice): Buffer {
  const flags = 2 | (username === undefined ? 0 : 128) | (password === undefined ? 0 : 64);
  const credentials = [username, password].filter((part) => part !== undefined).map(text);
  return packet(0x10, text('MQTT'), Buffer.from([4, flags, 0, 60]), text(id), ...credentials);
}

const publish = (topic: string, payload: string, messageId: number): Buffer =>
  packet(0x32, text(topic), Buffer.from([messageId >> 8, messageId & 255]), Buffer.from(payload));
