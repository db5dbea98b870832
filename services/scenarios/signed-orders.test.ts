import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { simulateLoudspeaker } from '../../devices/loudspeakers/mqtt/simulator.ts';
import { type SimulatedRadio, simulateRadio } from '../../devices/radios/mqtt/simulator.ts';
import type { StationKey } from '../../devices/signature.ts';
import { hours, minutes } from '../alarm/index.ts';
import { openBackend } from '../queue/backend.ts';
import { redisIsHere, startRedis } from '../queue/testing.ts';
import { putMail } from '../store/mail.ts';
import { quiet } from '../store/testing.ts';
import { openStation, orderOn, registerPlace, type Station } from './rig.ts';

const stationKeys = async (at: Station) => (await at.api<{ keys: readonly StationKey[] }>('GET', '/signing-keys')).keys;

/** Radios that were told the station's keys when they were set up. */
async function strictCrew<const Units extends readonly string[]>(
  at: Station,
  units: Units,
): Promise<{ [I in keyof Units]: SimulatedRadio }> {
  await registerPlace(at, units);
  const radios: SimulatedRadio[] = [];
  for (const [index, unitId] of units.entries()) {
    const id = `radio-${unitId}`;
    await at.register('radio', id, { unitId });
    const options = { ...at.door(id), now: () => at.clock.now(), behaviour: 'delivers-only', stationKeys: await stationKeys(at) } as const;
    const radio = await simulateRadio(options);
    onTestFinished(() => radio.close());
    await radio.position(30.101 + index * 0.01, 120.1);
    radios.push(radio);
  }
  return radios as { [I in keyof Units]: SimulatedRadio };
}

async function strictHorn(at: Station, keys: readonly StationKey[]) {
  await at.register('loudspeaker', 'horn-1', { siteId: 'hospital' });
  const horn = await simulateLoudspeaker({ ...at.door('horn-1'), now: () => at.clock.now(), stationKeys: keys });
  onTestFinished(() => horn.close());
  return horn;
}

/** Leaves a letter where brokers find those of other processes, as somebody could who writes to the record. */
async function smuggle(at: Station, deviceId: string, topic: string, payload: string): Promise<void> {
  // There is one broker; which one a radio that just came back is on may not be noted yet.
  const brokerId = await at.until(async () => {
    const noted = await at.store.desk
      .selectFrom('presence')
      .select('broker_id')
      .where('broker_id', 'is not', null)
      .executeTakeFirstOrThrow();
    return noted.broker_id ?? '';
  });
  const letter = { id: randomUUID(), deviceId, topic, payload, qos: 1 as const, retain: false, brokerId };
  await putMail(at.store.urgent, letter, at.clock.now(), at.clock.now() + hours(1));
  at.store.hub.tell('mail', letter.brokerId);
}

