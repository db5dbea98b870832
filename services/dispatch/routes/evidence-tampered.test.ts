import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { checkChains, describeChains } from '../../../scripts/cli/chain.ts';
import { openIo } from '../../../scripts/cli/io.ts';
import { checkBundle } from '../../console/verify/bundle.ts';
import { openContainer } from '../../console/verify/container.ts';
import { type EvidenceView, evidenceOf } from '../../store/evidence.ts';
import { noteRemoved } from '../../store/footage-lists.ts';
import { bundleOf } from '../evidence/bundle.ts';
import { addIncident, addPicture, sourceOf } from '../evidence/testing.ts';
import { openZip } from '../evidence/zip.ts';
import { furnished, register, station, words } from './test-evidence.ts';

test('no byte of a bundle can change unseen, in a part, in a header or in the directory', async () => {
  const { take, ...bench } = await station();
  const { rawPayload } = await take(await addIncident(bench, 3, words.slice(0, 1)));
  const unseen: number[] = [];
  for (let at = 0; at < rawPayload.length; at += 3) {
    const changed = Uint8Array.from(rawPayload);
    changed[at] = (changed[at] ?? 0) ^ 1;
    if ((await checkBundle(sourceOf(changed))).good) unseen.push(at);
  }
  expect(unseen).toEqual([]);
});

test('what was changed in a bundle is named', async () => {
  const { take, ...bench } = await station();
  const { rawPayload } = await take(await furnished(bench));
  const source = sourceOf(rawPayload);
  const still = (await openContainer(source))?.files.find(({ path }) => path.startsWith('footage/'));
  const changed = Uint8Array.from(rawPayload);
  changed[still?.start ?? 0] = (changed[still?.start ?? 0] ?? 0) ^ 1;
  const path = 'footage/cam-1-still-01.jpg';
  expect((await checkBundle(sourceOf(changed))).faults).toEqual([{ code: 'part-changed', path }]);
  for (const cut of [1, 100, 5000])
    expect((await checkBundle(sourceOf(rawPayload.subarray(0, -cut)))).faults).toEqual([{ code: 'cut-short' }]);
  expect((await checkBundle(sourceOf(Buffer.from('hello')))).faults).toEqual([{ code: 'not-a-bundle' }]);
  const longer = Buffer.concat([rawPayload, Buffer.from('x')]);
  expect((await checkBundle(sourceOf(longer))).good).toBe(false);
});

/** A bundle with some of its files put in anew, checksums and all, as somebody with a good tool would. */
async function repacked(bytes: Uint8Array, change: (path: string, text: Buffer) => Buffer | undefined): Promise<Uint8Array> {
  const source = sourceOf(bytes);
  const zip = openZip();
  const out: Uint8Array[] = [];
  for (const { path, start, end } of (await openContainer(source))?.files ?? []) {
    const content = change(path, Buffer.from(await source.read(start, end)));
    if (content) for await (const piece of zip.file(path, [content])) out.push(Buffer.from(piece));
  }
  return Buffer.concat([...out, zip.end()]);
}

const other = (path: string, changed: string) => (name: string, text: Buffer) => (name === path ? Buffer.from(changed) : text);
test.each([
  ['a picture', other('footage/cam-1-still-01.jpg', 'x'), [{ code: 'part-changed', path: 'footage/cam-1-still-01.jpg' }]],
  ['orders', other('orders.json', '[]'), [{ code: 'part-changed', path: 'orders.json' }]],
  [
    'a part left out',
    (name: string, text: Buffer) => (name === 'signals.jsonl' ? undefined : text),
    [{ code: 'part-missing', path: 'signals.jsonl' }],
  ],
  [
    'the manifest',
    (name: string, text: Buffer) =>
      name === 'manifest.json' ? Buffer.from(text.toString().replace('"takenBy": "wang"', '"takenBy": "li"')) : text,
    [{ code: 'signature-wrong', path: 'manifest.json' }],
  ],
  [
    'no signature',
    (name: string, text: Buffer) => (name === 'manifest.sig' ? undefined : text),
    [{ code: 'part-missing', path: 'manifest.sig' }],
  ],
] as const)('packed anew with %s changed, it does not fit', async (_what, change, faults) => {
  const { take, ...bench } = await station();
  const { rawPayload } = await take(await furnished(bench));
  expect((await checkBundle(sourceOf(await repacked(rawPayload, change)))).faults).toEqual(expect.arrayContaining([...faults]));
});

