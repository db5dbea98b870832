import { expect, onTestFinished, test } from 'vitest';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { textAt } from '../../devices/xml.ts';
import { seconds } from '../alarm/index.ts';
import { openStation, registerCrew, type Station } from './rig.ts';

/** The camera keeps the clock of the story; the line between us and it is a real one. */
async function cameraAt(at: Station, more: Readonly<Record<string, unknown>> = {}) {
  const simulated = await openOnvifCamera({ id: 'gate', username: 'ops', password: 'secret', inputs: ['1'], now: () => at.clock.now() });
  onTestFinished(() => simulated.close());
  const inputs = [{ token: '1', normally: 'open', grade: 'emergency' }];
  const settings = { address: simulated.address, username: 'ops', password: 'secret', pullSeconds: 1, inputs, ...more };
  await at.register('camera', 'gate', { driver: 'onvif', siteId: 'hospital', settings });
  return simulated;
}

test('a camera that can is set up to publish to our broker by itself, under a secret that only it is told', async () => {
  const at = await openStation();
  await registerCrew(at, ['u-car']);
  const camera = await cameraAt(at, { events: 'published' });
  const told = await at.api<Record<string, string>>('POST', '/devices/gate/publish', { address: 'mqtt://10.0.0.5:1883' });
  expect(told).toEqual({ address: 'mqtt://10.0.0.5:1883', topicPrefix: 'cameras/gate', status: 'Connected' });
  const [setting] = camera.brokers.values();
  if (!setting) throw new Error('the camera was told nothing');
  expect(['Address', 'TopicPrefix', 'UserName'].map((name) => textAt(setting, name))).toEqual([told['address'], 'cameras/gate', 'gate']);
  await expect(at.line('gate'), 'with the secret it was registered with').rejects.toThrow();
  await at.line('gate', { password: textAt(setting, 'Password') ?? '' });
  await expect(at.api('POST', '/devices/gate/publish', { address: 'http://10.0.0.5/' })).rejects.toThrow('422');
});

interface Shown {
  readonly state: string;
  readonly health: { readonly watch?: { readonly state: string; readonly code?: string } };
}

/** Rounds of the watch are moved by the story's clock; what the camera answers takes its own time, and silence of a minute and a half ends a watch. */
const until = (at: Station, seen: () => Promise<void>) =>
  at.until(async () => {
    await at.clock.advance(seconds(0.5));
    await seen();
  });

test('a key wired to an ONVIF camera calls for help, also when it was pressed while nobody could listen', async () => {
  const at = await openStation();
  await registerCrew(at, ['u-car']);
  const camera = await cameraAt(at);
  const shown = () => at.api<Shown>('GET', '/devices/gate');
  await until(at, async () => expect(await shown()).toMatchObject({ state: 'online', health: { watch: { state: 'watching' } } }));

  camera.press('1');
  const calls = async () => (await at.incidents()).filter(({ kind }) => kind === 'emergency');
  await until(at, async () => expect((await calls()).map(({ priority }) => priority)).toEqual([1]));
  camera.release('1');
  const [first] = await calls();
  await at.api('POST', `/incidents/${first?.id}/acknowledge`);
  await at.api('POST', `/incidents/${first?.id}/close`, { disposition: 'test' });

  await camera.unplug();
  await until(at, async () => expect((await shown()).health.watch).toMatchObject({ state: 'trouble', code: 'unreachable' }));
  camera.press('1');
  await camera.plug();
  await until(at, async () => expect((await calls()).filter(({ state }) => state !== 'closed')).toHaveLength(1));
});
