import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('a press in an exercise is marked so wherever it is seen, and never mixes with a real one of the same site', async () => {
  const at = await openStation();
  const [near, middle, far, farther] = await registerCrew(at, ['near', 'middle', 'far', 'farther']);
  const speaker = await at.loudspeaker('speaker-1', 'hospital');
  await at.register('key', 'key-drill', { siteId: 'hospital', exercise: true });
  const drill = await at.key('key-drill', 'hospital');
  await drill.press();
  const order = await orderOn(at, near);
  expect(order.exercise).toBe(true);
  expect(order.text).toMatch(/^EXERCISE /);
  expect((await orderOn(at, middle)).exercise).toBe(true);
  const incident = await at.incident(order.incidentId);
  expect(incident).toMatchObject({ exercise: true, signals: [{ exercise: true }], orders: [{ exercise: true }, { exercise: true }] });
  expect((await at.events('incident.opened')).map((event) => event.data['exercise'])).toEqual([true]);
  await at.api('POST', `/incidents/${incident.id}/broadcasts`, { lang: 'en', text: 'this is a drill' });
  await at.until(() => expect(speaker.effective()).toHaveLength(1));
  expect(await at.api('GET', `/incidents/${incident.id}`)).toMatchObject({ broadcasts: [{ exercise: true }] });

  const key = await at.key('key-1', 'hospital');
  await key.press();
  const real = await orderOn(at, far);
  await orderOn(at, farther);
  expect(real.exercise).toBeUndefined();
  expect(real.text).not.toContain('EXERCISE');
  expect(await at.incident(real.incidentId)).toMatchObject({ exercise: false, confirmed: false, related: [] });
});
