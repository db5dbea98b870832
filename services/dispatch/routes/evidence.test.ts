import { createPublicKey, verify } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkFile, describeBundle } from '../../../scripts/cli/evidence.ts';
import { openIo } from '../../../scripts/cli/io.ts';
import { seconds } from '../../alarm/index.ts';
import { checkBundle } from '../../console/verify/bundle.ts';
import { openContainer } from '../../console/verify/container.ts';
import type { Report } from '../../console/verify/report.ts';
import { listAudit } from '../../store/audit.ts';
import { evidenceOf } from '../../store/evidence.ts';
import { noteRemoved } from '../../store/footage-lists.ts';
import { uuidv7 } from '../../store/ids.ts';
import { testDesk } from '../app-testing.ts';
import { bundleOf } from '../evidence/bundle.ts';
import { addIncident, addPicture, evidenceBench, sourceOf } from '../evidence/testing.ts';
import { evidenceRoutes } from './evidence.ts';
import { furnished, register, station, unpacked, words } from './test-evidence.ts';

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

test('the key: a renewed one signs, the old one stays; a wrong one is named', async () => {
  const { take, app, keys, store, folder, ...bench } = await station();
  const id = await furnished({ keys, store, folder, ...bench });
  const before = (await take(id)).rawPayload;
  const old = (await keys.inUse()).jwk.kid;
  await bench.clock.advance(seconds(1));
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

test('a bundle that says it was taken after its key was retired is no word of the station, whoever has that key', async () => {
  const { take, app, keys, store, folder, clock, shelf } = await station();
  const id = await addIncident({ store, clock }, 1, words);
  const stolen = await keys.inUse();
  const retired = clock.now() + seconds(60);
  await clock.advance(seconds(60));
  const before = (await take(id)).rawPayload;
  await keys.renew('chief');
  const view = await evidenceOf(store.routine, id);
  if (!view) throw new Error('the incident is gone');
  const taking = { at: retired + 1, by: 'wang', version: '0.0.0', signer: stolen };
  const pieces: Uint8Array[] = [];
  for await (const piece of bundleOf({ db: store.routine, shelf, register }, view, taking)) pieces.push(piece);
  const [set, good, bad] = [join(folder, 'keys.json'), join(folder, 'good.zip'), join(folder, 'bad.zip')];
  await writeFile(set, (await app.inject({ url: '/signing-keys' })).payload);
  await writeFile(good, before);
  await writeFile(bad, Buffer.concat(pieces));
  const io = openIo('en', false);
  expect(await checkFile(good, set, io)).toMatchObject({ good: true });
  const report = await checkFile(bad, set, io);
  expect(report.faults).toEqual([{ code: 'key-retired' }]);
  expect(describeBundle(report, bad, io)).toContain('BROKEN  it says that it was taken after its key was retired');
  expect(describeBundle(report, bad, openIo('zh', false))).toContain('异常  导出时间晚于其密钥的停用时间');
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
  await store.desk.updateTable('signing_keys').set({ sealed: 'v2.AAAA' }).execute();
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

test('anybody sees the public keys; an administrator alone makes a new one, and that is noted', async () => {
  const { shelf, clock, keys, store } = await evidenceBench();
  const routes = [evidenceRoutes({ db: store.routine, shelf, register, clock, keys, version: '0.0.0' })];
  const { ask, as } = await testDesk(onTestFinished, { routes });
  const url = '/api/v1/signing-keys';
  const [first] = (await ask({ url })).json<{ keys: { kid: string }[] }>().keys;
  expect((await ask({ method: 'POST', url, headers: await as('supervisor') })).statusCode).toBe(403);
  await clock.advance(seconds(1));
  const renewed = await ask({ method: 'POST', url, headers: await as('admin') });
  expect([renewed.statusCode, renewed.json<{ keys: unknown[] }>().keys.length]).toEqual([201, 2]);
  const [entry] = await listAudit(store.desk, { limit: 1 });
  expect(entry).toMatchObject({ act: 'signing-key.renewed', by: 'person-2', data: { retired: first?.kid } });
});
