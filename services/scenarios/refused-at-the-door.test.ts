import type { MqttClient } from 'mqtt';
import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

const press = JSON.stringify({ type: 'press' });
/** The broker cuts a device off that speaks where it may not. */
const cutOff = (line: MqttClient) => new Promise<void>((resolve) => line.once('close', () => resolve()));

test('a device cannot press for another: not by its topic, not by its last will, not with a retained message', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  await at.register('key', 'key-2', { siteId: 'hospital' });

  for (const topic of [
    'keys/key-1/event',
    'keys/key-2x/event',
    'radios/radio-near/order',
    '$SYS/broker/new/clients',
    'keys/key-2',
    'keys//event',
    'keys/key-1/../key-2/event',
  ]) {
    const line = await at.line('key-2');
    const cut = cutOff(line);
    line.publish(topic, press, { qos: 1 });
    await cut;
  }
  const dying = await at.line('key-2', { will: { topic: 'keys/key-1/event', payload: Buffer.from(press), qos: 1, retain: false } });
  await dying.endAsync(true);

  const eavesdropper = await at.line('key-2');
  const heard: string[] = [];
  eavesdropper.on('message', (topic) => heard.push(topic));
  for (const filter of ['#', 'keys/+/event', 'keys/key-1/#', 'radios/radio-near/order', '$share/g/keys/key-1/#', 'keys/#']) {
    await expect(eavesdropper.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow('Subscribe error');
  }
  await eavesdropper.subscribeAsync('keys/key-2/receipt', { qos: 1 });

  // Its own retained press is a press of its own, once: nobody who connects later hears it again.
  const line = await at.line('key-2', { clientId: 'second' });
  await line.publishAsync('keys/key-2/event', press, { qos: 1, retain: true });
  const { incidentId } = await orderOn(at, near);
  const later = await at.line('key-2', { clientId: 'third' });
  later.on('message', (topic) => heard.push(`later ${topic}`));
  await later.subscribeAsync('keys/key-2/#', { qos: 1 });
  await at.until(() => expect(heard).toEqual(expect.arrayContaining(['keys/key-2/receipt', 'later keys/key-2/receipt'])));
  expect(new Set(heard)).toEqual(new Set(['keys/key-2/receipt', 'later keys/key-2/receipt']));

  expect(await at.incidents()).toMatchObject([{ id: incidentId, deviceId: 'key-2' }]);
  const { items } = await at.api<{ items: readonly unknown[] }>('GET', '/signals?deviceId=key-1');
  expect(items).toEqual([]);
});

test('a wrong password, an unknown name, no name at all: not let in, and a changed secret throws the old one out', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await expect(at.line('key-1', { password: 'guess' })).rejects.toThrow('Bad username or password');
  await expect(at.line('nobody', { password: 'guess' })).rejects.toThrow('Bad username or password');
  await expect(at.line('key-1', { username: '', password: '' })).rejects.toThrow('Bad username or password');

  const held = await at.line('key-1', { clientId: 'held' });
  const cut = cutOff(held);
  const { secret } = await at.api<{ secret: string }>('POST', '/devices/key-1/secret');
  await cut;
  await expect(at.line('key-1')).rejects.toThrow('Bad username or password');
  const anew = await at.line('key-1', { password: secret });
  await anew.publishAsync('keys/key-1/event', press, { qos: 1 });
  expect(await orderOn(at, near)).toMatchObject({ kind: 'emergency' });
  expect(await at.incidents()).toHaveLength(1);
  expect(key.receipts).toEqual([]);
});

test('a broker that lets no device in is named by /readyz', async () => {
  const at = await openStation();
  const readiness = async () =>
    (await (await fetch(`${at.http().url}/readyz`)).json()) as { checks: { broker: string }; reasons: string[] };
  expect((await readiness()).checks.broker).toBe('ok');
  await at.closeBroker();
  const told = await readiness();
  expect([told.checks.broker, told.reasons]).toEqual(['failed', expect.arrayContaining(['broker: is closed'])]);
});
