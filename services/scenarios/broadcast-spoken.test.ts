import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { compare } from '../../devices/loudspeakers/compare.ts';
import { type SimulatedRtpLoudspeaker, simulateRtpLoudspeaker } from '../../devices/loudspeakers/rtp/simulator.ts';
import { likeSpeech } from '../../devices/loudspeakers/voice.ts';
import { withChirp } from '../../devices/media/hearing.ts';
import type { Media } from '../../devices/media/index.ts';
import { noMedia } from '../dispatch/no-media.ts';
import { openStation, registerPlace, type Station } from './rig.ts';

/** Loudspeakers that take RTP, and a camera whose microphone stands beside one of them: the real rooms, the real sound. */

const words = likeSpeech(2000);
const sent = withChirp(words);
const rate = 8000;

interface Broadcast {
  readonly id: string;
  readonly state: string;
  readonly targets: readonly {
    readonly deviceId: string;
    readonly state: string;
    readonly reason?: string;
    readonly insteadOf?: string;
    readonly rungs: readonly {
      readonly state: string;
      readonly proof?: { readonly ear: string; readonly confidence?: number; readonly delayMs?: number };
    }[];
  }[];
}

/** What came, piece after piece: on a busy machine packets are late, and the pauses between them are not of the words. */
const said = ({ sound }: SimulatedRtpLoudspeaker): Int16Array => Int16Array.from(sound.pieces.flatMap(({ samples }) => [...samples]));

/** What a microphone 340 ms away gives of a loudspeaker, in a street's noise, once the loudspeaker has said so many samples. */
function inTheStreet(sound: Int16Array, gain: number): Int16Array {
  let seed = 7;
  return Int16Array.from({ length: sound.length + 2 * rate }, (_none, at) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.round(gain * (sound[at - 2720] ?? 0) + (seed / 2 ** 31 - 0.5) * 800);
  });
}

async function started(gain = 0.15) {
  const horn = await simulateRtpLoudspeaker({ address: '127.0.0.1' });
  const second = await simulateRtpLoudspeaker({ address: '127.0.0.1' });
  const eye = await openOnvifCamera({ id: 'eye', username: 'u', password: 'p', rtsp: 'rtsp://127.0.0.1:8554/eye' });
  onTestFinished(() => eye.close());
  onTestFinished(() => {
    horn.close();
    second.close();
  });
  const at: Station = await openStation({
    media: (clock): Media => ({
      ...noMedia(() => clock.now()),
      speech: async () => words,
      listen: async (_source, { began }) => {
        began?.();
        await at.until(() => expect(horn.sound.pcm().length).toBeGreaterThanOrEqual(sent.length));
        return inTheStreet(horn.sound.pcm(), gain);
      },
    }),
  });
  await registerPlace(at, []);
  const rtp = (speaker: SimulatedRtpLoudspeaker, settings: object = {}) => ({
    ...{ driver: 'rtp', siteId: 'hospital', settings: { host: '127.0.0.1', port: speaker.port, ...settings } },
  });
  await at.register('camera', 'eye', {
    driver: 'onvif',
    siteId: 'hospital',
    settings: { address: eye.address, username: 'u', password: 'p' },
  });
  await at.register('loudspeaker', 'horn', rtp(horn, { ear: 'eye' }));
  await at.register('loudspeaker', 'second', rtp(second));
  const shown = (id: string) => at.api<Broadcast>('GET', `/broadcasts/${id}`);
  const ended = (id: string, deviceId: string) =>
    at.until(async () => {
      const target = (await shown(id)).targets.find((one) => one.deviceId === deviceId);
      expect(target?.state).toMatch(/heard|played|sent|failed|stopped/);
      return target;
    });
  return { at, horn, second, shown, ended };
}

