import { expect, onTestFinished, test } from 'vitest';
import { simulateHikvision } from '../../devices/alarm-keys/hikvision/simulator.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

test('a key wired to a Hikvision camera is heard, once while it is held, and found when it was pushed while we were away', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const camera = await simulateHikvision({ username: 'admin', password: 'pass' });
  onTestFinished(() => camera.close());
  const settings = { base: camera.base, username: 'admin', password: 'pass', input: '3' };
  await at.register('key', 'key-1', { siteId: 'hospital', driver: 'hikvision', settings });
  const listening = () =>
    at.until(async () => {
      await at.clock.advance(1000);
      expect(camera.listeners).toBe(1);
    });
  const signals = async () =>
    (await at.api<{ items: { deviceId: string; type: string }[] }>('GET', '/signals?limit=500')).items.filter(
      ({ deviceId, type }) => deviceId === 'key-1' && type === 'digital-input',
    ).length;
  await listening();
  await at.until(async () => expect(await signals()).toBe(1));
  camera.input(1, true);
  camera.input(3, true, 5);
  const order = await orderOn(at, near);
  expect(order).toMatchObject({ kind: 'emergency', site: { id: 'hospital' } });
  expect(await signals()).toBe(2);
  camera.input(3, false);
  await at.until(async () => expect(await signals()).toBe(3));
  await at.api('POST', `/incidents/${order.incidentId}/close`, { disposition: 'genuine' });

  await at.restart(undefined, async () => {
    // The end of the old stream must be seen first, or it is taken for the new one and the clock is not moved.
    await at.until(() => expect(camera.listeners).toBe(0));
    camera.stand(3, true);
  });
  await listening();
  await at.until(async () => expect((await at.incidents()).filter(({ state }) => state !== 'closed')).toHaveLength(1));
});
