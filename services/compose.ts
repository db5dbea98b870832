import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Policies } from '../config/policies/load.ts';
import { loadProcedures } from '../config/procedures/load.ts';
import type { Settings } from '../config/schema.ts';
import type { Give } from '../devices/driver.ts';
import type { Media } from '../devices/media/index.ts';
import { type Duration, milliseconds, seconds } from './alarm/index.ts';
import { openEar } from './broker/accept.ts';
import { type Away, openAway } from './broker/away.ts';
import { openPost } from './broker/mail.ts';
import { type Broker, startBroker } from './broker/main.ts';
import { openSpools } from './broker/spools.ts';
import { channels } from './channels.ts';
import { type HttpsDoor, httpsDoor } from './dispatch/https.ts';
import { openDispatch } from './dispatch/main.ts';
import { type Endings, openEndings } from './endings.ts';
import { sealAnew } from './former-seals.ts';
import { countFlood, countJob, countOrder, countSignal, observePressToOrder, setConnectedDevices, setJoined } from './metrics.ts';
import { openCalled } from './pipeline/called.ts';
import { openFirstOrders } from './pipeline/first-orders.ts';
import { openPipeline } from './pipeline/main.ts';
import { openNumbers } from './pipeline/numbers.ts';
import { openCalls } from './pipeline/open-calls.ts';
import type { PipelineDeps } from './pipeline/stages.ts';
import { openPolicies, type PoliciesInForce } from './policies-in-force.ts';
import type { Clock, DemoSwitch, Drivers, Ear, Handlers, Lanes, Log, Speedy } from './ports.ts';
import { type BackendPlace, openBackend } from './queue/backend.ts';
import { type OpenLanes, openLanes } from './queue/lanes.ts';
import { startSweeper } from './queue/sweeper.ts';
import { sealedDrivers, sealStored } from './sealed-settings.ts';
import { openSealer, type Sealer } from './secrets-at-rest.ts';
import { canaryOf } from './self-watch.ts';
import { type SignedPost, signedPost } from './signed-post.ts';
import { openSigningKeys } from './signing.ts';
import type { Store } from './store/connect.ts';
import { rearmAfterClockStep } from './store/incidents.ts';
import { seedProcedures } from './store/procedures.ts';
import { openRegister, type Register } from './store/register-view.ts';
import { type Writable, watchWrites } from './store/writable.ts';
import type { Language, Words } from './words.ts';

export const roles = ['all', 'broker', 'pipeline', 'dispatch'] as const;
/** What this process does: everything, or one of the three services of a city. */
export type Role = (typeof roles)[number];

/** What a process is made of before anything runs: made by main for the real thing, by the scenarios with a clock of their own. */
export interface Parts {
  readonly role: Role;
  readonly settings: Settings;
  readonly store: Store;
  readonly queue: BackendPlace;
  readonly clock: Clock;
  /** How far the clock stands behind that of the run before, in ms. Absent where that is not known. */
  readonly setBack?: Duration;
  readonly log: Log;
  /** Those of the files; people may put others in force. */
  readonly policies: Policies;
  readonly words: Readonly<Record<Language, Words>>;
  readonly drivers: Drivers;
  readonly version: string;
  /** Pictures and sound; absent where they are not needed. */
  readonly media?: Media;
  /** Absent in one of several processes. */
  readonly demo?: DemoSwitch;
}

export interface Running {
  readonly http: FastifyInstance;
  /** Where a port for it is set, and this process serves people. */
  readonly https?: HttpsDoor;
  readonly broker?: Broker;
  readonly lanes: Lanes;
  /** Begins to walk the lanes, once everything runs. */
  walk(): void;
  /** Stops taking new traffic, lets what runs end, and closes all but the record. */
  close(): Promise<void>;
}

/** A city's processes hear of each other's positions and calls this often; one process has them at once. */
const positionsEvery: Duration = seconds(2);
/** A stop waits this long for answers under way, and then for jobs. */
const lastAnswers: Duration = seconds(2);
const lastJobs: Duration = seconds(2);

