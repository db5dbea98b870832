import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, freeze, signalAll, until } from '../bench.ts';
import { smallDisk } from '../disk.ts';
import type { Product } from '../product.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';
import { familyOf, postmasterOf } from '../targets.ts';

/** What happens to PostgreSQL and its disk. */

const crowd = { keys: 40, rate: 30, lasts: 14 } as const;

/** All its processes; milliseconds until the product called itself ready on another one. */
export async function killDatabase(product: Product): Promise<number> {
  const at = performance.now();
  const pid = await postmasterOf(product);
  signalAll(await familyOf(pid), 'SIGKILL');
  await until('another database', 60_000, async () => (await postmasterOf(product).catch(() => pid)) !== pid);
  await until('ready again', 60_000, product.ready);
  return Math.round(performance.now() - at);
}

async function databaseKilled(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { value, violations } = await besiege(bench, { product, ...crowd }, async () => {
    await pause(3000);
    return killDatabase(product);
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [`ready again after ${value} ms`, value <= 15_000, 'timed'],
    ],
    violations,
  );
}

async function databaseFrozen(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { violations, told, figures } = await besiege(bench, { product, ...crowd }, async () => {
    await pause(2000);
    const pid = await postmasterOf(product);
    await freeze(await familyOf(pid), 10_000);
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [told.length > 0 ? `told: ${told[0]}` : 'nothing was told of it', told.length > 0],
      [`slowest acknowledgement ${figures.acknowledge.max} ms`, figures.acknowledge.max <= 20_000, 'timed'],
    ],
    violations,
  );
}

async function fill(file: string): Promise<void> {
  const block = Buffer.alloc(2 ** 20);
  for (;;) {
    try {
      await appendFile(file, block);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
      throw error;
    }
  }
}

async function diskFull(bench: Bench): Promise<Found> {
  const disk = await smallDisk(bench, 256);
  const product = await bench.product({ BAIYING_DATA: join(disk, 'data') });
  const { violations, told } = await besiege(bench, { product, ...crowd }, async () => {
    await pause(2000);
    await fill(join(disk, 'filler'));
    await pause(5000);
    await rm(join(disk, 'filler'));
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [told.length > 0 ? `told: ${told.join(' / ').slice(0, 200)}` : 'nothing was told of it', told.length > 0],
    ],
    violations,
  );
}

export const recordRows: readonly Row[] = [
  {
    number: 13,
    title: "the record's disk is full",
    bound: 'nothing is acknowledged that is not kept; goes on by itself with room again',
    how: 'a tmpfs of 256 MB that is filled for 5 s under load',
    run: diskFull,
  },
  {
    number: 34,
    title: 'PostgreSQL is killed under load',
    bound: 'nothing acknowledged is lost; ready again within 15 s',
    how: 'kill -9 of the postmaster and all its processes',
    run: databaseKilled,
  },
  {
    number: 35,
    title: 'PostgreSQL is frozen for 10 s',
    bound: 'nothing is lost, people are told, and all presses are acknowledged within 20 s',
    how: 'SIGSTOP of the postmaster and all its processes',
    run: databaseFrozen,
  },
];
