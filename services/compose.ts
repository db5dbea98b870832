import type { FastifyInstance } from 'fastify';
import type { Policies } from '../config/policies/load.ts';
import type { Settings } from '../config/schema.ts';
import type { Give } from '../devices/driver.ts';
import { type Duration, milliseconds, seconds } from './alarm/index.ts';
import { openEar } from './broker/accept.ts';
import { openPost } from './broker/mail.ts';
import { type Broker, startBroker } from './broker/main.ts';
import { channels } from './channels.ts';
import { openDispatch } from './dispatch/main.ts';
import { type Endings, openEndings } from './endings.ts';
import { countJob, countOrder, countSignal, observePressToOrder, setConnectedDevices } from './metrics.ts';
import { afterwards, pipelineDesk, pipelineHandlers, sweepSources } from './pipeline/main.ts';
import type { PipelineDeps } from './pipeline/stages.ts';
import type { Clock, Drivers, Handlers, Lanes, Log } from './ports.ts';
import { type BackendPlace, openBackend } from './queue/backend.ts';
import { openLanes } from './queue/lanes.ts';
import { startSweeper } from './queue/sweeper.ts';
import { openSealer } from './secrets-at-rest.ts';
import type { Store } from './store/connect.ts';
import { rearmAfterClockStep } from './store/incidents.ts';
import { openRegister } from './store/register-view.ts';
import { watchWrites } from './store/writable.ts';
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
  readonly log: Log;
  readonly policies: Policies;
  readonly words: Readonly<Record<Language, Words>>;
  readonly drivers: Drivers;
  readonly version: string;
}

export interface Running {
  readonly http: FastifyInstance;
  readonly broker?: Broker;
  readonly lanes: Lanes;
  /** Stops taking new traffic, lets what runs end, and closes all but the record. */
  close(): Promise<void>;
}

/** A city's processes hear of each other's positions this often; one process has them at once. */
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
  const { role, settings, store, clock, log, policies, drivers } = parts;
  const does = (room: Exclude<Role, 'all'>) => role === 'all' || role === room;
  const register = await openRegister(store, log);
  endings.add('the register', () => register.close());
  await rearmAfterClockStep(store.urgent, clock.now());

  let lanes: Lanes = { offer: () => undefined };
  const offered: Lanes = { offer: (job) => lanes.offer(job) };
  const deps: PipelineDeps = {
    store,
    clock,
    log,
    register,
    words: parts.words[settings.language],
    rules: () => policies.escalation,
    sorting: () => policies.sorting,
    countOrder,
  };
  const done = afterwards(deps, offered);
  const desk = pipelineDesk(deps, done);
  const writable = watchWrites(clock, settings.databaseUrl === undefined ? settings.data : undefined);
  const ear = openEar({
    store,
    clock,
    log,
    lanes: offered,
    quiet: seconds(settings.folding.quiet),
    rest: milliseconds(settings.folding.rest),
    moved: (id, position) => register.setPosition(id, position),
    count: countSignal,
    refused: writable.refused,
  });

  let broker: Broker | undefined;
  const post = openPost(
    { store, clock, log },
    does('broker') ? { brokerId: settings.brokerId, handOver: (id, letter) => handOverHere(broker, id, letter) } : undefined,
  );
  const dispatch = openDispatch({
    settings,
    store,
    clock,
    log,
    register,
    drivers,
    desk,
    ear,
    post,
    lanes: offered,
    words: parts.words,
    version: parts.version,
    channels,
    sealer: openSealer(settings.data),
    sent: observePressToOrder,
    serves: does('dispatch'),
    writable,
  });

  const handlers: Handlers = { ...(does('pipeline') ? pipelineHandlers(deps, done) : {}), ...(does('dispatch') ? dispatch.handlers : {}) };
  const backend = await openBackend(parts.queue, log);
  endings.add('the queue', () => backend.close());
  endings.add('the voice', () => dispatch.close());
  const opened = await openLanes({ backend, handlers, log, clock, count: countJob });
  lanes = opened;
  endings.add('the lanes', () => opened.close(lastJobs));
  await opened.start();
  const sweeper = startSweeper({
    clock,
    log,
    count: countJob,
    lanes: opened,
    sources: [...(does('pipeline') ? sweepSources(deps) : []), ...(does('dispatch') ? dispatch.sources : [])],
  });
  endings.add('the sweeper', () => sweeper.stop());
  const positions =
    role === 'all' ? undefined : clock.every('positions of other processes', positionsEvery, () => register.catchUpPositions());
  endings.add('the positions', () => positions?.stop());
  if (does('broker')) {
    const supervision = {
      key: seconds(settings.supervision.key),
      camera: seconds(settings.supervision.camera),
      radio: seconds(settings.supervision.radio),
      loudspeaker: seconds(settings.supervision.loudspeaker),
    };
    broker = await startBroker({
      store,
      clock,
      log,
      ear,
      lanes: offered,
      register,
      drivers,
      settings,
      supervision,
      countConnected: setConnectedDevices,
    });
    const { close } = broker;
    endings.add('the broker', close);
  }
  const http = await dispatch.open({ broker, lanes: opened });
  endings.add('the HTTP side', () => closeHttp(http, clock));

  return {
    http,
    ...(broker === undefined ? {} : { broker }),
    lanes: opened,
    close: () => endings.all(),
  };
}

/** Whoever takes his time to send a request must not hold up a stop. */
async function closeHttp(http: FastifyInstance, clock: Clock): Promise<void> {
  const late = clock.after('last answers', lastAnswers, () => http.server.closeAllConnections());
  await http.close();
  late.stop();
}

const handOverHere: (broker: Broker | undefined, ...letter: Parameters<Give['post']>) => ReturnType<Give['post']> = (broker, id, letter) =>
  broker ? broker.handOver(id, letter) : Promise.resolve({ outcome: 'unreachable', reason: 'the broker is starting' });
