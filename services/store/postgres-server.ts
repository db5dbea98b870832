import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, exitOf, logSince, openLog, serverArguments, startFault } from './postgres-cluster.ts';
import { alive, folderOf, gone, readOr, signal } from './processes.ts';

/** A postmaster that takes connections: started by us, or found. */
export interface Server {
  readonly pid: number;
  /** The folder of its socket. */
  readonly socket: string;
  /** Resolves when the process is gone, however it went. Keeps this process alive until then. */
  readonly ended: Promise<void>;
  /** Once false, the id may belong to any other process. */
  running(): boolean;
}

const longestStart = 120_000;
const longestStop = 20_000;
const look = 5;
const socketPrefix = 'baiying-';

/**
 * A running server of this cluster: the one that outlived its Baiying, or a new one. A server that runs with other
 * settings than ours (an update came between) is stopped and started anew.
 * @throws Fault `record-unavailable` with the end of PostgreSQL's log
 */
export async function findOrStart(cluster: Cluster): Promise<Server> {
  const found = await findServer(cluster);
  if (found === undefined) return startInNewFolder(cluster);
  const command = [cluster.runner.path('postgres'), ...serverArguments(cluster, found.socket).map((argument) => `"${argument}"`)].join(' ');
  if ((await readOr(`${cluster.folder}/postmaster.opts`, '')).trim() === command) return found;
  await stopServer(found);
  return startServer(cluster, found.socket);
}

async function startInNewFolder(cluster: Cluster): Promise<Server> {
  const socket = await makeSocketFolder(cluster);
  try {
    return await startServer(cluster, socket);
  } catch (error) {
    await removeSocketFolder(socket);
    throw error;
  }
}

/** Starts the postmaster, waits out backends of one that crashed, and resolves when it takes connections. */
export async function startServer(cluster: Cluster, socket: string): Promise<Server> {
  const end = performance.now() + longestStart;
  for (;;) {
    await clearDead(cluster);
    const log = await openLog(cluster);
    // Its own group: Ctrl-C in the terminal must reach Baiying alone, which stops PostgreSQL last.
    const child = cluster.runner.run('postgres', serverArguments(cluster, socket), {
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    });
    const exit = exitOf(child);
    const running = () => child.exitCode === null && child.signalCode === null;
    await log.close();
    const { pid } = child;
    if (pid !== undefined && (await ready(cluster, pid, running))) return { pid, socket, running, ended: exit.then(() => undefined) };
    const code = await exit;
    const held = /still in use|lock file .* already exists/.test(await logSince(cluster, log.from));
    if (!held || performance.now() > end) throw await startFault(cluster, log.from, `it ended with ${code}`);
    await sleep(50);
  }
}

/** SIGINT disconnects everyone and writes a checkpoint; the next signals only come when that does not end. */
export async function stopServer(server: Server): Promise<void> {
  for (const [name, wait] of [
    ['SIGINT', longestStop],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (!server.running()) break;
    signal(server.pid, name);
    if (await gone(server.pid, wait)) break;
  }
  await server.ended;
}

/** Removes the socket's folder, if it is one that we made. */
export async function removeSocketFolder(socket: string): Promise<void> {
  if (socket.includes(`/${socketPrefix}`)) await rm(socket, { recursive: true, force: true });
}

/** Socket paths end at 107 bytes (sun_path), so the folder never stands below the data folder. */
async function makeSocketFolder(cluster: Cluster): Promise<string> {
  const base = tmpdir().length > 60 ? '/tmp' : tmpdir();
  const folder = await mkdtemp(join(base, socketPrefix));
  await chmod(folder, 0o700);
  await cluster.runner.own(folder);
  return folder;
}

interface PidFile {
  readonly pid: number;
  readonly socket: string;
  readonly ready: boolean;
}

/** postmaster.pid by lines: 1 process id, 2 data folder, 3 start, 4 port, 5 socket folder, 6 listen address, 7 memory key, 8 status. */
async function readPidFile(cluster: Pick<Cluster, 'folder'>): Promise<PidFile | undefined> {
  const lines = (await readOr(`${cluster.folder}/postmaster.pid`, '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socket: lines[4]?.trim() ?? '', ready: lines[7]?.trim() === 'ready' };
}

async function ready(cluster: Cluster, pid: number, running: () => boolean): Promise<boolean> {
  while (running()) {
    const file = await readPidFile(cluster);
    if (file?.pid === pid && file.ready) return true;
    await sleep(look);
  }
  return false;
}

/** The socket's folder of the server that runs on this cluster now; undefined when none takes connections. Changes nothing. */
export async function socketOf(cluster: Pick<Cluster, 'folder'>): Promise<string | undefined> {
  const file = await readPidFile(cluster);
  if (file === undefined || !file.ready) return undefined;
  return (await isPostmaster(file.pid, cluster)) ? file.socket : undefined;
}

/** The server that outlived its Baiying. Waits for one that is starting or stopping. */
async function findServer(cluster: Cluster): Promise<Server | undefined> {
  const end = performance.now() + longestStart;
  for (;;) {
    const file = await readPidFile(cluster);
    if (file === undefined) return undefined;
    if (!(await isPostmaster(file.pid, cluster))) {
      await clearDead(cluster);
      await removeSocketFolder(file.socket);
      return undefined;
    }
    if (file.ready) return { pid: file.pid, socket: file.socket, running: () => alive(file.pid), ended: watched(file.pid) };
    if (performance.now() > end) throw await startFault(cluster, 0, `process ${file.pid} neither gets ready nor ends`);
    await sleep(look);
  }
}

/**
 * Clears away the lock files of a postmaster that is gone. PostgreSQL only looks whether any process has that id, which
 * after a reboot or in a container is often the case.
 */
async function clearDead(cluster: Cluster): Promise<void> {
  const file = await readPidFile(cluster);
  if (file === undefined || (await isPostmaster(file.pid, cluster))) return;
  await rm(`${cluster.folder}/postmaster.pid`, { force: true });
  if (file.socket !== '') await rm(`${file.socket}/.s.PGSQL.5432.lock`, { force: true });
}

/** A postmaster's working folder is its cluster; where the system does not tell, living is taken for proof. */
async function isPostmaster(pid: number, cluster: Pick<Cluster, 'folder'>): Promise<boolean> {
  if (!alive(pid)) return false;
  const folder = await folderOf(pid);
  return folder === undefined || folder === cluster.folder;
}

/** A process that is not our child can only be asked now and then. */
async function watched(pid: number): Promise<void> {
  while (alive(pid)) await sleep(100);
}
