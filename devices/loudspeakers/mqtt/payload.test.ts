import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Announcement, Letter } from '../../driver.ts';
import { mqttLoudspeaker } from './driver.ts';
import { decodeLoudspeaker, playbackReport, playLetter, stopLetter } from './payload.ts';

const device = { id: 'l1', kind: 'loudspeaker', settings: {} } as const;
const at = Date.UTC(2026, 10, 21, 10);
const hear = (channel: string, payload: string | object) =>
  decodeLoudspeaker(
    {
      topic: `loudspeakers/l1/${channel}`,
      payload: new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)),
      retain: false,
    },
    device,
  );

describe('report', () => {
  test.each([
    [
      { broadcastId: 'b1', state: 'playing' },
      { broadcastId: 'b1', state: 'playing' },
    ],
    [
      { broadcastId: 'b1', state: 'played', seconds: 4 },
      { broadcastId: 'b1', state: 'played', seconds: 4 },
    ],
    [
      { broadcastId: 'b1', state: 'failed', reason: 'no audio' },
      { broadcastId: 'b1', state: 'failed', reason: 'no audio' },
    ],
    [
      { broadcastId: 'b1', state: 'failed', reason: 5 },
      { broadcastId: 'b1', state: 'failed', reason: 5, unread: ['reason'] },
    ],
  ])('%j', (payload, data) => {
    expect(hear('report', payload)).toEqual({ outcome: 'fact', fact: { type: 'playback', active: true, data } });
  });

  test.each([
    ['', 'empty payload'],
    [{ state: 'played' }, 'no readable broadcastId'],
    [{ broadcastId: 'b1', state: 'heard' }, 'no readable state'],
  ])('%j is unparsed: %s', (payload, reason) => {
    expect(hear('report', payload)).toEqual({ outcome: 'unparsed', reason });
  });
});

test('status is heard; other channels are nothing', () => {
  expect(hear('status', 'online')).toMatchObject({ fact: { type: 'online' } });
  expect(hear('status', '')).toMatchObject({ outcome: 'nothing' });
  expect(hear('play', {})).toMatchObject({ outcome: 'nothing' });
});

describe('letters', () => {
  const letters: Letter[] = [];
  const post = async (_id: string, letter: Letter) => {
    letters.push(letter);
    return { outcome: 'sent' } as const;
  };
  const powers = mqttLoudspeaker.open({ now: () => at, post, request: async () => ({ error: 'not used' }) }, device);
  const announcement: Announcement = { broadcastId: 'b1', text: '请离开', lang: 'zh', repeat: 2, priority: 1, expiresAt: at + 30_000 };

  test('play carries what is known and nothing else', async () => {
    await powers.play?.(announcement);
    await powers.play?.({ ...announcement, audioUrl: 'http://a/1.wav', volume: 80 });
    expect(letters[0]).toMatchObject({ topic: 'loudspeakers/l1/play', qos: 1, retain: false, expiresAt: at + 30_000 });
    const bodies = letters.map((letter): unknown => JSON.parse(letter.payload));
    const first = { broadcastId: 'b1', text: '请离开', lang: 'zh', repeat: 2, priority: 1, expiresAt: '2026-11-21T10:00:30.000Z' };
    expect(bodies).toEqual([first, { ...first, audioUrl: 'http://a/1.wav', volume: 80 }]);
    for (const body of bodies) expect(playLetter.safeParse(body).success).toBe(true);
  });

  test('stop names the broadcast and outlives its play', async () => {
    await powers.stop?.('b1');
    expect(letters.at(-1)).toEqual({
      topic: 'loudspeakers/l1/stop',
      payload: '{"broadcastId":"b1"}',
      signed: true,
      qos: 1,
      retain: false,
      expiresAt: at + 3_600_000,
    });
  });
});

test('the schemas can be shown in AsyncAPI', () => {
  for (const schema of [playLetter, stopLetter, playbackReport]) {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object', title: expect.any(String) });
  }
});
