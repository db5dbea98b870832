import { expect, test } from 'vitest';
import { mqttCamera } from './driver.ts';

const give = { now: () => 0, request: async () => ({ status: 200 }), post: async () => ({ outcome: 'sent' as const }) };
const powersOf = (settings: object) => mqttCamera.open(give, { id: 'c1', kind: 'camera', settings: mqttCamera.settings.parse(settings) });

test('a camera of a bridge has a picture where the installer says where', async () => {
  expect(powersOf({})).toEqual({});
  const stream = 'rtsp://10.1.2.3/stream1';
  expect(await powersOf({ stream }).stream?.(AbortSignal.timeout(1000))).toEqual({ url: stream });
  const secured = { stream, username: 'viewer', password: 'secret' };
  expect(await powersOf(secured).stream?.(AbortSignal.timeout(1000))).toEqual({ url: stream, username: 'viewer', password: 'secret' });
});

test.each([
  ['http://10.1.2.3/', /must begin with rtsp/],
  ['rtsp://viewer:secret@10.1.2.3/', /must not carry a user name/],
])('%s is refused', (stream, why) => {
  expect(() => powersOf({ stream })).toThrow(why);
});
