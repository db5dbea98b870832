import { expect, test } from 'vitest';
import type { Device } from '../../driver.ts';
import { onvifCamera } from './driver.ts';
import type { OnvifSettings } from './settings.ts';
import { openOnvifCamera } from './simulator.ts';

const device = (more: Partial<OnvifSettings> = {}): Device<OnvifSettings> => ({
  id: 'c1',
  kind: 'camera',
  settings: { address: 'http://192.0.2.1', events: 'published', ...more },
});
const give = { now: () => Date.now(), post: async () => ({ outcome: 'sent' }) as const, request: async () => ({ error: 'none' }) };
const message = (topic: string, payload: string) => ({ topic, payload: new TextEncoder().encode(payload), retain: true });
const inputEvent = (state: boolean) => JSON.stringify({ Source: { InputToken: '1' }, Data: { LogicalState: state } });

test('a camera that publishes itself is not watched as well; another one is', () => {
  expect([onvifCamera.open(give, device()).watch, onvifCamera.open(give, device({ events: 'asked' })).watch]).toEqual([
    undefined,
    expect.any(Function),
  ]);
});

test('what it publishes is read by the same bindings', () => {
  const bound = device({ inputs: [{ token: '1', normally: 'closed', grade: 'assist' }] });
  expect(
    onvifCamera.dialect?.decode(message('cameras/c1/onvif-ej/Device/Trigger/DigitalInput/&1', inputEvent(false)), bound),
  ).toMatchObject({
    outcome: 'fact',
    fact: { type: 'digital-input', grade: 'assist', active: true, retained: true },
  });
  expect(onvifCamera.dialect?.decode(message('cameras/c1/status', 'online'), bound)).toMatchObject({ fact: { type: 'online' } });
  expect(onvifCamera.dialect?.decode(message('cameras/c1/event', '{}'), bound)).toMatchObject({ outcome: 'nothing' });
});

test('it is set up over its own SOAP', async () => {
  const camera = await openOnvifCamera({ id: 'c1', username: 'u', password: 'p', authentication: 'either' });
  try {
    const powers = onvifCamera.open(give, device({ address: camera.address, username: 'u', password: 'p' }));
    const place = { address: 'mqtt://192.0.2.7:1883', topicPrefix: 'cameras/c1', username: 'c1', password: 'secret' };
    await powers.publish?.(place, new AbortController().signal);
    expect([...camera.brokers.keys()]).toEqual([place.address]);
  } finally {
    await camera.close();
  }
});
