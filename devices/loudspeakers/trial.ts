import { setTimeout as sleep } from 'node:timers/promises';
import type { Device, Powers } from '../driver.ts';
import { axisLoudspeaker, openAxisLoudspeaker } from './axis/driver.ts';
import { simulateAxisLoudspeaker } from './axis/simulator.ts';
import { compare, quantile } from './compare.ts';
import { dahuaLoudspeaker, openDahuaLoudspeaker } from './dahua/driver.ts';
import { simulateDahuaLoudspeaker } from './dahua/simulator.ts';
import { hikvisionLoudspeaker, openHikvisionLoudspeaker } from './hikvision/driver.ts';
import { simulateHikvisionLoudspeaker } from './hikvision/simulator.ts';
import { onvifLoudspeaker, openOnvifLoudspeaker } from './onvif/driver.ts';
import { simulateOnvifLoudspeaker } from './onvif/simulator.ts';
import { systemTimer } from './pace.ts';
import type { Recording } from './recorder.ts';
import { openRtpLoudspeaker, rtpLoudspeaker } from './rtp/driver.ts';
import { simulateRtpLoudspeaker } from './rtp/simulator.ts';
import { openSipLoudspeaker, sipLoudspeaker } from './sip/driver.ts';
import { simulateSipLoudspeaker } from './sip/simulator.ts';
import { likeSpeech, soundOf } from './voice.ts';

/**
 * Says the same three seconds to a simulated loudspeaker of every kind, in real time, one after the other, and prints
 * what came out at the other end: `node devices/loudspeakers/trial.ts`.
 */

interface Candidate {
  readonly powers: Powers;
  readonly sound: Recording;
  readonly close: () => unknown;
}

const device = <Settings>(settings: Settings): Device<Settings> => ({ id: 'trial', kind: 'loudspeaker', settings });
const secret = { username: 'trial', password: 'a:b"c' };

const candidates: Readonly<Record<string, () => Promise<Candidate>>> = {
  'rtp unicast': () => rtp('127.0.0.1'),
  'rtp multicast': () => rtp('239.255.12.42'),
  'onvif udp': () => onvif('udp'),
  'onvif tcp': () => onvif('tcp'),
  sip: async () => {
    const speaker = await simulateSipLoudspeaker(secret);
    const powers = openSipLoudspeaker(
      device(sipLoudspeaker.settings.parse({ host: '127.0.0.1', port: speaker.port, ...secret })),
      systemTimer,
    );
    return { powers, sound: speaker.sound, close: speaker.close.bind(speaker) };
  },
  axis: async () => {
    const speaker = await simulateAxisLoudspeaker(secret);
    const powers = openAxisLoudspeaker(device(axisLoudspeaker.settings.parse({ base: speaker.base, ...secret })), systemTimer);
    return { powers, sound: speaker.sound, close: speaker.close };
  },
  hikvision: async () => {
    const speaker = await simulateHikvisionLoudspeaker(secret);
    const powers = openHikvisionLoudspeaker(device(hikvisionLoudspeaker.settings.parse({ base: speaker.base, ...secret })), systemTimer);
    return { powers, sound: speaker.sound, close: speaker.close };
  },
  dahua: async () => {
    const speaker = await simulateDahuaLoudspeaker(secret);
    const powers = openDahuaLoudspeaker(device(dahuaLoudspeaker.settings.parse({ base: speaker.base, ...secret })), systemTimer);
    return { powers, sound: speaker.sound, close: speaker.close };
  },
};

async function rtp(address: string): Promise<Candidate> {
  const speaker = await simulateRtpLoudspeaker({ address, localAddress: '127.0.0.1' });
  const settings = rtpLoudspeaker.settings.parse({ host: address, port: speaker.port, localAddress: '127.0.0.1' });
  return { powers: openRtpLoudspeaker(device(settings), systemTimer), sound: speaker.sound, close: speaker.close };
}

async function onvif(transport: 'udp' | 'tcp'): Promise<Candidate> {
  const camera = await simulateOnvifLoudspeaker(secret);
  const settings = onvifLoudspeaker.settings.parse({ url: camera.url, transport, ...secret });
  return { powers: openOnvifLoudspeaker(device(settings), systemTimer), sound: camera.sound, close: camera.close };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

async function say(words: Int16Array, { powers, sound, close }: Candidate): Promise<Record<string, unknown>> {
  const start = systemTimer.now();
  let began = Number.NaN;
  const signal = new AbortController().signal;
  const begin = (): void => {
    began = systemTimer.now() - start;
  };
  const spoken = await powers.speak?.(soundOf(words), { priority: 1, signal, began: begin });
  await sleep(100);
  await close();
  const { lengthError, levelError, correlation } = compare(words, sound.pcm());
  // Several pieces of one write came at one instant; what counts is the time between writes.
  const gaps = sound.gaps().filter((gap) => gap > 1);
  return {
    outcome: spoken?.outcome,
    'first sound ms': round(began),
    packets: sound.pieces.length,
    'length error ms': round(lengthError),
    'level error dB': round(levelError),
    correlation: round(correlation),
    'gap p50 ms': round(quantile(gaps, 0.5)),
    'gap p99 ms': round(quantile(gaps, 0.99)),
    'gap max ms': round(Math.max(...gaps)),
  };
}

const words = likeSpeech(Number(process.argv[2] ?? 3000));
const table: Record<string, unknown> = {};
for (const [name, prepare] of Object.entries(candidates)) {
  const row = await prepare().then(
    (candidate) => say(words, candidate),
    (error: unknown) => ({ outcome: `not tried: ${String(error)}` }),
  );
  table[name] = row;
}
console.table(table);
