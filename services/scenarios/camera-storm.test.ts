import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

interface Told {
  readonly deviceId: string;
  readonly type: string;
  readonly count: number;
}

test('a storm of 2,000 motion events is one activity for each camera, and a key pressed in it is served all the same', async () => {
  const at = await openStation();
  const [near, middle] = await registerCrew(at, ['near', 'middle']);
  const key = await at.key('key-1', 'hospital');
  const cameras = await Promise.all(['camera-1', 'camera-2', 'camera-3', 'camera-4'].map((id) => at.camera(id, 'hospital')));

  const storm = Promise.all(cameras.map((camera) => camera.burst(500)));
  await key.press();
  const { incidentId } = await orderOn(at, near);
  await orderOn(at, middle);
  await storm;

  const { items } = await at.api<{ items: readonly Told[] }>('GET', '/signals?type=motion&limit=500');
  expect(items.map((signal) => signal.deviceId).sort()).toEqual(cameras.map((camera) => camera.id));
  expect(items.map((signal) => signal.count)).toEqual([500, 500, 500, 500]);
  expect(await at.incidents()).toMatchObject([{ id: incidentId, kind: 'emergency' }]);
});

test('what a camera sees at the site of an open incident is written there once, and confirms it when it means something', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('key-1', 'hospital');
  const camera = await at.camera('camera-1', 'hospital');
  await key.press('assist');
  const { incidentId } = await orderOn(at, near);
  await camera.burst(200, 'motion');
  await camera.burst(20, 'intrusion');
  await at.until(async () => {
    expect((await at.incidents()).map((incident) => incident.kind).sort()).toEqual(['assist', 'intrusion']);
    const seen = await at.incident(incidentId);
    expect(seen).toMatchObject({ confirmed: true, priority: 1 });
    expect(seen.signals.filter((signal) => signal.type === 'motion')).toMatchObject([{ deviceId: 'camera-1', count: 200 }]);
  });
});
