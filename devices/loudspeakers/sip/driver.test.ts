import { describe, expect, test } from 'vitest';
import { attempt, cutInto, expectTheWords, trialOf } from '../testing.ts';
import { lingering } from './call.ts';
import { openSipLoudspeaker, sipLoudspeaker } from './driver.ts';
import { headerOf, headersOf } from './message.ts';
import { type SipFault, type SipSpeakerOptions, simulateSipLoudspeaker } from './simulator.ts';

async function trial(options: SipSpeakerOptions = {}, settings: object = {}) {
  const tried = attempt();
  const speaker = await simulateSipLoudspeaker({ ...options, timer: tried.clock });
  const parsed = sipLoudspeaker.settings.parse({ host: '127.0.0.1', port: speaker.port, ...settings });
  return { ...trialOf(tried, openSipLoudspeaker({ id: 'l1', kind: 'loudspeaker', settings: parsed }, tried.clock)), speaker };
}

const secret = { username: 'page', password: 'p:a"s' };

describe.each<[string, SipSpeakerOptions, object, string]>([
  ['called directly', {}, {}, 'INVITE ACK BYE'],
  ['µ-law, though A-law was preferred', { codec: 'PCMU' }, {}, 'INVITE ACK BYE'],
  ['with a password', secret, { ...secret, user: '201' }, 'INVITE ACK INVITE ACK BYE'],
  [
    'through an exchange with a password',
    { ...secret, proxy: true },
    { ...secret, user: '201', domain: 'pbx.example' },
    'INVITE ACK INVITE ACK BYE',
  ],
  ['sound described as going elsewhere', { fault: 'elsewhere' }, {}, 'INVITE ACK BYE'],
])('%s', (_name, options, settings, heard) => {
  test('it answers by itself, the words arrive whole, and the call is ended', async () => {
    const { speaker, clock, speak, began } = await trial(options, settings);
    expect(await clock.until(speak())).toEqual({ outcome: 'sent', milliseconds: 3000 });
    expectTheWords(speaker.sound);
    expect(speaker.heard.join(' ')).toBe(heard);
    expect(speaker.talking).toBe(false);
    expect(began).toHaveLength(1);
    speaker.close();
  });
});

test('a network that loses the first copy of everything only takes longer', async () => {
  const { speaker, clock, speak } = await trial({ fault: 'lossy' });
  expect(await clock.until(speak())).toEqual({ outcome: 'sent', milliseconds: 3000 });
  expectTheWords(speaker.sound);
  await clock.advance(1000);
  expect(speaker.heard.filter((method) => method === 'BYE')).toHaveLength(2);
  expect(speaker.talking).toBe(false);
  speaker.close();
});

test.each<[SipFault, object, string, RegExp]>([
  ['busy', {}, 'unreachable', /^busy: the loudspeaker is busy \(486\)$/],
  ['rings', {}, 'unreachable', /^silent: it rings and nobody answers/],
  ['late', {}, 'unreachable', /^silent: it rings and nobody answers/],
  ['silent', {}, 'unreachable', /^silent: no answer to the call$/],
  ['mute', {}, 'failed', /^unsupported: /],
  ['wideband', {}, 'failed', /^unsupported: .*G722/],
  ['unknown-number', { user: '9' }, 'failed', /^misconfigured: /],
])('fault: %s', async (fault, settings, outcome, reason) => {
  const { speaker, clock, speak, began } = await trial({ fault }, settings);
  expect(await clock.until(speak())).toEqual({ outcome, reason: expect.stringMatching(reason) });
  expect(clock.now()).toBeLessThan(7000);
  expect(began).toEqual([]);
  await clock.advance(lingering);
  expect(speaker.talking).toBe(false);
  speaker.close();
});

test('a ringing call is called off; one that is answered at that moment is acknowledged and ended', async () => {
  for (const [fault, heard] of [
    ['rings', 'INVITE CANCEL ACK'],
    ['late', 'INVITE CANCEL ACK BYE'],
  ] as const) {
    const { speaker, clock, speak, stop } = await trial({ fault });
    const spoken = speak();
    await clock.advance(100);
    stop();
    expect(await spoken).toEqual({ outcome: 'stopped' });
    await clock.advance(600);
    expect(speaker.heard.join(' ')).toBe(heard);
    expect(speaker.talking).toBe(false);
    speaker.close();
  }
});

