import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { describeFaults, loadSettings, SettingsFault } from '../config/load.ts';
import { loadPhrases } from '../config/phrases/load.ts';
import { loadPolicies } from '../config/policies/load.ts';
import type { Settings } from '../config/schema.ts';
import { drivers } from '../devices/catalogue.ts';
import { openMedia } from '../devices/media/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { DemoCounty } from '../scripts/demo/county.ts';
import { CountySwitch } from '../scripts/demo/switch.ts';
import { seconds } from './alarm/index.ts';
import { systemClock } from './clock.ts';
import { keepClock, setBackSince } from './clock-before.ts';
import { compose, type Role, type Running, roles } from './compose.ts';
import { firstAccount } from './dispatch/first-account.ts';
import { openEndings } from './endings.ts';
import { Fault } from './errors.ts';
import { messageOf, openLog } from './log.ts';
import type { Clock, DemoSwitch } from './ports.ts';
import { type Connection, openStore, type Store } from './store/connect.ts';
import { databaseTime } from './store/database-time.ts';
import { startEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { onceUp } from './store/wait.ts';
import { startWatchdog } from './watchdog.ts';
import { words } from './words.ts';

/** Exit codes: 0 stopped as asked, 1 could not start or had to give up, 2 the settings have faults. */
const [stopped, failed, badSettings] = [0, 1, 2];
/** After this a stop that hangs is cut short; the record needs no farewell, and PostgreSQL ends by itself once told. */
const stopWithin = seconds(9);
/** A server named by DATABASE_URL may still be starting beside us. */
const databasePatience = seconds(60);
/** More come together in few stations; the first of them after a start find a connection open. */
const callsAtOnce = 4;

// The first press after a start is worth as much as the thousandth: each function is compiled before it first runs. Without it the
// slowest hundredth of 300 presses after a start, beside 5,000 camera signals a second, took 150 to 190 ms; with it 85 to 100.
setFlagsFromString('--always-sparkplug');

const options = readArguments();
const settings = readSettings();
const log = openLog(settings, options.role);
const endings = openEndings(log);
const { signal: stop, asked } = listenForStop();

let code = stopped;
try {
  const county = await start(options, settings);
  await Promise.race([asked, county?.alive.then(() => asked) ?? asked]);
} catch (error) {
  if (!stop.aborted) code = giveUp(error);
}
await endings.all();
process.exit(code);

/** Everything, from the record outwards. Between two steps it looks whether it is still wanted. */
async function start({ role, demo: withDemo }: Options, settings: Settings): Promise<DemoCounty | undefined> {
  const connection = await openRecord(settings);
  const store = await openStore({ connection, log, ready: callsAtOnce });
  endings.add('the record', () => store.close());
  const clock = await systemClock(() => databaseTime(store.urgent), log);
  endings.add('the clock', () => clock.stop());
  const setBack = await setBackSince(settings.data, clock.now());
  stop.throwIfAborted();
  const queue = settings.redisUrl === undefined ? { postgres: connection } : { redisUrl: settings.redisUrl };
  const policies = loadPolicies(settings.policies);
  const phrases = loadPhrases();
  const wording = { zh: words('zh', phrases, settings.timeZone), en: words('en', phrases, settings.timeZone) };
  const media = role === 'all' || role === 'dispatch' ? openMedia(mediaOptions(settings, clock)) : undefined;
  if (media) endings.add('pictures and sound', () => media.close());
  let demo: CountySwitch | undefined;
  const running = await compose({
    ...(media === undefined ? {} : { media }),
    ...(setBack === undefined ? {} : { setBack }),
    ...(role === 'all' ? { demo: lateSwitch(() => demo) } : {}),
    role,
    settings,
    store,
    queue,
    clock,
    log,
    policies,
    words: wording,
    drivers,
    version: packageJson.version,
  });
  endings.add('the rooms', () => running.close());
  stop.throwIfAborted();
  const httpAddress = await running.http.listen({ host: settings.bind, port: settings.httpPort });
  const httpsPort = await running.https?.listen();
  if (role === 'all' || role === 'dispatch') await welcome(store, clock, httpAddress);
  const county = new CountySwitch({ http: httpAddress, running, store, clock, settings, log, print });
  demo = county;
  endings.add('the demo county', () => county.close());
  print(readyLine(httpAddress, httpsPort, settings, running));
  running.walk();
  const { standstill } = settings.watchdog;
  if (standstill > 0) {
    const watchdog = startWatchdog(seconds(standstill));
    endings.add('the watchdog', watchdog.stop);
  }
  // Both are kept now and not at the end, which a kill would not come to.
  flushCompileCache();
  await keepClock(settings.data, clock.now(), log);
  return withDemo ? county.startForGood() : undefined;
}

/** The rooms are put together before there is an address that the demo's devices could speak to. */
function lateSwitch(demo: () => DemoSwitch | undefined): DemoSwitch {
  const there = (): DemoSwitch => {
    const found = demo();
    if (!found) throw new Fault('demo-unavailable', 'The product is still starting');
    return found;
  };
  return { state: () => there().state(), start: () => there().start(), end: () => there().end() };
}

function mediaOptions({ ffmpegBin }: Settings, clock: Clock): Parameters<typeof openMedia>[0] {
  // That ffmpeg was found is no news; that it was not, is.
  const quieter = { info: log.debug.bind(log), warn: log.warn.bind(log) };
  return { log: quieter, now: () => clock.now(), ...(ffmpegBin === undefined ? {} : { ffmpegBin }) };
}

async function openRecord({ data, databaseUrl }: Settings): Promise<Connection> {
  if (databaseUrl !== undefined) {
    const tell = (why: string, left: number) => warn(`waiting for PostgreSQL at ${hostOf(databaseUrl)} (${why}); giving up in ${left} s`);
    await onceUp(() => migrate(databaseUrl, log), { patience: databasePatience, tell, signal: stop });
    return databaseUrl;
  }
  const embedded = await startEmbedded({ dataDir: data, log });
  endings.add('PostgreSQL', () => embedded.stop());
  stop.throwIfAborted();
  await migrate(embedded.connection, log);
  return embedded.connection;
}

/** Without user and password; a server reached through a socket's folder has no host. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'its socket';
}

/** Whoever starts on an empty record is told how to get in. */
async function welcome(store: Store, clock: Clock, httpAddress: string): Promise<void> {
  const { adminPassword } = settings;
  const first = await firstAccount({ db: store.desk, clock, ...(adminPassword === undefined ? {} : { adminPassword }) });
  if (first.outcome === 'link') print(`set up the first account within one hour: ${httpAddress}${first.path}`);
}

/** The first SIGTERM or SIGINT asks for a stop; a second one kills, as if nobody listened. */
function listenForStop(): { readonly signal: AbortSignal; readonly asked: Promise<void> } {
  const controller = new AbortController();
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => {
      log.info({ signal: name }, 'stopping');
      setTimeout(cutShort, stopWithin).unref();
      controller.abort();
      resolve();
    });
  }
  return { signal: controller.signal, asked };
}

