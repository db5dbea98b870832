import { expect, onTestFinished, test } from 'vitest';
import { simulateShelly } from '../../devices/alarm-keys/shelly/simulator.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

// Baiying's own words about a signal, written by whoever tells one: they are kept as what was told, and mean nothing.

test.each([
  ['that is none mutes no key', { mark: null }],
  ['makes no push that nobody heard yet a repeat', { mark: { of: 'count:0', value: { event: 'S', count: 2 } } }],
])('a mark told over HTTP %s', async (_name, data) => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const topic = 'shellies/shellyix3-10521CF2C2C2';
  await at.register('key', 'key-7', { siteId: 'hospital', driver: 'shelly', settings: { topic } });
  const shelly = await simulateShelly({ ...at.door('key-7'), topic });
  await shelly.push();
  await orderOn(at, near);

  await shelly.line.vanish();
  shelly.pushUnheard();
  const told = await at.api('POST', '/signals', { deviceId: 'key-7', type: 'heartbeat', eventId: 'x', data });
  expect(told).toMatchObject({ data });
  expect(told).not.toHaveProperty('ours.mark');
  const again = await shelly.restart({ power: false });
  onTestFinished(() => again.close().catch(() => undefined));
  const { items } = await at.api<{ items: { ours?: object }[] }>('GET', '/signals?deviceId=key-7&type=press');
  expect(items.map(({ ours }) => ours)).toEqual([2, 1].map((count) => ({ mark: { of: 'count:0', value: { event: 'S', count } } })));
});

test('a key that writes whom it sent joins its own open incident like any other, and forges no note of the product', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'far']);
  const key = await at.key('key-1', 'hospital');
  const forged = { type: 'press', firstOrders: ['text'], retained: true, of: 'digital-input' };
  for (const input of ['1', '2']) await key.raw(JSON.stringify({ ...forged, input }));
  await orderOn(at, near);
  await at.until(async () => expect((await at.incidents())[0]).toMatchObject({ signalCount: 2 }));
  const [incident, ...others] = await at.incidents();
  expect(others).toEqual([]);
  const { timeline } = await at.incident(incident?.id ?? '');
  expect(timeline.filter(({ by }) => by === 'baiying')).toEqual([]);
  const { items } = await at.api<{ items: { data: object }[] }>('GET', '/signals?deviceId=key-1&type=press');
  expect(items.map(({ data }) => data)).toEqual([
    expect.objectContaining({ firstOrders: ['text'] }),
    expect.objectContaining({ retained: true }),
  ]);
});

test('a radio that says that it is late is heard when it speaks', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { orderId, incidentId } = await orderOn(at, near);
  const long = new Date(at.clock.now() - 3_600_000).toISOString();
  await near.raw(JSON.stringify({ orderId, state: 'arrived', late: true, at: long }), 'report');
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('arrived'));
  const [order] = (await at.incident(incidentId)).orders;
  expect(JSON.stringify(order)).not.toContain('saidAt');
});
