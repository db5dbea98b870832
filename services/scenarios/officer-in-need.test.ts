import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('an officer who calls for help brings the three nearest others to where he is, and never himself', async () => {
  const at = await openStation();
  const units = ['a', 'b', 'caller', 'd', 'e'] as const;
  const radios = await registerCrew(at, units);
  const [a, b, caller, d, e] = radios;
  await caller.position(30.14, 120.1);
  const secondOfCaller = await at.radio('phone-caller', 'caller', 'silent');
  await caller.emergency();

  // From 30.14 the nearest are e (30.141), d (30.131) and b (30.111); a stands at 30.101.
  const order = await orderOn(at, e);
  expect(order).toMatchObject({ kind: 'officer-emergency', priority: 1, location: { lat: 30.14, lon: 120.1 } });
  expect(order.site).toBeUndefined();
  await orderOn(at, d);
  await orderOn(at, b);
  const incident = await at.incident(order.incidentId);
  expect(incident).toMatchObject({ kind: 'officer-emergency', deviceId: 'radio-caller', signals: [{ type: 'press' }] });
  expect(incident.orders.map((held) => held.unitId)).toEqual(['e', 'd', 'b']);

  // Everybody else is ordered in the end; the caller's own radios stay quiet.
  await at.api('POST', `/incidents/${incident.id}/orders`, { nearest: 2 });
  await orderOn(at, a);
  const after = await at.incident(incident.id);
  expect(after.orders.map((held) => held.unitId)).toEqual(['e', 'd', 'b', 'a']);
  expect(after.timeline.map((entry) => entry.reason)).toContain('no-unit-available');
  expect([...caller.orders, ...secondOfCaller.orders]).toEqual([]);
});
