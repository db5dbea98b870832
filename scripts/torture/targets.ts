import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { find } from '../bench/processes.ts';
import { startRedis } from '../bench/redis.ts';
import type { Chance } from '../demo/random.ts';
import { signalAll } from './bench.ts';
import { type Product, superviseProduct } from './product.ts';

export const targetNames = ['process', 'database', 'redis'] as const;
export type TargetName = (typeof targetNames)[number];

/** One thing that gets killed, beside a running product. */
export interface Target {
  readonly product: Product;
  /** kill -9. Gives what was hit in words, and what must hold, besides the product's own word, for it to be back. */
  strike(): Promise<{ readonly hit: string; readonly back: () => Promise<boolean> }>;
  stop(): Promise<void>;
}

/** Longest time for which a killed Redis stays away, in ms. */
const longestAway = 3000;
const always = async (): Promise<boolean> => true;

/** The product with what is to be killed; undefined where this machine lacks the program for it. */
export async function startTarget(name: TargetName, random: Chance): Promise<Target | undefined> {
  switch (name) {
    case 'process':
      return processTarget(await superviseProduct({}));
    case 'database':
      return databaseTarget(await superviseProduct({}), random);
    case 'redis': {
      const program = find('redis-server');
      return program === undefined ? undefined : redisTarget(program, random);
    }
    default:
      return name satisfies never;
  }
}

const processTarget = (product: Product): Target => ({
  product,
  stop: product.stop,
  strike: async () => {
    await product.kill();
    return { hit: 'node process', back: always };
  },
});

/** The process id of the database that the product started. */
export const postmasterOf = async ({ data }: Pick<Product, 'data'>): Promise<number> =>
  Number((await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);

function databaseTarget(product: Product, random: Chance): Target {
  const postmaster = () => postmasterOf(product);
  return {
    product,
    stop: product.stop,
    async strike() {
      const pid = await postmaster();
      const children = await childrenOf(pid);
      const elsewhere = async () => (await postmaster().catch(() => pid)) !== pid;
      const backends = children.filter((child) => child.command.includes('[local]')).map((child) => child.pid);
      const whole = ['postmaster', 'postmaster and all its processes'] as const;
      // Just after a crash there may be no backend yet.
      const how = random.pick(backends.length > 0 ? ([...whole, 'one backend'] as const) : whole);
      const victims = {
        postmaster: [pid],
        'postmaster and all its processes': [pid, ...children.map((child) => child.pid)],
        'one backend': how === 'one backend' ? [random.pick(backends)] : [],
      }[how];
      signalAll(victims, 'SIGKILL');
      return { hit: how, back: how === 'one backend' ? always : elsewhere };
    },
  };
}

async function redisTarget(program: string, random: Chance): Promise<Target> {
  const redis = await startRedis(program, 'everysec');
  const product = await superviseProduct({ REDIS_URL: redis.url });
  return {
    product,
    async strike() {
      const away = random.whole(0, longestAway);
      await redis.kill();
      const started = pause(away).then(redis.start);
      await started;
      return { hit: `redis-server, away for ${away} ms`, back: always };
    },
    stop: () => product.stop().then(redis.stop),
  };
}

/** A process and all that it started, as PostgreSQL is as a whole. */
export async function familyOf(pid: number): Promise<readonly number[]> {
  const children = await Promise.all((await childrenOf(pid)).map((child) => familyOf(child.pid)));
  return [pid, ...children.flat()];
}

export async function childrenOf(parent: number): Promise<readonly { readonly pid: number; readonly command: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process that ended while we looked is nobody's child any more.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[1]) === parent ? { pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') } : undefined;
    }),
  );
  return found.filter((child) => child !== undefined);
}
