import type { ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../errors.ts';
import type { Runner } from './postgres-runner.ts';
import { readOr } from './processes.ts';

/** Where one cluster lives, and who runs it. */
export interface Cluster {
  readonly folder: string;
  readonly logFile: string;
  /** How many may connect at once; what one Baiying needs when not said. */
  readonly connections?: number;
  readonly runner: Runner;
}

/** The user of the cluster. It has no password: its socket stands in a folder that only we may enter. */
export const superuser = 'baiying';

const major = '18';
const longestLog = 10_000_000;
// One call for the file system instead of a thousand for the files: after a kill on a busy disk, 0.3 s instead of 1 to 2.
const syncMethod = process.platform === 'linux' ? 'syncfs' : 'fsync';
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  // An alarm is acknowledged after its commit: the commit must be on the disk by then.
  synchronous_commit: 'on',
  fsync: 'on',
  full_page_writes: 'on',
  max_wal_senders: '2',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  recovery_init_sync_method: syncMethod,
  jit: 'off',
  // Each look at a table that grew makes every connection plan its statements anew, in the midst of whatever is going on.
  autovacuum_naptime: '5min',
  // Containers give /dev/shm 64 MB, and no query of ours gains from parallel workers.
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Failed statements carry names and places of people; their callers log what matters.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
};

/** What the postmaster is started with; `socket` is the folder of its socket. */
export function serverArguments(cluster: Cluster, socket: string): string[] {
  const more = cluster.connections === undefined ? {} : { max_connections: String(cluster.connections) };
  const options = { ...settings, ...more, unix_socket_directories: socket };
  return ['-D', cluster.folder, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Makes the cluster where there is none. It is built beside its place and renamed, so that a kill half-way leaves
 * nothing that looks whole.
 * @throws Fault with the end of PostgreSQL's log, or when another major version made the folder
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  const version = (await readOr(`${cluster.folder}/PG_VERSION`, '')).trim();
  if (version === '') await makeCluster(cluster);
  else if (version !== major) {
    throw new Fault(
      'record-unavailable',
      `${cluster.folder} was made by PostgreSQL ${version}, this is ${major}. Dump it there and restore it here.`,
    );
  }
  await cluster.runner.own(cluster.folder);
}

async function makeCluster(cluster: Cluster): Promise<void> {
  const draft = `${cluster.folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await cluster.runner.own(draft);
  const log = await openLog(cluster);
  try {
    const args = [
      '-D',
      draft,
      '-U',
      superuser,
      '-E',
      'UTF8',
      '--locale=C',
      '--auth=trust',
      `--sync-method=${syncMethod}`,
      '--no-instructions',
    ];
    const code = await exitOf(cluster.runner.run('initdb', args, { stdio: ['ignore', log.fd, log.fd] }));
    if (code !== 0) throw await startFault(cluster, log.from, `initdb ended with ${code}`);
  } finally {
    await log.close();
  }
  await rename(draft, cluster.folder);
  await flushFolder(dirname(cluster.folder));
}

/** A rename is on the disk only once its folder is. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

export interface ServerLog {
  readonly fd: number;
  /** Its length when it was opened: what comes after is of this start. */
  readonly from: number;
  close(): Promise<void>;
}

/** Opens PostgreSQL's log to append; one that has grown long is put aside first, so that two of them is all there is. */
export async function openLog(cluster: Cluster): Promise<ServerLog> {
  // A first start has no log yet; any other fault of the folder shows when it is opened for writing.
  const old = await stat(cluster.logFile).catch(() => undefined);
  const long = old !== undefined && old.size > longestLog;
  if (long) await rename(cluster.logFile, `${cluster.logFile}.1`);
  const file = await open(cluster.logFile, 'a', 0o600);
  return { fd: file.fd, from: long ? 0 : (old?.size ?? 0), close: () => file.close() };
}

/** What PostgreSQL wrote to its log since `from`. */
export async function logSince(cluster: Cluster, from: number): Promise<string> {
  const all = await readFile(cluster.logFile);
  return all.subarray(Math.max(from, all.length - 4000)).toString('utf8');
}

export async function startFault(cluster: Cluster, from: number, what: string): Promise<Fault> {
  const said = (await logSince(cluster, from)).trim();
  return new Fault('record-unavailable', `The built-in PostgreSQL does not start: ${what}. Its log (${cluster.logFile}) says:\n${said}`);
}

/** The exit code, or null when a signal ended it. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
