import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('an officer who declines is replaced at once, and when nobody is left the desk is told', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  near.behave('declines');
  const key = await at.key('key-1', 'hospital');
  await key.press();

  const { incidentId } = await orderOn(at, far);
  const before = at.clock.now();
  expect((await at.incident(incidentId)).orders.map(({ unitId, state }) => [unitId, state])).toContainEqual(['near', 'declined']);
  expect(near.effective()).toHaveLength(1);

  const { orderId } = await orderOn(at, middle);
  await middle.report(orderId, 'declined', 'flat tyre');
  const { timeline } = await at.until(async () => {
    const incident = await at.incident(incidentId);
    expect(incident.timeline.map(({ reason }) => reason)).toContain('no-unit-available');
    return incident;
  });
  expect(timeline.filter((entry) => entry.reason === 'unit-declined').map((entry) => entry.data['unitId'])).toEqual(['near', 'middle']);
  expect(timeline.find((entry) => entry.data['note'] === 'flat tyre')).toMatchObject({ by: 'middle' });
  expect(await at.events('incident.escalated')).toMatchObject([{ at: before, data: { id: incidentId, whom: 'desk' } }]);
});
