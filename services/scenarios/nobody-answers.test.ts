import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('nobody answers: sounded again after 15 s, next unit and duty leader after 30 s, the bureau after 60 s', async () => {
  const at = await openStation();
  const [near, , far, leader] = await registerCrew(at, ['near', 'middle', 'far', 'leader', 'spare']);
  await at.api('PUT', '/stations/central', { name: 'Central station', location: { lat: 30.1, lon: 120.1 }, dutyUnitId: 'leader' });
  await at.api('PUT', '/units/leader', {
    name: 'leader',
    tier: 'city',
    stationId: 'central',
    gridIds: ['riverside'],
    deviceIds: ['radio-leader'],
    status: 'busy',
  });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  const opened = at.clock.now();
  const told = async () => (await at.events('incident.escalated')).map((event) => [event.at - opened, event.data['whom']]);
  expect(await at.incident(incidentId)).toMatchObject({
    deadline: new Date(opened + seconds(15)).toISOString(),
    clock: { name: 'acknowledge', level: 1 },
  });

  await at.clock.advance(seconds(15));
  await at.until(async () => expect(await told()).toEqual([[seconds(15), 'desk']]));
  expect((await at.events('incident.sounded')).map((event) => event.at - opened)).toEqual([0, seconds(15)]);
  await orderOn(at, far);

  await at.clock.advance(seconds(15));
  const leaders = await orderOn(at, leader);
  expect(leaders.incidentId).toBe(incidentId);
  await at.until(async () => expect(await told()).toContainEqual([seconds(30), 'duty-leader']));

  await at.clock.advance(seconds(30));
  await at.until(async () => expect(await told()).toContainEqual([seconds(60), 'bureau-desk']));

  const { timeline, deadline, state } = await at.incident(incidentId);
  const ladder = timeline.filter((entry) => entry.kind === 'escalated');
  expect(ladder.map((entry) => [Date.parse(entry.at) - opened, entry.reason, entry.data['level'], entry.data['lateMs']])).toEqual([
    [seconds(15), 'nobody-answered-in-time', 1, 0],
    [seconds(30), 'nobody-answered-in-time', 2, 0],
    [seconds(60), 'nobody-answered-in-time', 3, 0],
  ]);
  expect(state).toBe('open');
  expect(deadline).toBeUndefined();
});

test('a call that climbed to the bureau before anybody answered is not forgotten once it is acknowledged', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  // Each level is armed by the one before it, so the clock moves until the last one was reached.
  await at.until(async () => {
    await at.clock.advance(seconds(5));
    expect((await at.incident(incidentId)).deadline).toBeUndefined();
  });

  await at.api('POST', `/incidents/${incidentId}/acknowledge`);
  expect((await at.incident(incidentId)).clock).toMatchObject({ name: 'progress', level: 1 });
});

test('two calls of the same instant count on different units, and so do their deadlines', async () => {
  const at = await openStation();
  await registerCrew(at, ['one', 'two', 'three', 'four', 'five', 'six'], 'answers');
  await at.api('POST', '/sites', {
    ...{ id: 'school', name: 'First School', kind: 'school', stationId: 'central', gridId: 'riverside' },
    ...{ address: '2 River Road', location: { lat: 30.1, lon: 120.1 }, contacts: [] },
  });
  const keys = [await at.key('key-1', 'hospital'), await at.key('key-2', 'school')];
  await Promise.all(keys.map((key) => key.press()));
  const ordered = async () => (await at.events('order.issued')).map(({ data }) => data['unitId']);
  const underWay = async () => (await at.incidents()).map(({ clock }) => clock?.name);
  await at.until(async () => expect(await underWay()).toEqual(['progress', 'progress']));
  expect((await ordered()).toSorted()).toEqual(['four', 'one', 'three', 'two']);

  await at.until(async () => {
    await at.clock.advance(seconds(5));
    expect(await ordered()).toHaveLength(6);
  });
  expect(new Set(await ordered()).size).toBe(6);
});
