import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Product } from './product.ts';

/** For people, beside the JSON on stdout. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Saves the product's log from its data folder, which goes when it is stopped; where it is now. */
export async function keepLog(product: Product): Promise<string> {
  const kept = join(await mkdtemp(join(tmpdir(), 'baiying-torture-log-')), 'product.log');
  await copyFile(product.logFile, kept);
  return kept;
}
