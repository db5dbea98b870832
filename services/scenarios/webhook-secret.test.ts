import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { hours, seconds } from '../alarm/index.ts';
import { openReceiver, openStation, type Station } from './rig.ts';

const posted = (at: Station, receiver: Awaited<ReturnType<typeof openReceiver>>, count: number) =>
  at.until(async () => {
    await at.clock.advance(seconds(1));
    const call = receiver.posted[count - 1];
    if (!call) throw new Error(`${receiver.posted.length} of ${count} posted`);
    return call;
  });

test('after a change of secret both sign for a day, then only the new one', async () => {
  const at = await openStation();
  const receiver = await openReceiver();
  const webhook = await at.api<{ id: string; secret: string }>('POST', '/webhooks', { url: receiver.url, types: ['handover.'] });
  const renewed = await at.api<{ secret: string; formerUntil: string }>('POST', `/webhooks/${webhook.id}/secret`);
  expect(Date.parse(renewed.formerUntil) - at.clock.now()).toBe(hours(24));
  const holds = async (count: number, secret: string) => {
    await at.api('POST', `/webhooks/${webhook.id}/test`);
    const { headers, body } = await posted(at, receiver, count);
    const sent = new Date(Number(headers['webhook-timestamp']) * 1000);
    const { id } = JSON.parse(body) as { id: string };
    return String(headers['webhook-signature'])
      .split(' ')
      .includes(new Webhook(secret).sign(id, sent, body));
  };
  expect(await holds(1, webhook.secret)).toBe(true);
  expect(await holds(2, renewed.secret)).toBe(true);
  // A day of this clock would be a day of every timer: the end is brought near instead.
  await at.store.desk
    .updateTable('webhooks')
    .set({ former_until: new Date(at.clock.now()) })
    .execute();
  expect(await holds(3, webhook.secret)).toBe(false);
  expect(await holds(4, renewed.secret)).toBe(true);
});

test('dead letters of all webhooks stand in one list, and one that is replayed leaves it', async () => {
  const at = await openStation();
  const receiver = await openReceiver();
  const { id } = await at.api<{ id: string }>('POST', '/webhooks', { url: receiver.url, types: ['handover.'] });
  const { deliveryId } = await at.api<{ deliveryId: string }>('POST', `/webhooks/${id}/test`);
  await posted(at, receiver, 1);
  await at.store.desk
    .updateTable('webhook_deliveries')
    .set({ state: 'dead', last_error: 'answered 500' })
    .where('id', '=', deliveryId)
    .execute();
  const dead = async () =>
    (await at.api<{ items: { id: string }[] }>('GET', '/webhooks/deliveries?state=dead')).items.map((item) => item.id);
  expect(await dead()).toEqual([deliveryId]);
  await at.api('POST', `/webhooks/deliveries/${deliveryId}/replay`);
  await posted(at, receiver, 2);
  expect(await dead()).toEqual([]);
});
