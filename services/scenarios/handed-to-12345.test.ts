import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('what is no police matter is handed to 12345, which the timeline says, and the officers are free again', async () => {
  const at = await openStation();
  const [near, middle] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.press('assist');
  const first = await orderOn(at, near);
  await at.api('POST', `/incidents/${first.incidentId}/close`, { disposition: 'non-police', note: 'noise of a building site' });

  const incident = await at.incident(first.incidentId);
  expect(incident).toMatchObject({ state: 'closed', disposition: 'non-police', orders: [{ state: 'cancelled' }] });
  const closing = incident.timeline.find((entry) => entry.kind === 'closed');
  expect(closing).toMatchObject({
    by: 'admin',
    reason: 'handed-to-12345',
    data: { disposition: 'non-police', note: 'noise of a building site' },
  });
  expect(closing?.text).toContain('12345');
  await at.until(() => expect(key.lastReceipt()?.state).toBe('closed'));

  // Nearest and free: the next call takes the same unit again and does not call it engaged.
  await key.press('assist');
  await at.until(() => expect(near.effective()).toHaveLength(2));
  expect(middle.effective()).toHaveLength(0);
});
