import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { type DriverType, type Fact, type Told, Trouble } from '../../devices/driver.ts';
import { seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Ear, Hearing, Speaker } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import type { Store } from '../store/connect.ts';
import { holderOf } from '../store/holdings.ts';
import { openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openPeers } from './peers.ts';
import { startWatching } from './watch.ts';

const input = (active: boolean, retained: boolean): Fact => ({
  type: 'digital-input',
  active,
  data: { topic: 'Device/Trigger/DigitalInput', sourceValues: ['1'] },
  ...(retained ? { retained } : {}),
});

const until = <T>(assertion: () => T | Promise<T>): Promise<T> => vi.waitFor(assertion, { timeout: 20_000, interval: 10 });

/** Cameras whose driver only waits: the test says what they tell. */
function driverOf() {
  const open = new Map<string, { told: Told; fail: (error: unknown) => void; settings: Record<string, unknown> }>();
  const type: DriverType = {
    name: 'pulled',
    kind: 'camera',
    title: { zh: '摄像机', en: 'camera' },
    settings: z.record(z.string(), z.unknown()),
    open: (_give, device) => ({
      watch: async (told, signal) => {
        const { promise, reject, resolve } = Promise.withResolvers<void>();
        open.set(device.id, { told, fail: reject, settings: device.settings });
        signal.addEventListener('abort', () => resolve());
        await promise.finally(() => open.delete(device.id));
      },
    }),
  };
  const drivers = { find: (_kind: string, name: string) => (name === 'pulled' ? type : undefined), list: () => [type] };
  return { open, drivers };
}

async function cameras(store: Store, count: number) {
  const at = new Date(0);
  const row = (id: string) => ({
    id,
    kind: 'camera',
    driver: 'pulled',
    name: id,
    settings: '{}',
    exercise: false,
    created_at: at,
    updated_at: at,
  });
  const rows = Array.from({ length: count }, (_, index) => row(`c${index}`));
  await store.routine
    .insertInto('devices')
    .values([...rows, { ...row('mqtt'), driver: 'mqtt' }])
    .execute();
}

interface Heard {
  readonly speaker: Speaker;
  readonly fact: Fact;
  readonly how: Hearing;
}

async function processOf(store: Store, brokerId: string, clock = manualClock(), hear?: Ear['hear']) {
  const { open, drivers } = driverOf();
  const heard: Heard[] = [];
  const alive: string[] = [];
  const register = await openRegister(store, quiet);
  const ear: Ear = {
    hear:
      hear ??
      (async (speaker, fact, how) => {
        heard.push({ speaker, fact, how });
        return { signalId: '', known: false };
      }),
    position: async () => undefined,
  };
  const peers = openPeers({ hub: store.hub, clock, brokerId });
  const watching = startWatching({
    ...{ store, clock, log: quiet, ear, register, drivers, brokerId, peers, random: () => 1, drill: () => true },
    give: { now: clock.now, post: async () => ({ outcome: 'sent' }), request: async () => ({ error: 'none' }) },
    heard: (id) => alive.push(id),
  });
  onTestFinished(async () => {
    await watching.close();
    peers.close();
    register.close();
  });
  /** Rounds and first connections, and the questions to the record that they ask. */
  const settled = async (size?: number) => {
    for (let turn = 0; turn < 3; turn += 1) await clock.advance(seconds(5));
    if (size !== undefined) {
      await until(async () => {
        await clock.advance(seconds(1));
        expect(open.size).toBe(size);
      });
    }
  };
  return { watching, open, heard, alive, clock, register, settled };
}

