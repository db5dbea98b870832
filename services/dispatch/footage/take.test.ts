import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type StreamAddress, Trouble } from '../../../devices/driver.ts';
import type { Clip, ClipWanted, Media } from '../../../devices/media/index.ts';
import { type Incident, minutes, seconds } from '../../alarm/index.ts';
import type { CameraNews } from '../../ports.ts';
import { type ManualClock, manualClock } from '../../scenarios/manual-clock.ts';
import type { Store } from '../../store/connect.ts';
import { claimCameras } from '../../store/footage.ts';
import { freshStore, quiet } from '../../store/testing.ts';
import type { Cameras } from '../cameras.ts';
import { noMedia } from '../no-media.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { type TakeDeps, takeCamera } from './take.ts';

const incidentId = '019b76da-a800-7000-8000-000000000001';
const policy = { before: seconds(30), after: seconds(30), longest: minutes(3), days: 30 };

async function addIncident(store: Store, openedAt: number): Promise<void> {
  const at = new Date(openedAt);
  const incident = { id: incidentId, number: '1', kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false };
  await store.desk
    .insertInto('incidents')
    .values({ ...incident, exercise: false, opened_at: at, last_signal_at: at })
    .execute();
  const camera = { incident_id: incidentId, camera_id: 'cam', place: 0, reason: 'nearest', at, still: 'none', turn: 'none', clip: 'owed' };
  await store.desk
    .insertInto('incident_cameras')
    .values({ ...camera, still: 'none', turn: 'none', clip: 'owed' })
    .execute();
}

const hanging = new Promise<never>(() => undefined);

/** A camera whose recording is one incident's, with a media room that answers when its time has come. */
async function bench(change: { room?: Shelf['room']; clip?: (wanted: ClipWanted, count: number) => Clip | Error | Promise<never> } = {}) {
  const store = await freshStore();
  const folder = await mkdtemp(join(tmpdir(), 'baiying-tests-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const clock = manualClock();
  const openedAt = clock.now();
  await addIncident(store, openedAt);
  const asked: { from: number; to: number }[] = [];
  const news: CameraNews[] = [];
  const make = (wanted: ClipWanted): Clip => ({
    ...{ file: join(wanted.folder, `${wanted.name}.mp4`), bytes: 1, sha256: 'aa', codec: 'avc1.42c01f', gaps: 0 },
    from: wanted.from,
    to: wanted.to,
  });
  const media: Media = {
    ...noMedia(clock.now),
    async clip(_id, _source, wanted) {
      asked.push({ from: (wanted.from - openedAt) / 1000, to: (wanted.to - openedAt) / 1000 });
      const made = await (change.clip?.(wanted, asked.length) ?? make(wanted));
      if (made instanceof Error) throw made;
      wanted.signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        clock.after('clip', Math.max(0, wanted.to - clock.now()), resolve);
        wanted.signal?.addEventListener('abort', () => reject(wanted.signal?.reason));
      });
      return made;
    },
  };
  const source = async (): Promise<StreamAddress & { host: string }> => ({ url: 'rtsp://10.0.0.2/live', host: '10.0.0.2' });
  const shelf = { ...openShelf(folder, 0), ...(change.room === undefined ? {} : { room: change.room }) };
  const deps: TakeDeps = {
    ...{ store, clock, log: quiet, media, shelf, policy, holder: 'me' },
    cameras: { sourceOf: async () => source } as unknown as Cameras,
    desk: { cameras: async (_id, told) => void news.push(...told) },
  };
  const end = new AbortController();
  const take = async () => {
    const [owed] = await claimCameras(store.desk, incidentId, { holder: 'me', length: seconds(1), patience: 0 }, clock.now());
    if (!owed) throw new Error('nothing is owed');
    const incident = { id: incidentId, kind: 'emergency', openedAt } as Incident;
    return takeCamera(deps, { incident, owed, days: 30, signal: end.signal });
  };
  const close = () => store.desk.updateTable('incidents').set({ state: 'closed' }).execute();
  return { store, clock, asked, news, take, close, end, folder };
}

