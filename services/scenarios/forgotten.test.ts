import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { manualClock } from './manual-clock.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

const told = async (at: Station) => (await at.events('incident.escalated')).map((event) => event.data['whom']);

test('acknowledged and forgotten: the supervisor hears of it 180 s after the answer, and the first clock is silent', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await at.clock.advance(seconds(5));
  await at.api('POST', `/incidents/${incidentId}/acknowledge`);
  const answered = at.clock.now();
  await at.until(() => expect(key.lastReceipt()?.state).toBe('acknowledged'));

  await at.clock.advance(seconds(180));
  const { timeline } = await at.until(async () => {
    const incident = await at.incident(incidentId);
    expect(incident.timeline.some((entry) => entry.kind === 'escalated')).toBe(true);
    return incident;
  });
  expect(timeline.filter((entry) => entry.kind === 'escalated')).toMatchObject([
    {
      at: new Date(answered + seconds(180)).toISOString(),
      reason: 'answered-then-forgotten',
      data: { clock: 'progress', level: 1, lateMs: 0 },
    },
  ]);
  expect(await told(at)).toContain('supervisor');
  expect(await told(at)).not.toContain('bureau-desk');
});

test('an officer who accepts stops the first clock without any operator, and his arrival stops the second', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  await at.clock.advance(seconds(7));
  await near.report(orderId, 'accepted');
  await at.until(() => expect(key.lastReceipt()?.state).toBe('dispatched'));
  const moved = await at.incident(incidentId);
  expect(moved).toMatchObject({ deadline: new Date(at.clock.now() + seconds(180)).toISOString(), clock: { name: 'progress', level: 1 } });

  await at.clock.advance(seconds(60));
  await near.report(orderId, 'arrived');
  await at.until(() => expect(key.lastReceipt()?.state).toBe('arrived'));
  const { deadline, timeline } = await at.incident(incidentId);
  expect(deadline).toBeUndefined();
  expect(timeline.map((entry) => entry.kind)).not.toContain('escalated');
});

test('a unit that moved and then stuck twice brings another unit each time', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle', 'third', 'fourth']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  await near.report(orderId, 'accepted');
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('dispatched'));
  // Only the officer who accepted is of this story: what was asked of others is withdrawn before their own clocks run out.
  const withdrawOthers = async () => {
    const others = (await at.incident(incidentId)).orders.filter((order) => ['queued', 'sent'].includes(order.state));
    for (const order of others) await at.api('POST', `/orders/${order.id}/cancel`);
  };
  await withdrawOthers();

  /** The first level and the second, each found due after a night without a station. */
  const stuck = async (units: readonly string[]) => {
    for (const reached of [2, 3]) {
      const dueAt = Date.parse((await at.incident(incidentId)).deadline ?? '');
      await at.restart(manualClock(dueAt));
      await at.clock.advance(0);
      await at.until(async () => expect((await at.incident(incidentId)).clock).toMatchObject({ name: 'progress', level: reached }));
    }
    const { orders, timeline } = await at.incident(incidentId);
    expect(orders.map((order) => order.unitId)).toEqual(units);
    expect(timeline.filter((entry) => entry.kind === 'ordered').map((entry) => entry.data['unitId'])).toEqual(units);
  };
  await stuck(['near', 'middle', 'third']);
  await withdrawOthers();
  const again = await at.radio('radio-near', 'near', 'silent');
  await again.report(orderId, 'en-route');
  await at.until(async () => expect((await at.incident(incidentId)).clock).toMatchObject({ name: 'progress', level: 1 }));
  await stuck(['near', 'middle', 'third', 'fourth']);
});
