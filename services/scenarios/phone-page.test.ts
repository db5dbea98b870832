import { expect, test } from 'vitest';
import { minutes, seconds } from '../alarm/index.ts';
import { openPhone, orderShown, registerOfficer } from './phone.ts';
import { eventId, openStation, orderOn, registerPlace } from './rig.ts';

const ladderOf = async (at: Awaited<ReturnType<typeof openStation>>, orderId: string) =>
  at.api<{ state: string; deviceId: string; rungs: readonly { state: string; at: string; saidAt?: string }[] }>(
    'GET',
    `/orders/${orderId}`,
  );

test('an order climbs the ladder on the phone page as it does on a radio, each rung with its clock', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const phone = await openPhone(at, 'near');
  const key = await at.key('ward-3', 'hospital');
  await key.press();

  const order = await orderShown(at, phone);
  expect(order).toMatchObject({
    kind: 'emergency',
    silent: false,
    site: { id: 'hospital', name: 'First Hospital', contacts: [] },
    location: { lat: 30.1, lon: 120.1 },
    others: [],
  });
  for (const state of ['delivered', 'read', 'accepted', 'en-route', 'arrived']) {
    await at.clock.advance(seconds(1));
    await phone.report(order.id, state);
    await at.until(async () => expect((await ladderOf(at, order.id)).state).toBe(state));
    await at.until(() => expect(phone.shown()?.items[0]?.state).toBe(state));
  }
  const { rungs, deviceId } = await ladderOf(at, order.id);
  expect(deviceId).toBe('phone-near');
  expect(rungs.map((rung) => rung.state).filter((state) => state !== 'sent')).toEqual([
    'queued',
    'delivered',
    'read',
    'accepted',
    'en-route',
    'arrived',
  ]);
  const clocks = rungs.map((rung) => Date.parse(rung.at));
  expect(clocks).toEqual([...clocks].sort((a, b) => a - b));
  expect(rungs.some((rung) => 'saidAt' in rung)).toBe(false);
  expect((await at.incident(order.incidentId)).state).toBe('arrived');

  await at.api('POST', `/incidents/${order.incidentId}/close`, { disposition: 'genuine' });
  await at.until(() => expect(phone.shown()).toMatchObject({ items: [], ended: [{ id: order.id, state: 'arrived' }] }));
});

test('a phone without an open page is unreachable at once and the next bearer is tried; opened, it is reached again', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const radio = await at.radio('radio-near', 'near', 'silent');
  const state = async () => (await at.api<{ state: string }>('GET', '/devices/phone-near')).state;
  expect(await state()).toBe('unknown');
  const key = await at.key('ward-3', 'hospital');
  await key.press();

  // The phone stands first in the unit's list; the radio is its second bearer.
  const order = await orderOn(at, radio);
  const { timeline } = await at.incident(order.incidentId);
  expect(timeline.find((entry) => entry.reason === 'bearer-failed')?.data).toMatchObject({
    why: 'no phone of the unit has the page open',
  });

  const phone = await openPhone(at, 'near');
  expect((await orderShown(at, phone)).id).toBe(order.orderId);
  await at.until(async () => expect(await state()).toBe('online'));
  phone.close();
  await at.until(async () => expect(await state()).toBe('offline'));
});

test('an order that was given while the page was away is sent when it comes back', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const key = await at.key('ward-3', 'hospital');
  await key.press();
  const orderId = await at.until(async () => {
    const [incident] = await at.incidents();
    const [held] = (await at.incident(incident?.id ?? '')).orders;
    if (!held) throw new Error('no order yet');
    return held.id;
  });
  const phone = await openPhone(at, 'near');
  expect((await orderShown(at, phone)).id).toBe(orderId);
  await at.until(async () => expect((await ladderOf(at, orderId)).state).toBe('sent'));
});