/** Moves the clock from one waiting to the next; what the record is asked in between takes no time of the story's. */
async function walk(clock: ManualClock, until: Promise<void>): Promise<void> {
  let over = false;
  void until.finally(() => {
    over = true;
  });
  while (!over) {
    const [next] = clock.list();
    if (next) await clock.advance(next.due - clock.now());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until;
}

test('recorded from half a minute before the call, part by part, as long as the settings say', async () => {
  const { clock, asked, news, take } = await bench();
  await walk(clock, take());
  expect(asked).toEqual([
    { from: -30, to: 30 },
    { from: 30, to: 90 },
    { from: 90, to: 150 },
    { from: 150, to: 210 },
  ]);
  expect(news.map((one) => one.type === 'attached' && [one.piece.part, one.last])).toEqual([
    [0, false],
    [1, false],
    [2, false],
    [3, true],
  ]);
});

test('of a closed incident no further part is recorded', async () => {
  const { clock, asked, take, close } = await bench();
  await close();
  await walk(clock, take());
  expect(asked).toHaveLength(1);
});

test('a nearly full disk ends recording, and it is said; nothing is asked of the camera', async () => {
  const { asked, news, take } = await bench({ room: async () => 'full' });
  await take();
  expect(asked).toEqual([]);
  expect(news).toEqual([expect.objectContaining({ type: 'missing', what: 'clip', reason: 'disk-nearly-full' })]);
});

test('a camera that comes back is recorded again; that it was away is said at once', async () => {
  const { clock, asked, news, take } = await bench({
    clip: (wanted, count) => (count === 1 ? new Trouble('unreachable', 'no way') : { ...fileOf(wanted), bytes: 1 }),
  });
  await walk(clock, take());
  expect(news[0]).toMatchObject({ type: 'missing', reason: 'clip-missing', why: 'no way' });
  expect(asked[1]).toEqual({ from: 30, to: 90 });
  expect(news.filter(({ type }) => type === 'attached')).toHaveLength(3);
});

const fileOf = ({ folder, name, from, to }: ClipWanted) => ({
  ...{ file: join(folder, `${name}.mp4`), sha256: 'aa', codec: 'avc1', gaps: 0, from, to },
});

test('a password that is not taken is not tried again and again', async () => {
  const { clock, asked, take } = await bench({ clip: () => new Trouble('refused', 'wrong password') });
  await walk(clock, take());
  expect(asked).toHaveLength(1);
});

test('a process that starts late records what can still be seen', async () => {
  const { clock, asked, take, close } = await bench();
  await clock.advance(seconds(45));
  await close();
  await walk(clock, take());
  expect(asked).toEqual([{ from: -30, to: 75 }]);
});

test('a stop lets go of the camera for another process', async () => {
  const { store, clock, asked, news, take, end } = await bench();
  const taking = take();
  await vi.waitFor(() => expect(asked).toHaveLength(1), 20_000);
  end.abort();
  await taking;
  expect(news).toEqual([]);
  const claim = { holder: 'other', length: seconds(1), patience: 0 };
  expect(await claimCameras(store.desk, incidentId, claim, clock.now())).toHaveLength(1);
});

test('a stop does not wait for a camera that does not answer', async () => {
  const { store, asked, take, end } = await bench({ clip: () => hanging });
  const taking = take();
  await vi.waitFor(() => expect(asked).toHaveLength(1), 20_000);
  end.abort();
  await taking;
  const { holder_until: until } = await store.desk.selectFrom('incident_cameras').select('holder_until').executeTakeFirstOrThrow();
  expect(until).toBeNull();
});

test('what one process is at, no other takes; a stream that another keeps is left to it for a while', async () => {
  const { store, clock } = await bench();
  const claim = (holder: string, patience = seconds(5)) => ({ holder, length: seconds(10), patience });
  await store.desk.insertInto('devices').values(device).execute();
  const held = { purpose: 'stream', device_id: 'cam', holder: 'keeper', until: new Date(clock.now() + seconds(60)) };
  await store.desk.insertInto('holdings').values(held).execute();
  expect(await claimCameras(store.desk, incidentId, claim('other'), clock.now())).toHaveLength(0);
  expect(await claimCameras(store.desk, incidentId, claim('keeper'), clock.now())).toHaveLength(1);
  expect(await claimCameras(store.desk, incidentId, claim('other', 0), clock.now())).toHaveLength(0);
  expect(await claimCameras(store.desk, incidentId, claim('other', 0), clock.now() + seconds(10))).toHaveLength(1);
});

const device = {
  ...{ id: 'cam', kind: 'camera', driver: 'onvif', name: 'cam', settings: '{}', exercise: false },
  ...{ created_at: new Date(0), updated_at: new Date(0) },
};

test.each(['../left', '/etc/hostname', 'a/../../left', '..', '', '../shelf-of-another/a.jpg'])(
  '%j is no file of the folder',
  async (file) => {
    const { folder } = await bench();
    await writeFile(join(folder, 'left'), 'abc');
    const shelf = openShelf(join(folder, 'shelf'), 0);
    expect(await shelf.read(file, { start: 0, end: 1 })).toBeUndefined();
    await shelf.remove(file);
    expect(await readdir(folder)).toContain('left');
  },
);

test('files: written once, read in parts, missing ones are no fault', async () => {
  const { folder } = await bench();
  const shelf = openShelf(join(folder, 'not', 'yet'), 0);
  expect(await shelf.room()).toBe('enough');
  const { file, sha256 } = await shelf.put(incidentId, 'a.jpg', Buffer.from('abc'));
  // FIPS 180-2, appendix B.1.
  expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  await expect(shelf.put(incidentId, 'a.jpg', Buffer.from('x'))).rejects.toThrow('EEXIST');
  const part = await shelf.read(file, { start: 1, end: 1 });
  expect(Buffer.concat((await part?.toArray()) ?? []).toString()).toBe('b');
  await shelf.remove(file);
  await shelf.remove(file);
  expect(await shelf.read(file, { start: 0, end: 0 })).toBeUndefined();
  await writeFile(join(folder, 'left'), '');
  expect(await readdir(shelf.folderOf(incidentId))).toEqual([]);
  expect(await openShelf(folder, 1e9).obstacle()).toMatch(/^recordings have stopped: \d+ MiB are free/);
});
