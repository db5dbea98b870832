import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { hours } from '../../alarm/index.ts';
import { audit, listAudit } from '../../store/audit.ts';
import { quiet } from '../../store/testing.ts';
import { addEntries, addIncident, type Bench, evidenceBench, word } from '../evidence/testing.ts';
import { compareHeads, type HeadFault } from './compare.ts';
import { type Heads, keepHeads } from './keep.ts';
import { readLine, writeLine } from './line.ts';

type Station = Bench & { readonly file: string; readonly heads: Heads };

function startHeads(bench: Bench, file: string): Heads {
  const heads = keepHeads({ db: bench.store.routine, clock: bench.clock, log: quiet, keys: bench.keys, file });
  onTestFinished(() => heads.close());
  return heads;
}

/** A station whose heads were noted once, with two incidents and four acts. */
async function station(): Promise<Station & { readonly first: string; readonly second: string }> {
  const bench = await evidenceBench();
  const file = join(bench.folder, 'heads.jsonl');
  const heads = startHeads(bench, file);
  const first = await addIncident(bench, 1, [word('a'), word('b'), word('c')]);
  const second = await addIncident(bench, 2, [word('d'), word('e')]);
  for (const act of ['units.added', 'units.changed', 'units.changed', 'units.removed'] as const)
    await audit(bench.store.desk, { at: bench.clock.now(), by: 'wang', act, subject: 's' });
  await bench.clock.advance(0);
  return { ...bench, file, heads, first, second };
}

const linesIn = async (file: string) => (await readFile(file, 'utf8')).trim().split('\n').map(readLine);
const faultsOf = async ({ store, file }: Station): Promise<readonly HeadFault[]> => (await compareHeads(store.routine, file))?.faults ?? [];
const notedAt = '2026-01-01T00:00:00.000Z';

test('every hour the heads that moved are noted, signed, hashed over the line before; the record fits', async () => {
  const here = await station();
  const { store, clock, file, keys, first, second } = here;
  await clock.advance(hours(1));
  await addEntries(here, second, [word('f')]);
  await clock.advance(hours(1));
  const lines = await linesIn(file);
  expect(lines.map((line) => line?.note.incidents.map(({ id, entries }) => [id, entries]))).toEqual([
    [
      [first, 3],
      [second, 2],
    ],
    // What was written just before the last note is noted once more.
    [
      [first, 3],
      [second, 2],
    ],
    [[second, 3]],
  ]);
  expect(lines.map((line) => line?.note.prev)).toEqual(['', lines[0]?.hash, lines[1]?.hash]);
  expect(lines.map((line) => line?.kid)).toEqual(Array(3).fill((await keys.inUse()).jwk.kid));
  expect(await compareHeads(store.routine, file)).toEqual({
    ...{ file, lines: 3, unreadable: [], faults: [], from: notedAt, to: '2026-01-01T02:00:00.000Z' },
  });
  expect(await here.heads.obstacle()).toBeUndefined();
});

const deeds: readonly [deed: string, statement: string, faults: (ids: { first: string; second: string }) => HeadFault[]][] = [
  [
    'the end of the audit trail is cut off',
    'delete from audit where seq > 2',
    () => [{ what: 'audit', why: 'cut', from: 3, to: 5, notedAt }],
  ],
  [
    'the audit trail is written anew',
    `update audit set hash = repeat('0', 64) where seq = 5`,
    () => [{ what: 'audit', why: 'rewritten', from: 1, to: 5, notedAt }],
  ],
  [
    'the end of a timeline is cut off, and the incident says so too',
    `delete from timeline where seq = 3; update incidents i set chain_length = 2, chain_head = t.hash from timeline t where t.incident_id = i.id and t.seq = 2`,
    ({ first }) => [{ what: 'incident', why: 'cut', id: first, number: 1, from: 3, to: 3, notedAt }],
  ],
  [
    'a timeline is written anew',
    `update timeline set hash = repeat('1', 64) where seq = 2 and text = 'e'`,
    ({ second }) => [{ what: 'incident', why: 'rewritten', id: second, number: 2, from: 1, to: 2, notedAt }],
  ],
  [
    'an incident is taken out',
    `delete from timeline using incidents i where incident_id = i.id and i.number = 2; delete from incidents where number = 2`,
    ({ second }) => [{ what: 'incident', why: 'gone', id: second, number: 2, from: 1, to: 2, notedAt }],
  ],
];
test.each(deeds)('%s: it is named', async (_deed, statements, faults) => {
  const here = await station();
  for (const statement of statements.split(';')) await sql.raw(statement).execute(here.store.desk);
  expect(await faultsOf(here)).toEqual(faults(here));
});

test('between two notes, only what was written since the first is doubted', async () => {
  const here = await station();
  await addEntries(here, here.first, [word('x'), word('y')]);
  await here.clock.advance(hours(1));
  await sql`update timeline set hash = repeat('2', 64) where seq = 5`.execute(here.store.desk);
  expect(await faultsOf(here)).toMatchObject([{ what: 'incident', why: 'rewritten', number: 1, from: 4, to: 5 }]);
});

