import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, onTestFinished, test } from 'vitest';
import { audit, verifyAudit } from './audit.ts';
import { writeBackup } from './backup.ts';
import { restoreBackup } from './backup-restore.ts';
import { openStore, type Store } from './connect.ts';
import { latestCursor, putEvents, readEvents, startOfEvents } from './events.ts';
import { migrations } from './migrate.ts';
import { type FreshDatabase, freshDatabase, quiet } from './testing.ts';
import { chainEntries, insertEntries, verifyChains } from './timeline.ts';

const at = new Date('2026-11-22T04:05:06.789Z');
const incidentId = '019b76da-a800-7000-8000-000000000001';
const awkward = 'a "quoted" \\ back\\slash, (bracket) {brace}\n新行\tтаб \u{1f6a8}';

async function database(): Promise<FreshDatabase & { open(): Promise<Store> }> {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.drop());
  return { ...fresh, open: () => openStore({ connection: fresh.connection, log: quiet }) };
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'baiying-backup-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** An incident with its chain, a device of it, events, an audit trail: what of every type of column is hard to copy. */
async function furnish(store: Store): Promise<void> {
  await sql`insert into stations (id, name, location, created_at, updated_at)
    values ('central', 'Central', ${'{"lat":30,"lon":120}'}, ${at}, ${at})`.execute(store.desk);
  await sql`insert into sites (id, name, kind, station_id, address, location, contacts, created_at, updated_at)
    values ('bank', ${awkward}, 'bank', 'central', '', ${'{"lat":30.1,"lon":120.1000000000001}'}, '[]', ${at}, ${at})`.execute(store.desk);
  const { rows, end } = chainEntries(
    incidentId,
    { length: 0, head: '' },
    [
      { kind: 'opened', text: awkward, data: { lat: 30.100000000000001, note: awkward, none: null } },
      { kind: 'note', text: '', by: 'wang', data: {} },
    ],
    at.getTime(),
  );
  await store.desk
    .insertInto('incidents')
    .values({
      ...{ id: incidentId, number: '1', kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false, exercise: false },
      ...{ site_id: 'bank', opened_at: at, last_signal_at: at, chain_length: end.length, chain_head: end.head },
    })
    .execute();
  await insertEntries(store.desk, rows);
  for (const subject of ['one', 'two'])
    await audit(store.desk, { at: at.getTime(), by: 'admin', act: 'sites.added', subject, data: { awkward } });
  await putEvents(store.desk, [{ type: 'baiying.incident.opened.v1', subject: 'incidents/1', at: at.getTime(), data: { awkward } }]);
  await sql`select nextval('incident_number')`.execute(store.desk);
}

/** Everything that the record says, but for the numbers of transactions, which are those of a server. */
async function all(store: Store, tables: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const said = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(
        store.desk,
      );
      return [table, rows.map(({ row: { tx: _tx, ...row } }) => JSON.stringify(row)).sort()];
    }),
  );
  return Object.fromEntries(said) as Record<string, unknown>;
}

async function backedUp() {
  const from = await database();
  const store = await from.open();
  await furnish(store);
  const path = join(await folder(), 'record.gz');
  const manifest = await writeBackup({ connection: from.connection, path, at, tell: () => undefined });
  const tables = manifest.tables.map(({ table }) => table);
  const before = await all(store, tables);
  const { rows } = await sql<{ next: string }>`select nextval('incident_number') as next`.execute(store.desk);
  await store.close();
  return { from, path, manifest, tables, before, next: Number(rows[0]?.next) };
}

const restore = (to: FreshDatabase, path: string, force = false) =>
  restoreBackup({ connection: to.connection, path, force, tell: () => undefined });

