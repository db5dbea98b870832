import { expect, onTestFinished, test } from 'vitest';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { simulateRtpLoudspeaker } from '../../devices/loudspeakers/rtp/simulator.ts';
import { openMedia } from '../../devices/media/index.ts';
import { openRtspSimulator } from '../../devices/media/rtsp-simulator.ts';
import { ffmpegHere, silentLog, testPictures } from '../../devices/media/testing.ts';
import { openStation, registerPlace } from './rig.ts';

/**
 * Nothing is stood in for but the air: the words are spoken by the product's voice, leave as RTP, sound in a street's noise
 * before the microphone of an ONVIF camera, come back over RTSP and are compared.
 */
const ffmpeg = await ffmpegHere();

interface Target {
  readonly state: string;
  readonly reason?: string;
  readonly rungs: readonly {
    readonly state: string;
    readonly at: string;
    readonly proof?: { readonly ear: string; readonly delayMs?: number; readonly level?: number; readonly confidence?: number };
  }[];
}

async function street(gain: number) {
  if (!ffmpeg) throw new Error('not of this machine');
  const horn = await simulateRtpLoudspeaker({ address: '127.0.0.1' });
  let [played, seed] = [0, 3];
  const microphone = (samples: number): Int16Array => {
    const sound = horn.sound.pcm();
    // 100 ms of air and amplifier; what is not there yet is silence.
    const begun = sound.length > 800;
    const heard = Int16Array.from({ length: samples }, (_none, at) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.round((begun ? gain * (sound[played + at] ?? 0) : 0) + (seed / 2 ** 31 - 0.5) * 700);
    });
    if (begun) played += samples;
    return heard;
  };
  const rtsp = await openRtspSimulator({ '/eye': { pictures: await testPictures(ffmpeg), microphone } });
  const eye = await openOnvifCamera({ id: 'eye', username: 'u', password: 'p', rtsp: rtsp.url('/eye') });
  onTestFinished(async () => {
    horn.close();
    await eye.close();
    await rtsp.close();
  });
  const media = openMedia({ log: silentLog });
  onTestFinished(() => media.close());
  const at = await openStation({ media: () => media });
  await registerPlace(at, []);
  await at.register('camera', 'eye', {
    driver: 'onvif',
    siteId: 'hospital',
    settings: { address: eye.address, username: 'u', password: 'p' },
  });
  await at.register('loudspeaker', 'horn', {
    driver: 'rtp',
    siteId: 'hospital',
    settings: { host: '127.0.0.1', port: horn.port, ear: 'eye' },
  });
  const incident = await at.api<{ id: string }>('POST', '/incidents', { kind: 'emergency', siteId: 'hospital', priority: 1, note: 'seen' });
  const { id } = await at.api<{ id: string }>('POST', `/incidents/${incident.id}/broadcasts`, {
    ...{ loudspeakerIds: ['horn'], text: '这里是公安机关，请立即离开。', lang: 'zh' },
  });
  const target = await at.until(async () => {
    const [one] = (await at.api<{ targets: Target[] }>('GET', `/broadcasts/${id}`)).targets;
    expect(one?.state).toMatch(/heard|played|sent|failed|stopped/);
    return one;
  });
  return { at, horn, target };
}

test.skipIf(!ffmpeg)('what is said in the street is heard by the camera', async () => {
  const { target } = await street(0.12);
  expect(target).toMatchObject({ state: 'heard' });
  const proof = target?.rungs.at(-1)?.proof;
  expect(proof).toMatchObject({ ear: 'eye' });
  expect(proof?.confidence).toBeGreaterThan(0.9);
});

test.skipIf(!ffmpeg)('a horn whose amplifier is off was not heard, though its packets were sent', async () => {
  const { target, horn } = await street(0);
  expect(horn.sound.pieces.length).toBeGreaterThan(50);
  expect(target).toMatchObject({ state: 'failed', reason: 'not-heard' });
});
