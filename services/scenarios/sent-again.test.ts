import { expect, test } from 'vitest';
import { eventId, openStation, orderOn, registerCrew } from './rig.ts';

/** What a key does when the broker died between its commit and its acknowledgement: the same bytes on a new connection. */
test('a press sent again with DUP on a new connection is the same press: one signal, one incident, one set of orders', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const press = JSON.stringify({ type: 'press', eventId: eventId(), at: new Date(at.clock.now()).toISOString() });
  const first = await at.line('key-1');
  await first.publishAsync('keys/key-1/event', press, { qos: 1 });
  await first.endAsync(true);
  const again = await at.line('key-1');
  await again.publishAsync('keys/key-1/event', press, { qos: 1, dup: true });

  const { incidentId } = await orderOn(at, near);
  await orderOn(at, middle);
  // A press of its own comes last on the same line, so whatever the repeat could have caused is there before it.
  await again.publishAsync('keys/key-1/event', JSON.stringify({ type: 'press', eventId: eventId() }), { qos: 1 });
  const incident = await at.until(async () => {
    const found = await at.incident(incidentId);
    expect(found.timeline.some((entry) => entry.reason === 'repeat-of-one-device')).toBe(true);
    // The two are read by questions of their own, a moment apart.
    expect(found.signals).toHaveLength(2);
    return found;
  });
  expect(incident.timeline.filter((entry) => entry.kind === 'signal')).toHaveLength(1);
  expect(incident.orders.map((order) => order.unitId)).toEqual(['near', 'middle']);
  expect(far.effective()).toHaveLength(0);
  expect(await at.incidents()).toHaveLength(1);
});

test('a key that numbers nothing and sends again is heard twice and served once', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  for (const dup of [false, true]) {
    const line = await at.line('key-1');
    await line.publishAsync('keys/key-1/event', '{"type":"press"}', { qos: 1, dup });
    await line.endAsync(true);
  }
  const { incidentId } = await orderOn(at, near);
  await orderOn(at, middle);
  await at.until(async () => expect((await at.incident(incidentId)).signals).toHaveLength(2));
  expect((await at.incident(incidentId)).orders).toHaveLength(2);
  expect(await at.incidents()).toHaveLength(1);
  expect(far.effective()).toHaveLength(0);
});

test('one press heard at the same instant on two lines of one key stands once in the record', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const press = JSON.stringify({ type: 'press', eventId: eventId() });
  const lines = await Promise.all([at.line('key-1', { clientId: 'a' }), at.line('key-1', { clientId: 'b' })]);
  await Promise.all(lines.flatMap((line) => [1, 2, 3].map(() => line.publishAsync('keys/key-1/event', press, { qos: 1 }))));
  const { incidentId } = await orderOn(at, near);
  expect((await at.incident(incidentId)).signals.filter((signal) => signal.type === 'press')).toHaveLength(1);
});

test('a key that begins to count anew with every press is heard again once its incident is closed, and its year 1 costs no press', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const line = await at.line('key-1');
  const press = (more: object = {}) =>
    line.publishAsync('keys/key-1/event', JSON.stringify({ type: 'press', eventId: '1', at: '0001-01-01T00:00:00+08:00', ...more }), {
      qos: 1,
    });
  await press();
  const { incidentId } = await orderOn(at, near);
  expect(await at.incident(incidentId)).toMatchObject({ kind: 'emergency', signals: [{ type: 'press' }] });
  await press();
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'false' });
  expect((await at.incident(incidentId)).signals).toHaveLength(1);

  await press();
  await at.until(async () => expect(await at.incidents()).toHaveLength(2));
  await press();
  await press({ grade: 'duress' });
  const [latest] = await at.incidents();
  await at.until(async () =>
    expect(await at.incident(latest?.id ?? '')).toMatchObject({ kind: 'duress', signals: [{ type: 'press' }, { type: 'press' }] }),
  );
});
