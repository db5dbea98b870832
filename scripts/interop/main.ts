import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../bench/processes.ts';
import { say } from '../torture/say.ts';
import { interopPage, type Tried } from './page.ts';
import { held, type Result } from './result.ts';
import { run, runMosquitto, runPaho } from './suites.ts';
import { openWideEar } from './wide-ear.ts';

/**
 * `npm run interop`: the tests that others wrote for MQTT 3.1.1 brokers, against the product's ear. They are fetched at run
 * time and never kept. A line for each test, JSON on stdout's last line, exit code 1 where a test fails without a reason.
 */
const [kept, broken, misused] = [0, 1, 2];
const sources = {
  paho: { url: 'https://github.com/eclipse/paho.mqtt.testing.git', branch: 'master' },
  mosquitto: { url: 'https://github.com/eclipse-mosquitto/mosquitto.git', branch: 'v2.0.22' },
} as const;

const { values } = parseArgs({
  options: { paho: { type: 'string' }, mosquitto: { type: 'string' }, write: { type: 'boolean', default: false } },
});

async function fetched(name: keyof typeof sources, given: string | undefined, work: string): Promise<string> {
  if (given !== undefined) return given;
  const { url, branch } = sources[name];
  const folder = join(work, `${name}-clone`);
  const { code, said } = await run('git', ['clone', '-q', '--depth', '1', '--branch', branch, url, folder], work);
  if (code === 0) return folder;
  say(`${said.trim()}\n${url} could not be fetched; give a clone of it: npm run interop -- --${name} FOLDER`);
  return process.exit(misused);
}

async function versionOf(folder: string): Promise<string> {
  const { code, said } = await run('git', ['log', '-1', '--format=%h of %cs'], folder);
  return code === 0 ? said.trim() : 'of unknown version';
}

function tell({ suite, test, passed, why }: Result): void {
  process.stdout.write(`${passed ? 'passed' : 'failed'}  ${suite.padEnd(9)}  ${test}${passed ? '' : `\n        ${why}`}\n`);
}

const work = await mkdtemp(join(tmpdir(), 'baiying-interop-'));
try {
  const [paho, mosquitto] = [await fetched('paho', values.paho, work), await fetched('mosquitto', values.mosquitto, work)];
  const tried: Tried = {
    results: [
      ...(await runPaho(paho, (await openWideEar(0)).port)),
      ...(await runMosquitto(mosquitto, join(work, 'mosquitto'), await freePort())),
    ],
    versions: { paho: await versionOf(paho), mosquitto: await versionOf(mosquitto) },
  };
  for (const result of tried.results) tell(result);
  if (values.write) await writeFile(join(import.meta.dirname, '..', '..', 'docs', 'interop.md'), interopPage(tried));
  const holds = held(tried.results);
  process.stdout.write(`${JSON.stringify({ interop: holds ? 'held' : 'broken', ...tried })}\n`);
  process.exitCode = holds ? kept : broken;
} finally {
  await rm(work, { recursive: true, force: true });
}
process.exit();
