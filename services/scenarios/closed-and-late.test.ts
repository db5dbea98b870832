import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('after closing, what officers still report is written and moves nothing', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  const other = await orderOn(at, middle);
  await near.report(orderId, 'accepted');
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('dispatched'));
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'false' });
  await at.until(() => expect(key.lastReceipt()?.state).toBe('closed'));
  const closed = await at.incident(incidentId);
  expect(closed.orders).toMatchObject([
    { unitId: 'near', state: 'accepted' },
    { unitId: 'middle', state: 'cancelled' },
  ]);

  const written = (count: number) =>
    at.until(async () => {
      const incident = await at.incident(incidentId);
      expect(incident.timeline.length).toBeGreaterThanOrEqual(closed.timeline.length + count);
      return incident;
    });
  await near.report(orderId, 'arrived', 'all quiet');
  await written(1);
  await middle.report(other.orderId, 'declined');
  const after = await written(2);
  expect(after).toMatchObject({ state: 'closed', disposition: 'false' });
  expect(after.deadline).toBeUndefined();
  expect(after.timeline.slice(closed.timeline.length)).toMatchObject([
    { by: 'near', reason: 'climbed', data: { state: 'arrived', note: 'all quiet' } },
    { by: 'middle', reason: 'answer-to-a-cancelled-order', data: { state: 'declined' } },
  ]);
  expect(key.lastReceipt()?.state).toBe('closed');
  expect(await at.api('GET', `/incidents/${incidentId}/chain`)).toMatchObject({ intact: true });

  // The officers are free: the next call takes the same two, nearest first, as units that hold no other order.
  await key.press();
  await at.until(() => expect([near, middle].map((radio) => radio.effective().length)).toEqual([2, 2]));
  expect(far.effective()).toHaveLength(0);
});
