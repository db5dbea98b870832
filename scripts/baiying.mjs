#!/usr/bin/env node
// The command `baiying`. Any Node from 18 on reads this file; the work is done by the Node that comes along with the
// packages, which runs TypeScript as it is.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
const [major, minor] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);

if (!existsSync(join(root, 'node_modules', 'commander'))) {
  console.error('The packages of Baiying are not installed yet. Run npm start (or npm ci) in its folder once.');
  process.exit(1);
}
if (!existsSync(own) && !runsTypeScript) {
  console.error(`This needs Node 22.18 or later; this is ${process.version}. Install Node 24 from nodejs.org.`);
  process.exit(1);
}

const node = existsSync(own) ? own : process.execPath;
const child = spawn(node, [join(root, 'scripts', 'cli', 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// The terminal sends Ctrl-C to both; this one waits for what the other makes of it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => name !== 'SIGINT' && child.kill(name));
child.once('error', (error) => {
  console.error(`${node} cannot be run: ${error.message}`);
  process.exit(1);
});
child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
