import { appendFile, type FileHandle, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { uuidv7 } from '../store/ids.ts';
import type { NewSignal } from '../store/signals.ts';
import { quiet } from '../store/testing.ts';
import { openSpool } from './spool.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const press = (eventId: string, more: Partial<NewSignal> = {}): NewSignal => ({
  ...{ id: uuidv7(noon), deviceId: 'key', deviceKind: 'key', type: 'press', grade: 'emergency', active: true, eventId },
  ...{ at: noon, receivedAt: noon, exercise: false, lane: 'urgent', data: { note: '门口\n"x"' }, settled: false, via: 'mqtt' },
  ...more,
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'baiying-spool-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return join(made, 'spool');
}

async function taken(spool: Awaited<ReturnType<typeof openSpool>>): Promise<NewSignal[]> {
  const all: NewSignal[] = [];
  await spool.takeIn(async (signals) => {
    all.push(...signals);
    return [];
  });
  return all;
}

/** What all open files share, so that a disk can fail under them. */
async function anyFile(): Promise<FileHandle> {
  const file = await open(import.meta.filename, 'r');
  await file.close();
  return Object.getPrototypeOf(file) as FileHandle;
}

const eventIds = (signals: readonly NewSignal[]) => signals.map(({ eventId }) => eventId);

test('what was kept comes back as it was, in order, once, also by the next process', async () => {
  const place = await folder();
  const first = await openSpool(place, quiet);
  const kept = Array.from({ length: 1200 }, (_unused, index) => press(String(index)));
  kept.push(press('ours', { ours: { firstOrders: ['near'] } }));
  kept.push(press('raw', { raw: Uint8Array.of(0, 255, 10, 34), type: 'unparsed' }));
  await Promise.all(kept.map((signal) => first.keep(signal)));
  expect(first.waiting).toBe(1202);
  await first.close();

  const next = await openSpool(place, quiet);
  expect(next.waiting).toBe(1202);
  await next.keep(press('later'));
  const back = await taken(next);
  expect(back.map(({ eventId }) => eventId)).toEqual([...kept.map(({ eventId }) => eventId), 'later']);
  expect([back[3], back[1200]]).toEqual([kept[3], kept[1200]]);
  expect([...(back[1201]?.raw ?? [])]).toEqual([0, 255, 10, 34]);
  expect([next.waiting, await taken(next), await readdir(place)]).toEqual([0, [], []]);
});

test('what an older version kept says the same: the words of the product stood among those of the device', async () => {
  const place = await folder();
  const before = await openSpool(place, quiet);
  await before.keep(press('new', { data: { firstOrders: ['from outside'] } }));
  await before.close();
  const mark = { of: 'input_event/0', value: { count: 7 } };
  const { ours: _none, ...old } = press('old', { data: { mark, firstOrders: ['near'] } });
  const [name = ''] = await readdir(place);
  await appendFile(join(place, name), `${JSON.stringify(old)}\n${JSON.stringify({ id: 'half' })}\n`);
  const back = await taken(await openSpool(place, quiet));
  expect(back.map(({ ours }) => ours)).toEqual([undefined, { mark, firstOrders: ['near'] }, undefined]);
});

test('what could not be taken in waits, and what comes meanwhile goes behind it', async () => {
  const spool = await openSpool(await folder(), quiet);
  await spool.keep(press('1'));
  await expect(spool.takeIn(() => Promise.reject(new Error('still away')))).rejects.toThrow('still away');
  await spool.keep(press('2'));
  expect(spool.waiting).toBe(2);
  expect((await taken(spool)).map(({ eventId }) => eventId)).toEqual(['1', '2']);
});

test('what is kept while others are taken in is taken in once, too: nothing is acknowledged and gone', async () => {
  const spool = await openSpool(await folder(), quiet);
  const back: NewSignal[] = [];
  const kept: Promise<void>[] = [];
  const take = () =>
    spool.takeIn(async (signals) => {
      back.push(...signals);
      return [];
    });
  for (let round = 0; round < 100; round += 1) {
    for (let count = 0; count < 3; count += 1) kept.push(spool.keep(press(`${round}-${count}`)));
    await take();
  }
  await Promise.all(kept);
  await take();
  expect(back.map(({ eventId }) => eventId).sort()).toEqual(
    Array.from({ length: 300 }, (_unused, at) => `${Math.floor(at / 3)}-${at % 3}`).sort(),
  );
  expect(spool.waiting).toBe(0);
});

test('a long outage fills several files, since each is read as a whole', async () => {
  const place = await folder();
  const spool = await openSpool(place, quiet);
  const note = 'x'.repeat(3 * 1024 * 1024);
  for (const eventId of ['1', '2', '3', '4']) await spool.keep(press(eventId, { data: { note } }));
  expect(await readdir(place)).toHaveLength(2);
  expect([spool.waiting, eventIds(await taken(spool))]).toEqual([4, ['1', '2', '3', '4']]);
});

