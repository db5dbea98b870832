// Puts the server's own files, and the packages that come in hundreds of them, into one file. Reading them one by one is a third
// of a start, and a station that was killed hears its keys again that much sooner. Any Node from 18 on reads this file; Vite
// itself runs on the project's own Node.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const self = fileURLToPath(import.meta.url);
const root = resolve(dirname(self), '..');
const folder = join(root, 'node_modules/.cache/baiying-server');
/** What was built last: its first file, and what it was made of. */
const noteFile = join(folder, 'built.json');
/** Processes that were started before an update may still read a part of the build before. */
const keptFor = 24 * 3_600_000;
/** Of each of these a start reads more than fifty files, or its parts would otherwise be there twice. */
const packagesOfMany = ['bullmq', 'fastify-type-provider-zod', 'kysely', 'yaml', 'zod'];

export function builtServer() {
  const note = readNote();
  return note?.parts.every((part) => sameAs(part)) ? pathToFileURL(join(folder, note.entry)).href : undefined;
}

function readNote() {
  if (!existsSync(noteFile)) return undefined;
  try {
    return JSON.parse(readFileSync(noteFile, 'utf8'));
  } catch {
    // Cut short by a loss of power: the station starts from its sources, and the next `npm start` builds anew.
    return undefined;
  }
}

/** Whole seconds, since the layers of an image keep no more. */
const lookOf = ({ size, mtimeMs }) => `${size} ${Math.floor(mtimeMs / 1000)}`;

function sameAs([file, look]) {
  const found = statSync(join(root, file), { throwIfNoEntry: false });
  return found !== undefined && lookOf(found) === look;
}

export function buildServer() {
  const node = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const { status, stdout, stderr, error } = spawnSync(existsSync(node) ? node : process.execPath, [self], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`the server could not be put together: ${error?.message ?? `${stdout}${stderr}`.trim()}`);
}

async function run() {
  const { build } = await import('vite');
  const began = Date.now();
  mkdirSync(folder, { recursive: true });
  const { output } = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [whereItStands],
    ssr: { noExternal: packagesOfMany },
    build: {
      ssr: 'services/run.ts',
      outDir: folder,
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'run-[hash].mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  const chunks = output.filter(({ type }) => type === 'chunk');
  const files = chunks
    .flatMap(({ moduleIds }) => moduleIds)
    .filter((id) => id.startsWith(root) && !id.includes('node_modules') && existsSync(id))
    .map((id) => relative(root, id));
  const sources = [...files, 'package-lock.json'].map(lookedAt);
  // A build that a loss of power cut short must not be started: its files are on disk before the note is, and are looked at, too.
  const built = output.map(({ fileName }) => relative(root, join(folder, fileName)));
  for (const file of built) onDisk(join(root, file));
  for (const name of readdirSync(folder)) if (statSync(join(folder, name)).mtimeMs < began - keptFor) rmSync(join(folder, name));
  // What was changed meanwhile may be in it as it was before: without a note the next start builds again.
  if (sources.some(([, { mtimeMs }]) => mtimeMs > began)) return;
  const parts = [...sources, ...built.map(lookedAt)].map(([file, look]) => [file, lookOf(look)]);
  writeFileSync(`${noteFile}.new`, JSON.stringify({ entry: chunks.find(({ isEntry }) => isEntry).fileName, parts }));
  onDisk(`${noteFile}.new`);
  renameSync(`${noteFile}.new`, noteFile);
}

const lookedAt = (file) => [file, statSync(join(root, file))];

function onDisk(file) {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** Files that look beside themselves, for a worker or for pages, still look where their source stands. */
const whereItStands = {
  name: 'where-it-stands',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('node_modules') || !code.includes('import.meta.')) return undefined;
    const text = code
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
    return { code: text, map: null };
  },
};

if (process.argv[1] === self) await run();
