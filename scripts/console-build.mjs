// Builds the console's pages when their sources or their packages are newer than what stands in services/console/dist.
// Any Node from 18 on reads this file; Vite itself runs on the project's own Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'services/console');
const dist = join(source, 'dist');
const stampFile = join(dist, '.stamp');
/** Pages that are open during an update still ask for the files of the build before. */
const keptFor = 24 * 3_600_000;

/** What a build would be made of. */
function wanted() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.startsWith(dist))
    .sort();
  for (const file of files) hash.update(file.slice(source.length)).update(readFileSync(file));
  return hash.digest('hex');
}

export const consoleIsBuilt = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted();

/** @throws Error with what Vite said */
export function buildConsole() {
  const stamp = wanted();
  const node = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const began = Date.now();
  const { status, stderr, stdout, error } = spawnSync(
    existsSync(node) ? node : process.execPath,
    [vite, 'build', '--config', join(source, 'vite.config.ts'), '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`the console could not be built: ${error?.message ?? `${stdout}${stderr}`.trim()}`);
  const assets = join(dist, 'assets');
  for (const name of readdirSync(assets)) {
    const file = join(assets, name);
    if (statSync(file).mtimeMs < began - keptFor) rmSync(file);
  }
  for (const name of readdirSync(assets)) if (/\.(js|css)$/.test(name)) pressed(join(assets, name));
  writeFileSync(stampFile, stamp);
}

/** Pressed once here rather than at every request. */
function pressed(file) {
  if (existsSync(`${file}.br`)) return;
  const text = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(text));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !consoleIsBuilt()) buildConsole();