test('a line that a crash cut off was told to nobody; one that is damaged in the midst is kept for people', async () => {
  const place = await folder();
  const before = await openSpool(place, quiet);
  await before.keep(press('1'));
  await before.close();
  const [name = ''] = await readdir(place);
  await appendFile(join(place, name), '{"id":"cut o');
  const spool = await openSpool(place, quiet);
  expect((await taken(spool)).map(({ eventId }) => eventId)).toEqual(['1']);
  expect(await readdir(place)).toEqual([]);

  await spool.keep(press('2'));
  const [open = ''] = await readdir(place);
  await appendFile(join(place, open), 'garbage\n');
  await spool.keep(press('3'));
  expect((await taken(spool)).map(({ eventId }) => eventId)).toEqual(['2', '3']);
  expect(await readdir(place)).toEqual([open.replace('.jsonl', '.taken.jsonl.damaged')]);
});

test('a disk that takes nothing is told to whoever would acknowledge', async () => {
  const place = await folder();
  const spool = await openSpool(place, quiet);
  await rm(place, { recursive: true });
  await writeFile(place, 'no folder');
  await expect(spool.keep(press('1'))).rejects.toThrow('EEXIST');
  expect(spool.waiting).toBe(0);
});

test('two processes at one folder lose nothing: what one takes in, the other adds no more to', async () => {
  const place = await folder();
  const [one, other] = [await openSpool(place, quiet), await openSpool(place, quiet)];
  await other.keep(press('1'));
  expect(eventIds(await taken(one))).toEqual(['1']);
  await other.keep(press('2'));
  await other.keep(press('3'));
  expect(eventIds(await taken(one))).toEqual(['2', '3']);
  expect([await taken(other), one.waiting, other.waiting, await readdir(place)]).toEqual([[], 0, 0, []]);

  const told = Array.from({ length: 200 }, (_unused, index) => `at once ${index}`);
  const kept = told.map((eventId) => other.keep(press(eventId)));
  const back: NewSignal[] = [];
  for (let round = 0; round < 20; round += 1) back.push(...(await taken(one)));
  await Promise.all(kept);
  back.push(...(await taken(one)));
  expect([...new Set(eventIds(back))].sort()).toEqual(told.sort());
});

test('a spool that somebody took away begins anew, since what he took is no place to keep anything', async () => {
  const place = await folder();
  const spool = await openSpool(place, quiet);
  await spool.keep(press('1'));
  await rename(place, `${place} of yesterday`);
  await spool.keep(press('2'));
  expect(eventIds(await taken(spool))).toEqual(['2']);
});

test('what a disk took in part is taken back: only what was acknowledged waits, and all of that is taken in', async () => {
  const place = await folder();
  const spool = await openSpool(place, quiet);
  await spool.keep(press('1'));
  const disk = await anyFile();
  const full = vi.spyOn(disk, 'appendFile').mockImplementationOnce(async function (this: FileHandle, data) {
    await this.write(Buffer.concat([Buffer.from(data as Buffer), Buffer.from('{"id":"cut o')]));
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  });
  onTestFinished(() => full.mockRestore());
  await expect(spool.keep(press('2'))).rejects.toThrow('ENOSPC');
  const broken = vi.spyOn(disk, 'datasync').mockRejectedValueOnce(new Error('EIO: i/o error'));
  onTestFinished(() => broken.mockRestore());
  await expect(spool.keep(press('3'))).rejects.toThrow('EIO');
  expect([spool.waiting, await readdir(place)]).toEqual([1, [expect.any(String)]]);
  await spool.keep(press('4'));
  expect(spool.waiting).toBe(2);
  expect([eventIds(await taken(spool)), spool.waiting, await readdir(place)]).toEqual([['1', '4'], 0, []]);
});

test('what could not be taken back waits too, and keeps nothing out that was acknowledged later', async () => {
  const spool = await openSpool(await folder(), quiet);
  const disk = await anyFile();
  for (const does of ['datasync', 'truncate'] as const) {
    const broken = vi.spyOn(disk, does).mockRejectedValueOnce(new Error('EIO: i/o error'));
    onTestFinished(() => broken.mockRestore());
  }
  await expect(spool.keep(press('1'))).rejects.toThrow('EIO');
  await spool.keep(press('2'));
  expect(spool.waiting).toBe(2);
  const back: NewSignal[] = [];
  await expect(
    spool.takeIn(async (signals) => {
      back.push(...signals);
      if (back.length > 1) throw new Error('away again');
      return [];
    }),
  ).rejects.toThrow('away again');
  expect([eventIds(back), spool.waiting]).toEqual([['1', '2'], 1]);
  expect([eventIds(await taken(spool)), spool.waiting]).toEqual([['2'], 0]);
});
