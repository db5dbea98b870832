import type { Duplex } from 'node:stream';
import { Aedes, type Client } from 'aedes';
import type { Ear, Log, Speaker } from '../ports.ts';
import type { Connections } from './connections.ts';
import { guardSizes, largest, largestOfBridge, type TooLarge } from './gate.ts';
import type { brokerHooks } from './hooks.ts';
import { keepSessions, keptSession } from './sessions.ts';
import type { UnderWay } from './under-way.ts';

/** A client that does not read for this long is cut off, so that it cannot hold up the others (Aedes waits 60 s). */
const drainTimeout = 3000;

/**
 * Aedes looks every so often for last wills of the other brokers of a cluster. There is no cluster here, and after a pause of
 * the whole machine it takes itself for a broker that ended and its devices for gone. Four times this still fits a timer.
 */
const neverLooks = 6 * 24 * 3_600_000;

type Hooks = ReturnType<typeof brokerHooks>;

/** Aedes with our limits, and what it leaves out of MQTT 3.1.1. */
export async function openAedes(id: string, hooks: Hooks): Promise<Aedes> {
  const authorizeSubscribe: Hooks['authorizeSubscribe'] = (client, subscription, done) =>
    subscription === keptSession ? done(null, null) : hooks.authorizeSubscribe(client, subscription, done);
  const aedes = await Aedes.createBroker({
    id,
    concurrency: 10_000,
    drainTimeout,
    heartbeatInterval: neverLooks,
    connectTimeout: 5000,
    queueLimit: 1000,
    maxClientsIdLength: 256,
    ...hooks,
    authorizeSubscribe,
  });
  keepSessions(aedes);
  return aedes;
}

export interface DoorDeps {
  readonly ear: Pick<Ear, 'hear'>;
  readonly log: Log;
}

/** Lets a connection in behind the watch over its sizes; a call for help that is too large is heard all the same. */
export function admitStream(
  aedes: Aedes,
  connections: Connections,
  deps: DoorDeps,
  heard: UnderWay,
  stream: Duplex,
  address: string,
): void {
  let client: Client | undefined;
  const identityOf = () => client && connections.identityOf(client);
  const refuse = ({ bytes, topic }: TooLarge) => {
    const identity = identityOf();
    deps.log.warn({ address, deviceId: identity?.speaker.id, bytes }, 'packet too large; connection closed');
    if (!identity || identity.carried || !mayCall(identity.speaker, topic)) return;
    const fact = { type: 'unparsed', active: true, data: { reason: `a packet of ${bytes} bytes, which is over the limit` } } as const;
    heard.add(
      deps.ear
        .hear(identity.speaker, fact, { via: 'mqtt' })
        .catch((error: unknown) => deps.log.error({ err: error }, 'an oversized call for help could not be recorded')),
    );
  };
  guardSizes(stream, refuse, () => (identityOf()?.carried ? largestOfBridge : largest));
  client = aedes.handle(stream, undefined as never) as unknown as Client;
}

/** All that a key says may be a call for help; of a radio, what it says on the channel for it, and what nobody can tell the channel of. */
const mayCall = ({ kind }: Speaker, topic: string | undefined): boolean =>
  kind === 'key' || (kind === 'radio' && (topic === undefined || topic.endsWith('/emergency')));
