import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SigningKeys } from '../../signing.ts';
import { signedInStill, unitStill } from '../access.ts';
import type { AnnounceDeps } from '../announce.ts';
import type { CameraViews } from '../camera-views.ts';
import type { Cameras } from '../cameras.ts';
import type { CredentialDeps } from '../credentials.ts';
import type { Shelf } from '../footage/shelf.ts';
import type { Live } from '../live.ts';
import type { DispatchDeps } from '../main.ts';
import { mayLookAt } from '../officer-cameras.ts';
import type { Outward } from '../outward.ts';
import type { ConsentRule } from '../second-person.ts';
import { broadcastRequestRoutes } from './broadcast-requests.ts';
import { broadcastRoutes } from './broadcasts.ts';
import { cameraRoutes } from './cameras.ts';
import { colleagueRoutes } from './colleagues.ts';
import { type DeviceHealthDeps, deviceHealthRoutes } from './device-health.ts';
import { devicePublishingRoutes } from './device-publishing.ts';
import { type DeviceTestDeps, deviceTestRoutes } from './device-tests.ts';
import { deviceRoutes } from './devices.ts';
import { discoveryRoutes } from './discovery.ts';
import { evidenceRoutes } from './evidence.ts';
import { firstStepsRoutes } from './first-steps.ts';
import { footageRoutes } from './footage.ts';
import { gridRoutes } from './grids.ts';
import { handoverRoutes } from './handovers.ts';
import { incidentReportRoutes } from './incident-reports.ts';
import { incidentRoutes } from './incidents.ts';
import { type Installing, installerRoutes } from './installer.ts';
import { type MapDeps, mapRoutes } from './map.ts';
import { mapTilesRoutes } from './map-tiles.ts';
import { officerRoutes } from './officer.ts';
import { orderRoutes } from './orders.ts';
import { phraseRoutes } from './phrases.ts';
import { policyRoutes } from './policies.ts';
import { procedureRoutes } from './procedures.ts';
import { roundRoutes } from './rounds.ts';
import { aroundRoutes } from './rounds-around.ts';
import { ledgerRoutes } from './rounds-ledger.ts';
import { roundsReportRoutes } from './rounds-report.ts';
import { roundRunRoutes } from './rounds-runs.ts';
import { signalRoutes } from './signals.ts';
import { siteRoutes } from './sites.ts';
import { stationRoutes } from './stations.ts';
import { streamRoutes } from './stream.ts';
import { talkRoutes } from './talks.ts';
import { unitRoutes } from './units.ts';
import { webhookRoutes } from './webhooks.ts';
import { zoneRoutes } from './zones.ts';

export interface ApiDeps
  extends Pick<
    DispatchDeps,
    'store' | 'clock' | 'log' | 'register' | 'drivers' | 'desk' | 'ear' | 'lanes' | 'words' | 'sealer' | 'policies' | 'demo' | 'version'
  > {
  readonly announce: AnnounceDeps;
  readonly live: Live;
  readonly outward: Outward;
  readonly cameras: Cameras;
  readonly views: CameraViews;
  readonly keys: SigningKeys;
  /** The station's time zone. */
  readonly zone: string;
  readonly shelf: Shelf;
  readonly looking: DeviceHealthDeps;
  readonly tests: DeviceTestDeps['tests'];
  readonly installing: Installing;
  readonly tiles: MapDeps['tiles'];
  readonly consent: ConsentRule;
  /** settings.sessions.hours */
  readonly sessionHours: number;
}

/** What came of it all, counted. */
const reportRoutes = ({ store: { desk: db }, clock, register, zone, looking: { language } }: ApiDeps): readonly FastifyPluginAsyncZod[] => [
  roundsReportRoutes({ db, clock, register, language }),
  incidentReportRoutes({ db, clock, register, zone, language }),
];

/** What lines that stay open are asked by, again and again: each time is a use. */
const credentialsOf = ({ store: { desk: db }, clock, sessionHours }: ApiDeps): CredentialDeps => ({ db, clock, sessionHours });

/** Every resource of the API that is not about signing in, one plugin each. */
export function apiRoutes(deps: ApiDeps): readonly FastifyPluginAsyncZod[] {
  const { store, clock, log, live, lanes, sealer, outward } = deps;
  const db = store.desk;
  const stillSignedIn = (request: FastifyRequest) => signedInStill(request, credentialsOf(deps));
  const broadcasts = {
    db,
    hub: store.hub,
    clock,
    lanes,
    register: deps.register,
    words: deps.words,
    desk: deps.desk,
    consent: deps.consent,
  };
  return [
    stationRoutes(deps),
    gridRoutes(deps),
    siteRoutes(deps),
    unitRoutes(deps),
    zoneRoutes(deps),
    ...installerRoutes({ ...deps, ...deps.installing, language: deps.looking.language }),
    deviceRoutes(deps),
    devicePublishingRoutes(deps),
    discoveryRoutes({ ...deps, db, hub: store.hub }),
    signalRoutes(deps),
    cameraRoutes({ store, clock, log, cameras: deps.cameras, mayLook: mayLookAt(db), views: deps.views, stillSignedIn }),
    aroundRoutes(deps),
    ledgerRoutes({ db, clock }),
    roundRoutes(deps),
    roundRunRoutes(deps),
    ...reportRoutes(deps),
    deviceHealthRoutes(deps.looking),
    deviceTestRoutes({ db, tests: deps.tests, words: deps.words, language: deps.looking.language }),
    incidentRoutes({ ...broadcasts, rules: () => deps.policies.now().policies.escalation }),
    colleagueRoutes({ db, clock }),
    procedureRoutes(deps),
    footageRoutes({ db, clock, shelf: deps.shelf }),
    evidenceRoutes({ ...deps, db: store.routine }),
    orderRoutes({ db, desk: deps.desk }),
    officerRoutes({ ...deps, unitStill: (request) => unitStill(request, credentialsOf(deps)) }),
    broadcastRoutes({ ...broadcasts, announce: deps.announce }),
    broadcastRequestRoutes(broadcasts),
    mapRoutes({ ...deps.looking.report, clock, tiles: deps.tiles }),
    mapTilesRoutes(deps.tiles),
    talkRoutes({ db, clock, log, announce: deps.announce, stillSignedIn }),
    phraseRoutes(deps),
    streamRoutes({ db, live, clock, log, stillSignedIn }),
    webhookRoutes({ db, clock, lanes, sealer, outward }),
    handoverRoutes({ ...deps, db, hub: store.hub }),
    policyRoutes(deps),
    firstStepsRoutes({ db, clock, demo: deps.demo }),
  ];
}
