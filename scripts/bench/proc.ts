import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel tells of processes (proc(5)); Linux alone has it. */
interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
}

const ticks = 100;

/** User and system time so far of these processes and all below them, in seconds. PostgreSQL's own leave their parent's count while they live. */
export function cpuOf(pids: readonly number[]): number {
  const all = everyone();
  return treeOf(pids, all).reduce((sum, one) => sum + one.seconds, 0);
}

/** Memory of these processes and all below them, in bytes; what several share is counted once. */
export function memoryOf(pids: readonly number[]): number {
  return treeOf(pids, everyone()).reduce((sum, { pid }) => sum + proportional(pid), 0);
}

function treeOf(pids: readonly number[], all: readonly Stat[]): readonly Stat[] {
  const below = (pid: number): readonly Stat[] => all.filter(({ parent }) => parent === pid).flatMap((one) => [one, ...below(one.pid)]);
  return pids.flatMap((pid) => [...all.filter((one) => one.pid === pid), ...below(pid)]);
}

const everyone = (): readonly Stat[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)));

/** The name stands in brackets and may hold anything; fields are counted behind it: ppid 4, utime 14, stime 15, of children that ended 16 and 17. */
function statOf(pid: number): readonly Stat[] {
  const text = readOr(`/proc/${pid}/stat`);
  if (text === undefined) return [];
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const seconds = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) / ticks;
  return [{ pid, parent: Number(fields[1]), seconds }];
}

/** Pss: its own pages, and its part of those that others hold as well. */
function proportional(pid: number): number {
  const text = readOr(`/proc/${pid}/smaps_rollup`) ?? '';
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
}

/** Undefined for a process that is gone. */
function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
}
