import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('two keys of one site are two incidents, linked; the second sensor confirms both and raises the lesser one', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  const ward = await at.key('key-ward', 'hospital');
  const gate = await at.key('key-gate', 'hospital');
  await ward.press('assist');
  const assist = await orderOn(at, near);
  await gate.press();
  await orderOn(at, middle);
  const emergency = await orderOn(at, far);
  expect(emergency.incidentId).not.toBe(assist.incidentId);

  const [first, second] = await Promise.all([at.incident(assist.incidentId), at.incident(emergency.incidentId)]);
  expect(first).toMatchObject({ kind: 'assist', confirmed: true, priority: 1, deviceId: 'key-ward', related: [{ id: second.id }] });
  expect(second).toMatchObject({ kind: 'emergency', confirmed: true, priority: 1, deviceId: 'key-gate', related: [{ id: first.id }] });
  expect(first.timeline.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['linked', 'confirmed']));
  expect(first.timeline.find((entry) => entry.kind === 'confirmed')).toMatchObject({
    by: 'key-gate',
    reason: 'two-sensors-agree',
    data: { from: 2, to: 1 },
  });
  expect(await at.incidents()).toHaveLength(2);

  // Each key hears of its own call only.
  await at.until(() => expect(ward.receipts.at(-1)).toMatchObject({ incidentId: first.id }));
  await at.until(() => expect(gate.receipts.at(-1)).toMatchObject({ incidentId: second.id }));
  expect(new Set(ward.receipts.map((receipt) => receipt.incidentId))).toEqual(new Set([first.id]));
});
