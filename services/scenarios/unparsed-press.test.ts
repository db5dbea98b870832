import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test.each([
  ['garbage', Uint8Array.of(0xff, 0x00, 0xfe, 0x7b), 'event'],
  ['an empty payload', '', 'event'],
  ['a press of 20 KB', JSON.stringify({ type: 'press', note: 'x'.repeat(20_000) }), 'event'],
  ['a press on a channel that nobody knows', '{"type":"press"}', 'alarm'],
  ['an unknown type', '{"type":"help"}', 'event'],
])('%s from a key is a call for help: an incident of kind unparsed, with orders and a receipt', async (_what, payload, channel) => {
  const at = await openStation();
  const [near, middle] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.raw(payload, channel);

  const order = await orderOn(at, near);
  expect(order).toMatchObject({ kind: 'unparsed', priority: 1, site: { id: 'hospital' } });
  await orderOn(at, middle);
  const incident = await at.incident(order.incidentId);
  expect(incident).toMatchObject({ kind: 'unparsed', priority: 1, deviceId: 'key-1', signals: [{ type: 'unparsed' }] });
  expect(incident.timeline[0]).toMatchObject({ kind: 'opened', reason: 'message-cannot-be-read', by: 'key-1' });
  await at.until(() => expect(key.lastReceipt()).toMatchObject({ incidentId: incident.id, state: 'received' }));

  // A readable press of the same key is the same call.
  await key.press();
  await at.until(async () => expect((await at.incident(incident.id)).signals.map((signal) => signal.type)).toEqual(['unparsed', 'press']));
  expect(await at.incidents()).toHaveLength(1);
});

test('a packet too large to be taken at all costs the key its connection, not its call', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const line = await at.line('key-1');
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  line.publish('keys/key-1/event', 'x'.repeat(200_000), { qos: 1 });
  expect(await orderOn(at, near)).toMatchObject({ kind: 'unparsed' });
  await closed;
});

test("an officer's call for help that is too large costs the radio its connection, not the officer his call", async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('radio', 'radio-caller', {});
  const line = await at.line('radio-caller');
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  line.publish('radios/radio-caller/emergency', 'x'.repeat(200_000), { qos: 1 });
  expect(await orderOn(at, near)).toMatchObject({ kind: 'unparsed', priority: 1 });
  await closed;
});
