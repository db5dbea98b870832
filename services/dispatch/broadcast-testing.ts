import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { DriverType, Powers, Sound, Speaking, Spoken } from '../../devices/driver.ts';
import type { Hearing } from '../../devices/media/hearing.ts';
import type { ListenWanted, Media, Source } from '../../devices/media/index.ts';
import type { Priority } from '../alarm/index.ts';
import type { DeskInput, Job } from '../ports.ts';
import { type ManualClock, manualClock } from '../scenarios/manual-clock.ts';
import { findBroadcast } from '../store/broadcast-lists.ts';
import { insertBroadcast, type NewBroadcast } from '../store/broadcasts.ts';
import { openStore, type Store } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import type { Device } from '../store/register-view.ts';
import type { NewRow } from '../store/tables.ts';
import { freshDatabase, quiet } from '../store/testing.ts';
import { broadcastGoodFor, stopBroadcast } from './announce.ts';
import { type BroadcastingDeps, openBroadcasting } from './broadcasting.ts';

/** One time that a loudspeaker of the bench was spoken to. */
export interface Said {
  readonly deviceId: string;
  readonly speaking: Speaking;
  /** Everything that came, once it has ended. */
  readonly samples: () => Int16Array;
  end(spoken: Spoken): void;
}

export interface Room {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly broadcasting: ReturnType<typeof openBroadcasting>;
  handle(broadcast: NewBroadcast, deviceId?: string): Promise<void>;
  stop(broadcast: NewBroadcast): Promise<ReadonlyMap<string, string>>;
}

export interface Bench {
  readonly store: Store;
  readonly clock: ManualClock;
  /** Another process on the same record, with a clock of its own where the first one is to be dead. */
  room(clock?: ManualClock): Promise<Room>;
  readonly said: readonly Said[];
  readonly told: readonly [string, DeskInput][];
  readonly jobs: readonly Job[];
  ask(over?: Partial<NewBroadcast>): Promise<NewBroadcast>;
  incident(over?: Partial<NewRow<'incidents'>>): Promise<string>;
  targets(broadcast: NewBroadcast): Promise<NonNullable<Awaited<ReturnType<typeof findBroadcast>>>['targets']>;
}

export interface BenchOptions {
  readonly devices: readonly (Partial<Device> & { readonly id: string })[];
  readonly powers?: (deviceId: string) => Powers | undefined;
  readonly near?: readonly string[];
  readonly speech?: Media['speech'];
  readonly listen?: (source: Source, wanted: ListenWanted) => Promise<Int16Array>;
  readonly hear?: (sent: Int16Array, recorded: Int16Array) => Hearing;
  readonly recorded?: BroadcastingDeps['recorded'];
}

/** One second of 400 Hz for every word of the bench. */
export const voice = Int16Array.from({ length: 8000 }, (_none, at) => Math.round(8000 * Math.sin((2 * Math.PI * 400 * at) / 8000)));

const unused = (): never => {
  throw new Error('not of this test');
};

/** Loudspeakers that say nothing until the test says how they ended; processes on one record. */
export async function openBench(options: BenchOptions): Promise<Bench> {
  const database = await freshDatabase();
  const stores: Store[] = [];
  const open = async () => {
    const store = await openStore({ connection: database.connection, log: quiet });
    stores.push(store);
    return store;
  };
  const said: Said[] = [];
  const told: [string, DeskInput][] = [];
  const jobs: Job[] = [];
  const rooms: ReturnType<typeof openBroadcasting>[] = [];
  onTestFinished(async () => {
    for (const one of said) one.end({ outcome: 'stopped' });
    await Promise.all(rooms.map((room) => room.close()));
    for (const store of stores) await store.close();
    await database.drop();
  });
  const clock = manualClock();
  const store = await open();
  const devices = new Map(options.devices.map((device) => [device.id, deviceOf(device)]));
  const room = async (its = clock): Promise<Room> => {
    const own = rooms.length === 0 ? store : await open();
    const broadcasting = openBroadcasting(depsOf({ options, devices, said, told, jobs, store: own, clock: its }));
    rooms.push(broadcasting);
    return {
      ...{ store: own, clock: its, broadcasting },
      handle: ({ id, deviceIds }, deviceId = deviceIds[0] ?? '') => broadcasting.handler({ type: 'broadcast', id, deviceId }),
      stop: async ({ id }) => {
        const stored = await findBroadcast(own.urgent, id);
        return stored ? stopBroadcast(stored, 'wang', broadcasting.announce) : unused();
      },
    };
  };
  return {
    ...{ store, clock, room, said, told, jobs },
    ask: async (over = {}) => {
      const broadcast = broadcastOf(clock.now(), over);
      await store.urgent.transaction().execute((trx) => insertBroadcast(trx, broadcast));
      return broadcast;
    },
    incident: async (over = {}) => {
      const id = uuidv7(clock.now());
      const at = new Date(clock.now());
      const row = { id, number: String(Math.floor(Math.random() * 1e9)), kind: 'emergency', priority: 1, state: 'open', silent: false };
      await store.urgent
        .insertInto('incidents')
        .values({ ...row, confirmed: false, exercise: false, opened_at: at, last_signal_at: at, ...over })
        .execute();
      return id;
    },
    targets: async ({ id }) => (await findBroadcast(store.urgent, id))?.targets ?? [],
  };
}

