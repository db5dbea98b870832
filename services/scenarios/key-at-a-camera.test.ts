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
  /** The watch waits by the story's clock. Small steps: what the camera answers takes its own time, and silence of a minute and a half ends a watch. */
  const until = (seen: () => Promise<unknown>) =>
    at.until(async () => {
      await at.clock.advance(250);
      await seen();
    });
  const signals = async () =>
    (await at.api<{ items: { deviceId: string; type: string }[] }>('GET', '/signals?limit=500')).items.filter(
      ({ deviceId, type }) => deviceId === 'key-1' && type === 'digital-input',
    ).length;
  await until(async () => expect([camera.listeners, await signals()]).toEqual([1, 1]));
  camera.input(1, true);
  camera.input(3, true, 5);
  const order = await orderOn(at, near);
  expect(order).toMatchObject({ kind: 'emergency', site: { id: 'hospital' } });
  expect(await signals()).toBe(2);
  camera.input(3, false);
  await at.until(async () => expect(await signals()).toBe(3));
  await at.api('POST', `/incidents/${order.incidentId}/close`, { disposition: 'genuine' });

  await at.restart(undefined, async () => camera.stand(3, true));
  await until(async () =>
    expect((await at.incidents()).filter(({ kind, state }) => kind === 'emergency' && state !== 'closed')).toHaveLength(1),
  );
});
