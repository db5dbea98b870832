import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('duress leaves no trace at the site: no receipt, then or later, no word from its loudspeaker, and officers who know', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  const speaker = await at.loudspeaker('speaker-1', 'hospital');
  const heard: string[] = [];
  const ear = await at.line('key-1');
  // The key's own words come back to its second line; all else on its branch is from us.
  const own = ['keys/key-1/event', 'keys/key-1/status'];
  ear.on('message', (topic, payload) => own.includes(topic) || heard.push(`${topic} ${payload.toString()}`));
  await ear.subscribeAsync('keys/key-1/#', { qos: 1 });

  await key.press('duress');
  const order = await orderOn(at, near);
  expect(order).toMatchObject({ kind: 'duress', priority: 1, site: { id: 'hospital' } });
  expect(order.text).toContain('Approach silently, no siren, do not call the site');
  const path = `/incidents/${order.incidentId}`;
  expect(await at.incident(order.incidentId)).toMatchObject({ kind: 'duress', silent: true });

  const say = { lang: 'en', text: 'The police are coming' };
  await expect(at.api('POST', '/broadcasts', { ...say, loudspeakerIds: ['speaker-1'] })).rejects.toThrow('answered 409');
  await expect(at.api('POST', '/broadcasts', { ...say, near: { lat: 30.1, lon: 120.1, radius: 500 } })).rejects.toThrow('answered 409');
  await expect(at.api('POST', `${path}/broadcasts`, say)).rejects.toThrow('answered 409');

  // What an attacker may do to the key meanwhile must light no lamp either.
  await key.press();
  await key.tamper();
  await key.battery(5);
  await at.until(async () =>
    expect((await at.incidents()).map((incident) => incident.kind).sort()).toEqual(['device-fault', 'duress', 'tamper']),
  );
  await at.api('POST', `${path}/acknowledge`);
  await near.report(order.orderId, 'accepted');
  await near.report(order.orderId, 'arrived');
  await at.until(async () => expect((await at.incident(order.incidentId)).state).toBe('arrived'));
  await at.api('POST', `${path}/close`, { disposition: 'genuine' });

  // The next call, by daylight so to say, is answered on the same line: everything before it would have come first.
  await key.press();
  await at.until(() => expect(key.receipts).not.toEqual([]));
  const [first] = key.receipts;
  expect(first).toMatchObject({ state: 'received' });
  expect(first?.incidentId).not.toBe(order.incidentId);
  await at.until(() => expect(heard).toEqual([expect.stringMatching(`^keys/key-1/receipt .*${first?.incidentId}`)]));
  await at.api('POST', '/broadcasts', { ...say, loudspeakerIds: ['speaker-1'] });
  await at.until(() => expect(speaker.effective()).toHaveLength(1));
  expect(speaker.plays).toHaveLength(1);
});

test('an emergency that turns into duress falls silent: what the lamp showed before is the last it shows', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.until(() => expect(key.receipts.map((receipt) => receipt.state)).toEqual(['received']));

  await key.press('duress');
  await at.until(async () => expect(await at.incident(incidentId)).toMatchObject({ kind: 'duress', silent: true }));
  await at.api('POST', `/incidents/${incidentId}/acknowledge`);
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });
  await key.press();
  await at.until(() => expect(key.receipts).toHaveLength(2));
  expect(key.receipts[1]).not.toMatchObject({ incidentId });
});

test('while a call under threat is open no lamp lights at its key, not for a test of it either', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await key.press('duress');
  const { incidentId } = await orderOn(at, near);
  const testUntil = new Date(at.clock.now() + 600_000).toISOString();
  await at.api('PUT', '/devices/key-1', { kind: 'key', driver: 'mqtt', name: 'key-1', siteId: 'hospital', testUntil });
  await key.press();
  await at.until(async () => expect((await at.incidents()).map(({ exercise }) => exercise).sort()).toEqual([false, true]));
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });
  // A receipt that was held back is not made up for; the next press of the test is answered.
  await key.press();
  await at.until(() => expect(key.receipts).toMatchObject([{ state: 'received' }]));
});
