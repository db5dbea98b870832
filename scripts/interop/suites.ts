import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../torture/say.ts';
import { type Result, reasons } from './result.ts';

const here = import.meta.dirname;
/** One file may take so long. */
const patience = 120_000;

export interface Ran {
  readonly code: number;
  readonly said: string;
}

/** Runs a program to its end, and ends what it leaves behind. @throws where it is not there */
export async function run(program: string, args: readonly string[], cwd: string): Promise<Ran> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const closed = once(child, 'close');
  const [code] = (await once(child, 'exit')) as [number | null];
  endGroup(child.pid);
  await closed;
  return { code: code ?? -1, said };
}

/** A test that failed may not have stopped its broker. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Paho's tests of MQTT 3.1.1. @param folder a clone of paho.mqtt.testing */
export async function runPaho(folder: string, port: number): Promise<readonly Result[]> {
  const { said } = await run('python3', [join(here, 'paho.py'), String(port)], join(folder, 'interoperability'));
  return said.split('\n').flatMap((line) => {
    if (!line.startsWith('RESULT ')) return [];
    const { test, passed, why } = JSON.parse(line.slice('RESULT '.length)) as Omit<Result, 'suite'>;
    return [{ suite: 'paho', test, passed, why: reasons[test] ?? why }];
  });
}

/** What a test of Mosquitto's holds that is not about the protocol but about Mosquitto's configuration. */
const configures = /write_config|\.conf|use_conf|cmd=|cmd_args|dynsec|plugin|ssl/;

/** The files of test/broker that start a broker with a port and nothing else. */
export async function withoutConfiguration(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d.*\.py$/.test(name)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return names.filter((name, index) => {
    const text = texts[index] ?? '';
    return text.includes('start_broker') && !configures.test(text) && !existsSync(join(folder, name.replace(/py$/, 'conf')));
  });
}

const asksForMqtt5Alone = 77;

/**
 * Mosquitto's broker tests, each with an ear of its own: they start `../../src/mosquitto`, which is the ear here.
 * @param folder a clone of Mosquitto @param work an empty folder
 */
export async function runMosquitto(folder: string, work: string, firstPort: number): Promise<readonly Result[]> {
  await cp(join(folder, 'test'), join(work, 'test'), { recursive: true });
  await mkdir(join(work, 'src'));
  await writeFile(join(work, 'src', 'mosquitto'), `#!/bin/sh\nexec '${process.execPath}' '${join(here, 'ear.ts')}' "$@"\n`);
  await chmod(join(work, 'src', 'mosquitto'), 0o755);
  const broker = join(work, 'test', 'broker');
  const results: Result[] = [];
  for (const [index, test] of (await withoutConfiguration(broker)).entries()) {
    const once = (port: number) => run('python3', [join(here, 'mosquitto.py'), test, String(port)], broker);
    let { code, said } = await once(firstPort + 2 * index);
    // They give a broker two seconds to start, which a machine that others share does not always keep.
    if (code > 0 && code !== asksForMqtt5Alone && !(test in reasons)) ({ code, said } = await once(firstPort + 2 * index + 1));
    if (code === asksForMqtt5Alone) continue;
    results.push({ suite: 'mosquitto', test, passed: code === 0, why: reasons[test] ?? lastWords(said) });
    say(`${code === 0 ? 'passed' : 'failed'}  ${test}`);
  }
  return results;
}

const lastWords = (said: string): string =>
  said
    .split('\n')
    .find((line) => line.startsWith('FAIL'))
    ?.slice(0, 200) ?? said.trim().slice(-200);
