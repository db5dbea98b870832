import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real documents that lie beside the checkout and not in it. Tests that need them are skipped where they are absent. */

const folder = process.env['BAIYING_FIXTURES'] ?? fileURLToPath(new URL('../../shared/fixtures', import.meta.url));

/** Whether there is such a folder of fixtures; says in one line what is not tested where there is none. */
export function haveFixtures(name: string): boolean {
  const there = existsSync(join(folder, name, 'index.json'));
  if (!there) process.stdout.write(`no ${name} in ${folder}: its documents are not tested (BAIYING_FIXTURES names the folder)\n`);
  return there;
}

export const readFixture = (...path: readonly string[]): Buffer => readFileSync(join(folder, ...path));

export const readJson = (...path: readonly string[]): unknown => JSON.parse(readFixture(...path).toString('utf8'));
