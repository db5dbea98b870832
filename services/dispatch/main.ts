import type { FastifyInstance } from 'fastify';
import { recordedPhrases } from '../../config/phrases/recorded.ts';
import type { Settings } from '../../config/schema.ts';
import type { Give } from '../../devices/driver.ts';
import type { Media } from '../../devices/media/index.ts';
import { type Duration, seconds } from '../alarm/index.ts';
import type { PoliciesInForce } from '../policies-in-force.ts';
import type { Clock, DemoSwitch, Desk, Drivers, Ear, Handlers, Lanes, Log, Post, RecordAway, Speedy } from '../ports.ts';
import type { SweepSource } from '../queue/sweeper.ts';
import type { LanesHealth } from '../queue/watch.ts';
import type { Sealer } from '../secrets-at-rest.ts';
import { openSigningKeys } from '../signing.ts';
import { wakeTargets } from '../store/broadcast-sweep.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { databaseTime } from '../store/database-time.ts';
import type { Register } from '../store/register-view.ts';
import { countUnsorted } from '../store/signals.ts';
import type { Writable } from '../store/writable.ts';
import type { Language, Words } from '../words.ts';
import { buildApp } from './app.ts';
import type { Channel } from './asyncapi.ts';
import { openBroadcasting } from './broadcasting.ts';
import { openLooking } from './camera-looking.ts';
import { openCameraViews } from './camera-views.ts';
import { type Cameras, openCameras } from './cameras.ts';
import { deliverUnwritten, orderHandlers } from './deliver.ts';
import { openFootageRoom } from './footage/open.ts';
import { headsFile } from './heads/file.ts';
import { keepHeads } from './heads/keep.ts';
import { type HealthCheck, healthApp } from './health.ts';
import { keepHouse } from './housekeeping.ts';
import { openInstalling } from './installing.ts';
import { openLive } from './live.ts';
import { startMapNews } from './map/news.ts';
import { openTiles } from './map/tiles.ts';
import { noMedia } from './no-media.ts';
import { withPages } from './officer-post.ts';
import { type Outward, outwardRequest } from './outward.ts';
import { light, receiptHandler } from './receipts.ts';
import { degraded, tellAway } from './record-away.ts';
import { keepRounds } from './rounds-keeper.ts';
import { apiRoutes } from './routes/index.ts';
import { rolesAsked } from './second-factor.ts';
import { openSignOn } from './single-sign-on.ts';
import { swept } from './swept.ts';
import { openWalkTests } from './walk-test/open.ts';
import { startWebhooks, webhookHandler } from './webhooks.ts';

export interface DispatchDeps {
  readonly settings: Settings;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly desk: Desk;
  readonly ear: Ear;
  readonly post: Post;
  readonly lanes: Lanes;
  readonly words: Readonly<Record<Language, Words>>;
  readonly sealer: Sealer;
  readonly version: string;
  readonly channels: readonly Channel[];
  readonly sent: (afterMs: number) => void;
  /** Whether this process serves people and programs, or only says how it is. */
  readonly serves: boolean;
  readonly writable: Pick<Writable, 'obstacle'>;
  /** Absent where no device is heard. */
  readonly away?: RecordAway;
  readonly policies: PoliciesInForce;
  /** Absent where this process needs no pictures and no sound. */
  readonly media?: Media;
  readonly demo?: DemoSwitch;
}

export interface Dispatch {
  /** What drivers may call. */
  readonly give: Give;
  readonly handlers: Handlers;
  readonly sources: readonly SweepSource[];
  /** For what cannot wait until the record is back. */
  readonly speedy: Speedy;
  open(rooms: {
    readonly broker: { obstacle(): string | undefined; readonly joined?: { obstacle(): string | undefined } } | undefined;
    readonly lanes: { health(): LanesHealth; late(): string | undefined };
  }): Promise<FastifyInstance>;
  close(): Promise<void>;
}

