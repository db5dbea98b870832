import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('a key that was off shows where its call stands when it comes back, before anything new happens', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.until(() => expect(key.lastReceipt()?.state).toBe('received'));
  await key.close();
  await at.api('POST', `/incidents/${incidentId}/acknowledge`);

  const back = await at.key('key-1', 'hospital');
  await at.until(() => expect(back.receipts).toMatchObject([{ incidentId, state: 'acknowledged' }]));
  await back.vanish();
  await at.restart();
  const later = await at.key('key-1', 'hospital');
  await at.until(() => expect(later.receipts).toMatchObject([{ incidentId, state: 'acknowledged' }]));
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });
  await at.until(() => expect(later.receipts.map((receipt) => receipt.state)).toEqual(['acknowledged', 'closed']));
});

test('a key whose session is kept is told on its return how its call stands now, and nothing of before', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const kept = { clean: false, clientId: 'kept' };
  const told: { readonly state: string; readonly retain: boolean }[] = [];
  const listen = async () => {
    const line = await at.line('key-1', kept);
    line.on('message', (topic, payload, { retain }) => {
      if (topic.endsWith('/receipt')) told.push({ state: JSON.parse(payload.toString()).state, retain });
    });
    return line;
  };
  const line = await listen();
  await line.subscribeAsync('keys/key-1/+', { qos: 1 });
  await line.publishAsync('keys/key-1/event', '{"type":"press"}', { qos: 1 });
  const { incidentId } = await orderOn(at, near);
  await at.until(() => expect(told).toMatchObject([{ state: 'received', retain: false }]));
  await at.api('POST', `/incidents/${incidentId}/acknowledge`);
  await at.until(() => expect(told).toMatchObject([{ state: 'received' }, { state: 'acknowledged', retain: false }]));
  await line.endAsync();

  told.length = 0;
  const back = await listen();
  await back.subscribeAsync('keys/key-1/+', { qos: 1 });
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });
  await at.until(() => expect(told.at(-1)).toEqual({ state: 'closed', retain: false }));
  expect(new Set(told.slice(0, -1).map(({ state, retain }) => `${state} ${retain}`))).toEqual(new Set(['acknowledged true']));
});
