import { describe, expect, test } from 'vitest';
import { minutes, seconds } from '../alarm/index.ts';
import { hold, holderOf, letGo } from './holdings.ts';
import { freshStore } from './testing.ts';

const start = Date.parse('2026-11-20T08:00:00Z');
const lease = seconds(15);

async function camerasOf(count: number) {
  const store = await freshStore();
  const at = new Date(start);
  const ids = Array.from({ length: count }, (_, index) => `cam-${index}`);
  const rows = ids.map((id) => ({
    id,
    kind: 'camera',
    driver: 'mqtt',
    name: id,
    settings: '{}',
    exercise: false,
    created_at: at,
    updated_at: at,
  }));
  await store.routine.insertInto('devices').values(rows).execute();
  return { db: store.routine, ids };
}

describe('who holds a device', () => {
  test('two processes share the devices between them, each device with one', async () => {
    const { db, ids } = await camerasOf(10);
    const [a, b] = await Promise.all([hold(db, 'watch', 'a', ids, 6, start, lease), hold(db, 'watch', 'b', ids, 6, start, lease)]);
    const again = await hold(db, 'watch', a.size < b.size ? 'a' : 'b', ids, 6, start, lease);
    const fuller = a.size < b.size ? b : a;
    expect([...again].filter((id) => fuller.has(id))).toEqual([]);
    expect(new Set([...again, ...fuller])).toEqual(new Set(ids));
  });

  test('a lease that ran out is taken by another, one that was let go at once', async () => {
    const { db, ids } = await camerasOf(2);
    await hold(db, 'watch', 'a', ids, 9, start, lease);
    expect(await hold(db, 'watch', 'b', ids, 9, start + lease - 1, lease)).toEqual(new Set());
    await letGo(db, 'watch', 'a', ['cam-0']);
    expect(await hold(db, 'watch', 'b', ids, 9, start + 1, lease)).toEqual(new Set(['cam-0']));
    expect(await hold(db, 'watch', 'b', ids, 9, start + lease, lease)).toEqual(new Set(ids));
    expect(await holderOf(db, 'watch', 'cam-1', start + lease)).toBe('b');
    expect(await holderOf(db, 'watch', 'cam-1', start + minutes(5))).toBeUndefined();
  });

  test('a removed device is nobody’s, and one purpose does not stand in the way of another', async () => {
    const { db } = await camerasOf(1);
    expect(await hold(db, 'watch', 'a', ['cam-0', 'gone'], 9, start, lease)).toEqual(new Set(['cam-0']));
    expect(await hold(db, 'stream', 'b', ['cam-0'], 9, start, lease)).toEqual(new Set(['cam-0']));
  });
});
