import { createPublicKey, verify } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { checkFile } from '../../../scripts/cli/evidence.ts';
import { openIo } from '../../../scripts/cli/io.ts';
import { seconds } from '../../alarm/index.ts';
import { checkBundle } from '../../console/verify/bundle.ts';
import { openContainer } from '../../console/verify/container.ts';
import type { Report } from '../../console/verify/report.ts';
import { listAudit } from '../../store/audit.ts';
import { noteRemoved } from '../../store/footage-lists.ts';
import { uuidv7 } from '../../store/ids.ts';
import type { Register } from '../../store/register-view.ts';
import { addIncident, addPicture, type Bench, evidenceBench, sourceOf, word } from '../evidence/testing.ts';
import { openZip } from '../evidence/zip.ts';
import { evidenceRoutes } from './evidence.ts';
import { testApp } from './test-app.ts';

const nobody = () => undefined;
const register = { site: nobody, station: nobody, grid: nobody, unit: nobody, device: nobody } as unknown as Register;
const picture = Buffer.alloc(200_000, 'picture');

async function station() {
  const bench = await evidenceBench();
  const { store, shelf, clock, keys } = bench;
  const app = await testApp(evidenceRoutes({ db: store.routine, shelf, register, clock, keys, version: '0.0.0' }));
  const take = async (id: string, role = 'operator') => app.inject({ url: `/incidents/${id}/evidence`, headers: { 'x-role': role } });
  const check = async (id: string): Promise<Report> => checkBundle(sourceOf((await take(id)).rawPayload));
  return { ...bench, app, take, check };
}

const words = Array.from({ length: 5 }, (_, index) => word(`第 ${index + 1} 条`, { z: index, a: { c: [1.5, null], b: '"' } }));

async function furnished(bench: Bench): Promise<string> {
  const id = await addIncident(bench, 17, words);
  await addPicture(bench, id, 0, picture);
  return id;
}

async function unpacked(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const source = sourceOf(bytes);
  const { files } = (await openContainer(source)) ?? { files: [] };
  const texts = files.map(async ({ path, start, end }) => [path, Buffer.from(await source.read(start, end)).toString('utf8')] as const);
  return new Map(await Promise.all(texts));
}

test('a bundle holds all that belongs to the incident, fits in every byte, and is noted with who took it', async () => {
  const { take, store, keys, folder, ...bench } = await station();
  const id = await furnished({ store, keys, folder, ...bench });
  const now = new Date(bench.clock.now());
  const signal = {
    incident_id: id,
    device_id: 'key-1',
    device_kind: 'key',
    type: 'press',
    active: true,
    at: now,
    received_at: now,
    last_at: now,
  };
  const ids = Array.from({ length: 1203 }, () => uuidv7(bench.clock.now()));
  for (const one of ids)
    await store.desk
      .insertInto('signals')
      .values({ ...signal, id: one, exercise: false, lane: 'urgent', data: '{}', via: 'mqtt' })
      .execute();
  await store.desk
    .insertInto('incident_cameras')
    .values([
      { incident_id: id, camera_id: 'cam-1', place: 0, reason: 'nearest', at: now, still: 'done', turn: 'none', clip: 'owed' },
      { incident_id: id, camera_id: 'cam-2', place: 1, reason: 'nearest', at: now, still: 'missing', turn: 'none', clip: 'none' },
    ])
    .execute();
  const old = await addPicture({ store, keys, folder, ...bench }, id, 1, Buffer.from('old'));
  await noteRemoved(store.desk, [old.id], bench.clock.now());

  const answer = await take(id, 'supervisor');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('application/zip');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="incident-17-evidence.zip"');
  const parts = await unpacked(answer.rawPayload);
  expect([...parts.keys()]).toEqual([
    ...['README.txt', 'incident.json', 'timeline.jsonl', 'signals.jsonl', 'orders.json', 'broadcasts.json', 'station-key.pem'],
    ...['footage/cam-1-still-01.jpg', 'manifest.json', 'manifest.sig'],
  ]);
  expect(parts.get('timeline.jsonl')?.trim().split('\n')).toHaveLength(7);
  const signals = parts.get('signals.jsonl')?.trim().split('\n') ?? [];
  expect(signals.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids);
  const { kid } = (await keys.inUse()).jwk;
  expect(await checkBundle(sourceOf(answer.rawPayload), { kids: [kid] })).toEqual({
    good: true,
    faults: [],
    bundle: {
      incident: expect.objectContaining({ id, number: 17, exercise: false }),
      takenAt: expect.any(String),
      takenBy: 'wang',
      entries: 7,
      parts: 8,
      missing: [
        expect.objectContaining({ cameraId: 'cam-1', what: 'still', reason: 'expired', sha256: expect.any(String) }),
        { cameraId: 'cam-1', what: 'clip', reason: 'not-yet' },
        { cameraId: 'cam-2', what: 'still', reason: 'not-taken' },
      ],
    },
    key: { kid, pinned: true },
  } satisfies Report);
  const [entry] = await listAudit(store.desk, { limit: 1 });
  expect(entry).toMatchObject({
    by: 'wang',
    act: 'evidence.taken',
    subject: `incidents:${id}`,
    data: { number: 17, entries: 7, key: kid },
  });
});

