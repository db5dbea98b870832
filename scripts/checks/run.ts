import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

/** All checks that are not tests, one line each; the rest runs even when one fails. */
const home = resolve(import.meta.dirname, '../..');

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}
const bin = (tool: string): string => join(home, 'node_modules/.bin', tool);
const checks: readonly Check[] = [
  { name: 'types', command: [bin('tsc'), '-p', '.'] },
  { name: 'types of the console', command: [bin('tsc'), '-p', 'services/console'] },
  { name: 'lint', command: [bin('biome'), 'check', '--config-path', 'scripts/checks', '--max-diagnostics', '50'] },
  { name: 'import direction', command: [process.execPath, 'scripts/checks/imports.ts'] },
  { name: 'packages', command: [process.execPath, 'scripts/checks/packages.ts'] },
  { name: 'generated files', command: [process.execPath, 'scripts/generate.ts', '--check'] },
];

/** What a check printed, and whether it ended with 0. */
function run([file, ...rest]: Check['command']): Promise<{ ok: boolean; said: string }> {
  return new Promise((done) => {
    const said: Buffer[] = [];
    const child = spawn(file, rest, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (part: Buffer) => said.push(part));
    child.stderr.on('data', (part: Buffer) => said.push(part));
    child.on('error', (error) => done({ ok: false, said: error.message }));
    child.on('close', (code) => done({ ok: code === 0, said: Buffer.concat(said).toString('utf8').trim() }));
  });
}

for (const { name, command } of checks) {
  const startedAt = performance.now();
  const { ok, said } = await run(command);
  const took = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${ok ? 'passed' : 'FAILED'}  ${name.padEnd(20)} ${took.padStart(5)} s`);
  if (!ok) {
    console.log(said.replaceAll(/^/gm, '    '));
    process.exitCode = 1;
  }
}
