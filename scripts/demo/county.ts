import { setTimeout } from 'node:timers/promises';
import type { Settings } from '../../config/schema.ts';
import type { Running } from '../../services/compose.ts';
import type { Clock, Log, Timer } from '../../services/ports.ts';
import { recordUnavailable, type Store } from '../../services/store/connect.ts';
import { startLife } from './life.ts';
import { type Cast, type County, makeCounty } from './map.ts';
import { startOperator } from './operator.ts';
import { moveSight, openSight, type Sight, seenBy } from './pictures.ts';
import { refusalOf } from './refusal.ts';
import { registerCounty } from './register.ts';
import { callRoster, type Roster } from './roster.ts';
import { keep, operatorKey, recall, renewSecrets, secretsFile, secretsFor } from './secrets.ts';

export interface CountyParts {
  /** Where the API answers. */
  readonly http: string;
  readonly running: Pick<Running, 'broker'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'data' | 'bind' | 'ffmpegBin'>;
  readonly log: Log;
  readonly print: (line: string) => void;
}

export interface DemoCounty {
  /** Resolves when the county is alive, was refused, or was stopped before. Rejects when it could not be started. */
  readonly alive: Promise<void>;
  /** Lets nobody act any more and sends all devices home. Safe to call at any time. */
  stop(): Promise<void>;
}

/** `npm start -- --demo`: a county of simulated devices with the figures of a real one, marked as an exercise throughout. */
export function startCounty(parts: CountyParts): DemoCounty {
  const going: Going = { stopped: false, timers: [] };
  const alive = start(parts, going);
  return {
    alive,
    async stop() {
      going.stopped = true;
      // Whatever ended the start was told to whoever awaits `alive`.
      await alive.catch(() => undefined);
      for (const timer of going.timers) timer.stop();
      await going.roster?.close();
      await going.sight?.close();
    },
  };
}

interface Going {
  stopped: boolean;
  timers: Timer[];
  roster?: Roster;
  sight?: Sight;
}

async function start(parts: CountyParts, going: Going): Promise<void> {
  const { running, clock, settings, log, print } = parts;
  const say = (line: string) => print(`demo: ${line}`);
  const refusal = await refusalOf(parts);
  if (refusal !== undefined) return say(`not started: ${refusal}`);

  const started = performance.now();
  const path = secretsFile(settings.data);
  const kept = await recall(path);
  const drawn = makeCounty(kept.seed);
  const sight = await openSight(drawn.cast.seen, { ffmpegBin: settings.ffmpegBin, port: kept.picturePort ?? 0, say });
  if (sight) going.sight = sight;
  const county = sight ? seenBy(drawn, sight) : drawn;
  const secrets = await insist(going, () => register(parts, going, path, county));
  if (going.stopped || !secrets) return;

  const url = `mqtt://${hostOf(settings.bind)}:${running.broker?.ports.mqtt}`;
  const roster = await callRoster(county.cast, {
    url,
    secrets: secrets.devices,
    now: () => clock.now(),
    log,
    stopped: () => going.stopped,
  });
  going.roster = roster;
  if (going.stopped) return;
  going.timers = [
    startLife({ clock, seed: kept.seed, cast: county.cast, roster }),
    startOperator({ http: parts.http, key: secrets.operator, seed: kept.seed, clock, log }),
  ];
  const { keys, radios, loudspeakers, cameras } = roster;
  const inSeconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    `alive after ${inSeconds} s: ${keys.size} keys, ${radios.size} radios, ${loudspeakers.size} loudspeakers and ${cameras.size} cameras act; seed ${kept.seed}; all of it is an exercise`,
  );
}

/** Registering so much keeps a small machine busy: what the record had no time for is done again, from where it stands. */
async function insist<T>(going: Going, work: () => Promise<T>): Promise<T> {
  for (let left = 5; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || going.stopped || !recordUnavailable(error)) throw error;
      await setTimeout(2000);
    }
  }
}

interface Secrets {
  readonly devices: ReadonlyMap<string, string>;
  readonly operator: string;
}

/** The secrets are on disk before the record knows them, so that a start cut short leaves no device that nobody can be. */
async function register({ store, clock, print }: CountyParts, going: Going, path: string, county: County): Promise<Secrets | undefined> {
  const now = () => clock.now();
  // Also of an attempt that failed half-way.
  const kept = await recall(path);
  const devices = secretsFor(actors(county.cast), kept);
  const port = going.sight === undefined ? {} : { picturePort: going.sight.port };
  const operator = await operatorKey(store, kept, now(), (key) =>
    keep(path, { ...kept, ...port, operatorKey: key, devices: Object.fromEntries(devices) }),
  );
  const written = await registerCounty(
    { store, now, say: (line) => print(`demo: registered ${line}`), stopped: () => going.stopped },
    county,
    devices,
  );
  if (going.stopped) return undefined;
  // What was written is told row by row or as `all`; the last word makes every view whole, whatever notice was lost.
  if (written > 0) store.hub.tell('register', 'all');
  else
    print(
      `demo: the county is registered already (${county.stations.length} stations, ${county.sites.length} sites, ${county.devices.length} devices)`,
    );
  await renewSecrets(store, devices, now);
  if (going.sight) await moveSight(store, county, going.sight, () => ({ by: 'demo', at: now() }));
  return { devices, operator };
}

const actors = ({ keys, loudspeakers, cameras, radios }: Cast): string[] => [
  ...keys,
  ...loudspeakers,
  ...cameras,
  ...radios.map(({ id }) => id),
];

/** An address that listens to all is reached by way of the machine itself. */
function hostOf(bind: string): string {
  if (bind === '0.0.0.0') return '127.0.0.1';
  if (bind === '::') return '[::1]';
  return bind.includes(':') ? `[${bind}]` : bind;
}
