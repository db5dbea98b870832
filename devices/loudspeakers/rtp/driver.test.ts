import { describe, expect, test } from 'vitest';
import { openHandClock } from '../hand-clock.ts';
import { attempt, expectTheWords, theWords, words } from '../testing.ts';
import { soundOf } from '../voice.ts';
import { isGroup, openRtpLoudspeaker, rtpLoudspeaker } from './driver.ts';
import { simulateRtpLoudspeaker } from './simulator.ts';

const powersOf = (settings: object, clock: ReturnType<typeof openHandClock>) =>
  openRtpLoudspeaker({ id: 'l1', kind: 'loudspeaker', settings: rtpLoudspeaker.settings.parse(settings) }, clock);

describe.each(['PCMA', 'PCMU'] as const)('unicast, %s', (codec) => {
  test('the words arrive whole, in packets of 172 bytes, 20 ms apart', async () => {
    const { clock, speaking, began } = attempt();
    const speaker = await simulateRtpLoudspeaker({ address: '127.0.0.1', now: clock.now });
    const powers = powersOf({ host: '127.0.0.1', port: speaker.port, codec }, clock);
    expect(await clock.until(powers.speak?.(theWords(), speaking) ?? Promise.reject())).toEqual({ outcome: 'sent', milliseconds: 3000 });
    expectTheWords(speaker.sound);
    expect(speaker.sound.pieces).toHaveLength(150 + 10);
    expect(speaker.sound.gaps().every((gap) => gap === 20)).toBe(true);
    expect(began).toEqual([1000]);
    speaker.close();
  });
});

test('multicast on this machine', async (context) => {
  const clock = openHandClock();
  const group = { address: '239.255.12.42', localAddress: '127.0.0.1' };
  const speaker = await simulateRtpLoudspeaker({ ...group, now: clock.now }).catch(() => undefined);
  if (!speaker) return context.skip('this machine does not let a program join a multicast group on loopback');
  const { speaking } = attempt(clock);
  const powers = powersOf({ host: group.address, port: speaker.port, localAddress: group.localAddress }, clock);
  const spoken = await clock.until(powers.speak?.(theWords(), speaking) ?? Promise.reject());
  speaker.close();
  if (spoken.outcome === 'unreachable') return context.skip('this machine has no way for multicast');
  expect(spoken).toEqual({ outcome: 'sent', milliseconds: 3000 });
  expectTheWords(speaker.sound);
});

test('a stop is obeyed at once, and nothing follows', async () => {
  const { clock, speaking, stop } = attempt();
  const speaker = await simulateRtpLoudspeaker({ address: '127.0.0.1', now: clock.now });
  const spoken = powersOf({ host: '127.0.0.1', port: speaker.port }, clock).speak?.(theWords(), speaking);
  await clock.advance(500);
  const heard = speaker.sound.pieces.length;
  expect(heard).toBe(26);
  stop();
  expect(await spoken).toEqual({ outcome: 'stopped' });
  await clock.advance(200);
  expect(speaker.sound.pieces).toHaveLength(heard);
  speaker.close();
});

test('stopped before it began: nothing leaves', async () => {
  const { clock, speaking, stop, began } = attempt();
  stop();
  expect(await powersOf({ host: '127.0.0.1' }, clock).speak?.(theWords(), speaking)).toEqual({ outcome: 'stopped' });
  expect(began).toEqual([]);
});

test('a port that nobody listens on is told by the network', async () => {
  const { clock, speaking } = attempt();
  const speaker = await simulateRtpLoudspeaker({ address: '127.0.0.1' });
  speaker.close();
  const spoken = powersOf({ host: '127.0.0.1', port: speaker.port }, clock).speak?.(theWords(), speaking) ?? Promise.reject();
  expect(await clock.until(spoken)).toEqual({ outcome: 'unreachable', reason: 'unreachable: nothing listens on this port' });
});

test('a live source that pauses: the pause stays a pause, and speech goes on with a marker', async () => {
  const { clock, speaking } = attempt();
  const speaker = await simulateRtpLoudspeaker({ address: '127.0.0.1', now: clock.now });
  const gate = Promise.withResolvers<void>();
  const pieces = (async function* () {
    yield words.subarray(0, 8000);
    await gate.promise;
    yield words.subarray(8000, 16000);
  })();
  const spoken = powersOf({ host: '127.0.0.1', port: speaker.port }, clock).speak?.({ sampleRate: 8000, pieces }, speaking);
  await clock.advance(1500);
  gate.resolve();
  expect(await clock.until(spoken ?? Promise.reject())).toEqual({ outcome: 'sent', milliseconds: 2000 });
  expect(speaker.sound.rtp.map((packet, index) => (packet.marker ? index : -1)).filter((index) => index >= 0)).toEqual([0, 50]);
  expect(speaker.sound.pieces[50]?.from).toBe(8000 + 23 * 160);
  speaker.close();
});

test.each([
  ['nothing to say', soundOf(new Int16Array(0)), 'there was nothing to say'],
  [
    'a source that fails',
    {
      sampleRate: 8000,
      pieces: {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            throw new Error('disk gone');
          },
        }),
      },
    },
    'the words could not be fetched',
  ],
] as const)('%s is no fault of the loudspeaker', async (_name, sound, reason) => {
  const { clock, speaking, began } = attempt();
  const speaker = await simulateRtpLoudspeaker({ address: '127.0.0.1' });
  expect(await powersOf({ host: '127.0.0.1', port: speaker.port }, clock).speak?.(sound, speaking)).toEqual({ outcome: 'failed', reason });
  expect(began).toEqual([]);
  speaker.close();
});

test('two at once are two talks, each whole', async () => {
  const clock = openHandClock();
  const speaker = await simulateRtpLoudspeaker({ address: '127.0.0.1', now: clock.now });
  const powers = powersOf({ host: '127.0.0.1', port: speaker.port }, clock);
  await clock.until(Promise.all([1, 2].map(() => powers.speak?.(theWords(), attempt(clock).speaking))));
  const talks = Map.groupBy(speaker.sound.rtp, (packet) => packet.ssrc);
  expect([...talks.values()].map((talk) => talk.length)).toEqual([160, 160]);
  speaker.close();
});

test.each([
  ['224.0.0.1', true],
  ['239.255.255.255', true],
  ['223.255.255.255', false],
  ['240.0.0.1', false],
  ['ff02::1', true],
  ['fe80::1', false],
])('%s is a group: %s', (address, expected) => {
  expect(isGroup(address)).toBe(expected);
});

test.each([
  [{ host: 'a b' }],
  [{ host: '-x\r\ny' }],
  [{ host: '10.0.0.1', port: 0 }],
  [{ host: '10.0.0.1', codec: 'OPUS' }],
  [{ host: '10.0.0.1', ttl: 256 }],
  [{ host: '10.0.0.1', volume: 3 }],
])('settings %j are refused', (settings) => {
  expect(rtpLoudspeaker.settings.safeParse(settings).success).toBe(false);
});
