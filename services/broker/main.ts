import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Aedes, AedesPublishPacket, Client } from 'aedes';
import type { Delivery, Give, Letter } from '../../devices/driver.ts';
import { type DeviceKind, type Duration, type Instant, seconds } from '../alarm/index.ts';
import { type Group, openGroup } from '../group.ts';
import type { Clock, Drivers, Ear, Lanes, Log } from '../ports.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { retainedAt } from '../store/mail.ts';
import { forgetConnections } from '../store/presence.ts';
import type { Register } from '../store/register-view.ts';
import { type Admit, openAdmission } from './admit.ts';
import { type Connections, openConnections } from './connections.ts';
import { admitStream, openAedes } from './door.ts';
import { type FloodingDeps, floodGate } from './flooding.ts';
import { brokerHooks, type HookDeps } from './hooks.ts';
import { type Joined, type JoinSettings, joinBroker } from './joined.ts';
import { type Listening, type ListenSettings, listen } from './listen.ts';
import { collectMail } from './mail.ts';
import { openPeers } from './peers.ts';
import { handOver } from './post.ts';
import { openPresence, type Presence } from './presence.ts';
import { type Silence, superviseSilence } from './silence.ts';
import { contained } from './topics.ts';
import { openTroubles, type Troubles } from './troubles.ts';
import { openTurns } from './turns.ts';
import { openUnderWay, type UnderWay } from './under-way.ts';
import { startWatching } from './watch.ts';

export interface BrokerDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly ear: Ear;
  readonly lanes: Lanes;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly settings: ListenSettings & { readonly brokerId: string; readonly join: JoinSettings };
  readonly supervision: Readonly<Record<DeviceKind, Duration>>;
  /** Told how many devices are connected here whenever that changes, for the metrics. */
  readonly countConnected: (count: number) => void;
  /** Told whether the joined broker is there, where one is. */
  readonly observeJoined: (up: boolean) => void;
  readonly recordAway: () => boolean;
  readonly floods: FloodingDeps['floods'];
  readonly countFlood: FloodingDeps['countFlood'];
  /** What drivers of watched devices may call. */
  readonly give: Give;
}

export interface Broker {
  readonly ports: Listening['ports'];
  /** The broker of others that this one has joined. */
  readonly joined?: Pick<Joined, 'obstacle'>;
  /** Hands a letter to a device that is connected here. */
  handOver(deviceId: string, letter: Letter): Promise<Delivery>;
  /** Why devices cannot come in, in words for anybody; undefined when they can. */
  obstacle(): string | undefined;
  close(): Promise<void>;
}

/** What devices have said by the time of a stop may take this long to reach the record. */
const lastWords = seconds(2);
/** A county that comes back after a restart is read in groups of so many. */
const most = 200;