test('a line that was changed, taken out, or signed by somebody else is named', async () => {
  const here = await station();
  await here.clock.advance(hours(3));
  const text = await readFile(here.file, 'utf8');
  const lines = text.split('\n');
  await writeFile(here.file, text.replace('"entries":3', '"entries":2'));
  expect(await faultsOf(here)).toEqual([
    { what: 'line', line: 1, why: 'signature-wrong' },
    { what: 'line', line: 2, why: 'out-of-place' },
  ]);
  await writeFile(here.file, lines.toSpliced(1, 1).join('\n'));
  expect(await faultsOf(here)).toEqual([{ what: 'line', line: 2, why: 'out-of-place' }]);
  await writeFile(here.file, lines.toSpliced(2, 2).join('\n'));
  expect(await faultsOf(here)).toEqual([{ what: 'file', why: 'cut' }]);
  await writeFile(here.file, text);
  await sql`delete from signing_keys`.execute(here.store.desk);
  expect((await faultsOf(here)).map((fault) => fault.what === 'line' && fault.why)).toEqual(Array(4).fill('key-unknown'));
});

test('a line that is dated after its key was retired is named; those of before stand', async () => {
  const here = await station();
  const stolen = await here.keys.inUse();
  await here.clock.advance(hours(1));
  await here.keys.renew('chief');
  expect(await faultsOf(here)).toEqual([]);
  const at = here.clock.now() + 1;
  const prev = (await linesIn(here.file)).at(-1)?.hash ?? '';
  await appendFile(here.file, `${writeLine({ at: new Date(at).toISOString(), prev, incidents: [], more: false }, stolen)}\n`);
  expect(await faultsOf(here)).toEqual([{ what: 'line', line: 3, why: 'key-retired' }]);
});

test('a line that a power cut tore is no fault, and the next one stands on a line of its own', async () => {
  const here = await station();
  await appendFile(here.file, '{"note":{"form":"baiy');
  await here.clock.advance(hours(1));
  expect(await compareHeads(here.store.routine, here.file)).toMatchObject({ lines: 3, unreadable: [2], faults: [] });
});

test('a file that knows more than the record, as after the restore of an older backup, is no loss', async () => {
  const here = await station();
  await here.clock.advance(hours(2));
  const [first] = await linesIn(here.file);
  await sql`update head_files set lines = 1, last = ${first?.hash}`.execute(here.store.desk);
  await here.clock.advance(hours(1));
  expect(await here.heads.obstacle()).toBeUndefined();
  expect(await compareHeads(here.store.routine, here.file)).toMatchObject({ lines: 4, faults: [] });
});

test('a file that is gone is told, and everything is noted anew', async () => {
  const here = await station();
  await rm(here.file);
  expect(await faultsOf(here)).toEqual([{ what: 'file', why: 'gone' }]);
  await here.clock.advance(hours(1));
  expect(await here.heads.obstacle()).toMatch(/^the file of heads was gone or cut at 2026-01-01T01:00:00/);
  expect(await listAudit(here.store.desk, { limit: 1 })).toMatchObject([{ act: 'heads.lost', by: 'heads', data: { lines: 1 } }]);
  const [line] = await linesIn(here.file);
  expect([line?.note.incidents.length, line?.note.lost?.lines]).toEqual([2, 1]);
  expect(await faultsOf(here)).toEqual([]);
});

test('a file that cannot be written is told until it can; nothing else minds', async () => {
  const bench = await evidenceBench();
  const folder = join(bench.folder, 'usb');
  const file = join(folder, 'heads.jsonl');
  const heads = startHeads(bench, file);
  await bench.clock.advance(0);
  expect(await heads.obstacle()).toMatch(/^the heads of the chains cannot be noted: ENOENT; /);
  await mkdir(folder);
  await bench.clock.advance(hours(1));
  expect(await heads.obstacle()).toBeUndefined();
  expect(await linesIn(file)).toHaveLength(1);
});

test('two processes that share a file write each hour once; a start in between writes nothing more', async () => {
  const here = await station();
  startHeads(here, here.file);
  await here.clock.advance(hours(2));
  expect(await linesIn(here.file)).toHaveLength(3);
  expect(await faultsOf(here)).toEqual([]);
});

test('more timelines than a line holds are noted in several', async () => {
  const bench = await evidenceBench();
  for (let number = 1; number <= 501; number += 1) await addIncident(bench, number, [word('a')]);
  const file = join(bench.folder, 'heads.jsonl');
  startHeads(bench, file);
  await bench.clock.advance(0);
  expect((await linesIn(file)).map((line) => [line?.note.incidents.length, line?.note.more])).toEqual([
    [500, true],
    [1, false],
  ]);
  expect(await compareHeads(bench.store.routine, file)).toMatchObject({ lines: 2, faults: [] });
});
