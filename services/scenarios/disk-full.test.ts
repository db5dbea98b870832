import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bankWithKeys, eventIds, patiently, signInTo, startBaiying } from './process.ts';

/** A disk of its own, small enough to be filled; undefined where this user may not mount one. */
const disk = mountDisk(256);
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
    const sent: string[] = [];
    let full = true;
    const pressing = keys.map(async (key) => {
      while (full) {
        const id = randomUUID();
        sent.push(id);
        await key.press('emergency', id);
      }
    });
    const turnedAway = () =>
      new Set(running.log().flatMap(({ msg, deviceId }) => (msg === 'message of a device not accepted' ? [deviceId] : [])));
    await patiently(() => expect(turnedAway()).toEqual(new Set(keys.map(({ id }) => id))));
    expect((await readiness()).status).toBe(503);

    full = false;
    await rm(filler);
    await Promise.all(pressing);
    await patiently(async () => expect(await readiness()).toMatchObject({ status: 200, reasons: [] }));
    // Ready again means that signals are kept; what still stood in the spool is taken in, and decided, after that.
    await patiently(async () => {
      const kept = await eventIds(api);
      expect(sent.filter((id) => !kept.has(id))).toEqual([]);
    });
    await patiently(async () => {
      const { items } = await api<{ items: { deviceId: string; kind: string }[] }>('GET', '/incidents');
      expect(new Set(items.map(({ deviceId }) => deviceId))).toEqual(new Set(keys.map(({ id }) => id)));
      // A disk that was full spoilt no press: each stands as what it was.
      expect(items.filter(({ kind }) => kind !== 'emergency')).toEqual([]);
    });
    running.signal('SIGTERM');
    expect(await running.ended).toBe(0);
  },
);
