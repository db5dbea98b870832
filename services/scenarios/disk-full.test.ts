import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { bankWithKeys, eventIds, signInTo, startBaiying } from './process.ts';

/** A disk of its own, small enough to be filled; undefined where this user may not mount one. */
const disk = mountDisk(192);
if (disk === undefined) process.stdout.write('The test of a full disk is skipped: a tmpfs cannot be mounted here.\n');
afterAll(() => {
  if (disk === undefined) return;
  spawnSync('umount', ['-l', disk]);
  rmdirSync(disk);
});

function mountDisk(mebibytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'baiying-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'baiying-test', folder], { stdio: 'ignore' }).status === 0)
    return folder;
  rmdirSync(folder);
  return undefined;
}

async function fill(file: string): Promise<void> {
  const block = Buffer.alloc(2 ** 20);
  for (;;) {
    try {
      await appendFile(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}

test.skipIf(disk === undefined)(
  'a full disk: nothing is acknowledged that is not kept, it is told, and with room again everything goes on by itself',
  async () => {
    if (disk === undefined) return;
    const running = await startBaiying({ BAIYING_DATA: join(disk, 'data') });
    const api = await signInTo(running.http);
    const { keys } = await bankWithKeys(running, api, 10);
    const readiness = async () => {
      const answer = await fetch(`${running.http}/readyz`);
      return { ...((await answer.json()) as { reasons: readonly string[] }), status: answer.status };
    };
    expect(await readiness()).toMatchObject({ status: 200, reasons: [] });

    const filler = join(disk, 'filler');
    await fill(filler);
    expect(await readiness()).toMatchObject({
      status: 503,
      reasons: [expect.stringMatching(/^database: (the disk of the data folder is full: \d+ MiB are free|does not answer)/)],
    });

    // What fits into pages and log that are there already is still taken; sooner or later nothing does.
    const acknowledged = new Set<string>();
    const sent: string[] = [];
    const pending: Promise<unknown>[] = [];
    const pressed = (index: number) => {
      const id = randomUUID();
      sent.push(id);
      const key = keys[index % keys.length];
      pending.push(key?.press('emergency', id).then(() => acknowledged.add(id)) ?? Promise.reject(new Error('no key')));
    };
    for (let round = 0; sent.length - acknowledged.size < 10 && round < 5000; round += 1) {
      pressed(round);
      // The next one comes when this one is answered, or is clearly not.
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, 2000);
      await Promise.race([pending.at(-1), late.promise]);
      clearTimeout(timer);
    }
    expect(sent.length - acknowledged.size).toBeGreaterThanOrEqual(10);
    expect((await readiness()).status).toBe(503);

    await rm(filler);
    await Promise.all(pending);
    await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 200, reasons: [] }), { timeout: 60_000, interval: 200 });
    const kept = await eventIds(await signInTo(running.http));
    expect(sent.filter((id) => !kept.has(id))).toEqual([]);
    const { items } = await api<{ items: { deviceId: string }[] }>('GET', '/incidents');
    expect(new Set(items.map(({ deviceId }) => deviceId))).toEqual(new Set(keys.map(({ id }) => id)));
    running.signal('SIGTERM');
    expect(await running.ended).toBe(0);
  },
  240_000,
);