/** Puts the rooms together and starts them, from the record outwards. Reading it is reading the product. */
export async function compose(parts: Parts): Promise<Running> {
  const endings = openEndings(parts.log);
  try {
    return await open(parts, endings);
  } catch (error) {
    await endings.all();
    throw error;
  }
}

async function open(parts: Parts, endings: Endings): Promise<Running> {
  const { role, settings, store, clock, log } = parts;
  const does = (room: Exclude<Role, 'all'>) => role === 'all' || role === room;
  await seedProcedures(store.desk, loadProcedures(), clock.now());
  const { sealer, drivers } = await openSecrets(parts);
  const register = held(endings, 'the register', await openRegister(store, log));
  await rearmAfterClockStep(store.urgent, clock.now(), parts.setBack);

  let lanes: Lanes = { offer: () => undefined };
  let broker: Broker | undefined;
  const offered: Lanes = { offer: (job) => lanes.offer(job) };
  const policies = held(endings, 'the policies', await openPolicies(store, parts.policies, log));
  const mind = mindOf(parts, register, policies);
  const writable = watchWrites(clock, settings.databaseUrl === undefined ? settings.data : undefined);
  const hurry = openHurry();
  const away = does('broker') ? await awayOf(parts, endings, mind, offered, hurry) : undefined;
  const record = { writable, ...(away === undefined ? {} : { away }) };
  const ear = earOf(parts, register, offered, record);
  const here = { brokerId: settings.brokerId, handOver: handOverTo(() => broker) };
  const post = held(endings, 'the signing key', await postOf(parts, sealer, does('broker') ? here : undefined));
  const pipeline = openPipeline(mind, offered);
  const given = { policies, channels, sealer, drivers, sent: observePressToOrder, ...record };
  const voice = { register, desk: pipeline.desk, ear, post, lanes: offered, ...given };
  const dispatch = openDispatch({ ...parts, ...voice, serves: does('dispatch') });
  hurry.through(dispatch.speedy);

  const canary = canaryOf(parts);
  const hands = [...(does('pipeline') ? [pipeline] : []), ...(does('dispatch') ? [dispatch] : [])];
  const handlers: Handlers = Object.assign({ canary: canary.arrive }, ...hands.map((room) => room.handlers));
  const sources = hands.flatMap((room) => room.sources);
  const opened = await openQueue(parts, endings, handlers, (open) => {
    lanes = open;
    endings.add('the voice', () => dispatch.close());
  });
  const sweeper = startSweeper({ clock, log, count: countJob, lanes: opened, sources });
  endings.add('the sweeper', () => sweeper.stop());
  if (role !== 'all') catchUp(parts, register, mind, endings);
  if (does('broker')) {
    const hearing = { drivers, ear, lanes: offered, register, supervision: supervisionOf(settings), floods: settings.floods };
    broker = await startBroker({ ...parts, ...hearing, ...gauges, give: dispatch.give, recordAway: () => away?.since !== undefined });
    endings.add('the broker', broker.close);
  }
  const http = await dispatch.open({ broker, lanes: { health: () => opened.health(), late: canary.trouble } });
  const https = does('dispatch') ? httpsDoor(http, settings, parts) : undefined;
  endings.add('the HTTP side', () => closeHttp(http, https, clock));
  const walk = () => {
    canary.start(clock, opened);
    endings.add('the canary', canary.stop);
  };
  return {
    http,
    ...(https === undefined ? {} : { https }),
    ...(broker === undefined ? {} : { broker }),
    lanes: opened,
    walk,
    close: () => endings.all(),
  };
}

const gauges = { countConnected: setConnectedDevices, observeJoined: setJoined, countFlood };

/** Secrets that must be read again, and the drivers that read them. */
async function openSecrets({ settings, store, drivers, log }: Parts): Promise<{ sealer: Sealer; drivers: Drivers }> {
  const sealer = openSealer(settings.data);
  await sealAnew(store, settings.data, sealer, log);
  await sealStored(store, drivers, sealer, log);
  return { sealer, drivers: sealedDrivers(drivers, sealer) };
}

