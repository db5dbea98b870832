import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Letter } from '../../driver.ts';
import { pressEvent } from '../../press.ts';
import { mqttKey } from './driver.ts';
import { decodeKey } from './payload.ts';

const device = { id: 'k1', kind: 'key', settings: {} } as const;
const at = Date.UTC(2026, 10, 21, 10);
const bytes = (payload: string | object | Uint8Array) =>
  payload instanceof Uint8Array ? payload : new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
const hear = (payload: string | object | Uint8Array, channel = 'event', retain = false) =>
  decodeKey({ topic: `keys/k1/${channel}`, payload: bytes(payload), retain }, device);

describe('a key event that can be read', () => {
  test.each([
    [{ type: 'press' }, { type: 'press', active: true, grade: 'emergency', data: {} }],
    [
      { type: 'press', grade: 'assist' },
      { type: 'press', active: true, grade: 'assist', data: {} },
    ],
    [
      { type: 'press', grade: 'duress' },
      { type: 'press', active: true, grade: 'duress', data: {} },
    ],
    [
      { type: 'Press', grade: 'DURESS' },
      { type: 'press', active: true, grade: 'duress', data: {} },
    ],
    [
      { type: 'press', grade: 'panic' },
      { type: 'press', active: true, grade: 'emergency', data: { grade: 'panic', unread: ['grade'] } },
    ],
    [
      { type: 'press', grade: null },
      { type: 'press', active: true, grade: 'emergency', data: {} },
    ],
    [
      { type: 'press', at: '2026-11-21T10:00:00Z' },
      { type: 'press', active: true, grade: 'emergency', at, data: {} },
    ],
    [
      { type: 'press', at: 'noon' },
      { type: 'press', active: true, grade: 'emergency', data: { at: 'noon', unread: ['at'] } },
    ],
    [
      { type: 'press', eventId: 'e1' },
      { type: 'press', active: true, grade: 'emergency', eventId: 'e1', data: {} },
    ],
    [
      { type: 'press', eventId: 7 },
      { type: 'press', active: true, grade: 'emergency', eventId: '7', data: {} },
    ],
    [
      { type: 'press', eventId: [] },
      { type: 'press', active: true, grade: 'emergency', data: { eventId: [], unread: ['eventId'] } },
    ],
    [
      { type: 'press', room: 'A3', rssi: -61 },
      { type: 'press', active: true, grade: 'emergency', data: { room: 'A3', rssi: -61 } },
    ],
    [
      { type: 'press', battery: 80 },
      { type: 'press', active: true, grade: 'emergency', data: { battery: 80 } },
    ],
    [{ type: 'release' }, { type: 'release', active: false, data: {} }],
    [{ type: 'test' }, { type: 'test', active: true, data: {} }],
    [{ type: 'tamper' }, { type: 'tamper', active: true, data: {} }],
    [
      { type: 'battery', battery: 12 },
      { type: 'battery', active: true, data: { battery: 12 } },
    ],
    [
      { type: 'battery', battery: 250 },
      { type: 'battery', active: true, data: { battery: 250, unread: ['battery'] } },
    ],
    [
      { type: 'heartbeat', grade: 'assist' },
      { type: 'heartbeat', active: true, data: { grade: 'assist' } },
    ],
  ])('%j', (payload, fact) => {
    expect(hear(payload)).toEqual({ outcome: 'fact', fact });
  });

  test('is a press with the retain flag too', () => {
    expect(hear({ type: 'press' }, 'event', true)).toMatchObject({ fact: { type: 'press' } });
  });
});

describe('a key event that cannot be read', () => {
  test.each([
    ['', 'empty payload'],
    ['press', 'not JSON'],
    ['{"type":"press"', 'not JSON'],
    [[{ type: 'press' }], 'not a JSON object'],
    [Uint8Array.of(0xc3, 0x28), 'not UTF-8'],
    [{ type: 'press', note: 'x'.repeat(17_000) }, 'larger than 16 KiB'],
    [{}, 'no type'],
    [{ type: 'pressed' }, 'unknown type'],
    [{ type: 1 }, 'unknown type'],
    [{ type: null }, 'no type'],
  ])('%j is unparsed: %s', (payload, reason) => {
    expect(hear(payload)).toEqual({ outcome: 'unparsed', reason });
  });

  test('on a channel that nobody knows is unparsed', () => {
    expect(hear({ type: 'press' }, 'alarm')).toEqual({ outcome: 'unparsed', reason: 'unknown topic keys/k1/alarm' });
    expect(hear({ type: 'press' }, 'event/0')).toMatchObject({ outcome: 'unparsed' });
    expect(hear({}, 'receipt')).toMatchObject({ outcome: 'unparsed' });
  });
});

describe('the status of a key', () => {
  test.each(['online', 'offline'])('%s', (type) => {
    expect(hear(type, 'status')).toEqual({ outcome: 'fact', fact: { type, active: true, data: {} } });
  });
  test.each(['', 'Online?', '{"type":"press"}', 'x'.repeat(20_000)])('%s is nothing', (payload) => {
    expect(hear(payload, 'status')).toMatchObject({ outcome: 'nothing' });
  });
});

test('whatever bytes come on event, a key is heard and nothing throws', () => {
  const payloads = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.json({ stringUnit: 'binary' }).map(bytes),
    fc
      .record({ type: fc.constantFrom('press', 'tamper', 'x', 1), at: fc.anything(), eventId: fc.anything(), grade: fc.anything() })
      .map((value) => {
        return bytes(JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)));
      }),
  );
  fc.assert(
    fc.property(payloads, fc.boolean(), (payload, retain) => {
      expect(['fact', 'unparsed']).toContain(hear(payload, 'event', retain).outcome);
    }),
    { numRuns: 500 },
  );
});

test('whatever else a press says, it is a press', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
      expect(hear({ ...more, type: 'press' })).toMatchObject({ outcome: 'fact', fact: { type: 'press' } });
    }),
  );
});

test('a receipt is a retained letter on the key', async () => {
  const letters: Letter[] = [];
  const powers = mqttKey.open(
    {
      now: () => at,
      request: async () => ({ error: 'not used' }),
      post: async (_id, letter) => {
        letters.push(letter);
        return { outcome: 'delivered' };
      },
    },
    device,
  );
  expect(Object.keys(powers)).toEqual(['receipt']);
  expect(await powers.receipt?.({ incidentId: 'i1', state: 'dispatched', at })).toEqual({ outcome: 'delivered' });
  expect(letters).toEqual([
    {
      topic: 'keys/k1/receipt',
      payload: '{"incidentId":"i1","state":"dispatched","at":"2026-11-21T10:00:00.000Z"}',
      qos: 1,
      retain: true,
      expiresAt: at + 86_400_000,
    },
  ]);
});

test('the event schema can be shown in AsyncAPI', () => {
  expect(z.toJSONSchema(pressEvent, { io: 'input' })).toMatchObject({
    required: ['type'],
    properties: {
      type: { enum: ['press', 'release', 'test', 'tamper', 'battery', 'heartbeat'] },
      grade: { enum: ['emergency', 'assist', 'duress'] },
    },
  });
});
