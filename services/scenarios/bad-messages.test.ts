import type { IClientOptions } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { hours, seconds } from '../alarm/index.ts';
import { manualClock } from './manual-clock.ts';
import { eventId, openStation, orderOn, registerCrew, registerPlace, type Station } from './rig.ts';

const signalsOf = async (at: Station) =>
  (await at.api<{ items: { deviceId: string; type: string }[] }>('GET', '/signals')).items.filter(
    ({ type }) => type !== 'online' && type !== 'offline',
  );
const press = (at = Date.now()) => JSON.stringify({ type: 'press', eventId: eventId(), at: new Date(at).toISOString() });

test.each([
  ['the wrong secret', { username: 'key-1', password: 'guessed' }],
  ['an empty secret', { username: 'key-1', password: '' }],
  ['no secret', { username: 'key-1' }],
  ['no name at all', {}],
  ['a name that is not registered', { username: 'key-9', password: 'guessed' }],
  ["an operator's account", { username: 'admin', password: 'scenario-account-password' }],
  ['a name that is a statement', { username: `key-1'; drop table devices; --`, password: 'x' }],
])('%s is refused, and nothing is recorded', async (_what, credential) => {
  const at = await openStation();
  await registerPlace(at, []);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  // Its registered secret stands behind `line`; what is named here takes its place.
  await expect(at.line('key-1', { username: undefined, password: undefined, ...credential } as IClientOptions)).rejects.toMatchObject({
    code: expect.toBeOneOf([4, 5]),
  });
  expect(await signalsOf(at)).toEqual([]);
});

test.each([
  ['an hour', hours(1)],
  ['ten hours', hours(10)],
])('a captured press played back %s later is the same press', async (_long, later) => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const captured = press(at.clock.now());
  const line = await at.line('key-1');
  await line.publishAsync('keys/key-1/event', captured, { qos: 1 });
  const { incidentId } = await orderOn(at, near);
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });
  await line.endAsync();
  // Nothing happens for that long; only the time matters.
  await at.restart(manualClock(at.clock.now() + later));
  const again = await at.line('key-1');
  await again.publishAsync('keys/key-1/event', captured, { qos: 1 });
  // A press of its own shows that the line is heard.
  await again.publishAsync('keys/key-1/event', press(), { qos: 1 });
  await at.until(async () => expect(await at.incidents()).toHaveLength(2));
  expect((await signalsOf(at)).filter(({ type }) => type === 'press')).toHaveLength(2);
});

test('a message over the limit costs a radio its connection and nobody an alarm', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await at.register('radio', 'radio-near', { unitId: 'near' });
  const line = await at.line('radio-near');
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  line.publish('radios/radio-near/report', 'x'.repeat(70_000), { qos: 1 });
  await closed;
  expect(await at.incidents()).toEqual([]);
});

test('a camera that floods is cut off and kept out for a while, which is told; a key beside it is heard as ever', async () => {
  const at = await openStation({ floods: { camera: 1 } });
  const [near] = await registerCrew(at, ['near']);
  await at.register('camera', 'camera-1', { siteId: 'hospital' });
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const line = await at.line('camera-1');
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  // Ten may come at once.
  for (let count = 0; count < 12; count += 1) line.publish('cameras/camera-1/event', '{"type":"motion","active":true}', { qos: 0 });
  await closed;
  await expect(at.line('camera-1')).rejects.toThrow();
  const key = await at.line('key-1');
  await key.publishAsync('keys/key-1/event', press(), { qos: 1 });
  await orderOn(at, near);
  await at.until(async () =>
    expect((await at.events('device.kept-out')).map(({ data }) => data)).toMatchObject([{ deviceId: 'camera-1', kind: 'camera' }]),
  );
  await at.clock.advance(seconds(10));
  expect((await at.line('camera-1')).connected).toBe(true);
});

test('bytes that are no MQTT end their connection and nothing else', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const line = await at.line('key-1');
  const stream = line.stream;
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  onTestFinished(() => void stream.destroy());
  stream.write(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
  await closed;
  const again = await at.line('key-1');
  await again.publishAsync('keys/key-1/event', press(), { qos: 1 });
  await orderOn(at, near);
});