/** A driver's call to another system must end well within the order's lease. */
const callPatience: Duration = seconds(5);
const batch = 500;
/** Signals that nobody decided about for this long are a fault that people must hear of. */
const undecidedFor: Duration = seconds(15);

/** What the voice is made of. Constructs; starts nothing. */
function roomsOf(deps: DispatchDeps) {
  const { settings, store, clock, log, register, drivers, desk, lanes, post, sealer } = deps;
  const outward = outwardRequest({ allowNetworks: settings.webhooks.allowNetworks });
  const give = giveOf(withPages(post, deps), outward, clock);
  const media = deps.media ?? noMedia(() => clock.now());
  const cameras = openCameras({ register, drivers, give, log, media });
  const seeing = { settings, store, clock, log, register, cameras, media };
  const footage = openFootageRoom({ ...seeing, desk });
  const looking = openLooking(seeing);
  const broadcasting = openBroadcasting({
    ...deps,
    hub: store.hub,
    give,
    media,
    recorded: recordedPhrases(),
    sourceOf: cameras.sourceOf,
  });
  const installing = openInstalling({ settings, give, media });
  return {
    give,
    deliver: { store, clock, log, register, drivers, desk, give, lanes: () => lanes, sent: deps.sent },
    footage,
    looking,
    broadcasting,
    hooks: { db: store.routine, hub: store.hub, clock, lanes, log, outward, sealer, random: Math.random },
    keys: openSigningKeys({ db: store.routine, sealer, clock }),
    routed: { outward, cameras, installing, announce: broadcasting.announce, looking: looking.routes, shelf: footage.shelf },
  };
}

/** The voice: sends what was decided, and serves those who watch, ask and act. */
export function openDispatch(deps: DispatchDeps): Dispatch {
  const { settings, store, clock, log } = deps;
  const rooms = roomsOf(deps);
  const { give, footage, looking, broadcasting, hooks, keys, routed } = rooms;
  const handlers = handlersOf(deps, rooms);
  const stops: (() => void | Promise<void>)[] = [];

  return {
    give,
    handlers,
    speedy: speedyOf(rooms.deliver),
    sources: [...swept(store), ...broadcasting.sources, ...footage.sources],
    async open(others) {
      const checks = checksOf(deps, others);
      const lanes = async () => others.lanes.late();
      if (!deps.serves) return healthApp({ checks, notes: { lanes }, clock, log, db: store.desk });
      const live = openLive({ db: store.desk, hub: store.hub, clock, log });
      const webhooks = startWebhooks(hooks);
      const house = keepHouse({ store, clock, log, settings });
      const sampler = looking.start();
      const views = openCameraViews({ store, clock, log });
      const rounds = keepRounds({ store, clock, log, zone: deps.settings.timeZone });
      const telling = tellAway({ ...deps, live });
      const mapNews = startMapNews({ ...deps, hub: store.hub, live });
      const heads = keepHeads({ db: store.routine, clock, log, keys, file: headsFile(settings) });
      footage.start();
      stops.push(
        () => live.close(),
        () => webhooks.stop(),
        () => house.stop(),
        () => sampler.stop(),
        () => rounds.stop(),
        () => views.close(),
        () => mapNews.stop(),
        () => telling.stop(),
        () => heads.close(),
      );
      const routes = apiRoutes({
        ...deps,
        ...routed,
        live,
        keys,
        views,
        zone: deps.settings.timeZone,
        sessionHours: settings.sessions.hours,
        tests: testsOf(deps, give, routed.cameras),
        tiles: openTiles(settings),
        consent: { wanted: settings.broadcasts.secondPerson, within: seconds(settings.broadcasts.consentWithin) },
      });
      return appOf(deps, checks, notesOf(deps, { footage: footage.shelf, heads, house, lanes }), routes);
    },
    async close() {
      await Promise.all([broadcasting.close(), footage.close()]);
      for (const stop of stops) await stop();
    },
  };
}

