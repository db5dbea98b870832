import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Every package that the lock file brings in stands in packages.txt with its licence, so that a new one is seen and agreed to
 * by a person. Those that may run a script when they are installed are marked there, and allowed or refused in package.json.
 */

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
}
export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}
type Allowed = Readonly<Record<string, boolean>>;

const scripted = 'runs a script when installed';

/** One line for each package and licence: `name  licence  [runs a script when installed]`. */
export function linesOf({ packages }: Lock): readonly string[] {
  const lines = Object.entries(packages).flatMap(([path, { license = 'licence unknown', hasInstallScript }]) => {
    if (path === '') return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [`${name}  ${license}${hasInstallScript === true ? `  ${scripted}` : ''}`];
  });
  return [...new Set(lines)].toSorted();
}

/** What a person has not agreed to yet, or agreed to and is gone. */
export function surprises(lock: Lock, reviewed: readonly string[], allowed: Allowed): readonly string[] {
  const lines = linesOf(lock);
  return [
    ...lines.filter((line) => !reviewed.includes(line)).map((line) => `new: ${line}`),
    ...reviewed.filter((line) => !lines.includes(line)).map((line) => `gone: ${line}`),
    ...lines
      .filter((line) => line.endsWith(scripted) && !(line.slice(0, line.indexOf('  ')) in allowed))
      .map((line) => `neither allowed nor refused in package.json (allowScripts): ${line}`),
    ...Object.entries(lock.packages)
      .filter(([path, { integrity, link }]) => path !== '' && integrity === undefined && link !== true)
      .map(([path]) => `without a hash in the lock file: ${path}`),
  ];
}

const home = resolve(import.meta.dirname, '../..');
const list = join(import.meta.dirname, 'packages.txt');

function main(write: boolean): void {
  const lock = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as Lock;
  const { allowScripts = {} } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { allowScripts?: Allowed };
  if (write) writeFileSync(list, `${linesOf(lock).join('\n')}\n`);
  const found = surprises(lock, readFileSync(list, 'utf8').trimEnd().split('\n'), allowScripts);
  for (const line of found) console.error(line);
  if (found.length === 0) return console.log(`packages: ${linesOf(lock).length}, all agreed to`);
  console.error('Look at each; then: node scripts/checks/packages.ts --write');
  process.exitCode = 1;
}

if (import.meta.main) main(process.argv.includes('--write'));
