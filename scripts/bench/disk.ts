import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Figures, figuresOf } from './figures.ts';

const page = Buffer.alloc(8192, 1);
const pages = 256;
const flushes = 300;
const gap = 10;

/**
 * How long this machine's disk takes to keep one page of 8 KiB, in a file that has its place already, as a database's log does it.
 * What waits for its call to be kept takes that long at least.
 */
export async function flushOfDisk(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-disk-'));
  const file = await open(join(folder, 'log'), 'w');
  try {
    for (let number = 0; number < pages; number += 1) await file.write(page, 0, page.length, number * page.length);
    await file.sync();
    const samples: number[] = [];
    for (let number = 0; number < flushes; number += 1) {
      await file.write(page, 0, page.length, (number % pages) * page.length);
      const before = performance.now();
      await file.datasync();
      samples.push(performance.now() - before);
      await pause(gap);
    }
    return figuresOf(samples);
  } finally {
    await file.close();
    await rm(folder, { recursive: true, force: true });
  }
}
