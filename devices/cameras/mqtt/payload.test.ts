import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cameraEvent, decodeCamera } from './payload.ts';

const device = { id: 'c1', kind: 'camera', settings: {} } as const;
const at = Date.UTC(2026, 10, 21, 10);
const hear = (channel: string, payload: string | object, { retain = false, stored = false } = {}) =>
  decodeCamera(
    {
      topic: `cameras/c1/${channel}`,
      payload: new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)),
      ...{ retain, stored },
    },
    device,
  );

describe('an event of a bridge', () => {
  test.each(['motion', 'line-crossing', 'intrusion', 'tamper', 'audio-alarm', 'digital-input', 'object', 'video-loss'])('%s', (type) => {
    expect(hear('event', { type, active: true })).toEqual({ outcome: 'fact', fact: { type, active: true, data: {} } });
    expect(hear('event', { type, active: false })).toEqual({ outcome: 'fact', fact: { type, active: false, data: {} } });
  });

  test.each([
    [{ type: 'motion' }, { active: true, data: {} }],
    [
      { type: 'motion', active: 'false' },
      { active: false, data: {} },
    ],
    [
      { type: 'motion', active: 1 },
      { active: true, data: {} },
    ],
    [
      { type: 'motion', active: true, data: { zone: 2 }, score: 0.9 },
      { active: true, data: { zone: 2, score: 0.9 } },
    ],
    [
      { type: 'motion', active: true, data: 'x' },
      { active: true, data: { data: 'x', unread: ['data'] } },
    ],
    [
      { type: 'motion', active: true, at: '2026-11-21T10:00:00Z', eventId: 9 },
      { active: true, at, eventId: '9', data: {} },
    ],
    [
      { type: 'motion', active: true, at: 'x' },
      { active: true, data: { at: 'x', unread: ['at'] } },
    ],
  ])('%j', (payload, fact) => {
    expect(hear('event', payload)).toEqual({ outcome: 'fact', fact: { type: 'motion', ...fact } });
  });

  test('that comes out of a store is state and says so; one that asks to be stored happens now', () => {
    const motion = { type: 'motion', active: true };
    expect(hear('event', motion, { retain: true, stored: true })).toMatchObject({ fact: { retained: true } });
    expect(hear('event', motion, { retain: true })).toEqual({ outcome: 'fact', fact: { ...motion, data: {} } });
    const said = hear('event', { ...motion, retained: true });
    expect(said).toEqual({ outcome: 'fact', fact: { ...motion, data: { retained: true } } });
  });

  test.each([
    ['', 'empty payload'],
    [{ active: true }, 'no type'],
    [{ type: 'face-match', active: true }, 'unknown type'],
    [{ type: 'motion', active: 'perhaps' }, 'active is neither true nor false'],
  ])('%j is unparsed: %s', (payload, reason) => {
    expect(hear('event', payload)).toEqual({ outcome: 'unparsed', reason });
  });

  test('of a wired key that cannot be read is an alarm', () => {
    expect(hear('event', { type: 'digital-input', active: 'perhaps' })).toMatchObject({ fact: { type: 'unparsed', active: true } });
  });
});

test('status is heard; other channels are nothing', () => {
  expect(hear('status', 'offline')).toMatchObject({ fact: { type: 'offline' } });
  expect(hear('status', 'x')).toMatchObject({ outcome: 'nothing' });
  expect(hear('frames', 'x')).toMatchObject({ outcome: 'nothing' });
  expect(hear('onvif-ej', 'x')).toMatchObject({ outcome: 'nothing' });
});

test('no bytes on any channel throw', () => {
  const channels = fc.constantFrom(
    'event',
    'status',
    'onvif-ej/Device/Trigger/DigitalInput/&1',
    'onvif-ej/VideoSource/MotionAlarm',
    'onvif-ej/',
    'x',
  );
  fc.assert(
    fc.property(channels, fc.oneof(fc.string(), fc.json()), (channel, payload) => void hear(channel, payload)),
    { numRuns: 300 },
  );
});

test('the schema can be shown in AsyncAPI', () => {
  expect(z.toJSONSchema(cameraEvent, { io: 'input' })).toMatchObject({ properties: { active: { type: 'boolean' } } });
});
