import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { minutes, seconds } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { storeDecision } from './decisions.ts';
import { uuidv7 } from './ids.ts';
import { longestLease, rearmAfterClockStep } from './incidents.ts';
import { claimOrder, endClaim, ordersToSend } from './order-claims.ts';
import { freshStore } from './testing.ts';

const issued = Date.parse('2026-11-20T08:00:00Z');

/** One order of one incident, issued at `issued` and good for half an hour. */
async function anOrder(db: Db): Promise<string> {
  const [id, incidentId] = [uuidv7(issued), uuidv7(issued)];
  const face = { kind: 'emergency', priority: 1, exercise: false } as const;
  const incident = { ...face, id: incidentId, number: 1, state: 'open', silent: false, confirmed: false, openedAt: issued } as const;
  const stored = { incident, lastSignalAt: issued, signalCount: 1, chain: { length: 0, head: '' } };
  const order = {
    ...{ id, incidentId, unitId: 'car-1', deviceId: 'radio-1', cause: 'at-once:car-1', automatic: true, ...face, text: '' },
    choice: { unitId: 'car-1', reason: 'no-position' as const },
    ...{ issuedAt: issued, expiresAt: issued + minutes(30), deliveredBy: issued + seconds(10) },
  };
  const rows = { opened: [{ stored, receiptDue: false }], changed: [], entries: [], orders: [order], moves: [], events: [], sorted: [] };
  await storeDecision(db, rows, issued);
  return id;
}

test('an order that its unit took up while a bearer tried in vain is not tried again', async () => {
  const { routine: db } = await freshStore();
  const id = await anOrder(db);
  const lease = randomUUID();
  expect(await claimOrder(db, id, lease, issued, longestLease)).toMatchObject({ id });
  const arrived = { id, state: 'arrived', live: true, moved: true, rungs: [], clock: 'ended' } as const;
  await storeDecision(db, { opened: [], changed: [], entries: [], orders: [], moves: [arrived], events: [], sorted: [] }, issued);
  expect(await endClaim(db, id, lease, issued + seconds(5))).toBe(true);
  expect(await ordersToSend(db, issued + minutes(60), 9)).toEqual([]);
});

test('after the clock was set back an order that was tried again by the clock before goes out at once', async () => {
  const { routine: db } = await freshStore();
  const id = await anOrder(db);
  const lease = randomUUID();
  await claimOrder(db, id, lease, issued + minutes(10), longestLease);
  await endClaim(db, id, lease, issued + minutes(10));
  await rearmAfterClockStep(db, issued + minutes(1));
  expect(await ordersToSend(db, issued + minutes(1), 9)).toEqual([{ id, refused: true }]);
});

test('after the clock was set back nobody waits for a claim that ends in what is now the future', async () => {
  const { routine: db } = await freshStore();
  const id = await anOrder(db);
  await claimOrder(db, id, randomUUID(), issued + minutes(10), longestLease);
  await rearmAfterClockStep(db, issued + minutes(1));
  expect(await ordersToSend(db, issued + minutes(1), 9)).toEqual([{ id, refused: true }]);
});

test.each([
  ['moves back with the clock where it is known how far that was set back', minutes(60), -minutes(60) + seconds(10)],
  ['gets its whole span from then where that is not known', undefined, -minutes(60) + seconds(4) + seconds(10)],
])('after the clock was set back a deadline %s', async (_what, setBack, due) => {
  const { routine: db } = await freshStore();
  const id = await anOrder(db);
  await rearmAfterClockStep(db, issued + seconds(4) - minutes(60), setBack);
  const { clock_due_at } = await db.selectFrom('orders').select('clock_due_at').where('id', '=', id).executeTakeFirstOrThrow();
  expect(clock_due_at?.getTime()).toBe(issued + due);
});
