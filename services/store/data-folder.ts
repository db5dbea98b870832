import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readdir, realpath, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../errors.ts';
import { alive, birthOf, codeOf, readOr } from './processes.ts';

export interface FolderLock {
  /** The folder's real path, without symbolic links. */
  readonly path: string;
  release(): Promise<void>;
}

const prefix = 'baiying.pid.';

/**
 * Makes the folder for this user alone (0700) and gives its real path.
 * @throws Fault `record-unavailable` when it cannot be made or belongs to another user
 */
export async function prepareDataFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const real = await realpath(path);
    await chmod(real, 0o700);
    return real;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const remedy = 'Start Baiying as the user it belongs to, or name a folder of your own with BAIYING_DATA.';
    throw new Fault('record-unavailable', `The data folder ${path} cannot be used (${why}). ${remedy}`, [], { cause });
  }
}

/**
 * Takes the data folder for this process. The lock is a numbered file with the holder's id and birth. Whoever finds the
 * newest one's holder gone makes the next number: link(2) gives each number to one process only, and since the newest
 * file is never removed, not even on release, no latecomer can take a number that was passed.
 * @throws Fault `record-unavailable` while another living Baiying holds it
 */
export async function lockDataFolder(path: string): Promise<FolderLock> {
  const folder = await prepareDataFolder(path);
  const draft = join(folder, `baiying.${randomUUID()}`);
  await writeFile(draft, `${process.pid} ${await birthOf(process.pid)}\n`, { mode: 0o600, flush: true });
  try {
    for (;;) {
      const newest = Math.max(0, ...(await numbers(folder)));
      const holder = await livingHolder(join(folder, `${prefix}${newest}`));
      if (holder !== undefined) throw inUse(folder, holder);
      const file = join(folder, `${prefix}${newest + 1}`);
      if (!(await linked(draft, file))) continue;
      const all = await numbers(folder);
      if (all.some((number) => number > newest + 1)) {
        await rm(file, { force: true });
        continue;
      }
      for (const number of all.filter((other) => other <= newest)) await rm(join(folder, `${prefix}${number}`), { force: true });
      return { path: folder, release: () => release(file) };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** The folder may have been removed meanwhile, as tests and people do. */
async function release(file: string): Promise<void> {
  if ((await readOr(file, '')) !== '') await truncate(file);
}

async function numbers(folder: string): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  return names.map((name) => Number(name.slice(prefix.length))).filter((number) => Number.isSafeInteger(number));
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function livingHolder(file: string): Promise<number | undefined> {
  const [pid, birth = ''] = (await readOr(file, '')).trim().split(' ');
  const id = Number(pid);
  if (!Number.isInteger(id) || id <= 0 || !alive(id)) return undefined;
  return (await birthOf(id)) === birth ? id : undefined;
}

const inUse = (folder: string, holder: number) =>
  new Fault(
    'record-unavailable',
    `Another Baiying (process ${holder}) uses the data folder ${folder}. Stop it first, or give this one its own folder with BAIYING_DATA.`,
  );