/** Letters to devices, with the station's signature on orders and broadcasts. */
function postOf({ store, clock, log }: Parts, sealer: Sealer, here: Parameters<typeof openPost>[1]): Promise<SignedPost> {
  const keys = openSigningKeys({ db: store.routine, sealer, clock });
  return signedPost(openPost({ store, clock, log }, here), { keys, clock, log });
}

function catchUp({ clock, store }: Parts, register: Register, { calls }: PipelineDeps, endings: Endings): void {
  const positions = clock.every('positions of other processes', positionsEvery, () => register.catchUpPositions());
  const opened = clock.every('calls of other processes', positionsEvery, () => calls.load(store.routine));
  endings.add('what other processes know', () => {
    positions.stop();
    opened.stop();
  });
}

function held<T extends { close(): void }>(endings: Endings, name: string, opened: T): T {
  endings.add(name, () => opened.close());
  return opened;
}

/** What the rules are given to decide with. */
const mindOf = ({ role, store, clock, log, words, settings }: Parts, register: Register, policies: PoliciesInForce): PipelineDeps => ({
  store,
  clock,
  log,
  register,
  numbers: openNumbers({ store, log }),
  calls: openCalls(),
  called: openCalled(),
  words: words[settings.language],
  rules: () => policies.now().policies.escalation,
  sorting: () => policies.now().policies.sorting,
  countOrder,
  ...(role === 'all' ? { sendsWithin: seconds(2) } : {}),
});

/** The voice is made after the ear: until then nobody is there to send in a hurry. */
function openHurry(): Speedy & { through(voice: Speedy): void } {
  let voice: Speedy | undefined;
  return {
    order: (order) => voice?.order(order),
    receipt: (incident) => voice?.receipt(incident),
    through: (made) => {
      voice = made;
    },
  };
}

async function awayOf(parts: Parts, endings: Endings, mind: PipelineDeps, lanes: Lanes, speedy: Speedy): Promise<Away> {
  const { store, clock, log, settings } = parts;
  await mind.calls.load(store.ear);
  const spools = await openSpools(join(settings.data, 'spool'), settings.brokerId, log);
  const away = openAway({ store, clock, log, lanes, spools, firstOrders: openFirstOrders(mind, speedy) });
  endings.add('the spool', () => away.close());
  return away;
}

const earOf = (
  { store, clock, log, settings }: Parts,
  register: Register,
  lanes: Lanes,
  record: { readonly writable: Writable; readonly away?: Away },
): Ear =>
  openEar({
    store,
    clock,
    log,
    lanes,
    quiet: seconds(settings.folding.quiet),
    rest: milliseconds(settings.folding.rest),
    moved: (id, position) => register.setPosition(id, position),
    count: countSignal,
    ...record,
  });

/** @param ready told the lanes before they start, since a job of theirs may offer another at once */
async function openQueue(
  { queue, clock, log }: Parts,
  endings: Endings,
  handlers: Handlers,
  ready: (lanes: OpenLanes) => void,
): Promise<OpenLanes> {
  const backend = await openBackend(queue, log);
  endings.add('the queue', () => backend.close());
  const opened = await openLanes({ backend, handlers, log, clock, count: countJob });
  ready(opened);
  endings.add('the lanes', () => opened.close(lastJobs));
  await opened.start();
  return opened;
}

const supervisionOf = ({ supervision: { key, camera, radio, loudspeaker } }: Settings) => ({
  key: seconds(key),
  camera: seconds(camera),
  radio: seconds(radio),
  loudspeaker: seconds(loudspeaker),
});

/** Whoever takes his time to send a request must not hold up a stop. */
async function closeHttp(http: FastifyInstance, https: HttpsDoor | undefined, clock: Clock): Promise<void> {
  const late = clock.after('last answers', lastAnswers, () => {
    http.server.closeAllConnections();
    https?.cut();
  });
  await Promise.all([https?.close(), http.close()]);
  late.stop();
}

const handOverTo =
  (broker: () => Broker | undefined): Give['post'] =>
  async (deviceId, letter) =>
    broker()?.handOver(deviceId, letter) ?? { outcome: 'unreachable', reason: 'the broker is starting' };
