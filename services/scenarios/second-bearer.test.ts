import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openReceiver, openStation, orderOn, registerCrew, registerPlace } from './rig.ts';

test('a unit with two radios: silence on the first sends the same order over the second, before another unit is called', async () => {
  const at = await openStation();
  const [car, , far] = await registerCrew(at, ['car', 'other', 'far']);
  const second = await at.radio('radio-second', 'car', 'silent');
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const first = await orderOn(at, car);
  expect(second.orders).toHaveLength(0);

  await at.clock.advance(seconds(10));
  expect((await orderOn(at, second)).orderId).toBe(first.orderId);
  // The other unit has one radio only, so its silence called the far one; the car has not been given up.
  const replaced = await orderOn(at, far);
  const held = (await at.incident(first.incidentId)).orders;
  expect(held.map(({ unitId, deviceId }) => [unitId, deviceId])).toEqual([
    ['car', 'radio-second'],
    ['other', 'radio-other'],
    ['far', 'radio-far'],
  ]);
  expect(replaced.orderId).toBe(held[2]?.id);

  await second.report(first.orderId, 'accepted');
  await at.until(async () => expect((await at.incident(first.incidentId)).state).toBe('dispatched'));
});

test('a dispatch system as second bearer takes the order at once when the radio is off, and answers for the officer', async () => {
  const at = await openStation();
  await registerPlace(at, ['car']);
  const gateway = await openReceiver();
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  await at.register('radio', 'radio-off', { unitId: 'car' });
  await at.register('radio', 'gateway', { unitId: 'car', driver: 'webhook', settings: { url: gateway.url, secret } });
  const key = await at.key('key-1', 'hospital');
  await key.press();

  const { headers, body } = await at.until(() => {
    const [call] = gateway.posted;
    if (!call) throw new Error('nothing posted');
    return call;
  });
  const order = (JSON.parse(body) as { data: { orderId: string; incidentId: string } }).data;
  const signed = new Webhook(secret).sign(String(headers['webhook-id']), new Date(at.clock.now()), body);
  expect(headers['webhook-signature']).toBe(signed);
  await at.until(async () =>
    expect((await at.incident(order.incidentId)).orders).toMatchObject([{ id: order.orderId, state: 'sent', deviceId: 'gateway' }]),
  );
  expect((await at.incident(order.incidentId)).timeline.map((entry) => entry.reason)).toContain('bearer-failed');

  await at.api('POST', '/signals', { deviceId: 'gateway', type: 'report', data: { orderId: order.orderId, state: 'accepted' } });
  await at.until(async () => expect((await at.incident(order.incidentId)).state).toBe('dispatched'));
});
