import { mkdir, mkdtemp, readdir, rename, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { uuidv7 } from '../store/ids.ts';
import type { NewSignal } from '../store/signals.ts';
import { quiet } from '../store/testing.ts';
import type { Spool } from './spool.ts';
import { openSpools } from './spools.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const press = (eventId: string): NewSignal => ({
  ...{ id: uuidv7(noon), deviceId: 'key', deviceKind: 'key', type: 'press', active: true, eventId, at: noon, receivedAt: noon },
  ...{ exercise: false, lane: 'urgent', data: {}, settled: false, via: 'mqtt' },
});

async function place(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'baiying-spools-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return join(made, 'spool');
}

async function taken(spool: Spool): Promise<(string | undefined)[]> {
  const all: NewSignal[] = [];
  await spool.takeIn(async (signals) => {
    all.push(...signals);
    return [];
  });
  return all.map(({ eventId }) => eventId);
}

/** As if nothing had been touched there for that long. */
async function leave(folder: string, span = seconds(121)): Promise<void> {
  const then = new Date(Date.now() - span);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await utimes(join(entry.parentPath, entry.name), then, then);
  await utimes(folder, then, then);
}

const atOnce = (work: () => Promise<void>) => work();

test('two brokers of one data folder do not see each other', async () => {
  const folder = await place();
  const [one, other] = [await openSpools(folder, 'broker-1', quiet), await openSpools(folder, 'broker-2', quiet)];
  await other.calls.keep(press('1'));
  const again = await openSpools(folder, 'broker-1', quiet);
  for (const spools of [one, again]) {
    await spools.takeOver(atOnce);
    expect([spools.calls.waiting, await taken(spools.calls)]).toEqual([0, []]);
  }
  expect([other.calls.waiting, await taken(other.calls)]).toEqual([1, ['1']]);
});

test('what a broker left that shows no sign of life is taken over, once, and in turn; what a living one keeps is not', async () => {
  const folder = await place();
  const dead = await openSpools(folder, 'broker-2', quiet);
  await dead.calls.keep(press('call'));
  await dead.answers.keep(press('answer'));
  await leave(join(folder, 'broker-2'));
  const living = await openSpools(folder, 'broker-3', quiet);
  await living.calls.keep(press('another'));
  await leave(join(folder, 'broker-3'));
  await living.mark();

  const one = await openSpools(folder, 'broker-1', quiet);
  await one.takeOver(() => Promise.resolve());
  expect([one.calls.waiting, one.answers.waiting]).toEqual([0, 0]);
  await one.takeOver(atOnce);
  expect([one.calls.waiting, one.answers.waiting]).toEqual([1, 1]);
  const late = await openSpools(folder, 'broker-4', quiet);
  await late.takeOver(atOnce);
  expect([late.calls.waiting, late.answers.waiting]).toEqual([0, 0]);
  expect([await taken(one.calls), await taken(one.answers), one.calls.waiting]).toEqual([['call'], ['answer'], 0]);

  // It was only frozen: what it is told now is in another file.
  await dead.calls.keep(press('later'));
  expect(await taken(dead.calls)).toEqual(['later']);
  expect(await taken(living.calls)).toEqual(['another']);
});

test('a broker that has just gone is waited for', async () => {
  const folder = await place();
  const gone = await openSpools(folder, 'broker-2', quiet);
  await gone.calls.keep(press('1'));
  await leave(join(folder, 'broker-2'), seconds(100));
  const one = await openSpools(folder, 'broker-1', quiet);
  await one.takeOver(atOnce);
  expect(one.calls.waiting).toBe(0);
});

test('what was kept before each broker had a folder of its own is taken in, also by a broker with the name of such a folder', async () => {
  const folder = await place();
  const before = await openSpools(folder, 'any', quiet);
  await before.calls.keep(press('1'));
  for (const kind of ['calls', 'answers']) await rename(join(folder, 'any', kind), join(folder, kind));
  await rm(join(folder, 'any'), { recursive: true });
  const now = await openSpools(folder, 'calls', quiet);
  await mkdir(join(folder, 'of somebody'));
  await now.takeOver(atOnce);
  expect(now.calls.waiting).toBe(0);
  await leave(folder);
  await now.takeOver(atOnce);
  expect([await taken(now.calls), await readdir(join(folder, 'calls'))]).toEqual([['1'], ['answers', 'calls']]);
});
