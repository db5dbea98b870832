import type { AedesOptions } from 'aedes';
import { pino } from 'pino';
import { type Connections, type Identity, openConnections } from '../../services/broker/connections.ts';
import { admitStream, openAedes } from '../../services/broker/door.ts';
import { brokerHooks } from '../../services/broker/hooks.ts';
import { listen } from '../../services/broker/listen.ts';
import { wellFormed, wellFormedFilter } from '../../services/broker/topics.ts';
import { openTurns } from '../../services/broker/turns.ts';
import { openUnderWay } from '../../services/broker/under-way.ts';
import { systemClock } from '../../services/clock.ts';

/** One of Paho's tests asks that a subscription be refused; this is the filter that it asks with. */
const nobodysFilter = 'test/nosubscribe';

export interface WideEar {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * The product's ear with one account of wide rights and without a record: whoever signs in, with or without a name, is this
 * account and may say and hear everything. Doors, size limits, Aedes with its settings, the sign-in hook with its
 * patience and the rules for names are the product's own; the grants, and what follows from a message, are not.
 * @param port 0 takes a free one
 */
export async function openWideEar(port: number): Promise<WideEar> {
  const log = pino({ level: 'silent' });
  const clock = await systemClock(() => Promise.resolve(Date.now()), log);
  const connections = openConnections(() => undefined);
  const [heard, turns] = [openUnderWay(clock), openTurns()];
  const ear = { hear: () => Promise.resolve({ signalId: '', known: false }), position: () => Promise.resolve() };
  const hooks = brokerHooks({
    ...{ clock, log, ear, connections, heard, turns },
    admission: { check: () => Promise.resolve({ identity: anyone }), stillHolds: () => Promise.resolve(true) },
    silence: { heard: () => undefined },
    reached: () => undefined,
    drill: () => false,
    troubles: { note: () => undefined, refused: () => undefined },
    floods: { count: () => undefined, keptOut: () => false },
    flooded: () => undefined,
    stopping: () => false,
  });
  const aedes = await openAedes('interop', { ...hooks, ...wideRights(connections, hooks) });
  // Mosquitto numbers its packets from 1, and its tests compare byte by byte; Aedes begins anywhere, as MQTT allows.
  aedes.on('client', (client) => Object.assign(client, { _nextId: 1 }));
  aedes.on('clientDisconnect', (client) => connections.leave(client));
  const doors = await listen(
    { bind: '127.0.0.1', mqttPort: port },
    (stream, address) => admitStream(aedes, connections, { ear, log }, heard, stream, address),
    { clock, log },
  );
  return {
    port: doors.ports.mqtt,
    async close() {
      await new Promise<void>((resolve) => aedes.close(resolve));
      await doors.close();
      await clock.stop();
    },
  };
}

const anyone: Identity = {
  speaker: { id: 'anyone', kind: 'radio', exercise: false },
  device: { id: 'anyone', kind: 'radio', settings: {} },
  dialect: { publishes: () => [], subscribes: () => [], decode: () => ({ outcome: 'nothing', reason: 'there is no record' }) },
  publishes: [],
  subscribes: [],
  standing: { isNews: () => true },
  recall: { judge: (_dialect, _device, fact) => Promise.resolve({ outcome: 'news', fact }) },
};

type Rights = Required<Pick<AedesOptions, 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'>>;

/** MQTT allows empty levels, and `$` before a broker's own names, which no device of the product has; else the product's alphabet holds. */
const named = (name: string): string =>
  name
    .replace(/^\$/, '')
    .split('/')
    .map((level) => level || 'x')
    .join('/');

const wideRights = ({ identityOf }: Connections, asked: Rights): Rights => ({
  authorizePublish: (client, packet, done) => {
    const allowed =
      client !== null && identityOf(client) !== undefined && wellFormed(named(packet.topic)) && !packet.topic.startsWith('$SYS/');
    done(allowed ? null : new Error('not allowed'));
  },
  authorizeSubscribe: (client, subscription, done) =>
    asked.authorizeSubscribe(client, subscription, (error) => {
      const allowed = subscription.topic !== nobodysFilter && wellFormedFilter(named(subscription.topic));
      // Aedes works at once on what came in one breath. Who retains a message and asks for it would otherwise hear it as news;
      // a device of the product hears nothing of what it says.
      setImmediate(() => done(error, !error && allowed ? subscription : null));
    }),
  authorizeForward: (_client, packet) => packet,
});
