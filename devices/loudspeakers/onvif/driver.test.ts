import { describe, expect, test } from 'vitest';
import { attempt, cutInto, expectTheWords, trialOf } from '../testing.ts';
import { onvifLoudspeaker, openOnvifLoudspeaker } from './driver.ts';
import { type CameraOptions, type SimulatedCamera, simulateOnvifLoudspeaker } from './simulator.ts';

async function trial(options: CameraOptions = {}, settings: object = {}) {
  const tried = attempt();
  const camera = await simulateOnvifLoudspeaker({ ...options, now: tried.clock.now });
  const parsed = onvifLoudspeaker.settings.parse({ url: camera.url, ...settings });
  return { ...trialOf(tried, openOnvifLoudspeaker({ id: 'l1', kind: 'loudspeaker', settings: parsed }, tried.clock)), camera };
}

describe.each([
  ['UDP', {}, {}],
  ['TCP', {}, { transport: 'tcp' }],
  ['UDP refused, so TCP', { udp: false }, {}],
  ['A-law', { codec: 'PCMA' }, {}],
  ['with a password', { username: 'admin', password: 'a:b"c=密' }, { username: 'admin', password: 'a:b"c=密' }],
] as const)('%s', (_name, options, settings) => {
  test('the words arrive whole, after PLAY only, and the session is ended', async () => {
    const { camera, clock, speak, began } = await trial(options, settings);
    expect(await clock.until(speak())).toEqual({ outcome: 'sent', milliseconds: 3000 });
    expectTheWords(camera.sound);
    expect(camera.early).toBe(0);
    expect(camera.sessions).toBe(0);
    expect(camera.asked.at(-1)).toBe('TEARDOWN 200');
    expect(began).toHaveLength(1);
    await camera.close();
  });
});

test.each([
  ['no back channel', { fault: 'no-backchannel' }, {}, 'failed', 'unsupported: the camera has no back channel for sound'],
  ['no loudspeaker', { fault: 'no-speaker' }, {}, 'failed', /^unsupported: offers no track/],
  ['another codec only', { fault: 'aac-only' }, {}, 'failed', /^unsupported: .*MPEG4-GENERIC\/16000/],
  ['another talker', { fault: 'busy' }, {}, 'unreachable', /^busy: /],
  ['silence', { fault: 'silent' }, {}, 'unreachable', 'silent: no answer to DESCRIBE within 10000 ms'],
  ['something else on this port', { fault: 'garbled' }, {}, 'failed', 'garbled: it does not speak RTSP'],
  ['UDP refused and nothing else allowed', { udp: false }, { transport: 'udp' }, 'failed', /^unsupported: /],
  [
    'a wrong password',
    { username: 'a', password: 'b' },
    { username: 'a', password: 'c' },
    'failed',
    'refused: user name or password not taken',
  ],
  ['no password set', { username: 'a', password: 'b' }, {}, 'failed', /^refused: .*none is set$/],
] as const)('%s', async (_name, options, settings, outcome, reason) => {
  const { camera, clock, speak, began } = await trial(options, settings);
  expect(await clock.until(speak())).toEqual({ outcome, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) });
  expect(began).toEqual([]);
  await clock.advance(50);
  expect(camera.sessions).toBe(0);
  await camera.close();
});

test('a server that starts its pictures first is waited for', async () => {
  const running = Promise.withResolvers<void>();
  const { camera, clock, speak } = await trial({ starts: () => running.promise });
  clock.after(9000, () => running.resolve());
  expect(await clock.until(speak())).toEqual({ outcome: 'sent', milliseconds: 3000 });
  expectTheWords(camera.sound);
  await camera.close();
});

test('nobody there', async () => {
  const { camera, clock, speak } = await trial();
  await camera.close();
  expect(await clock.until(speak())).toEqual({ outcome: 'unreachable', reason: 'unreachable: connection refused' });
});

test.each([
  ['the connection is reset', (camera: SimulatedCamera) => camera.cut(), 'unreachable: the camera closed the connection'],
  ['the camera says goodbye', (camera: SimulatedCamera) => camera.dismiss(), 'unreachable: the camera ended the session'],
])('in the middle of the words %s', async (_name, harm, reason) => {
  const tried = await trial();
  const { camera } = tried;
  expect(await cutInto(tried, 1000, () => harm(camera))).toEqual({ outcome: 'unreachable', reason });
  await camera.close();
});

test('a camera that forgot the session is noticed while we speak by UDP', async () => {
  const { camera, clock, speaking } = await trial({ fault: 'forgets' });
  const settings = onvifLoudspeaker.settings.parse({ url: camera.url });
  const powers = openOnvifLoudspeaker({ id: 'l1', kind: 'loudspeaker', settings }, clock);
  const endless = async function* () {
    for (;;) yield new Int16Array(160);
  };
  const spoken = powers.speak?.({ sampleRate: 8000, pieces: endless() }, speaking) ?? Promise.reject();
  expect(await clock.until(spoken)).toEqual({ outcome: 'unreachable', reason: 'unreachable: the camera has forgotten the session' });
  await camera.close();
});

test.each([0, 20, 1000])('a stop %i ms after the beginning is obeyed at once, and the session is ended', async (after) => {
  const tried = await trial();
  const { camera, clock, stop } = tried;
  expect(await cutInto(tried, after, () => stop())).toEqual({ outcome: 'stopped' });
  const heard = camera.sound.pieces.length;
  await clock.advance(100);
  expect(camera.sessions).toBe(0);
  expect(camera.sound.pieces.length).toBe(heard);
  await camera.close();
});

test('two at once: the second is told that the loudspeaker is busy, the first is whole', async () => {
  const { camera, clock, speak } = await trial();
  const first = speak();
  await clock.advance(200);
  expect(await clock.until(speak())).toMatchObject({ outcome: 'unreachable', reason: expect.stringMatching(/^busy: /) });
  expect(await clock.until(first)).toMatchObject({ outcome: 'sent' });
  expectTheWords(camera.sound);
  await camera.close();
});

test.each([
  [{ url: 'http://10.0.0.1/' }],
  [{ url: 'rtsp://u:p@10.0.0.1/' }],
  [{ url: 'rtsp://10.0.0.1/a b' }],
  [{ url: 'rtsp://10.0.0.1/', transport: 'multicast' }],
  [{ url: 'rtsp://10.0.0.1/', password: 'a\r\nb' }],
])('settings %j are refused', (settings) => {
  expect(onvifLoudspeaker.settings.safeParse(settings).success).toBe(false);
});