test('the words arrive whole, and a loudspeaker without an ear has sent them', async () => {
  const { at, second, ended } = await started();
  await at.api('POST', '/zones', { id: 'gate', name: 'Gate', stationId: 'central', loudspeakerIds: ['second'] });
  const { id } = await at.api<Broadcast>('POST', '/broadcasts', { zoneId: 'gate', text: 'Please leave', lang: 'en' });
  expect(await ended(id, 'second')).toMatchObject({ state: 'sent' });
  const heard = compare(sent, said(second));
  expect(heard.correlation).toBeGreaterThan(0.99);
  expect(Math.abs(heard.lengthError)).toBeLessThanOrEqual(20);
  expect(Math.abs(heard.levelError)).toBeLessThan(0.5);
});

test('a stop ends the sound at once', async () => {
  const { at, second, ended } = await started();
  const { id } = await at.api<Broadcast>('POST', '/broadcasts', { loudspeakerIds: ['second'], text: 'x', lang: 'en', repeat: 10 });
  await at.until(() => expect(second.sound.pieces.length).toBeGreaterThan(5));
  await at.api('POST', `/broadcasts/${id}/stop`);
  const before = said(second).length;
  expect(await ended(id, 'second')).toMatchObject({ state: 'stopped', reason: 'stopped by admin' });
  // The next words come after the stop, and nothing of the ten times comes beside them but what was on its way.
  const next = await at.api<Broadcast>('POST', '/broadcasts', { loudspeakerIds: ['second'], text: 'y', lang: 'en' });
  expect(await ended(next.id, 'second')).toMatchObject({ state: 'sent' });
  expect(said(second).length - before).toBeLessThan(2 * sent.length);
});

const opened = (at: Station) =>
  at.api<{ id: string }>('POST', '/incidents', { kind: 'emergency', siteId: 'hospital', priority: 1, note: 'seen' });

test('a warning that the microphone hears is heard, and the incident says so', async () => {
  const { at, ended } = await started();
  const incident = await opened(at);
  const { id } = await at.api<Broadcast>('POST', `/incidents/${incident.id}/broadcasts`, {
    ...{ loudspeakerIds: ['horn'], phraseId: 'police-on-the-way', lang: 'zh' },
  });
  const target = await ended(id, 'horn');
  expect(target).toMatchObject({ state: 'heard' });
  const proof = target?.rungs.at(-1)?.proof;
  expect(proof).toMatchObject({ ear: 'eye' });
  expect(proof?.confidence).toBeGreaterThan(0.9);
  await at.until(async () =>
    expect((await at.incident(incident.id)).timeline.at(-1)).toMatchObject({
      kind: 'loudspeaker',
      reason: 'loudspeaker-heard',
      by: 'horn',
    }),
  );
  expect((await at.events('broadcast.heard'))[0]?.data).toMatchObject({ deviceId: 'horn', proof: { ear: 'eye' } });
  expect(await at.api('GET', `/incidents/${incident.id}/chain`)).toMatchObject({ intact: true });
});

test('a warning that the microphone does not hear is said by the loudspeaker beside it, and both are on the timeline', async () => {
  const { at, second, ended } = await started(0);
  const incident = await opened(at);
  const { id } = await at.api<Broadcast>('POST', `/incidents/${incident.id}/broadcasts`, {
    loudspeakerIds: ['horn'],
    text: 'x',
    lang: 'zh',
  });
  expect(await ended(id, 'horn')).toMatchObject({ state: 'failed', reason: 'not-heard' });
  expect(await at.until(() => ended(id, 'second'))).toMatchObject({ state: 'sent', insteadOf: 'horn' });
  expect(compare(sent, said(second)).correlation).toBeGreaterThan(0.99);
  await at.until(async () =>
    expect((await at.incident(incident.id)).timeline.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['loudspeaker-failed-over', 'loudspeaker-sent']),
    ),
  );
});