test('an INVITE without any answer is sent again after 0.5, 1.5 and 3.5 s', async () => {
  const { speaker, clock, speak } = await trial({ fault: 'silent' });
  const start = clock.now();
  const spoken = speak();
  const counts: number[] = [];
  for (const at of [490, 510, 1490, 1510, 3490, 3510]) {
    await clock.advance(start + at - clock.now());
    counts.push(speaker.heard.length);
  }
  expect(counts).toEqual([1, 2, 2, 3, 3, 4]);
  await clock.until(spoken);
  speaker.close();
});

test.each([
  ['a wrong password', secret, { ...secret, password: 'x' }],
  ['no password set', secret, {}],
])('%s', async (_name, options, settings) => {
  const { speaker, clock, speak } = await trial(options, settings);
  expect(await clock.until(speak())).toEqual({ outcome: 'failed', reason: 'refused: user name or password not taken (401)' });
  expect(speaker.heard.length).toBeLessThanOrEqual(4);
  speaker.close();
});

test('the loudspeaker hangs up in the middle of the words', async () => {
  const tried = await trial();
  const { speaker } = tried;
  expect(await cutInto(tried, 1000, () => speaker.hangUp())).toEqual({
    outcome: 'unreachable',
    reason: 'unreachable: the loudspeaker hung up',
  });
  expect(speaker.answers).toEqual([200]);
  expect(speaker.heard).not.toContain('BYE');
  speaker.close();
});

test('a re-INVITE is answered, acknowledged, and the words go on', async () => {
  const { speaker, clock, speak } = await trial();
  const spoken = speak();
  await clock.advance(1000);
  speaker.reinvite('sendrecv');
  expect(await clock.until(spoken)).toEqual({ outcome: 'sent', milliseconds: 3000 });
  expect(speaker.answers).toEqual([200]);
  expectTheWords(speaker.sound);
  speaker.close();
});

test('a call that is put on hold is told as busy', async () => {
  const { speaker, clock, speak } = await trial();
  const spoken = speak();
  await clock.advance(1000);
  speaker.reinvite('sendonly');
  expect(await clock.until(spoken)).toEqual({ outcome: 'unreachable', reason: 'busy: the loudspeaker put the call on hold' });
  await clock.advance(100);
  expect(speaker.talking).toBe(false);
  speaker.close();
});

test.each([0, 10, 1000])('a stop after %i ms is obeyed at once, and no call stays up', async (after) => {
  const tried = await trial();
  const { speaker, clock, stop } = tried;
  expect(await cutInto(tried, after, () => stop())).toEqual({ outcome: 'stopped' });
  const heard = speaker.sound.pieces.length;
  await clock.advance(600);
  expect(speaker.talking).toBe(false);
  expect(speaker.sound.pieces.length).toBe(heard);
  speaker.close();
});

test('two at once: the second is told that it is busy, the first is whole', async () => {
  const { speaker, clock, speak } = await trial();
  const first = speak();
  await clock.advance(200);
  expect(await clock.until(speak())).toMatchObject({ reason: expect.stringMatching(/^busy: /) });
  expect(await clock.until(first)).toMatchObject({ outcome: 'sent' });
  expectTheWords(speaker.sound);
  speaker.close();
});

test.each([
  ['all', ['call-info', 'alert-info', 'answer-mode']],
  ['call-info', ['call-info']],
  ['alert-info', ['alert-info']],
  ['answer-mode', ['answer-mode']],
  ['none', []],
])('asked to answer by itself: %s', async (autoAnswer, expected) => {
  const { speaker, clock, speak, stop } = await trial({}, { autoAnswer, user: '201', domain: 'pbx.example', callerId: '110' });
  const spoken = speak();
  await clock.advance(50);
  stop();
  await spoken;
  const invite = speaker.invite;
  if (!invite) throw new Error('no call came');
  expect(['call-info', 'alert-info', 'answer-mode'].filter((name) => headersOf(invite, name).length > 0)).toEqual(expected);
  expect(invite.uri).toBe('sip:201@pbx.example');
  expect(headerOf(invite, 'from')).toMatch(/^"Baiying" <sip:110@pbx\.example>;tag=/);
  expect(invite.body).toMatch(/m=audio \d*[02468] RTP\/AVP 8 0\r\n/);
  speaker.close();
});

test.each([
  [{ host: 'a b' }],
  [{ host: '10.0.0.1', user: '1\r\nX: y' }],
  [{ host: '10.0.0.1', user: 'a@b' }],
  [{ host: '10.0.0.1', callerId: 'a"b' }],
  [{ host: '10.0.0.1', autoAnswer: 'yes' }],
  [{ host: '10.0.0.1', mediaHosts: ['x y'] }],
])('settings %j are refused', (settings) => {
  expect(sipLoudspeaker.settings.safeParse(settings).success).toBe(false);
});
