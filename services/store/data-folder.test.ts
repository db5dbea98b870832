import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockDataFolder } from './data-folder.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'baiying-folder-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function deadProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('the folder is made for its user alone', async () => {
  const lock = await lockDataFolder(join(await folder(), 'a', 'data'));
  expect((await stat(lock.path)).mode & 0o777).toBe(0o700);
  await lock.release();
  expect(await readdir(lock.path)).toEqual(['baiying.pid.1']);
});

test('a second Baiying is refused, told who holds the folder and what to do, until the first lets go', async () => {
  const path = await folder();
  const first = await lockDataFolder(path);
  await expect(lockDataFolder(path)).rejects.toMatchObject({
    code: 'record-unavailable',
    message: expect.stringMatching(new RegExp(`process ${process.pid}\\).*${path}.*BAIYING_DATA`)),
  });
  await first.release();
  await (await lockDataFolder(path)).release();
});

test.each([
  { left: 'a process that is gone', content: async () => `${await deadProcess()} boot/1\n` },
  { left: 'a process whose id another one has now', content: async () => `${process.pid} boot/1\n` },
  { left: 'a crash before anything was written', content: async () => '' },
])('a lock left by $left is taken over', async ({ content }) => {
  const path = await folder();
  await writeFile(join(path, 'baiying.pid.7'), await content());
  const lock = await lockDataFolder(path);
  await expect(lockDataFolder(path)).rejects.toThrow('Another Baiying');
  await lock.release();
});

test('of many that start at once on a stale lock, one gets it', async () => {
  const path = await folder();
  await writeFile(join(path, 'baiying.pid.7'), `${await deadProcess()} boot/1\n`);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(path)));
  const got = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(got).toHaveLength(1);
  await got[0]?.value.release();
});
