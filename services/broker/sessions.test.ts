import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Aedes } from 'aedes';
import mqtt, { type IClientOptions, type IConnackPacket, type IPublishPacket, type MqttClient } from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { type Identity, openConnections } from './connections.ts';
import { openAedes } from './door.ts';
import { brokerHooks } from './hooks.ts';
import { openTurns } from './turns.ts';
import { openUnderWay } from './under-way.ts';

const radio: Identity = {
  speaker: { id: 'radio-1', kind: 'radio', exercise: false },
  device: { id: 'radio-1', kind: 'radio', settings: {} },
  dialect: { publishes: () => [], subscribes: () => [], decode: () => ({ outcome: 'nothing', reason: 'it says nothing' }) },
  publishes: ['radios/radio-1/#'],
  subscribes: ['radios/radio-1/#'],
  standing: { isNews: () => true },
  recall: { judge: (_dialect, _device, fact) => Promise.resolve({ outcome: 'news', fact }) },
};

interface Opened {
  readonly aedes: Aedes;
  readonly port: number;
  signOn(
    options: IClientOptions,
    arrived?: (packet: IPublishPacket) => void,
  ): Promise<{ readonly client: MqttClient; readonly present: boolean }>;
}

/** An ear that lets in one radio, whatever its secret. */
async function ear(): Promise<Opened> {
  const clock = manualClock();
  const hooks = brokerHooks({
    ...{ clock, log: quiet, heard: openUnderWay(clock), turns: openTurns(), connections: openConnections(() => undefined) },
    ear: { hear: () => Promise.reject(new Error('not asked')), position: () => Promise.resolve() },
    admission: { check: () => Promise.resolve({ identity: radio }), stillHolds: () => Promise.resolve(true) },
    silence: { heard: () => undefined },
    drill: () => false,
    reached: () => undefined,
    troubles: { note: () => undefined, refused: () => undefined },
    floods: { count: () => undefined, keptOut: () => false },
    flooded: () => undefined,
    stopping: () => false,
  });
  const aedes = await openAedes('ear', hooks);
  const server = createServer((socket) => void aedes.handle(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await new Promise<void>((resolve) => aedes.close(resolve));
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = `mqtt://127.0.0.1:${port}`;
  return {
    ...{ aedes, port },
    async signOn(options, arrived = () => undefined) {
      const client = mqtt.connect(url, { protocolVersion: 4, reconnectPeriod: 0, clean: false, clientId: 'one', ...options });
      onTestFinished(() => client.endAsync(true));
      client.handleMessage = arrived;
      const connack = await new Promise<IConnackPacket>((resolve, reject) => client.once('connect', resolve).once('error', reject));
      return { client, present: connack.sessionPresent };
    },
  };
}

test('a session without subscriptions goes on too, until its client wants none', async () => {
  const { signOn } = await ear();
  const told: boolean[] = [];
  for (const clean of [false, false, true, false]) {
    const { client, present } = await signOn({ clean });
    told.push(present);
    await client.endAsync(true);
  }
  expect(told).toEqual([false, true, false, false]);
});

test('a session without a name is refused, as MQTT 3.1.1 demands', async () => {
  const { port } = await ear();
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  // CONNECT of MQTT 3.1.1 with no flag set and an empty name; no client library sends it.
  socket.write(Buffer.from([0x10, 12, 0, 4, ...Buffer.from('MQTT'), 4, 0, 0, 60, 0, 0]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect([...answer]).toEqual([0x20, 2, 0, 2]);
});

test('what was not acknowledged is sent again, and says so', async () => {
  const { aedes, signOn } = await ear();
  const shown: boolean[] = [];
  const { client } = await signOn({}, ({ dup }) => void shown.push(dup));
  await client.subscribeAsync('radios/radio-1/order', { qos: 1 });
  const order = { cmd: 'publish', topic: 'radios/radio-1/order', payload: 'go', qos: 1, retain: false, dup: false } as const;
  await new Promise<void>((resolve, reject) => aedes.publish(order, (error) => (error ? reject(error) : resolve())));
  await vi.waitFor(() => expect(shown).toEqual([false]), { timeout: 20_000 });
  await client.endAsync(true);
  await signOn({}, ({ dup }) => void shown.push(dup));
  await vi.waitFor(() => expect(shown).toEqual([false, true]), { timeout: 20_000 });
});

test('whoever asks for a topic that is no UTF-8 is cut off', async () => {
  const { signOn } = await ear();
  const { client } = await signOn({});
  const closed = new Promise<void>((resolve) => client.once('close', resolve));
  client.subscribe('radios/radio-1/\ufffd', () => undefined);
  await closed;
});