/** The ear: accepts devices, puts what they say into the record before acknowledging it, and hands letters to them. */
export async function startBroker(deps: BrokerDeps): Promise<Broker> {
  const { store, clock, log, register, settings } = deps;
  const connections = openConnections(deps.countConnected);
  const admission = openAdmission(deps);
  const drill = drillOf(register);
  const silence = superviseSilence(deps, drill);
  const [heard, chores] = [openUnderWay(clock), openUnderWay(clock)];
  let stopping = false;
  const peers = openPeers({ hub: store.hub, clock, brokerId: settings.brokerId });
  const presence = openPresence({ ...deps, chores, peers, late: (id) => offerReachable(deps, id) });
  const reached: HookDeps['reached'] = (deviceId, online) => presence.note(deviceId, online, 'behind a bridge');
  const [turns, troubles] = [openTurns(), openTroubles(deps)];
  const hooks = brokerHooks({
    ...deps,
    ...{ admission, connections, silence, drill, reached, heard, turns, troubles, ...floodGate(deps, { connections, troubles, chores }) },
    stopping: () => stopping,
  });

  const aedes = await openAedes(settings.brokerId, hooks);
  publishWhereHeard(aedes, connections);

  onArrivals(aedes, deps, connections, { presence, chores, troubles, stopping: () => stopping });
  await forgetConnections(store.routine, settings.brokerId, clock.now());
  const dropped = dropWhatChanged(deps, connections, admission, chores);
  const unheardHere = (id: string, online: boolean) => (connections.online(id) ? undefined : presence.note(id, online));
  const joined = await joinBroker({ ...deps, silence, troubles, turns, drill, reached: unheardHere, stopping: () => stopping });
  const give: Broker['handOver'] = async (deviceId, letter) =>
    joined && !connections.online(deviceId) ? joined.handOver(deviceId, letter) : handOver(connections, clock, deviceId, letter);
  const mail = collectMail(deps, give);
  hearPings(aedes, connections, silence);
  const listening = await listen(settings, (stream, address) => admitStream(aedes, connections, deps, heard, stream, address), deps);

  const watching = startWatching({ ...deps, peers, brokerId: settings.brokerId, heard: silence.heard, drill, random: Math.random });

  return {
    ports: listening.ports,
    ...(joined === undefined ? {} : { joined }),
    handOver: give,
    obstacle: () => (listening.isOpen() ? undefined : 'is closed'),
    async close() {
      listening.stop();
      stopping = true;
      await watching.close();
      for (const open of [peers, presence]) open.close();
      dropped.stop();
      const said = await heard.ended(lastWords);
      if (!said) log.warn('what some devices said was not in the record when the broker stopped; unacknowledged, they say it again');
      await mail.close();
      await joined?.close();
      // The acknowledgements of the last messages are still on their way to the sockets.
      await nextTurn();
      await new Promise<void>((resolve) => aedes.close(resolve));
      await listening.close();
      await chores.ended(lastWords);
      await troubles.close();
      await silence.close();
      await farewell(deps);
    },
  };
}

const farewell = ({ store, clock, log, settings }: BrokerDeps): Promise<void> =>
  forgetConnections(store.routine, settings.brokerId, clock.now()).catch((error: unknown) =>
    log.warn({ err: error }, 'the record still holds devices as connected; the next start puts that right'),
  );

/** Whether what a device says at an instant is an exercise. */
const drillOf = (register: Register) => (id: string, now: Instant) => {
  const device = register.device(id);
  return device !== undefined && (register.inExercise(device) || (device.testUntil ?? 0) > now);
};

type Publish = (packet: AedesPublishPacket, client: Client | null, done: (error?: Error) => void) => void;

/**
 * Nothing that one device says is forwarded to another (hooks.ts). Aedes looks for listeners only where the device itself
 * listens on that topic, and for what is kept: its search costs as much as reading the message did.
 */
function publishWhereHeard(aedes: Aedes, connections: Connections): void {
  const publish = aedes.publish.bind(aedes) as unknown as Publish;
  const unheard = ({ topic, retain }: AedesPublishPacket, client: Client): boolean => {
    const speaker = connections.identityOf(client)?.speaker;
    return !retain && speaker !== undefined && connections.listening(speaker.id, topic).length === 0;
  };
  const whereHeard: Publish = (packet, client, done) => {
    if (client instanceof Object && 'conn' in client && unheard(packet, client)) return done();
    publish(packet, client, done);
  };
  Object.assign(aedes, { publish: whereHeard });
}

/** A device that only pings is alive. */
function hearPings(aedes: Aedes, connections: Connections, silence: Silence): void {
  aedes.on('ping', (_packet, client) => {
    const identity = client && connections.identityOf(client);
    if (identity) silence.heard(identity.speaker.id);
  });
}

/** Of those that only speak, nobody asks whether they listen. */
const takesWords = (kind: DeviceKind): boolean => kind === 'radio' || kind === 'loudspeaker';

function offerReachable({ register, lanes }: BrokerDeps, id: string): void {
  const kind = register.device(id)?.kind;
  if (kind !== undefined && takesWords(kind)) lanes.offer({ type: 'reachable', id });
}