function handlersOf({ store, lanes }: DispatchDeps, { deliver, footage, broadcasting, hooks }: ReturnType<typeof roomsOf>): Handlers {
  const orders = orderHandlers(deliver);
  return {
    ...orders,
    ...receiptHandler(deliver),
    ...footage.handlers,
    broadcast: broadcasting.handler,
    webhook: webhookHandler(hooks),
    reachable: async (job) => {
      await orders.reachable?.(job);
      for (const id of await wakeTargets(store.urgent, job.id)) lanes.offer({ type: 'broadcast', id, deviceId: job.id });
    },
  };
}

/** Nobody waits for these: what cannot be sent is logged, and the record will find it unsent. */
function speedyOf(deliver: ReturnType<typeof roomsOf>['deliver']): Speedy {
  const tried = (work: Promise<unknown>, what: string) =>
    void work.catch((error: unknown) => deliver.log[recordUnavailable(error) ? 'debug' : 'error']({ err: error }, what));
  return {
    order: (order) => tried(deliverUnwritten(deliver, order), 'a first order could not be sent'),
    receipt: (incident) => tried(light(deliver, incident), 'a key could not be told that it was heard'),
  };
}

const testsOf = (deps: DispatchDeps, give: Give, cameras: Cameras) =>
  openWalkTests({ ...deps, hub: deps.store.hub, give, cameras, broadcasts: { ...deps, db: deps.store.desk, hub: deps.store.hub } });

/** What people should know although the product does its work. */
const notesOf = (
  { away, clock }: DispatchDeps,
  {
    footage,
    heads,
    house,
    lanes,
  }: Record<'footage' | 'heads' | 'house', { readonly obstacle: HealthCheck }> & { readonly lanes: HealthCheck },
): Readonly<Record<string, HealthCheck>> => ({
  footage: footage.obstacle,
  heads: heads.obstacle,
  damage: house.obstacle,
  record: async () => degraded(away, clock.now()),
  lanes,
});

function appOf(
  { settings, store, clock, log, sealer, version, channels }: DispatchDeps,
  checks: Readonly<Record<string, HealthCheck>>,
  notes: Readonly<Record<string, HealthCheck>>,
  routes: ReturnType<typeof apiRoutes>,
): Promise<FastifyInstance> {
  const signOn = openSignOn(settings.oidc, { clock, log });
  return buildApp({
    ...{ db: store.desk, clock, log, sealer, version, channels, checks, notes, routes },
    secondFactorRoles: rolesAsked(settings.secondFactor.roles),
    ...{ sessionHours: settings.sessions.hours, zone: settings.timeZone, secure: settings.behindTls },
    ...(settings.proxies === undefined ? {} : { proxies: settings.proxies }),
    ...(signOn === undefined ? {} : { signOn }),
  });
}

/** What drivers may call. */
const giveOf = (post: Post, outward: Outward, clock: Clock): Give => ({
  post: post.post,
  now: () => clock.now(),
  request: async (request) => {
    const answer = await outward.post({ ...request, deadline: callPatience });
    return answer.outcome === 'answered' ? { status: answer.status } : { error: answer.reason };
  },
});

type Rooms = Parameters<Dispatch['open']>[0];

function checksOf({ store, clock, serves, writable }: DispatchDeps, { broker, lanes }: Rooms): Readonly<Record<string, HealthCheck>> {
  return {
    database: async () => {
      await databaseTime(serves ? store.desk : store.urgent);
      return writable.obstacle();
    },
    pipeline: async () => {
      const waiting = await countUnsorted(store.desk, clock.now() - undecidedFor, batch);
      return waiting === 0
        ? undefined
        : `${waiting}${waiting === batch ? ' or more' : ''} signals have waited over ${undecidedFor / 1000} s for a decision`;
    },
    queue: async () => {
      const health = lanes.health();
      return health.up ? undefined : (health.reason ?? 'is down');
    },
    ...(broker === undefined ? {} : { broker: async () => broker.obstacle() }),
    ...(broker?.joined === undefined ? {} : { joined: async () => broker.joined?.obstacle() }),
  };
}
