import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { type DecisionRows, storeDecision } from './decisions.ts';
import { insertSignals, type NewSignal } from './signals.ts';
import { freshStore } from './testing.ts';
import { transact } from './transact.ts';

const now = Date.UTC(2026, 10, 21, 10);
const press: NewSignal = {
  ...{ id: '01980000-0000-7000-8000-000000000001', deviceId: 'key', deviceKind: 'key', type: 'press', active: true },
  ...{ at: now, receivedAt: now, exercise: false, lane: 'urgent', data: {}, settled: false, via: 'mqtt' },
};
const heardOf: DecisionRows['events'][number] = { type: 'baiying.incident.opened.v1', subject: 'incidents/1', at: now, data: {} };
const decision: DecisionRows = {
  ...{ opened: [], changed: [], entries: [], orders: [], moves: [] },
  ...{ events: [heardOf], sorted: [{ id: press.id, incidentId: undefined }] },
};

test('a signal that was decided about elsewhere meanwhile fails the decision as a whole', async () => {
  const store = await freshStore();
  await insertSignals(store.urgent, [press]);
  const decide = () =>
    transact(store.urgent, async (db) => ({ value: undefined, writes: [storeDecision(db, decision, now + seconds(1))] }));
  await decide();
  await expect(decide()).rejects.toMatchObject({ message: 'division by zero' });
  expect(await store.urgent.selectFrom('events').selectAll().execute()).toHaveLength(1);
  expect(await store.urgent.selectFrom('signals').select('sorted_at').execute()).toEqual([{ sorted_at: new Date(now + seconds(1)) }]);
});
