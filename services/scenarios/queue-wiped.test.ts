import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { uuidv7 } from '../store/ids.ts';
import { insertSignals } from '../store/signals.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('the queue is wiped while an incident is open: deadlines fire, and what the queue lost is found in the record', async () => {
  const at = await openStation();
  const [near, , far] = await registerCrew(at, ['near', 'middle', 'far']);
  await at.register('key', 'key-lost', { siteId: 'hospital' });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);

  const { rows } = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'bullmq' and tablename like '%job%'`.execute(at.store.desk);
  expect(rows.length).toBeGreaterThan(0);
  for (const { name } of rows) await sql`delete from ${sql.id('bullmq', name)}`.execute(at.store.desk);
  const now = at.clock.now();
  const lost = {
    id: uuidv7(now),
    deviceId: 'key-lost',
    deviceKind: 'key',
    type: 'press',
    grade: 'emergency',
    active: true,
    at: now,
    receivedAt: now,
    exercise: false,
    lane: 'urgent',
    data: {},
    settled: false,
    via: 'mqtt',
  } as const;
  await insertSignals(at.store.urgent, [lost]);

  // Found at the sweeper's next turn, not at some later one.
  await at.clock.advance(seconds(2));
  await at.until(async () => expect((await at.incidents()).map(({ deviceId }) => deviceId)).toContain('key-lost'));

  await at.clock.advance(seconds(8));
  await orderOn(at, far);
  await at.clock.advance(seconds(5));
  const { timeline } = await at.until(async () => {
    const incident = await at.incident(incidentId);
    expect(incident.timeline.some((entry) => entry.kind === 'escalated')).toBe(true);
    return incident;
  });
  expect(timeline.find((entry) => entry.kind === 'escalated')?.data).toMatchObject({ clock: 'acknowledge', level: 1, lateMs: 0 });
});

test('an order whose job was lost before it was sent leaves with the next sweep', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  await at.until(async () => expect((await at.incident(incidentId)).orders[0]?.state).toBe('sent'));
  // As after a kill between the commit of an order and its sending.
  await at.store.urgent
    .updateTable('orders')
    .set({ state: 'queued', send_at: new Date(at.clock.now()), lease: null, lease_until: null })
    .where('id', '=', orderId)
    .execute();

  await at.clock.advance(seconds(2));
  await at.until(() => expect(near.orders.map((order) => order.outcome)).toEqual(['effective', 'repeat']));
  expect(near.effective()).toHaveLength(1);
});
