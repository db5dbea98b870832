import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../bench/processes.ts';
import { until } from '../torture/bench.ts';

/** A Mosquitto as a city may have it, with a user of ours. It forgets everything when it is killed. */
export interface MosquittoServer {
  readonly url: string;
  kill(): Promise<void>;
  /** Again, on the same port. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function startMosquittoServer(program: string): Promise<MosquittoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-joined-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  await writeFile(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(program, ['-c', config], { stdio: 'ignore' });
    await until('Mosquitto listens', 20_000, () => listens(port));
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    kill,
    start,
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
