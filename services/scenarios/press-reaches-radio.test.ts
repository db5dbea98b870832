import { expect, test } from 'vitest';
import { openStation, registerPlace } from './rig.ts';

test('a press orders the two nearest units; the officer answers; the key hears every step; the chain holds', async () => {
  const at = await openStation();
  await registerPlace(at, ['near', 'middle', 'far']);
  const near = await at.radio('radio-near', 'near', 'silent');
  const middle = await at.radio('radio-middle', 'middle', 'silent');
  const far = await at.radio('radio-far', 'far', 'silent');
  await near.position(30.101, 120.1);
  await middle.position(30.11, 120.1);
  await far.position(30.15, 120.1);
  const key = await at.key('key-1', 'hospital');

  await key.press();

  const order = await at.until(() => {
    const [first] = near.effective();
    if (!first) throw new Error('no order yet');
    return first;
  });
  await at.until(() => expect(middle.effective()).toHaveLength(1));
  expect(far.orders).toHaveLength(0);
  expect(order).toMatchObject({ kind: 'emergency', priority: 1, site: { id: 'hospital', name: 'First Hospital' } });

  await near.report(order.orderId, 'accepted');
  await near.report(order.orderId, 'arrived');
  const arrived = await at.until(async () => {
    const incident = await at.incident(order.incidentId);
    expect(incident.state).toBe('arrived');
    return incident;
  });
  expect(arrived.orders.map((held) => held.unitId)).toEqual(['near', 'middle']);
  expect(arrived.deadline).toBeUndefined();

  await at.api('POST', `/incidents/${order.incidentId}/close`, { disposition: 'genuine' });
  await at.until(() => expect(key.receipts.map((receipt) => receipt.state)).toContain('closed'));
  expect(await at.api('GET', `/incidents/${order.incidentId}/chain`)).toMatchObject({ intact: true });
});
