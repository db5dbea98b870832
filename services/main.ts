import { parseArgs } from 'node:util';
import { pino } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import { describeFaults, loadSettings, SettingsFault } from '../config/load.ts';
import { loadPhrases } from '../config/phrases/load.ts';
import { loadPolicies } from '../config/policies/load.ts';
import type { Settings } from '../config/schema.ts';
import { drivers } from '../devices/catalogue.ts';
import type { CountyParts, DemoCounty } from '../scripts/demo/county.ts';
import { seconds } from './alarm/index.ts';
import { systemClock } from './clock.ts';
import { compose, roles, type Role, type Running } from './compose.ts';
import { firstAccount } from './dispatch/first-account.ts';
import { openStore } from './store/connect.ts';
import { databaseTime } from './store/database-time.ts';
import { startEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { words } from './words.ts';

/** Exit codes: 0 stopped as asked, 1 could not start or had to give up, 2 the settings have faults. */
const [failed, badSettings] = [1, 2];
/** After this a stop that hangs is cut short; the record needs no farewell. */
const stopWithin = seconds(9);

const options = readArguments();
const settings = readSettings();
const log = pino({ level: settings.logLevel, base: { role: options.role }, redact: ['*.password', '*.secret', '*.authorization'] }, pino.destination(2));

try {
  await run(options, settings);
} catch (error) {
  log.fatal({ err: error }, 'Baiying could not start');
  process.stderr.write(`${explain(error)}\n`);
  process.exit(failed);
}

async function run({ role, demo }: Options, settings: Settings): Promise<void> {
  const embedded = settings.databaseUrl === undefined ? await startEmbedded({ dataDir: settings.data, log }) : undefined;
  const connection = embedded?.connection ?? settings.databaseUrl ?? '';
  await migrate(connection, log);
  const store = await openStore({ connection, log });
  const clock = await systemClock(() => databaseTime(store.urgent), log);
  const queue = settings.redisUrl === undefined ? { postgres: connection } : { redisUrl: settings.redisUrl };
  const policies = loadPolicies(settings.policies);
  const phrases = loadPhrases();
  const wording = { zh: words('zh', phrases), en: words('en', phrases) };
  const running = await compose({ role, settings, store, queue, clock, log, policies, words: wording, drivers, version: packageJson.version });
  const httpAddress = await running.http.listen({ host: settings.bind, port: settings.httpPort });

  let county: DemoCounty | undefined;
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(failed), stopWithin).unref();
    await county?.stop();
    await running.close();
    clock.stop();
    await store.close();
    await embedded?.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

  const first = await firstAccount({ db: store.desk, clock, ...(settings.adminPassword === undefined ? {} : { adminPassword: settings.adminPassword }) });
  if (first.outcome === 'link') print(`set up the first account within one hour: ${httpAddress}${first.path}`);
  print(readyLine(httpAddress, settings, running));
  if (demo) county = await startDemo({ http: httpAddress, running, store, clock, settings, log, print });
  await county?.alive;
}

function readyLine(http: string, { bind }: Settings, { broker }: Running): string {
  const host = bind.includes(':') ? `[${bind}]` : bind;
  const { mqtt, mqtts, ws } = broker?.ports ?? {};
  const addresses = [http, mqtt && `mqtt://${host}:${mqtt}`, mqtts && `mqtts://${host}:${mqtts}`, ws && `ws://${host}:${ws}`];
  return `ready ${addresses.filter(Boolean).join(' ')}`;
}

/** The county of simulated devices lives beside the product, speaks to it as real devices would, and is loaded only when asked for. */
async function startDemo(parts: CountyParts): Promise<DemoCounty> {
  const { startCounty } = await import('../scripts/demo/county.ts');
  return startCounty(parts);
}

interface Options {
  readonly role: Role;
  readonly demo: boolean;
}

function readArguments(): Options {
  try {
    const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' }, demo: { type: 'boolean', default: false } }, strict: true });
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
  process.stderr.write(`${why}\n`);
  process.exit(badSettings);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what uses it, or set another port (0 takes a free one)`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} may not be used by this user: set a port above 1023`;
  return error.message;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