function cutShort(): void {
  log.warn({ afterMs: stopWithin }, 'the stop took too long and was cut short; what was left undone is taken up at the next start');
  process.exit(stopped);
}

function giveUp(error: unknown): number {
  log.fatal({ err: error }, 'Baiying could not start');
  warn(explain(error));
  setTimeout(() => process.exit(failed), stopWithin).unref();
  return error instanceof Fault && error.code === 'settings-unfit' ? badSettings : failed;
}

function readyLine(http: string, https: number | undefined, { bind }: Settings, { broker }: Running): string {
  const host = bind.includes(':') ? `[${bind}]` : bind;
  const { mqtt, mqtts, ws } = broker?.ports ?? {};
  const addresses = [
    http,
    mqtt && `mqtt://${host}:${mqtt}`,
    mqtts && `mqtts://${host}:${mqtts}`,
    ws && `ws://${host}:${ws}`,
    https && `https://${host}:${https}`,
  ];
  return `ready ${addresses.filter(Boolean).join(' ')}`;
}

interface Options {
  readonly role: Role;
  readonly demo: boolean;
}

function readArguments(): Options {
  try {
    const { values } = parseArgs({
      options: { role: { type: 'string', default: 'all' }, demo: { type: 'boolean', default: false } },
      strict: true,
    });
    const role = roles.find((known) => known === values.role);
    if (role) return { role, demo: values.demo };
    return refuse(`--role ${values.role}: must be one of ${roles.join(', ')}`);
  } catch (error) {
    return refuse(explain(error));
  }
}

function readSettings(): Settings {
  try {
    return loadSettings({ env: process.env, cwd: process.cwd() }).settings;
  } catch (error) {
    if (error instanceof SettingsFault) return refuse(describeFaults(error.faults));
    throw error;
  }
}

function refuse(why: string): never {
  warn(why);
  process.exit(badSettings);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what uses it, or set another port (0 takes a free one)`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} may not be used by this user: set a port above 1023`;
  return messageOf(error);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
