import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import type { Store } from '../store/connect.ts';
import { presenceOf } from '../store/register.ts';
import { openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openTroubles } from './troubles.ts';

async function bench() {
  const store = await freshStore();
  const now = new Date();
  const rows = ['key-1', 'radio-7'].map((id) => ({ id, kind: 'key', driver: 'mqtt', name: id, settings: '{}', exercise: false }));
  await store.desk
    .insertInto('devices')
    .values(rows.map((row) => ({ ...row, created_at: now, updated_at: now })))
    .execute();
  const register = await openRegister(store, quiet);
  const clock = manualClock();
  const written: string[] = [];
  const counted = store.fleeting.withPlugin({
    transformQuery: ({ node }) => {
      written.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const counting: Pick<Store, 'fleeting'> = { fleeting: counted };
  const troubles = openTroubles({ store: counting, clock, log: quiet, register });
  const health = async (id: string) => (await presenceOf(store.desk, [id]))(id).health;
  return { store, register, clock, troubles, written, health };
}

test('what a silent device did wrong stands in its health, with when and how often, beside what else stands there', async () => {
  const { store, register, clock, troubles, health } = await bench();
  const at = new Date(clock.now());
  await store.desk
    .insertInto('presence')
    .values({ device_id: 'key-1', state: 'offline', since: at, health: JSON.stringify({ watch: { state: 'trouble' } }) })
    .execute();
  troubles.refused('key-1', 'wrong-secret');
  await clock.advance(seconds(1));
  troubles.refused('key-1', 'wrong-secret');
  troubles.note('key-1', 'wrong-topic', 'keys/key-1/\u0007event');
  troubles.refused('Radio_7', 'no-such-device');
  await clock.advance(seconds(5));
  expect(await health('key-1')).toEqual({
    watch: { state: 'trouble' },
    troubles: {
      'wrong-password': { since: '2026-01-01T00:00:00.000Z', at: '2026-01-01T00:00:01.000Z', times: 2 },
      'wrong-topic': { since: '2026-01-01T00:00:01.000Z', at: '2026-01-01T00:00:01.000Z', times: 1, detail: 'keys/key-1/?event' },
    },
  });
  expect(await health('radio-7')).toMatchObject({ troubles: { 'wrong-name': { times: 1, detail: 'Radio_7' } } });
  await troubles.close();
  register.close();
});

test('a device that comes back all the time is one write a minute, and a flood of names that nobody registered is none', async () => {
  const { register, clock, troubles, written, health } = await bench();
  for (let tries = 0; tries < 120; tries += 1) {
    troubles.refused('key-1', 'wrong-secret');
    for (let other = 0; other < 50; other += 1) troubles.refused(`flood-${tries}-${other}`, 'no-such-device');
    await clock.advance(seconds(1));
  }
  expect(written.length).toBeLessThanOrEqual(3);
  expect(written.length).toBeGreaterThan(0);
  await clock.advance(seconds(60));
  expect(await health('key-1')).toMatchObject({ troubles: { 'wrong-password': { times: 120 } } });
  await troubles.close();
  register.close();
});