test('what comes back is what was there: every row, every chain, and numbers that go on', async () => {
  const { path, manifest, tables, before, next } = await backedUp();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(manifest).toMatchObject({ migration: Object.keys(migrations).at(-1), at: at.toISOString() });
  const to = await database();
  await restore(to, path);
  const store = await to.open();
  expect(await all(store, tables)).toEqual(before);
  expect(await verifyChains(store.routine, 0, 10)).toMatchObject([{ id: incidentId, verdict: { intact: true, entries: 2 } }]);
  expect(await verifyAudit(store.desk)).toMatchObject({ ok: true, length: 2 });
  const { rows } = await sql<{ next: string }>`select nextval('incident_number') as next`.execute(store.desk);
  expect(Number(rows[0]?.next)).toBe(next);
  // Events are read up to the transactions of this server, which knows nothing of the numbers of another.
  expect((await readEvents(store.desk, startOfEvents, 10)).map(({ subject }) => subject)).toEqual(['incidents/1']);
  await audit(store.desk, { at: at.getTime(), by: 'admin', act: 'sites.added', subject: 'three' });
  await putEvents(store.desk, [{ type: 'baiying.incident.opened.v1', subject: 'incidents/2', at: at.getTime(), data: {} }]);
  expect(await verifyAudit(store.desk)).toMatchObject({ ok: true, length: 3 });
  await expect.poll(async () => (await readEvents(store.desk, startOfEvents, 10)).map(({ subject }) => subject)).toHaveLength(2);
  expect((await latestCursor(store.desk)).seq).toBeDefined();
  await store.close();
});

test('a record that holds something stays as it is, unless it is given up by name', async () => {
  const { from, path, tables, before } = await backedUp();
  await expect(restore(from, path)).rejects.toMatchObject({ code: 'record-not-empty' });
  await restore(from, path, true);
  const store = await from.open();
  expect(await all(store, tables)).toEqual(before);
  // Whoever runs on it would go on with what is there no longer.
  await expect(restore(from, path, true)).rejects.toMatchObject({ code: 'record-in-use' });
  await store.close();
});

test('an older record is restored in its own form and brought to the newest', async () => {
  const from = await database();
  const old = await from.open();
  await sql`drop schema public cascade`.execute(old.desk);
  await sql`create schema public`.execute(old.desk);
  const migrator = new Migrator({ db: old.desk, provider: { getMigrations: async () => ({ ...migrations }) } });
  expect((await migrator.migrateTo('0001-record')).error).toBeUndefined();
  await audit(old.desk, { at: at.getTime(), by: 'admin', act: 'sites.added', subject: 'one' });
  const path = join(await folder(), 'old.gz');
  expect(await writeBackup({ connection: from.connection, path, at, tell: () => undefined })).toMatchObject({ migration: '0001-record' });
  await old.close();
  const to = await database();
  await restore(to, path);
  const store = await to.open();
  expect(await verifyAudit(store.desk)).toMatchObject({ ok: true, length: 1 });
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(store.desk);
  expect(rows[0]?.name).toBe(Object.keys(migrations).at(-1));
  await store.close();
});

test('a backup of a later Baiying is refused, and says why', async () => {
  const { path } = await backedUp();
  const text = gunzipSync(await readFile(path)).toString();
  await writeFile(`${path}.later`, gzipSync(text.replace(/"migration":"[^"]+"/, '"migration":"9999-later"')));
  const refused = { code: 'backup-unfit', message: expect.stringContaining('9999-later') };
  await expect(restore(await database(), `${path}.later`)).rejects.toMatchObject(refused);
});

test.each<[string, (text: string) => Buffer]>([
  ['was cut short', (text) => gzipSync(text.slice(0, text.length / 2))],
  ['was cut in the midst of its bytes', (text) => gzipSync(text).subarray(0, 500)],
  ['had a row changed', (text) => gzipSync(text.replace('wang', 'zhao'))],
  ['had a row taken out', (text) => gzipSync(text.replace(/\{"table":"timeline","rows":\[[^\n]*\n/, ''))],
  ['is no backup', () => gzipSync('{"form":"another"}\n')],
  ['is not even compressed', (text) => Buffer.from(text)],
])('a file that %s is refused before anything is touched', async (_what, change) => {
  const { from, path, tables, before } = await backedUp();
  const text = gunzipSync(await readFile(path)).toString();
  await writeFile(`${path}.bad`, change(text));
  await expect(restore(from, `${path}.bad`, true)).rejects.toMatchObject({ code: 'backup-unfit' });
  const store = await from.open();
  expect(await all(store, tables)).toEqual(before);
  await store.close();
});

test('a file that is there is not written over', async () => {
  const { from, path } = await backedUp();
  await expect(writeBackup({ connection: from.connection, path, at, tell: () => undefined })).rejects.toMatchObject({
    code: 'already-exists',
  });
});
