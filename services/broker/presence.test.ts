import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { putPresences } from '../store/presence.ts';
import type { Tables } from '../store/tables.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openPresence } from './presence.ts';
import { openUnderWay } from './under-way.ts';

/** Broker `a`, on a record that can be away, with these devices registered. */
async function brokerA(...devices: readonly string[]) {
  const store = await freshStore();
  const clock = manualClock();
  const at = new Date(clock.now());
  const registered = { kind: 'radio', driver: 'mqtt', settings: '{}', exercise: false, created_at: at, updated_at: at };
  if (devices.length > 0) {
    const rows = devices.map((id) => ({ ...registered, id, name: id }));
    await store.desk.insertInto('devices').values(rows).execute();
  }
  const record = { away: false, asked: 0 };
  const ask: Kysely<Tables>['executeQuery'] = (query) => {
    record.asked += 1;
    return record.away ? Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) : store.fleeting.executeQuery(query);
  };
  const living = ['b'];
  const late: string[] = [];
  const chores = openUnderWay(clock);
  const presence = openPresence({
    ...{ clock, log: quiet, settings: { brokerId: 'a' }, chores, peers: { others: () => living }, late: (id) => void late.push(id) },
    store: { fleeting: { executeQuery: ask } as Kysely<Tables>, routine: store.routine },
  });
  const note = (id: string, online: boolean, bridge?: 'behind a bridge') => {
    presence.note(id, online, bridge);
    return chores.ended(seconds(2));
  };
  const rows = async () => {
    const found = await store.desk
      .selectFrom('presence')
      .select(['device_id', 'state', 'broker_id', 'since'])
      .orderBy('device_id')
      .execute();
    return found.map((row) => [row.device_id, row.state, row.broker_id, row.since.getTime() - at.getTime()]);
  };
  const says = (id: string, brokerId: string, online = true) =>
    putPresences(store.fleeting, [{ deviceId: id, online, at: at.getTime() }], brokerId);
  return { clock, late, living, note, presence, record, rows, says, store };
}

test('who came or went while the record was away is written once it is back, as it is then', async () => {
  const { clock, late, note, record, rows, says } = await brokerA('came', 'left', 'moved', 'passed');
  await note('left', true);
  await says('moved', 'b');
  record.away = true;
  for (const id of ['came', 'moved', 'passed']) await note(id, true);
  await clock.advance(seconds(3));
  await note('left', false);
  await note('passed', false);
  record.away = false;
  expect(await rows()).toEqual([
    ['left', 'online', 'a', 0],
    ['moved', 'online', 'b', 0],
  ]);
  await clock.advance(seconds(1));
  expect(await rows()).toEqual([
    ['came', 'online', 'a', 4000],
    ['left', 'offline', null, 3000],
    ['moved', 'online', 'a', 0],
    ['passed', 'offline', null, 3000],
  ]);
  expect(late).toEqual(['came', 'moved']);
  const { asked } = record;
  await clock.advance(seconds(5));
  expect(record.asked).toBe(asked);
});

test('a county whose arrivals could not be written does not wait for the record all at once', async () => {
  const county = Array.from({ length: 450 }, (_unused, index) => `radio-${index}`);
  const { clock, note, record, rows } = await brokerA(...county);
  record.away = true;
  await Promise.all(county.map((id) => note(id, true)));
  const { asked } = record;
  await clock.advance(seconds(1));
  expect(record.asked).toBe(asked + 1);
  record.away = false;
  await clock.advance(seconds(1));
  expect(await rows()).toHaveLength(450);
});

test('what a server that died has forgotten stands again, and nothing else is touched', async () => {
  const { clock, late, note, record, rows, says, store } = await brokerA('forgotten', 'lost', 'stays', 'elsewhere', 'behind', 'removed');
  for (const id of ['forgotten', 'lost', 'stays', 'elsewhere', 'removed']) await note(id, true);
  await note('behind', true, 'behind a bridge');
  await note('lost', false);
  await store.desk.deleteFrom('devices').where('id', '=', 'removed').execute();
  await store.desk.deleteFrom('presence').where('device_id', '=', 'forgotten').execute();
  await says('lost', 'a');
  await says('elsewhere', 'b');
  const { asked } = record;
  await clock.advance(seconds(10));
  expect(await rows()).toEqual([
    ['behind', 'online', 'a', 0],
    ['elsewhere', 'online', 'b', 0],
    ['forgotten', 'online', 'a', 10_000],
    ['lost', 'offline', null, 10_000],
    ['stays', 'online', 'a', 0],
  ]);
  expect([late, record.asked - asked]).toEqual([['forgotten'], 1]);

  // The other broker has lost it, too, or is stopped: it is here all the same.
  await says('elsewhere', 'b', false);
  await clock.advance(seconds(10));
  expect((await rows())[1]).toEqual(['elsewhere', 'online', 'a', 20_000]);
  await clock.advance(seconds(10));
  expect(record.asked - asked).toBe(2);
});

test('who can be reached from here is not left to a broker that died: on a joined broker it never takes its claim back', async () => {
  const { clock, late, living, note, rows, says } = await brokerA('radio', 'not-here');
  await note('radio', true);
  for (const id of ['radio', 'not-here']) await says(id, 'b');
  await clock.advance(seconds(10));
  expect((await rows())[1]).toEqual(['radio', 'online', 'b', 0]);
  living.pop();
  await clock.advance(seconds(10));
  expect(await rows()).toEqual([
    ['not-here', 'online', 'b', 0],
    ['radio', 'online', 'a', 0],
  ]);
  expect(late).toEqual(['radio']);
});