test('the signature holds for whoever has the manifest and the key alone', async () => {
  const { take, ...bench } = await station();
  const source = sourceOf((await take(await furnished(bench))).rawPayload);
  const { files } = (await openContainer(source)) ?? { files: [] };
  const content = async (name: string) => {
    const { start, end } = files.find(({ path }) => path === name) ?? { start: 0, end: 0 };
    return Buffer.from(await source.read(start, end));
  };
  const key = createPublicKey((await content('station-key.pem')).toString());
  expect(verify(null, await content('manifest.json'), key, await content('manifest.sig'))).toBe(true);
});

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
  for (const part of statement.split(';')) await raw(store, part);
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

test('the key: a renewed one signs, the old one stays; a wrong one is named', async () => {
  const { take, app, keys, store, folder, ...bench } = await station();
  const id = await furnished({ keys, store, folder, ...bench });
  const before = (await take(id)).rawPayload;
  const old = (await keys.inUse()).jwk.kid;
  await bench.clock.advance(seconds(1));
  expect((await app.inject({ method: 'POST', url: '/signing-keys', headers: { 'x-role': 'supervisor' } })).statusCode).toBe(403);
  expect((await app.inject({ method: 'POST', url: '/signing-keys', headers: { 'x-role': 'admin' } })).statusCode).toBe(403);
  await keys.renew('chief');
  const after = (await take(id)).rawPayload;
  const published = (await app.inject({ url: '/signing-keys' })).json<{ keys: { kid: string; retiredAt?: string }[] }>();
  expect(published.keys.map(({ kid, retiredAt }) => [kid === old, retiredAt !== undefined])).toEqual([
    [false, false],
    [true, true],
  ]);
  const [file, set] = [join(folder, 'before.zip'), join(folder, 'keys.json')];
  await writeFile(file, before);
  await writeFile(set, JSON.stringify(published));
  const io = openIo('en', false);
  expect(await checkFile(file, set, io)).toMatchObject({ good: true, key: { kid: old, pinned: true } });
  expect(await checkFile(file, old, io)).toMatchObject({ good: true });
  expect((await checkBundle(sourceOf(after), { kids: [old] })).faults).toEqual([{ code: 'key-other' }]);
  await expect(checkFile(file, join(folder, 'no-file'), io)).rejects.toThrow('ENOENT');
  await expect(checkFile(file, file, io)).rejects.toThrow('holds no Ed25519 key');
});

test.each([
  ['operator', 200],
  ['supervisor', 200],
  ['admin', 200],
  ['installer', 403],
  ['integrator', 403],
  ['officer', 403],
])('%s: %i', async (role, status) => {
  const { take, ...bench } = await station();
  expect((await take(await addIncident(bench, 1, words), role)).statusCode).toBe(status);
});

test('what is not there is 404, what is not asked for is 422; an exercise says so', async () => {
  const { take, app, ...bench } = await station();
  expect((await take('nothing')).statusCode).toBe(404);
  expect((await take(uuidv7(0))).statusCode).toBe(404);
  const id = await addIncident(bench, 4, words, true);
  expect((await app.inject({ url: `/incidents/${id}/evidence?camera=1` })).statusCode).toBe(422);
  const { rawPayload, headers } = await take(id);
  expect(headers['content-disposition']).toContain('exercise-4-evidence.zip');
  expect((await checkBundle(sourceOf(rawPayload))).bundle?.incident.exercise).toBe(true);
  expect((await unpacked(rawPayload)).get('README.txt')).toContain('EXERCISE');
});

test('a signing key that another master key sealed signs nothing, and says what to do', async () => {
  const { take, store, keys, ...bench } = await station();
  const id = await addIncident({ store, ...bench }, 5, words);
  await keys.inUse();
  await store.desk.updateTable('signing_keys').set({ sealed: 'v1.AAAA' }).execute();
  const answer = await take(id);
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'signing-key-unusable']);
});

test('of a long recording no more than a piece is in memory at a time', async () => {
  const { store, keys, ...bench } = await station();
  const all = { store, keys, ...bench };
  const id = await addIncident(all, 6, words);
  const size = 300 * 2 ** 20;
  const { file } = await addPicture(all, id, 0, Buffer.alloc(1));
  await truncate(join(bench.folder, 'footage', file), size);
  await store.desk
    .updateTable('footage')
    .set({ bytes: String(size) })
    .execute();
  const app = bench.app;
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.server.closeAllConnections());
  const answer = await fetch(`${address}/incidents/${id}/evidence`);
  let [most, length] = [0, 0];
  const before = process.memoryUsage().rss;
  for await (const piece of answer.body ?? []) {
    length += piece.length;
    most = Math.max(most, process.memoryUsage().rss - before);
  }
  expect(length).toBeGreaterThan(size);
  expect(most).toBeLessThan(size / 2);
});

async function raw(store: Bench['store'], statement: string): Promise<void> {
  await sql.raw(statement).execute(store.desk);
}
