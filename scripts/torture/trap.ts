import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Failpoint } from '../../services/failpoint.ts';
import type { Bench } from './bench.ts';

/** What happens to the process that passes a failpoint. */
export interface Step {
  readonly at: Failpoint;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** A step that was taken: by which process, and when in ms since 1970. */
export interface Taken {
  readonly pid: number;
  readonly at: number;
}

/** Lies in wait at the failpoints of the processes that were started with its environment. */
export interface Trap {
  readonly env: Readonly<Record<string, string>>;
  /** Sets the steps, each taken by whoever passes there first once the one before was taken. */
  set(steps: readonly Step[]): Promise<void>;
  /** In the order in which they were set. */
  taken(): Promise<readonly Taken[]>;
}

export const trapVariable = 'TORTURE_TRAP';
export const trapFolders = (folder: string) => ({ waiting: join(folder, 'waiting'), passed: join(folder, 'passed') });

export async function layTrap(bench: Pick<Bench, 'defer'>): Promise<Trap> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-trap-'));
  bench.defer(() => rm(folder, { recursive: true, force: true }));
  const { waiting, passed } = trapFolders(folder);
  for (const made of [waiting, passed]) await mkdir(made);
  let count = 0;
  return {
    env: { [trapVariable]: folder, NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'armed.ts')).href}` },
    async set(steps) {
      // The first one last, so that nobody finds a later one standing in front.
      const files = steps.map(({ at, signal }, index) => `${String(count + index).padStart(4, '0')}.${at}.${signal}`);
      count += steps.length;
      for (const file of files.toReversed()) await writeFile(join(waiting, file), '');
    },
    async taken() {
      const files = (await readdir(passed)).toSorted();
      return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(passed, file), 'utf8')) as Taken));
    },
  };
}
