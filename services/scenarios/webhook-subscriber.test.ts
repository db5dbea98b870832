import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openReceiver, openStation, registerPlace } from './rig.ts';

test('a subscriber hears of the opened incident: a CloudEvent signed as Standard Webhooks, and nothing it did not ask for', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const receiver = await openReceiver();
  const { secret } = await at.api<{ secret: string }>('POST', '/webhooks', {
    url: receiver.url,
    types: ['incident.opened', 'incident.closed'],
  });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const opened = await at.until(async () => {
    // Events wait for older transactions of the record, and a turn of the clock asks again.
    await at.clock.advance(seconds(1));
    const [first] = receiver.posted;
    if (!first) throw new Error('nothing posted');
    return first;
  });

  const event = JSON.parse(opened.body) as { id: string; data: { id: string } };
  expect(event).toMatchObject({
    specversion: '1.0',
    type: 'baiying.incident.opened.v1',
    subject: `incidents/${event.data.id}`,
    data: { kind: 'emergency', siteId: 'hospital', state: 'open' },
  });
  const sent = new Date(Number(opened.headers['webhook-timestamp']) * 1000);
  expect(opened.headers['webhook-signature']).toBe(new Webhook(secret).sign(event.id, sent, opened.body));
  expect(opened.headers).toMatchObject({ 'webhook-id': event.id, 'content-type': 'application/cloudevents+json; charset=utf-8' });

  await at.api('POST', `/incidents/${event.data.id}/acknowledge`);
  await at.api('POST', `/incidents/${event.data.id}/close`, { disposition: 'test' });
  await at.until(async () => {
    await at.clock.advance(seconds(1));
    expect(receiver.posted.length).toBeGreaterThan(1);
  });
  const types = receiver.posted.map((call) => (JSON.parse(call.body) as { type: string }).type);
  expect(types).toEqual(['baiying.incident.opened.v1', 'baiying.incident.closed.v1']);
});