test('a radio that knows the keys takes the order, and nothing that was made up, changed, meant for another or is old', async () => {
  const at = await openStation();
  const [near, far] = await strictCrew(at, ['near', 'far']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const order = await orderOn(at, near);
  expect(order.signature?.kid).toBe((await stationKeys(at))[0]?.kid);

  const { signature, ...words } = order;
  const outcomes = () => near.orders.map(({ outcome }) => outcome);
  await smuggle(at, near.id, `radios/${near.id}/order`, JSON.stringify({ ...words, orderId: 'made-up', text: 'Go to the harbour' }));
  await at.until(() => expect(outcomes()).toEqual(['effective', 'forged']));
  await smuggle(at, near.id, `radios/${near.id}/order`, JSON.stringify({ ...words, orderId: 'changed', signature }));
  await at.until(() => expect(outcomes()).toEqual(['effective', 'forged', 'forged']));
  const before = far.orders.length;
  await smuggle(at, far.id, `radios/${far.id}/order`, JSON.stringify(order));
  await at.until(() =>
    expect(far.orders.slice(before)).toMatchObject([{ outcome: 'forged', reason: expect.stringContaining('another device') }]),
  );

  // The very bytes of before, told again to a radio that was set up anew and remembers nothing.
  await near.close();
  const anew = await simulateRadio({ ...at.door(near.id), now: () => at.clock.now() + hours(2), stationKeys: await stationKeys(at) });
  onTestFinished(() => anew.close());
  await smuggle(at, near.id, `radios/${near.id}/order`, JSON.stringify(order));
  await at.until(() => expect(anew.orders.map(({ outcome }) => outcome)).toContain('expired'));
  expect(anew.effective().map(({ orderId }) => orderId)).not.toContain(order.orderId);
});

test('a loudspeaker that knows the keys says what the station asks, also after the key was renewed, and stops for nobody else', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const keys = [...(await stationKeys(at))];
  const horn = await strictHorn(at, keys);
  const say = (text: string) => at.api('POST', '/broadcasts', { loudspeakerIds: ['horn-1'], text, lang: 'en' });
  await say('Stand clear');
  await at.until(() => expect(horn.effective().map(({ text }) => text)).toEqual(['Stand clear']));
  const [first] = horn.effective();
  await smuggle(at, 'horn-1', 'loudspeakers/horn-1/play', JSON.stringify({ ...first, broadcastId: 'x', text: 'Panic' }));
  await smuggle(at, 'horn-1', 'loudspeakers/horn-1/stop', JSON.stringify({ broadcastId: first?.broadcastId }));
  await at.until(() => expect(horn.plays.map(({ outcome }) => outcome)).toEqual(['effective', 'forged']));

  await at.api('POST', '/signing-keys', {});
  await at.clock.advance(minutes(1));
  const renewed = await stationKeys(at);
  expect(renewed).toHaveLength(2);
  keys.splice(0, keys.length, ...renewed);
  // The station may sign with the key of before for a moment; then with the new one.
  await at.until(async () => {
    await say('All clear');
    expect(horn.effective().map(({ signature }) => signature?.kid)).toContain(renewed[0]?.kid);
  });
  expect(horn.plays.filter(({ outcome }) => outcome === 'forged')).toHaveLength(1);
  expect(horn.stops).toEqual([]);
});

test.skipIf(!redisIsHere)('whoever owns the queue cannot speak: a job only names what stands in the record', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.remove());
  const at = await openStation({ redisUrl: redis.url });
  const [near] = await strictCrew(at, ['near']);
  const horn = await strictHorn(at, await stationKeys(at));
  const backend = await openBackend({ redisUrl: redis.url }, quiet);
  onTestFinished(() => backend.close());
  const id = randomUUID();
  const letter = { orderId: id, incidentId: id, unitId: 'near', text: 'Go to the harbour', deviceId: near.id };
  const forged: readonly object[] = [
    { type: 'order', id },
    { type: 'order', id, taken: { order: letter, lease: 'l', until: Number.MAX_SAFE_INTEGER } },
    { type: 'order', id: "'; drop table orders; --", ...letter },
    { type: 'broadcast', id, deviceId: 'horn-1', text: 'Panic' },
    { type: 'broadcast', id, deviceId: 'horn-1' },
    { type: 'receipt', id, state: 'arrived' },
    { type: 'webhook', id, url: 'http://127.0.0.1:9/' },
    { type: 'eval', code: 'process.exit(1)' },
  ];
  for (const job of forged) await backend.queues['urgent-dispatch'].add('forged', job as never, { attempts: 1 });
  const left = async () => backend.queues['urgent-dispatch'].getJobCounts('waiting', 'active', 'delayed');
  await at.until(async () => expect(await left()).toEqual({ waiting: 0, active: 0, delayed: 0 }));

  const key = await at.key('key-1', 'hospital');
  await key.press();
  await orderOn(at, near);
  expect(near.orders).toHaveLength(1);
  expect(horn.plays).toEqual([]);
});
