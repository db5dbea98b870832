import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Announcement, Delivery, DriverType, Give, Powers } from '../../devices/driver.ts';
import { minutes, seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { findBroadcast } from '../store/broadcast-lists.ts';
import { applyPlayback } from '../store/broadcast-moves.ts';
import { sweepBroadcasts, wakeTargets } from '../store/broadcast-sweep.ts';
import { insertBroadcast, type NewBroadcast } from '../store/broadcasts.ts';
import { uuidv7 } from '../store/ids.ts';
import type { Device } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { broadcastGoodFor, stopBroadcast } from './announce.ts';
import { openBroadcasting } from './broadcasting.ts';

const device = (id: string, driver = 'mqtt'): Device => ({ id, kind: 'loudspeaker', driver, name: id, settings: {}, exercise: false });
const sent: Delivery = { outcome: 'sent' };

const unused = (): never => {
  throw new Error('not of this test');
};
const give: Give = { now: unused, post: unused, request: unused };

async function started(powers: Powers, ids: readonly string[] = ['horn-1']) {
  const store = await freshStore();
  const clock = manualClock();
  const driver: DriverType = {
    ...{ name: 'mqtt', kind: 'loudspeaker', title: { zh: '', en: '' } },
    settings: z.record(z.string(), z.unknown()),
    open: () => powers,
  };
  const deps = {
    ...{ store, clock, hub: store.hub, log: quiet, give, lanes: { offer: () => undefined }, desk: { act: unused } },
    ...{ recorded: async () => undefined, hear: unused, sourceOf: async () => undefined },
    drivers: { find: (_kind: string, name: string) => (name === 'mqtt' ? driver : undefined) },
    register: {
      deviceOrLoad: async (id: string) => (id === 'gone' ? undefined : device(id, id === 'odd' ? 'unheard-of' : 'mqtt')),
      devicesAtSite: () => [],
      loudspeakersNear: () => [],
      placeOf: () => undefined,
    },
  };
  const broadcast: NewBroadcast = {
    ...{
      id: uuidv7(clock.now()),
      text: '请保持冷静',
      lang: 'zh',
      repeat: 2,
      priority: 1,
      requestedBy: 'wang',
      exercise: false,
      live: false,
      deviceIds: ids,
    },
    issuedAt: clock.now(),
    expiresAt: clock.now() + broadcastGoodFor,
  };
  await store.urgent.transaction().execute((trx) => insertBroadcast(trx, broadcast));
  const { handler: handle, announce } = openBroadcasting(deps);
  const play = async () => {
    for (const deviceId of ids) await handle({ type: 'broadcast', id: broadcast.id, deviceId });
  };
  const targets = async () => (await findBroadcast(store.urgent, broadcast.id))?.targets ?? [];
  const report = (state: 'playing' | 'played' | 'failed', reason?: string, deviceId = 'horn-1') =>
    store.urgent
      .transaction()
      .execute((trx) => applyPlayback(trx, { broadcastId: broadcast.id, deviceId, state, now: clock.now(), ...(reason && { reason }) }));
  const stop = async () => {
    const stored = await findBroadcast(store.urgent, broadcast.id);
    if (!stored) throw new Error('no broadcast');
    return stopBroadcast(stored, 'wang', announce);
  };
  return { store, clock, broadcast, play, targets, report, stop };
}

test('a broadcast is played once on each loudspeaker and climbs with what it reports, each rung with its clock', async () => {
  const played: Announcement[] = [];
  const { store, clock, play, targets, report, broadcast } = await started({
    play: async (announcement) => {
      played.push(announcement);
      return sent;
    },
  });
  await play();
  await play();
  expect(played).toEqual([
    { broadcastId: broadcast.id, text: '请保持冷静', lang: 'zh', repeat: 2, priority: 1, expiresAt: broadcast.expiresAt },
  ]);
  expect(await targets()).toMatchObject([{ state: 'sent' }]);
  await clock.advance(seconds(1));
  expect(await report('playing')).toBe('playing');
  expect(await report('played')).toBe('played');
  expect(await report('playing')).toBe('played');
  expect((await targets())[0]?.rungs.map(({ state }) => state)).toEqual(['queued', 'sent', 'playing', 'played', 'playing']);
  expect((await targets())[0]?.rungs[2]?.at).toBe('2026-01-01T00:00:01.000Z');
  const events = await store.urgent.selectFrom('events').select('type').orderBy('seq').execute();
  expect(events.map(({ type }) => type)).toEqual(['requested', 'sent', 'playing', 'played'].map((verb) => `baiying.broadcast.${verb}.v1`));
});

test('a loudspeaker that reports before its driver returns keeps what it reported', async () => {
  const early: { report?: () => Promise<unknown> } = {};
  const { play, targets, report } = await started({
    play: async () => {
      await early.report?.();
      return sent;
    },
  });
  early.report = () => report('playing');
  await play();
  expect(await targets()).toMatchObject([{ state: 'playing' }]);
});

test('one out of reach is tried again with growing pauses, at once when it is heard, and fails when the words are stale', async () => {
  let tries = 0;
  const { store, clock, play, targets, broadcast } = await started({
    play: async () => {
      tries += 1;
      return { outcome: 'unreachable', reason: 'not-connected' };
    },
  });
  await play();
  await play();
  expect(tries).toBe(1);
  expect(await targets()).toMatchObject([{ state: 'queued', reason: 'not-connected' }]);
  expect((await sweepBroadcasts(store.urgent, clock.now())).due).toEqual([]);
  await clock.advance(seconds(1));
  expect((await sweepBroadcasts(store.urgent, clock.now())).due).toEqual([{ id: broadcast.id, deviceId: 'horn-1' }]);
  await play();
  expect(tries).toBe(2);
  expect(await wakeTargets(store.urgent, 'horn-1')).toEqual([broadcast.id]);
  await play();
  expect(tries).toBe(3);
  await clock.advance(minutes(2));
  await play();
  expect(tries).toBe(3);
  expect(await sweepBroadcasts(store.urgent, clock.now())).toEqual({ due: [], failed: 1 });
  expect(await targets()).toMatchObject([{ state: 'failed', reason: 'expired: not-connected' }]);
  expect(await sweepBroadcasts(store.urgent, clock.now())).toEqual({ due: [], failed: 0 });
});

test('a broadcast whose sender died is played by the next one once the lease is over', async () => {
  let tries = 0;
  const { clock, play, targets } = await started({
    play: () => {
      tries += 1;
      return tries === 1 ? new Promise<Delivery>(() => undefined) : Promise.resolve(sent);
    },
  });
  void play();
  await expect.poll(() => tries).toBe(1);
  await play();
  expect(tries).toBe(1);
  await clock.advance(seconds(15));
  await play();
  expect(tries).toBe(2);
  expect(await targets()).toMatchObject([{ state: 'sent' }]);
});

test.each([
  [{}, 'horn-1', 'not-implemented'],
  [{ play: async () => ({ outcome: 'failed', reason: 'no-such-horn' }) as const }, 'horn-1', 'no-such-horn'],
  [{ play: async () => sent }, 'gone', 'device-removed'],
  [{ play: async () => sent }, 'odd', 'driver-unknown'],
])('powers %j of %s: failed, %s', async (powers: Powers, id, reason) => {
  const { play, targets } = await started(powers, [id]);
  await play();
  expect(await targets()).toMatchObject([{ state: 'failed', reason }]);
});

test('a driver that throws leaves the broadcast waiting', async () => {
  const { play, targets } = await started({ play: () => Promise.reject(new Error('socket')) });
  await play();
  expect(await targets()).toMatchObject([{ state: 'queued', reason: 'driver-error' }]);
});

test('a loudspeaker that plays after it was given up is believed; a failure after the end is not; a stranger is ignored', async () => {
  const { store, clock, targets, report } = await started({});
  await clock.advance(minutes(2));
  await sweepBroadcasts(store.urgent, clock.now());
  expect(await report('playing')).toBe('playing');
  expect(await report('played')).toBe('played');
  expect(await report('failed', 'late')).toBe('played');
  expect(await report('played', undefined, 'horn-9')).toBeUndefined();
  expect(await targets()).toMatchObject([{ state: 'played' }]);
});

test('one that began and never told its end fails in the end', async () => {
  const { store, clock, play, report, targets } = await started({ play: async () => sent });
  await play();
  await report('playing');
  await clock.advance(minutes(11));
  expect((await sweepBroadcasts(store.urgent, clock.now())).failed).toBe(0);
  await clock.advance(minutes(1));
  expect((await sweepBroadcasts(store.urgent, clock.now())).failed).toBe(1);
  expect(await targets()).toMatchObject([{ state: 'failed', reason: 'end-unknown' }]);
});

test('stopping ends what waits without a word, tells what plays, and leaves what has ended', async () => {
  const stopped: string[] = [];
  const { play, report, stop, targets } = await started(
    {
      play: async () => sent,
      stop: async (id) => {
        stopped.push(id);
        return sent;
      },
    },
    ['horn-1', 'horn-2'],
  );
  expect(await stop()).toEqual(new Map());
  expect(stopped).toEqual([]);
  expect(await targets()).toMatchObject([{ state: 'stopped', reason: 'stopped by wang' }, { state: 'stopped' }]);
  await play();
  expect(await targets()).toMatchObject([{ state: 'stopped' }, { state: 'stopped' }]);
  expect(await report('played')).toBe('stopped');
});

test('one that plays is told to stop; one that cannot keeps its state and is named', async () => {
  let answer: Delivery = { outcome: 'unreachable', reason: 'not-connected' };
  const { play, stop, targets } = await started({ play: async () => sent, stop: async () => answer });
  await play();
  expect(await stop()).toEqual(new Map([['horn-1', 'not-connected']]));
  expect(await targets()).toMatchObject([{ state: 'sent' }]);
  answer = sent;
  expect(await stop()).toEqual(new Map());
  expect(await targets()).toMatchObject([{ state: 'stopped' }]);
});

test('stopped while its words are on their way, a loudspeaker gets the stop after them', async () => {
  const said: string[] = [];
  const during: { stop?: () => Promise<unknown> } = {};
  const { play, stop, targets } = await started({
    play: async () => {
      await during.stop?.();
      said.push('play');
      return sent;
    },
    stop: async () => {
      said.push('stop');
      return sent;
    },
  });
  during.stop = stop;
  await play();
  expect(said).toEqual(['play', 'stop']);
  expect(await targets()).toMatchObject([{ state: 'stopped' }]);
});