const deviceOf = ({ id, ...over }: Partial<Device> & { readonly id: string }): Device => ({
  ...{ id, kind: 'loudspeaker', driver: 'fake', name: id, settings: {}, exercise: false },
  ...over,
});

const broadcastOf = (now: number, over: Partial<NewBroadcast>): NewBroadcast => ({
  ...{ id: uuidv7(now), text: '请离开', lang: 'zh', repeat: 1, priority: 3 as Priority, requestedBy: 'wang', exercise: false, live: false },
  ...{ issuedAt: now, expiresAt: now + broadcastGoodFor, deviceIds: ['horn-1'] },
  ...over,
});

interface Made {
  readonly options: BenchOptions;
  readonly devices: ReadonlyMap<string, Device>;
  readonly said: Said[];
  readonly told: [string, DeskInput][];
  readonly jobs: Job[];
  readonly store: Store;
  readonly clock: ManualClock;
}

function depsOf({ options, devices, said, told, jobs, store, clock }: Made): BroadcastingDeps {
  const driver: DriverType = {
    ...{ name: 'fake', kind: 'loudspeaker', title: { zh: '', en: '' } },
    settings: z.record(z.string(), z.unknown()),
    open: (_give, { id }) => options.powers?.(id) ?? { speak: (sound, speaking) => speak(id, sound, speaking, said) },
  };
  return {
    ...{ store, clock, hub: store.hub, log: quiet, drivers: { find: () => driver } },
    give: { now: clock.now, post: unused, request: unused },
    lanes: { offer: (job) => void jobs.push(job) },
    desk: {
      act: async (id, input) => {
        told.push([id, input]);
        return undefined as never;
      },
    },
    register: {
      deviceOrLoad: async (id) => devices.get(id),
      devicesAtSite: (siteId) => [...devices.values()].filter((device) => device.siteId === siteId),
      loudspeakersNear: () => (options.near ?? []).flatMap((id) => devices.get(id) ?? []),
      placeOf: () => ({ lat: 0, lon: 0 }),
    },
    media: {
      speech: options.speech ?? (async () => voice),
      decode: async (bytes) => new Int16Array(bytes.length),
      listen: options.listen ?? unused,
    },
    recorded: options.recorded ?? (async () => undefined),
    hear: options.hear ?? unused,
    sourceOf: async () => async () => ({ url: 'rtsp://camera/1', host: 'camera' }),
  };
}

/** Takes the sound as fast as it comes, and ends when the test or the signal says so. */
async function speak(deviceId: string, sound: Sound, speaking: Speaking, said: Said[]): Promise<Spoken> {
  const { promise, resolve } = Promise.withResolvers<Spoken>();
  const came: number[] = [];
  said.push({ deviceId, speaking, samples: () => Int16Array.from(came), end: resolve });
  speaking.signal.addEventListener('abort', () => resolve({ outcome: 'stopped' }), { once: true });
  if (speaking.signal.aborted) return { outcome: 'stopped' };
  const take = async (): Promise<void> => {
    for await (const piece of sound.pieces) {
      if (came.length === 0) speaking.began();
      for (const sample of piece) came.push(sample);
    }
  };
  take().catch((error: unknown) => resolve({ outcome: 'failed', reason: String(error) }));
  return promise;
}

export const sentAfter = (milliseconds: number): Spoken => ({ outcome: 'sent', milliseconds });
