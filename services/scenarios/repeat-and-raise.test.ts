import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('a key pressed again joins its open incident and sounds again, and orders nobody twice', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await key.press();
  await key.press();
  const again = await at.until(async () => {
    const incident = await at.incident(incidentId);
    expect(incident.signals.map((signal) => signal.type)).toEqual(['press', 'press', 'press']);
    return incident;
  });
  expect(again.orders.map((order) => order.unitId)).toEqual(['near', 'middle']);
  expect(again.timeline.filter((entry) => entry.reason === 'repeat-of-one-device')).toHaveLength(2);
  expect(await at.events('incident.sounded')).toHaveLength(3);
  expect(await at.incidents()).toHaveLength(1);

  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'genuine' });
  await key.press();
  await at.until(() => expect(near.effective()).toHaveLength(2));
  expect(near.effective()[1]?.incidentId).not.toBe(incidentId);
  await at.until(() => expect(middle.effective()).toHaveLength(2));
  expect(far.effective()).toHaveLength(0);
});

test('a key pressed again after an answer is unanswered for every desk, also after a restart, until somebody answers that too', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId: id } = await orderOn(at, near);
  const listed = async () => (await at.api<{ items: readonly Listed[] }>('GET', `/incidents?ids=${id}`)).items[0];
  await at.api('POST', `/incidents/${id}/acknowledge`);
  const first = await listed();
  expect(first).not.toHaveProperty('soundedAgainAt');

  await at.clock.advance(seconds(30));
  await key.press();
  const again = new Date(at.clock.now()).toISOString();
  await at.until(async () =>
    expect(await listed()).toMatchObject({ ...first, soundedAgainAt: again, lastSignalAt: again, signalCount: 2 }),
  );
  expect((await at.events('incident.sounded')).at(-1)?.data).toMatchObject({ id, state: 'acknowledged', soundedAgainAt: again });
  await at.restart();
  expect(await listed()).toMatchObject({ soundedAgainAt: again });

  const wang = await at.signIn('wang', ['operator']);
  await wang('POST', `/incidents/${id}/acknowledge`);
  expect(await listed()).toMatchObject({ acknowledgedAt: first?.acknowledgedAt, acknowledgedBy: 'admin' });
  expect(await listed()).not.toHaveProperty('soundedAgainAt');
  expect((await at.events('incident.acknowledged')).map(({ data }) => data['soundedAgainAt'])).toEqual([undefined, undefined]);
  await wang('POST', `/incidents/${id}/acknowledge`);
  const answers = (await at.incident(id)).timeline.filter((entry) => entry.kind === 'acknowledged');
  expect(answers.map(({ by, reason }) => [by, reason])).toEqual([
    ['admin', undefined],
    ['wang', 'sounded-again'],
    ['wang', 'already-so'],
  ]);
  expect(await at.events('incident.acknowledged')).toHaveLength(2);
});

interface Listed {
  readonly acknowledgedAt?: string;
  readonly soundedAgainAt?: string;
}

test('assistance first, then emergency on the same key: one incident, raised, with the units of an emergency and its clock', async () => {
  const at = await openStation();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far']);
  near.behave('delivers-only');
  const key = await at.key('key-1', 'hospital');
  await key.press('assist');
  const { incidentId, kind } = await orderOn(at, near);
  expect(kind).toBe('assist');
  expect((await at.incident(incidentId)).deadline).toBe(new Date(at.clock.now() + seconds(90)).toISOString());

  await at.clock.advance(seconds(5));
  await key.press('emergency');
  expect((await orderOn(at, middle)).incidentId).toBe(incidentId);
  expect(await orderOn(at, far)).toMatchObject({ incidentId, kind: 'emergency', priority: 1 });
  const raised = await at.incident(incidentId);
  expect(raised).toMatchObject({ kind: 'emergency', priority: 1 });
  expect(raised).toMatchObject({
    deadline: new Date(at.clock.now() + seconds(15)).toISOString(),
    clock: { name: 'acknowledge', level: 1 },
  });
  expect(raised.timeline.find((entry) => entry.kind === 'raised')).toMatchObject({
    by: 'key-1',
    data: { from: 2, to: 1, kind: 'emergency' },
  });
  expect(near.effective()).toHaveLength(1);
  expect(await at.incidents()).toHaveLength(1);
});

test('an assistance whose ladder ended unanswered climbs anew when the key is pressed for an emergency', async () => {
  const at = await openStation();
  const [near, middle] = await registerCrew(at, ['near', 'middle', 'far', 'farther', 'farthest']);
  near.behave('delivers-only');
  const key = await at.key('key-1', 'hospital');
  await key.press('assist');
  const { incidentId } = await orderOn(at, near);
  // Each level is armed by the one before it, so the clock moves until the last one was reached.
  await at.until(async () => {
    await at.clock.advance(seconds(10));
    expect((await at.incident(incidentId)).deadline).toBeUndefined();
  });
  await orderOn(at, middle);

  await key.press('emergency');
  await at.until(async () => expect((await at.incident(incidentId)).clock).toMatchObject({ name: 'acknowledge', level: 1 }));
});