describe('watched devices', () => {
  test('only those whose driver watches; facts go to the ear with drill and standing, and the device counts as heard', async () => {
    const store = await freshStore();
    await cameras(store, 2);
    const { open, heard, alive, settled, watching } = await processOf(store, 'a');
    await settled(2);
    expect([...open.keys()].sort()).toEqual(['c0', 'c1']);
    const told = open.get('c0')?.told;
    told?.alive();
    await told?.hear([input(false, true)]);
    await told?.hear([input(true, true), input(true, false)]);
    expect(alive).toEqual(['c0']);
    expect(heard.map(({ fact, how }) => [fact.active, how.standing])).toEqual([
      [false, true],
      [true, false],
      [true, false],
    ]);
    expect(heard[0]).toMatchObject({ speaker: { id: 'c0', kind: 'camera', exercise: true }, how: { via: 'watch' } });
    expect(watching.health('c0')).toMatchObject({ state: 'watching' });
  });

  test('health is written where GET /devices/:id shows it, beside what others wrote there', async () => {
    const store = await freshStore();
    await cameras(store, 1);
    const { open, settled } = await processOf(store, 'a');
    await settled(1);
    await store.routine
      .insertInto('presence')
      .values({ device_id: 'c0', state: 'unknown', since: new Date(0), health: '{"picture":"black"}' })
      .onConflict((already) => already.column('device_id').doUpdateSet({ health: '{"picture":"black"}' }))
      .execute();
    open.get('c0')?.fail(new Trouble('refused', 'user name or password not taken'));
    await until(async () => {
      await settled();
      const row = await store.routine.selectFrom('presence').selectAll().where('device_id', '=', 'c0').executeTakeFirstOrThrow();
      expect(row).toMatchObject({
        state: 'offline',
        health: { picture: 'black', watch: { state: 'trouble', code: 'refused', failures: 1 } },
      });
    });
  });

  test('what was said while the record was away is in it once it is back', async () => {
    const store = await freshStore();
    await cameras(store, 1);
    let away = true;
    const kept: Fact[] = [];
    const { open, settled, clock } = await processOf(store, 'a', manualClock(), async (_speaker, fact) => {
      if (away) throw new Fault('record-unavailable');
      kept.push(fact);
      return { signalId: '', known: false };
    });
    await settled(1);
    const said = open.get('c0')?.told.hear([input(true, false)]);
    await clock.advance(seconds(3));
    expect(kept).toEqual([]);
    away = false;
    await until(async () => {
      await clock.advance(seconds(1));
      expect(kept).toHaveLength(1);
    });
    await said;
  });

  test('a camera that was changed is watched anew, one that was removed no longer', async () => {
    const store = await freshStore();
    await cameras(store, 2);
    const { open, settled, register } = await processOf(store, 'a');
    await settled(2);
    await store.routine.updateTable('devices').set({ settings: '{"address":"new"}' }).where('id', '=', 'c0').execute();
    await store.routine.deleteFrom('devices').where('id', '=', 'c1').execute();
    await register.touch('all');
    await until(async () => {
      await settled();
      expect([...open].map(([id, { settings }]) => [id, settings])).toEqual([['c0', { address: 'new' }]]);
    });
  });

  test('two processes share; each camera has one, and all of them after the other has gone', async () => {
    const store = await freshStore();
    await cameras(store, 10);
    const clock = manualClock();
    const a = await processOf(store, 'a', clock);
    await a.settled(10);
    const b = await processOf(store, 'b', clock);
    await until(async () => {
      await a.settled();
      expect([a.open.size + b.open.size, Math.abs(a.open.size - b.open.size) <= 2]).toEqual([10, true]);
    });
    expect([...a.open.keys()].filter((id) => b.open.has(id))).toEqual([]);
    await b.watching.close();
    await a.settled(10);
    expect(await holderOf(store.routine, 'watch', 'c3', clock.now())).toBe('a');
  });

  test('what a crash left at the camera is told to whoever comes next', async () => {
    const store = await freshStore();
    await cameras(store, 1);
    const { open, settled } = await processOf(store, 'a');
    await settled(1);
    const memory = open.get('c0')?.told.memory;
    await memory?.keep('subscription 7');
    expect(await memory?.recall()).toBe('subscription 7');
    await memory?.keep(undefined);
    expect(await memory?.recall()).toBeUndefined();
  });
});
