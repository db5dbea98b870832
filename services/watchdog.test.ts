import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

const bound = 1000;

/** A process with a watchdog, which says `began` and then does what is said. */
function begin(does: string) {
  const watchdog = new URL('./watchdog.ts', import.meta.url).href;
  const script = `
    const { startWatchdog } = await import(${JSON.stringify(watchdog)});
    const still = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    startWatchdog(${bound});
    await pause(300);
    console.log('began');
    ${does}
    console.log('went on');
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said, told }));
  return { child, ended, began: once(child.stdout, 'data') };
}

test('a loop that stands still for longer than the bound ends the process, with a line that says why', async () => {
  const { signal, said, told } = await begin('still(60_000);').ended;
  expect([signal, said]).toEqual(['SIGKILL', ['began']]);
  expect(JSON.parse(told)).toMatchObject({ level: 60, msg: 'The event loop stands still; the process ends' });
});

test('a shorter pause, and rounds of work that leave gaps, are let be', async () => {
  const { code, said, told } = await begin('still(200); for (let n = 0; n < 20; n += 1) { still(80); await pause(5); }').ended;
  expect([code, said, told]).toEqual([0, ['began', 'went on'], '']);
});

test('a process that was frozen as a whole is not ended when it thaws', async () => {
  const { child, began, ended } = begin('for (let n = 0; n < 40; n += 1) await pause(50);');
  await began;
  child.kill('SIGSTOP');
  await pause(2 * bound);
  child.kill('SIGCONT');
  const { code, said } = await ended;
  expect([code, said]).toEqual([0, ['began', 'went on']]);
});

test('a debugger may hold the loop', async () => {
  const { code, said } = await begin(
    "(await import('node:inspector')).open(0, '127.0.0.1'); await pause(200); still(2000); (await import('node:inspector')).close();",
  ).ended;
  expect([code, said]).toEqual([0, ['began', 'went on']]);
});
