import { describe, expect, test } from 'vitest';
import { axisLoudspeaker, openAxisLoudspeaker } from './axis/driver.ts';
import { simulateAxisLoudspeaker } from './axis/simulator.ts';
import { dahuaLoudspeaker, openDahuaLoudspeaker } from './dahua/driver.ts';
import { simulateDahuaLoudspeaker } from './dahua/simulator.ts';
import { attempt, cutInto, expectTheWords, trialOf } from './testing.ts';
import type { UploadFault, UploadSpeakerOptions } from './upload-simulator.ts';

const kinds = {
  axis: { simulate: simulateAxisLoudspeaker, type: axisLoudspeaker, open: openAxisLoudspeaker },
  dahua: { simulate: simulateDahuaLoudspeaker, type: dahuaLoudspeaker, open: openDahuaLoudspeaker },
} as const;

async function trial(kind: keyof typeof kinds, options: UploadSpeakerOptions = {}, settings: object = {}) {
  const tried = attempt();
  const speaker = await kinds[kind].simulate({ ...options, now: tried.clock.now });
  const given = { base: speaker.base, ...settings };
  const device = { id: 'l1', kind: 'loudspeaker' } as const;
  const powers =
    kind === 'axis'
      ? openAxisLoudspeaker({ ...device, settings: axisLoudspeaker.settings.parse(given) }, tried.clock)
      : openDahuaLoudspeaker({ ...device, settings: dahuaLoudspeaker.settings.parse(given) }, tried.clock);
  return { ...trialOf(tried, powers), speaker };
}

const secret = { username: 'speaker', password: 'p:a"s=s' };

describe.each([
  ['axis', 'with a promised length', {}, {}, '9999999'],
  ['axis', 'in chunks', {}, { framing: 'chunked' }, undefined],
  ['axis', 'with a password', secret, secret, '9999999'],
  ['dahua', 'with a promised length', {}, {}, '9999999'],
  ['dahua', 'with a password', secret, secret, '9999999'],
] as const)('%s, %s', (kind, _name, options, settings, length) => {
  test('the words arrive whole, at the speed of speech, and the loudspeaker is free again', async () => {
    const { speaker, clock, speak, began } = await trial(kind, options, settings);
    expect(await clock.until(speak())).toEqual({ outcome: 'sent', milliseconds: 3000 });
    expectTheWords(speaker.sound);
    const [first, last] = [speaker.sound.pieces[0]?.at ?? 0, speaker.sound.pieces.at(-1)?.at ?? 0];
    expect(last - first).toBeGreaterThanOrEqual(kind === 'axis' ? 2960 : 2850);
    expect(Math.max(...speaker.sound.gaps())).toBeLessThanOrEqual(kind === 'axis' ? 25 : 125);
    expect(speaker.requests.map((headers) => headers['content-length'])).toEqual([length]);
    expect(speaker.talking).toBe(false);
    expect(began).toHaveLength(1);
    await speaker.close();
  });
});

describe.each(['axis', 'dahua'] as const)('%s', (kind) => {
  test.each<[UploadFault, string, RegExp]>([
    ['busy', 'unreachable', /^busy: someone else speaks there \(503\)$/],
    ['late', 'unreachable', /^busy: /],
    ['leaves', 'unreachable', /^unreachable: /],
    ['forbidden', 'failed', /^refused: /],
    ['absent', 'failed', /^unsupported: /],
    ['silent', 'unreachable', /^silent: /],
  ])('fault: %s', async (fault, outcome, reason) => {
    const { speaker, clock, speak } = await trial(kind, { fault });
    expect(await clock.until(speak())).toEqual({ outcome, reason: expect.stringMatching(reason) });
    expect(clock.now()).toBeLessThan(7000);
    await speaker.close();
  });

  test('a wrong password', async () => {
    const { speaker, clock, speak, began } = await trial(kind, secret, { ...secret, password: 'x' });
    expect(await clock.until(speak())).toEqual({ outcome: 'failed', reason: 'refused: user name or password not taken' });
    expect([began, speaker.requests]).toEqual([[], []]);
    await speaker.close();
  });

  test('nobody there', async () => {
    const { speaker, clock, speak } = await trial(kind);
    await speaker.close();
    expect(await clock.until(speak())).toEqual({ outcome: 'unreachable', reason: 'unreachable: connection refused' });
  });

  test('a reset in the middle of the words', async () => {
    const tried = await trial(kind);
    const { speaker } = tried;
    expect(await cutInto(tried, 1000, () => speaker.cut())).toMatchObject({
      outcome: 'unreachable',
      reason: expect.stringMatching(/^unreachable: /),
    });
    await speaker.close();
  });

  test.each([0, 10, 1000])('a stop after %i ms is obeyed at once', async (after) => {
    const tried = await trial(kind);
    const { speaker, clock, stop } = tried;
    expect(await cutInto(tried, after, () => stop())).toEqual({ outcome: 'stopped' });
    await clock.advance(50);
    expect(speaker.talking).toBe(false);
    await speaker.close();
  });

  test('two at once: the second is told, the first is whole', async () => {
    const { speaker, clock, speak } = await trial(kind);
    const first = speak();
    await clock.advance(200);
    expect(await clock.until(speak())).toMatchObject({ reason: expect.stringMatching(/^busy: /) });
    expect(await clock.until(first)).toMatchObject({ outcome: 'sent' });
    expectTheWords(speaker.sound);
    await speaker.close();
  });

  test.each([
    [{ base: 'rtsp://10.0.0.1' }],
    [{ base: 'http://u:p@10.0.0.1' }],
    [{ base: 'http://10.0.0.1/path' }],
    [{ base: 'http://10.0.0.1', fingerprint: 'abc' }],
    [{ base: 'http://10.0.0.1', color: 'red' }],
  ])('settings %j are refused', (settings) => {
    expect(kinds[kind].type.settings.safeParse(settings).success).toBe(false);
  });
});