/** Keeps presence up to date, gives a device what waits for it, and tells dispatch that it can be reached. */
function onArrivals(
  aedes: Aedes,
  deps: BrokerDeps,
  connections: Connections,
  {
    presence,
    chores,
    troubles,
    stopping,
  }: { readonly presence: Presence; readonly chores: UnderWay; readonly troubles: Troubles; readonly stopping: () => boolean },
): void {
  const { log, lanes } = deps;
  const retained = retainedOf(deps);
  const arrived = async (client: Client, filters: readonly string[]) => {
    const identity = connections.identityOf(client);
    if (!identity) return;
    connections.subscribed(client, filters);
    if (takesWords(identity.speaker.kind)) troubles.note(identity.speaker.id, 'subscribed');
    await giveRetained(retained, client, identity.subscribes, filters);
    // Letters wait for those only; a key finds where its call stands in what was retained.
    if (takesWords(identity.speaker.kind)) lanes.offer({ type: 'reachable', id: identity.speaker.id });
  };
  const guarded = (work: Promise<unknown>, what: string) => chores.add(work.catch((error: unknown) => log.warn({ err: error }, what)));

  aedes.on('clientReady', (client) => {
    const identity = connections.identityOf(client);
    if (!identity) return;
    presence.note(identity.speaker.id, true);
    // A session that Aedes restored has its subscriptions back without asking for them again.
    const restored = Object.keys((client as Client & { subscriptions: Record<string, unknown> }).subscriptions);
    if (restored.length > 0) guarded(arrived(client, restored), 'a restored session could not be served');
  });
  aedes.on('subscribe', (subscriptions, client) => {
    if (client)
      guarded(
        arrived(
          client,
          subscriptions.filter((asked) => asked.qos <= 2).map((asked) => asked.topic),
        ),
        'a subscriber could not be served',
      );
  });
  aedes.on('unsubscribe', (filters, client) => client && connections.unsubscribed(client, filters));
  aedes.on('clientDisconnect', (client) => {
    const identity = connections.leave(client);
    // Of a broker that stops, one statement says that all its devices are gone.
    if (identity && !stopping() && !connections.online(identity.speaker.id)) presence.note(identity.speaker.id, false);
  });
  aedes.on('clientError', (client, error) =>
    log.debug({ err: error, deviceId: connections.identityOf(client)?.speaker.id }, 'connection of a device broke'),
  );
  aedes.on('connectionError', (_client, error) => log.debug({ err: error }, 'connection broke before sign-in'));
}

const retainedOf = ({ store, log }: BrokerDeps): Group<string, string | undefined> =>
  openGroup({
    name: 'retained letters asked for',
    write: (topics) => retainedAt(store.routine, topics),
    ...{ most, soon: setImmediate, recordAway: recordUnavailable, log },
  });

/** The record keeps retained letters, so they outlive this process and are the same on every broker. */
async function giveRetained(
  retained: Group<string, string | undefined>,
  client: Client,
  grants: readonly string[],
  filters: readonly string[],
): Promise<void> {
  const topics = new Set(filters.filter((filter) => !filter.includes('#') && !filter.includes('+')));
  for (const filter of filters) if (/\/[#+]$/.test(filter)) topics.add(`${filter.slice(0, -1)}receipt`);
  for (const topic of topics) {
    if (!contained(topic, grants)) continue;
    const payload = await retained.add(topic);
    if (payload === undefined) continue;
    // Aedes calls back without asking whether there is a callback; without one the process would end here.
    await new Promise<void>((resolve) =>
      client.publish({ cmd: 'publish', topic, payload, qos: 0, retain: true, dup: false }, () => resolve()),
    );
  }
}

const dropWhatChanged = ({ store, log }: BrokerDeps, connections: Connections, admission: Admit, chores: UnderWay) =>
  store.hub.listen('register', (about) =>
    chores.add(
      dropChanged(about, connections, admission, log).catch((error: unknown) =>
        log.warn({ err: error, about }, 'changed devices could not be checked'),
      ),
    ),
  );

/** A device that was removed, or whose secret was replaced, is cut off at once. */
async function dropChanged(about: string, connections: Connections, admission: Admit, log: Log): Promise<void> {
  const ids = about === 'all' ? connections.devices() : about.startsWith('devices:') ? [about.slice('devices:'.length)] : [];
  for (const id of ids) {
    if (!connections.online(id) || (await admission.stillHolds(id))) continue;
    log.info({ deviceId: id }, 'device removed, set up anew or given a new secret; its connections are closed');
    connections.close(id);
  }
}
