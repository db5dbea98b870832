import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Trouble } from '../../driver.ts';
import { attempt, cutInto, expectTheWords, trialOf } from '../testing.ts';
import { hikvisionLoudspeaker, openHikvisionLoudspeaker } from './driver.ts';
import { chooseChannel, readChannels, readSessionId, troubleOf } from './isapi.ts';
import { type HikvisionFault, type HikvisionOptions, simulateHikvisionLoudspeaker } from './simulator.ts';

async function trial(options: HikvisionOptions = {}, settings: object = {}) {
  const tried = attempt();
  const device = await simulateHikvisionLoudspeaker({ ...options, now: tried.clock.now });
  const parsed = hikvisionLoudspeaker.settings.parse({ base: device.base, ...settings });
  return { ...trialOf(tried, openHikvisionLoudspeaker({ id: 'l1', kind: 'loudspeaker', settings: parsed }, tried.clock)), device };
}

const secret = { username: 'admin', password: 'a:b"c' };

describe.each<[string, HikvisionOptions, object, string]>([
  ['µ-law with a session', {}, {}, '?sessionId=2093716360'],
  ['A-law without a session', { codec: 'PCMA', session: false }, {}, ''],
  ['with a password', secret, secret, '?sessionId=2093716360'],
  ['a session that was left open', { fault: 'stale' }, {}, '?sessionId=2093716360'],
])('%s', (_name, options, settings, query) => {
  test('the words arrive whole, and the channel is closed', async () => {
    const { device, clock, speak, began } = await trial(options, settings);
    expect(await clock.until(speak())).toEqual({ outcome: 'sent', milliseconds: 3000 });
    expectTheWords(device.sound);
    expect(Math.max(...device.sound.gaps())).toBeLessThanOrEqual(25);
    expect(device.asked).toEqual(['GET  200', 'PUT /1/close 200', 'PUT /1/open 200', `PUT /1/audioData${query} 200`, 'PUT /1/close 200']);
    expect(device.open).toBe(false);
    expect(began).toHaveLength(1);
    await device.close();
  });
});

test.each<[HikvisionFault, object, string, RegExp]>([
  ['stale', { closeFirst: false }, 'unreachable', /^busy: someone else speaks there \(open: 403 deviceBusy\)$/],
  ['talker', {}, 'unreachable', /^busy: /],
  ['absent', {}, 'failed', /^unsupported: /],
  ['forbidden', {}, 'failed', /^refused: .*lowPrivilege/],
  ['no-audio', {}, 'failed', /^unsupported: the device has no two-way audio$/],
  ['aac', {}, 'failed', /^misconfigured: audio channel 1 is set to AAC/],
  ['not-xml', {}, 'failed', /^garbled: /],
  ['silent', {}, 'unreachable', /^silent: /],
  ['leaves', {}, 'unreachable', /^unreachable: the device closed the connection$/],
])('fault: %s %j', async (fault, settings, outcome, reason) => {
  const { device, clock, speak } = await trial({ fault }, settings);
  expect(await clock.until(speak())).toEqual({ outcome, reason: expect.stringMatching(reason) });
  expect(clock.now()).toBeLessThan(7000);
  await device.close();
});

test('a wrong password is asked for once, and nothing is opened', async () => {
  const { device, clock, speak, began } = await trial(secret, { ...secret, password: 'x' });
  expect(await clock.until(speak())).toEqual({ outcome: 'failed', reason: 'refused: user name or password not taken' });
  expect([began, device.asked]).toEqual([[], []]);
  await device.close();
});

test('a channel that is not there', async () => {
  const { device, clock, speak } = await trial({}, { channel: '7' });
  expect(await clock.until(speak())).toMatchObject({ reason: 'misconfigured: the device has no audio channel 7, only 1' });
  await device.close();
});

test('nobody there', async () => {
  const { device, clock, speak } = await trial();
  await device.close();
  expect(await clock.until(speak())).toEqual({ outcome: 'unreachable', reason: 'unreachable: connection refused' });
});

test('a reset in the middle of the words', async () => {
  const tried = await trial();
  const { device } = tried;
  expect(await cutInto(tried, 1000, () => device.cut())).toMatchObject({
    outcome: 'unreachable',
    reason: expect.stringMatching(/^unreachable: /),
  });
  await device.close();
});

test.each([0, 5, 10, 15, 1000])('a stop after %i ms is obeyed at once, and the channel is not left open', async (after) => {
  const tried = await trial();
  const { device, clock, stop } = tried;
  expect(await cutInto(tried, after, () => stop())).toEqual({ outcome: 'stopped' });
  await clock.advance(100);
  expect(device.open).toBe(false);
  await device.close();
});

describe('ISAPI', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const one = '<TwoWayAudioChannel><id>1</id><audioCompressionType>G.711ulaw</audioCompressionType></TwoWayAudioChannel>';

  test.each([
    ['a list', `<TwoWayAudioChannelList>${one}</TwoWayAudioChannelList>`],
    [
      'a list with the older namespace',
      `<TwoWayAudioChannelList xmlns="http://www.hikvision.com/ver10/XMLSchema">${one}</TwoWayAudioChannelList>`,
    ],
    ['one alone', one],
    ['beside one whose id is no id', `<L>${one}<TwoWayAudioChannel><id>../x</id></TwoWayAudioChannel></L>`],
  ])('channels: %s', (_name, text) => {
    expect(readChannels(bytes(text))).toEqual([{ id: '1', compression: 'G.711ulaw', law: 'PCMU' }]);
  });

  test.each([
    ['<S><sessionId>12</sessionId></S>', '12'],
    ['<S><sessionId>1&amp;x=2</sessionId></S>', undefined],
    ['<S/>', undefined],
    ['', undefined],
  ])('session of %s is %s', (text, expected) => {
    expect(readSessionId(bytes(text))).toBe(expected);
  });

  test('any bytes: an answer or Trouble', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.string().map(bytes), fc.constant(bytes(one))),
        fc.integer({ min: 100, max: 599 }),
        (body, status) => {
          expect(troubleOf(status, body, 'open')).toBeInstanceOf(Trouble);
          readSessionId(body);
          try {
            chooseChannel(readChannels(body), undefined);
          } catch (error) {
            expect(error).toBeInstanceOf(Trouble);
          }
        },
      ),
    );
  });
});