const deeds = [
  ['changed', `update timeline set text = 'nothing' where seq = 2`, [{ code: 'entry-changed', entry: 2 }]],
  [
    'deleted',
    `delete from timeline where seq = 3`,
    [
      { code: 'entry-missing', entry: 3 },
      { code: 'timeline-end', entry: 6 },
    ],
  ],
  ['cut off', `delete from timeline where seq = 6`, [{ code: 'timeline-end', entry: 6 }]],
  [
    'in another order',
    `update timeline set seq = case seq when 2 then 30 else 20 end where seq in (2, 3); update timeline set seq = seq / 10 where seq > 10`,
    [
      { code: 'entry-out-of-place', entry: 2 },
      { code: 'entry-out-of-place', entry: 3 },
      { code: 'entry-out-of-place', entry: 4 },
    ],
  ],
] as const;
test.each(deeds)('an entry that was %s in the record is named', async (_deed, statement, faults) => {
  const { check, store, ...bench } = await station();
  const id = await furnished({ store, ...bench });
  for (const part of statement.split(';')) await sql.raw(part).execute(store.desk);
  const found = (await check(id)).faults.filter(({ code }) => code !== 'picture-unknown');
  expect(found).toEqual(faults);
});

test('a picture that was changed on the disk, or is on no timeline, is named; one that is gone is listed', async () => {
  const { check, store, folder, ...bench } = await station();
  const all = { store, folder, ...bench };
  const id = await furnished(all);
  const [second, third] = [await addPicture(all, id, 1, Buffer.from('second')), await addPicture(all, id, 2, Buffer.from('third'))];
  await writeFile(join(folder, 'footage', second.file), 'another');
  await bench.shelf.remove(third.file);
  const report = await check(id);
  expect(report.faults).toEqual([{ code: 'picture-changed', path: 'footage/cam-1-still-02.jpg' }]);
  expect(report.bundle?.missing).toMatchObject([{ footageId: third.id, reason: 'elsewhere' }]);
});

test('a picture that was taken out of the record is named, with its hash; one whose time was over is not held against anybody', async () => {
  const { check, store, ...bench } = await station();
  const all = { store, ...bench };
  const id = await furnished(all);
  const [expired, gone] = [await addPicture(all, id, 1, Buffer.from('second')), await addPicture(all, id, 2, Buffer.from('third'))];
  await noteRemoved(store.desk, [expired.id], bench.clock.now());
  await bench.shelf.remove(expired.file);
  expect(await check(id)).toMatchObject({ good: true, bundle: { missing: [{ footageId: expired.id, reason: 'expired' }] } });

  await store.desk.deleteFrom('footage').where('id', '=', gone.id).execute();
  await bench.shelf.remove(gone.file);
  const { good, faults, bundle } = await check(id);
  expect([good, faults]).toEqual([false, [{ code: 'picture-taken-out', entry: 8 }]]);
  expect(bundle?.missing).toEqual([
    expect.objectContaining({ footageId: expired.id, reason: 'expired' }),
    { cameraId: 'cam-1', what: 'still', footageId: gone.id, reason: 'taken-out', sha256: gone.sha256 },
  ]);
});

test('a bundle that leaves out a picture and says nothing of it does not fit its own timeline, though the station signed it', async () => {
  const { store, keys, shelf, clock, ...bench } = await station();
  const id = await furnished({ store, keys, shelf, clock, ...bench });
  const view = await evidenceOf(store.routine, id);
  if (!view) throw new Error('the incident is gone');
  const taking = { at: clock.now(), by: 'wang', version: '0.0.0', signer: await keys.inUse() };
  const made = async (shown: Partial<EvidenceView>) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of bundleOf({ db: store.routine, shelf, register }, { ...view, ...shown }, taking)) pieces.push(piece);
    return (await checkBundle(sourceOf(Buffer.concat(pieces)))).faults;
  };
  expect(await made({})).toEqual([]);
  expect(await made({ footage: [], attached: [] })).toEqual([{ code: 'picture-left-out', entry: 6 }]);
  // Said to be missing, under another hash: a copy that is found elsewhere would then be called false.
  await sql`update footage set sha256 = repeat('0', 64), removed_at = now()`.execute(store.desk);
  expect(await made({})).toEqual([{ code: 'picture-left-out', entry: 6 }]);
});

test.each([
  ['taken out', 'delete from footage', 'the picture or recording of entry 6 was taken out of the record'],
  ['changed', `update footage set sha256 = repeat('0', 64)`, 'the record has another hash for the picture or recording of entry 6'],
  [
    'slipped in',
    "insert into footage select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'part', 9))).* from footage f",
    'the record has a picture or recording that its timeline does not name',
  ],
])('the check of the record names a picture that was %s', async (_deed, statement, words) => {
  const { store, ...bench } = await station();
  const all = { store, ...bench };
  const id = await furnished(all);
  const old = await addPicture(all, await addIncident(all, 18, []), 0, Buffer.from('old'));
  await noteRemoved(store.desk, [old.id], bench.clock.now());
  const io = { ...openIo('en', false), progress: () => undefined };
  expect(await checkChains(store.routine, {}, io)).toMatchObject({ intact: true, incidents: 2 });
  await sql.raw(`${statement} where incident_id = '${id}'`).execute(store.desk);
  const report = await checkChains(store.routine, {}, io);
  expect(describeChains(report, io).split('\n')[0]).toBe(`BROKEN  incident 17 (${id}): ${words}`);
  expect(report.broken).toHaveLength(1);
});
