import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { find } from '../bench/processes.ts';
import { type StartedRedis, startRedis } from '../bench/redis.ts';
import { type Chance, chance } from '../demo/random.ts';
import { type Product, type ProductRole, superviseProduct } from './product.ts';
import { keepLog, say } from './say.ts';

/** What one row works with: everything that it starts here is stopped when the row ends, whatever came of it. */
export interface Bench {
  readonly random: Chance;
  /** Starts the product and waits until it can be used. */
  product(env?: Readonly<Record<string, string>>, role?: ProductRole): Promise<Product>;
  /** @throws Absent where no redis-server is installed */
  redis(evicts?: string): Promise<StartedRedis>;
  defer(end: () => unknown): void;
}

const readyWithin = 60_000;

/** This machine lacks what the row is made with: it is then not run. */
export class Absent extends Error {}

export interface OpenBench extends Bench {
  /** Stops all in the reverse order. @param kept whether the products' logs are saved; where they are */
  close(kept: boolean): Promise<readonly string[]>;
}

export function openBench(seed: number, row: number): OpenBench {
  const ends: (() => unknown)[] = [];
  const products: Product[] = [];
  const defer = (end: () => unknown): void => void ends.push(end);
  return {
    random: chance(seed, `row ${row}`),
    defer,
    async product(env = {}, role = 'all') {
      const product = await superviseProduct(env, role);
      products.push(product);
      defer(product.stop);
      await untilUsable(product);
      return product;
    },
    async redis(evicts) {
      const program = find('redis-server');
      if (program === undefined) throw new Absent('redis-server is not installed (Debian: apt-get install redis-server)');
      const redis = await startRedis(program, 'everysec', evicts);
      defer(redis.stop);
      return redis;
    },
    async close(kept) {
      const logs = kept ? await Promise.all(products.map(keepLog)) : [];
      for (const end of ends.toReversed()) await ended(end);
      return logs;
    },
  };
}

/** One end that fails must not keep the others from theirs. */
async function ended(end: () => unknown): Promise<void> {
  try {
    await end();
  } catch (error) {
    say(`could not be put away: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The first account is made between listening and the ready line. */
async function untilUsable(product: Product): Promise<void> {
  const told = async () => (await readFile(product.logFile, 'utf8')).includes('ready http');
  await until('the product is ready', readyWithin, async () => (await told()) && (await product.ready()));
}

/** @throws when it does not come true in time; milliseconds that it took */
export async function until(what: string, within: number, holds: () => boolean | Promise<boolean>, look = 20): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > within) throw new Error(`not within ${within / 1000} s: ${what}`);
    await pause(look);
  }
  return performance.now() - began;
}

/** Resident memory of a process, in MB. */
export async function memoryOf(pid: number): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes ?? Number.NaN) / 1024);
}

/** One of them may end by itself between being listed and being hit. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** Stops a process where it stands for so long, as a machine does that is out of breath. */
export async function freeze(pids: readonly number[], length: number): Promise<void> {
  signalAll(pids, 'SIGSTOP');
  try {
    await pause(length);
  } finally {
    signalAll(pids, 'SIGCONT');
  }
}
