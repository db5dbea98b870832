import { expect, test } from 'vitest';
import { minutes, seconds } from '../alarm/index.ts';
import { manualClock } from './manual-clock.ts';
import { openStation, orderOn, registerCrew, registerPlace } from './rig.ts';

test('an order for a radio that is off waits through a restart of the broker and arrives when the radio is switched on', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await at.register('radio', 'radio-near', { unitId: 'near' });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const queued = await at.until(async () => {
    const [incident] = await at.incidents();
    if (!incident) throw new Error('no incident');
    const { orders, timeline } = await at.incident(incident.id);
    expect(orders).toMatchObject([{ unitId: 'near', state: 'queued' }]);
    expect(timeline.map((entry) => entry.reason)).toContain('no-bearer-left');
    return incident;
  });

  await at.restart(manualClock(at.clock.now() + seconds(8)));
  const radio = await at.radio('radio-near', 'near');
  const order = await orderOn(at, radio);
  expect(order.incidentId).toBe(queued.id);
  await at.until(async () =>
    expect(await at.incident(queued.id)).toMatchObject({ state: 'dispatched', orders: [{ id: order.orderId, state: 'accepted' }] }),
  );
  expect(radio.effective()).toHaveLength(1);
});

test('an order that expired while the radio was off never arrives, and the timeline says so', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await at.register('radio', 'radio-near', { unitId: 'near' });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const old = await at.until(async () => {
    const [incident] = await at.incidents();
    expect((await at.incident(incident?.id ?? '')).orders).toHaveLength(1);
    return incident?.id ?? '';
  });

  await at.restart(manualClock(at.clock.now() + minutes(30)));
  await at.clock.advance(0);
  const radio = await at.radio('radio-near', 'near', 'silent');
  await at.until(async () => expect((await at.incident(old)).orders).toMatchObject([{ state: 'expired' }]));
  expect((await at.incident(old)).timeline.map((entry) => entry.reason)).toContain('order-expired');

  // The radio hears of the next call, and of that only.
  await at.api('POST', `/incidents/${old}/close`, { disposition: 'genuine' });
  const again = await at.key('key-1', 'hospital');
  await again.press();
  const order = await orderOn(at, radio);
  expect(order.incidentId).not.toBe(old);
  expect(radio.orders).toHaveLength(1);
});

test('a radio that loses its line and comes back gets its open order once more and shows it once', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const order = await orderOn(at, near);
  await near.vanish();
  const back = await at.radio('radio-near', 'near');
  expect((await orderOn(at, back)).orderId).toBe(order.orderId);
  await at.until(async () => expect((await at.incident(order.incidentId)).orders[0]).toMatchObject({ unitId: 'near', state: 'accepted' }));
  expect(back.effective()).toHaveLength(1);
});