test('an answer that was given out of reach comes late, once, and is marked with the time it was given', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const phone = await openPhone(at, 'near');
  const key = await at.key('ward-3', 'hospital');
  await key.press();
  const order = await orderShown(at, phone);
  await phone.report(order.id, 'delivered');

  const saidAt = new Date(at.clock.now() + seconds(2)).toISOString();
  await at.clock.advance(seconds(95));
  const kept = { at: saidAt, eventId: eventId(), note: '过桥后到' };
  const first = await phone.report(order.id, 'accepted', kept);
  expect(first.late).toBe(true);
  expect(await phone.report(order.id, 'accepted', kept)).toEqual(first);

  await at.until(async () => expect((await ladderOf(at, order.id)).state).toBe('accepted'));
  const { rungs } = await ladderOf(at, order.id);
  expect(rungs.filter((rung) => rung.state === 'accepted')).toEqual([
    { state: 'accepted', at: new Date(at.clock.now()).toISOString(), saidAt },
  ]);
  const told = (await at.incident(order.incidentId)).timeline.filter((entry) => entry.data['state'] === 'accepted');
  expect(told.map((entry) => entry.data['lateMs'])).toEqual([seconds(93)]);
  expect(told[0]?.text).toContain('93 s late');
});

test('an officer who calls for help on the phone brings the others to where he says he is', async () => {
  const at = await openStation();
  await registerPlace(at, ['caller', 'other']);
  await registerOfficer(at, 'caller');
  const other = await at.radio('radio-other', 'other', 'silent');
  const phone = await openPhone(at, 'caller');
  const call = {
    eventId: eventId(),
    at: new Date(at.clock.now()).toISOString(),
    position: { lat: 30.14, lon: 120.1, accuracy: 8 },
  };
  const said = await phone.api<{ id: string }>('POST', '/officer/emergency', call);
  expect(await phone.api('POST', '/officer/emergency', call)).toMatchObject({ id: said.id });

  const order = await orderOn(at, other);
  expect(order).toMatchObject({ kind: 'officer-emergency', priority: 1, location: { lat: 30.14, lon: 120.1 } });
  const incident = await at.incident(order.incidentId);
  expect(incident).toMatchObject({ deviceId: 'phone-caller', signals: [{ type: 'press', count: 1 }] });
  expect(incident.orders.map((held) => held.unitId)).toEqual(['other']);
  // A panic with nothing but itself is still one, and joins the incident that is open.
  await phone.api('POST', '/officer/emergency');
  await at.until(async () => expect((await at.incident(order.incidentId)).signals).toHaveLength(2));
});

test('officers see and answer the orders of their own unit only, and look through the cameras of its incidents only', async () => {
  const at = await openStation();
  await registerPlace(at, ['near', 'far']);
  await registerOfficer(at, 'near');
  await registerOfficer(at, 'far');
  await at.register('camera', 'gate', { siteId: 'hospital' });
  await at.register('camera', 'elsewhere', { location: { lat: 30.19, lon: 120.19 } });
  const [near, far] = [await openPhone(at, 'near'), await openPhone(at, 'far')];
  const status = async (path: string, authorization: string) =>
    (await fetch(`${at.http().url}/api/v1${path}`, { headers: { authorization } })).status;
  expect(await status('/cameras/gate/snapshot', near.authorization)).toBe(403);

  await far.api('POST', '/officer/duty', { on: false });
  const key = await at.key('ward-3', 'hospital');
  await key.press();
  const order = await orderShown(at, near);
  expect(far.shown()?.items).toEqual([]);
  await expect(far.report(order.id, 'accepted')).rejects.toThrow('answered 404');
  expect((await near.api<{ items: unknown[] }>('GET', '/officer/orders')).items).toHaveLength(1);

  await at.until(() => expect(near.shown()?.items[0]?.cameras).toEqual([{ id: 'gate', name: 'gate' }]));
  // The camera is a simulated one without a picture: what matters is that the door is open.
  expect(await status('/cameras/gate/snapshot', near.authorization)).not.toBe(403);
  expect(await status('/cameras/elsewhere/snapshot', near.authorization)).toBe(403);
  expect(await status('/cameras/gate/snapshot', far.authorization)).toBe(403);
  expect(await status('/cameras/gate/ptz', near.authorization)).toBe(403);
  await near.report(order.id, 'declined');
  await at.until(async () => expect(await status('/cameras/gate/snapshot', near.authorization)).toBe(403));
});

