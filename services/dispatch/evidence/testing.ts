import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { crc32, sha256 } from '../../console/verify/hashing.ts';
import type { Source } from '../../console/verify/report.ts';
import { manualClock } from '../../scenarios/manual-clock.ts';
import { openSealer } from '../../secrets-at-rest.ts';
import { openSigningKeys } from '../../signing.ts';
import { insertPiece } from '../../store/footage.ts';
import { uuidv7 } from '../../store/ids.ts';
import { freshStore } from '../../store/testing.ts';
import { chainEntries, insertEntries, type WordedEntry } from '../../store/timeline.ts';
import { openShelf } from '../footage/shelf.ts';

/** A record with signing keys, a shelf and a clock, for tests about evidence. */
export async function evidenceBench() {
  const store = await freshStore();
  const folder = await mkdtemp(join(tmpdir(), 'baiying-tests-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const clock = manualClock();
  const keys = openSigningKeys({ db: store.routine, sealer: openSealer(folder), clock });
  return { store, folder, clock, keys, shelf: openShelf(join(folder, 'footage'), 0) };
}
export type Bench = Awaited<ReturnType<typeof evidenceBench>>;

/** An incident whose timeline has these entries. */
export async function addIncident(
  { store, clock }: Pick<Bench, 'store' | 'clock'>,
  number: number,
  entries: readonly WordedEntry[],
  exercise = false,
): Promise<string> {
  const [id, now] = [uuidv7(clock.now()), clock.now()];
  const at = new Date(now);
  const face = { id, number: String(number), kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false };
  await store.desk
    .insertInto('incidents')
    .values({ ...face, exercise, opened_at: at, last_signal_at: at })
    .execute();
  await addEntries({ store, clock }, id, entries);
  return id;
}

/** More entries at the end of a timeline. */
export async function addEntries(
  { store, clock }: Pick<Bench, 'store' | 'clock'>,
  id: string,
  entries: readonly WordedEntry[],
): Promise<void> {
  const row = await store.desk
    .selectFrom('incidents')
    .select(['chain_length', 'chain_head'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { rows, end } = chainEntries(id, { length: row.chain_length, head: row.chain_head }, entries, clock.now());
  await insertEntries(store.desk, rows);
  await store.desk.updateTable('incidents').set({ chain_length: end.length, chain_head: end.head }).where('id', '=', id).execute();
}

export const word = (text: string, data: WordedEntry['data'] = {}): WordedEntry => ({ kind: 'note', text, by: '王警官', data });

/** A picture on the shelf, in the record and on the timeline. */
export async function addPicture(
  bench: Bench,
  incidentId: string,
  part: number,
  bytes: Uint8Array,
): Promise<{ readonly id: string; readonly file: string; readonly sha256: string }> {
  const { store, shelf, clock } = bench;
  const [id, now] = [uuidv7(clock.now()), clock.now()];
  const { file, sha256: hash } = await shelf.put(incidentId, `${id}.jpg`, bytes);
  const times = { from: now, to: now, keptUntil: now + 1, gaps: 0 };
  const piece = {
    id,
    cameraId: 'cam-1',
    what: 'still',
    part,
    file,
    mediaType: 'image/jpeg',
    bytes: bytes.length,
    sha256: hash,
    ...times,
  } as const;
  await insertPiece(store.desk, incidentId, piece, now);
  await addEntries(bench, incidentId, [{ kind: 'camera', text: '图片', by: 'cam-1', data: { footageId: id, sha256: hash } }]);
  return { id, file, sha256: hash };
}

/** Bytes as a checker reads them. */
export function sourceOf(bytes: Uint8Array): Source {
  const read = async (start: number, end: number) => Uint8Array.from(bytes.subarray(Math.max(0, start), Math.max(0, end)));
  return {
    size: bytes.length,
    read,
    async sums(start, end) {
      const part = await read(start, end);
      return { sha256: await sha256(part), crc32: crc32(part) };
    },
  };
}
