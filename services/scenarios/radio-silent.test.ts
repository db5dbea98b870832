import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('a radio that confirms nothing for 10 s is replaced by the next unit, at that very instant', async () => {
  const at = await openStation();
  const [near, middle, far, farther] = await registerCrew(at, ['near', 'middle', 'far', 'farther']);
  middle.behave('answers');
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('dispatched'));

  await at.clock.advance(seconds(10));
  const next = await orderOn(at, far);
  expect(next).toMatchObject({ incidentId, kind: 'emergency', priority: 1 });
  const { orders, timeline, openedAt } = await at.incident(incidentId);
  expect(orders.map((order) => order.unitId)).toEqual(['near', 'middle', 'far']);
  const silence = timeline.filter((entry) => entry.reason === 'unit-silent');
  expect(silence).toMatchObject([
    { at: new Date(Date.parse(openedAt) + seconds(10)).toISOString(), data: { orderId, unitId: 'near', lateMs: 0 } },
  ]);

  // The unit that was given up may still be on its way: its late answers count, and nobody else is called for it.
  await near.report(orderId, 'delivered');
  await near.report(orderId, 'declined');
  await at.until(async () => expect((await at.incident(incidentId)).orders[0]?.state).toBe('declined'));
  await at.api('POST', `/incidents/${incidentId}/orders`, { unitIds: ['farther'] });
  await orderOn(at, farther);
  const named = (await at.incident(incidentId)).timeline.filter((entry) => entry.kind === 'ordered').map((entry) => entry.data['unitId']);
  expect(named).toEqual(['near', 'middle', 'far', 'farther']);
});

test('a radio that has the order but whose officer does not accept it within 30 s is joined by the next unit', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  near.behave('delivers-only');
  middle.behave('answers');
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  await at.until(async () => {
    const { state, orders } = await at.incident(incidentId);
    expect(orders[0]?.state).toBe('delivered');
    expect(state).toBe('dispatched');
  });

  await at.clock.advance(seconds(30));
  await orderOn(at, far);
  const { timeline, openedAt } = await at.incident(incidentId);
  const late = timeline.filter((entry) => entry.reason === 'unit-has-not-accepted');
  expect(late).toMatchObject([
    { at: new Date(Date.parse(openedAt) + seconds(30)).toISOString(), data: { orderId, unitId: 'near', lateMs: 0 } },
  ]);
});
