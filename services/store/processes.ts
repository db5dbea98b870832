import { readFileSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Whether a process of this id lives. A process of another user counts as living; one that ended and was not fetched
 * by its parent does not: in a container whose first process fetches nobody, it stays for good.
 */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || !ended(pid);
}

function ended(pid: number): boolean {
  try {
    return afterName(readFileSync(`/proc/${pid}/stat`, 'utf8'))[0] === 'Z';
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH';
  }
}

/** The fields of /proc/<pid>/stat (proc(5)) from the third on: the name before them may hold spaces and brackets. */
const afterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** Sends a signal; a process that is gone already is no fault. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** Resolves with true once the process is gone, with false when it still lives after `within` milliseconds. */
export async function gone(pid: number, within: number): Promise<boolean> {
  const end = performance.now() + within;
  while (alive(pid)) {
    if (performance.now() >= end) return false;
    await sleep(10);
  }
  return true;
}

/**
 * What tells this process from a later one with the same id: the boot and the tick it started at (proc(5), field 22 of
 * stat). Containers hand out the same small ids at every start, so an id alone proves nothing. '' where there is no /proc.
 */
export async function birthOf(pid: number): Promise<string> {
  const stat = await readOr(`/proc/${pid}/stat`, '');
  const boot = await readOr('/proc/sys/kernel/random/boot_id', '');
  const ticks = afterName(stat)[19];
  return ticks === undefined ? '' : `${boot.trim()}/${ticks}`;
}

/** The working folder of a process, or undefined where the system does not tell. */
export async function folderOf(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}

/** The text of a file, or `otherwise` when there is no such file or it may not be read. */
export async function readOr(path: string, otherwise: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return otherwise;
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