test('the officers put their unit on duty and off duty; off duty it is not sent, and its silent phone is no news', async () => {
  const at = await openStation();
  await registerPlace(at, ['near', 'far']);
  await registerOfficer(at, 'near');
  const far = await at.radio('radio-far', 'far', 'silent');
  const phone = await openPhone(at, 'near');
  expect(await phone.api('POST', '/officer/duty', { on: false })).toEqual({ id: 'near', name: 'near', status: 'off-duty' });
  await at.until(() => expect(phone.shown()?.unit.status).toBe('off-duty'));
  phone.close();
  const key = await at.key('ward-3', 'hospital');
  await key.press();
  const order = await orderOn(at, far);
  expect((await at.incident(order.incidentId)).orders.map((held) => held.unitId)).toEqual(['far']);
  const acts = await at.api<{ items: readonly { act: string; by: string }[] }>('GET', '/audit');
  expect(acts.items.filter(({ act }) => act === 'units.off-duty').map(({ by }) => by)).toEqual(['officer-near']);

  const health = await at.api<Record<string, unknown>>('GET', '/devices/phone-near');
  expect(health).toMatchObject({ state: 'offline' });
  expect(health).not.toHaveProperty('lastSeenAt');
  expect(await phone.api('POST', '/officer/duty', { on: true })).toMatchObject({ status: 'available' });
});

test('a process that died with pages open no longer keeps their phones reached', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const state = async () => (await at.api<{ state: string }>('GET', '/devices/phone-near')).state;
  // As such a process leaves the record: a page under a lease that nobody lengthens.
  await at.store.desk
    .insertInto('phone_pages')
    .values({ id: eventId(), device_id: 'phone-near', until: new Date(at.clock.now() + seconds(20)) })
    .execute();
  const phone = await openPhone(at, 'near');
  await at.until(async () => expect(await state()).toBe('online'));
  phone.close();
  await at.until(async () => expect(phone.open()).toBe(false));
  await at.clock.advance(seconds(10));
  expect(await state()).toBe('online');
  await at.clock.advance(seconds(15));
  await at.until(async () => expect(await state()).toBe('offline'));
});

test('a position told by the page is the place of the unit', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const phone = await openPhone(at, 'near');
  await phone.api('POST', '/officer/position', { lat: 30.12, lon: 120.13, accuracy: 12, at: new Date(at.clock.now()).toISOString() });
  await at.until(async () => {
    const row = await at.store.desk.selectFrom('positions').selectAll().where('device_id', '=', 'phone-near').executeTakeFirst();
    expect(row).toMatchObject({ lat: 30.12, lon: 120.13, accuracy: 12 });
  });
});

test('whoever moves with no unit, or with one that has no phone, is told so; a new unit ends the page of the old one', async () => {
  const at = await openStation();
  await registerPlace(at, ['near', 'bare']);
  await registerOfficer(at, 'near');
  const homeless = await at.signIn('nobody', ['officer']);
  await expect(homeless('GET', '/officer/orders')).rejects.toThrow('account-without-unit');
  const desk = await at.signIn('desk', ['operator']);
  await expect(desk('GET', '/officer/orders')).rejects.toThrow('answered 403');
  const unknown = { username: 'lost', password: 'a long enough password', roles: ['officer'], unitId: 'no-such' };
  await expect(at.api('POST', '/accounts', unknown)).rejects.toThrow('There is no unit no-such');

  const phone = await openPhone(at, 'near');
  const { items } = await at.api<{ items: readonly { id: string; username: string; unitId?: string }[] }>('GET', '/accounts');
  const account = items.find(({ username }) => username === 'officer-near');
  expect(account?.unitId).toBe('near');
  await at.api('PUT', `/accounts/${account?.id}`, { roles: ['officer'], unitId: 'bare' });
  await at.clock.advance(seconds(3));
  await at.until(() => expect(phone.open()).toBe(false));
  await expect(phone.api('GET', '/officer/orders')).rejects.toThrow('unit-without-phone');
});

test('an order that expires is told as expired', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  await registerOfficer(at, 'near');
  const phone = await openPhone(at, 'near');
  const key = await at.key('ward-3', 'hospital');
  await key.press();
  const order = await orderShown(at, phone);
  await at.clock.advance(Date.parse(order.expiresAt) - at.clock.now() + minutes(1));
  await at.until(() => expect(phone.shown()).toMatchObject({ items: [], ended: [{ id: order.id, state: 'expired' }] }));
});