test('a loudspeaker that finds the words itself and reports a failure is stood in for, too', async () => {
  const { at, second, shown } = await started();
  const own = await at.loudspeaker('own', 'hospital');
  own.behave('fails');
  const incident = await opened(at);
  const { id } = await at.api<Broadcast>('POST', `/incidents/${incident.id}/broadcasts`, {
    loudspeakerIds: ['own'],
    text: 'x',
    lang: 'zh',
  });
  // Small steps: its report comes by MQTT in real time, and the words are good for two minutes of the story's.
  await at.until(async () => {
    await at.clock.advance(100);
    expect((await shown(id)).targets.map(({ deviceId, state }) => `${deviceId} ${state}`)).toContain('own failed');
  });
  const standIn = await at.until(async () => {
    await at.clock.advance(100);
    const found = (await shown(id)).targets.find(({ insteadOf }) => insteadOf === 'own');
    expect(found?.state).toMatch(/playing|sent|heard/);
    return found;
  });
  expect(['horn', 'second']).toContain(standIn?.deviceId);
  await at.until(async () =>
    // That the words were sent may stand there before it.
    expect((await at.incident(incident.id)).timeline).toContainEqual(
      expect.objectContaining({
        ...{ by: 'own', reason: 'loudspeaker-failed-over' },
        data: expect.objectContaining({ why: 'amplifier fault', neighbour: standIn?.deviceId }),
      }),
    ),
  );
  expect(second.sound.strange).toBe(0);
});

async function microphone(at: Station, id: string, headers: Record<string, string>) {
  const socket = new WebSocket(`${at.http().url.replace('http', 'ws')}/api/v1/broadcasts/${id}/talk`, { headers });
  const news: string[] = [];
  socket.on('message', (data) => news.push(String(data)));
  const answer = await Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, response]: { statusCode: number }[]) => response?.statusCode),
  ]);
  return { socket, news, answer };
}

test('an operator speaks: the voice is there before two seconds have been spoken, and the talk ends with the socket', async () => {
  const { at, second, ended } = await started();
  const { id } = await at.api<Broadcast>('POST', '/broadcasts', { live: true, loudspeakerIds: ['second'], lang: 'zh' });
  const { socket, news, answer } = await microphone(at, id, { authorization: at.http().authorization });
  expect(answer).toBe(101);
  const bytes = Buffer.from(words.buffer);
  let spoken = 0;
  const speaking = setInterval(() => {
    socket.send(bytes.subarray(0, 1600));
    spoken += 100;
  }, 100);
  onTestFinished(() => clearInterval(speaking));
  // The chirp and its pause take 300 ms; what follows is the voice.
  await at.until(() => expect(second.sound.pcm().length).toBeGreaterThan(2400 + 800));
  expect(spoken).toBeLessThan(2000);
  expect(news.map((each) => JSON.parse(each) as object)).toContainEqual({ type: 'talking', deviceId: 'second' });
  socket.close();
  expect(await ended(id, 'second')).toMatchObject({ state: 'sent' });
  expect((await at.api<{ items: { act: string }[] }>('GET', '/audit')).items.map(({ act }) => act)).toContain('broadcast.talked');
});

test('a microphone is refused: without credential, of another person, of a broadcast with words, twice', async () => {
  const { at } = await started();
  const talk = await at.api<Broadcast>('POST', '/broadcasts', { live: true, loudspeakerIds: ['second'], lang: 'zh' });
  const said = await at.api<Broadcast>('POST', '/broadcasts', { text: 'x', loudspeakerIds: ['second'], lang: 'zh' });
  const { authorization } = at.http();
  const refused = async (id: string, headers: Record<string, string>) => {
    const { socket, answer } = await microphone(at, id, headers);
    socket.on('error', () => undefined);
    socket.terminate();
    return answer;
  };
  expect(await refused(talk.id, {})).toBe(401);
  expect(await refused(said.id, { authorization })).toBe(404);
  await at.signIn('li', ['operator']);
  const other = await fetch(`${at.http().url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'li', password: 'scenario-account-password' }),
  });
  const { token } = (await other.json()) as { token: string };
  expect(await refused(talk.id, { authorization: `Bearer ${token}` })).toBe(403);
  expect(await refused(talk.id, { cookie: `baiying_session=${token}`, origin: 'http://elsewhere.example' })).toBe(403);
  await at.api('POST', `/broadcasts/${talk.id}/stop`);
  expect(await refused(talk.id, { authorization })).toBe(409);
});
