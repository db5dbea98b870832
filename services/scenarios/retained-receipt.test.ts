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
