import { expect, test } from 'vitest';
import { hours, milliseconds, seconds } from '../alarm/index.ts';
import { uuidv7 } from '../store/ids.ts';
import { insertSignals } from '../store/signals.ts';
import { manualClock } from './manual-clock.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

const escalated = async (at: Station, id: string) => (await at.incident(id)).timeline.filter((entry) => entry.kind === 'escalated');

test('the station restarts with an incident open: its deadlines are kept to the instant', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle', 'far']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  const opened = at.clock.now();
  await at.clock.advance(seconds(5));

  await at.restart();
  const far = await at.radio('radio-far', 'far', 'silent');
  await at.clock.advance(seconds(5));
  expect((await orderOn(at, far)).incidentId).toBe(incidentId);
  await at.clock.advance(seconds(5));
  await at.until(async () =>
    expect(await escalated(at, incidentId)).toMatchObject([
      { at: new Date(opened + seconds(15)).toISOString(), data: { level: 1, lateMs: 0 } },
    ]),
  );
});

test('a deadline that passed while the station was down is met at its start, and the timeline says how late', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);

  const due = at.clock.now() + seconds(15);
  await at.restart(manualClock(due + seconds(7)));
  // The order's own clock ran out as well: whichever decision finds the incident held is made at the next sweep.
  const [level] = await at.until(async () => {
    await at.clock.advance(milliseconds(250));
    const levels = await escalated(at, incidentId);
    expect(levels).toMatchObject([{ data: { level: 1 } }]);
    return levels;
  });
  const late = Date.parse(level?.at ?? '') - due;
  expect(late).toBeGreaterThanOrEqual(seconds(7));
  expect(level?.data).toMatchObject({ lateMs: late });
  expect(level?.text).toContain(`${Math.round(late / 1000)} s late`);
});

test('the clock comes back an hour earlier: what was armed gets its whole span from then, and nothing waits for an hour', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle', 'far']);
  await at.register('key', 'key-lost', { siteId: 'hospital' });
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  const before = at.clock.now();

  const lost = {
    id: uuidv7(before),
    deviceId: 'key-lost',
    deviceKind: 'key',
    type: 'press',
    grade: 'emergency',
    active: true,
    at: before,
    receivedAt: before,
    exercise: false,
    lane: 'urgent',
    data: {},
    settled: false,
    via: 'mqtt',
  } as const;
  const earlier = before - hours(1);
  await at.restart(manualClock(earlier), () => insertSignals(at.store.urgent, [lost]));
  expect(await at.incident(incidentId)).toMatchObject({
    deadline: new Date(earlier + seconds(15)).toISOString(),
    clock: { name: 'acknowledge', level: 1 },
  });
  const far = await at.radio('radio-far', 'far', 'silent');
  await at.clock.advance(seconds(10));
  await at.until(() => expect(far.effective().map((order) => order.incidentId)).toContain(incidentId));
  await at.clock.advance(seconds(5));
  await at.until(async () => expect(await escalated(at, incidentId)).toMatchObject([{ data: { level: 1, lateMs: 0 } }]));

  // A press that was committed and not yet sorted when the old clock still ran is found all the same.
  await at.until(async () => expect((await at.incidents()).map((incident) => incident.deviceId).sort()).toEqual(['key-1', 'key-lost']));
});
