import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Letter, OrderToSend } from '../../driver.ts';
import { mqttRadio } from './driver.ts';
import { decodeRadio, orderLetter, orderReport, radioPosition } from './payload.ts';

const device = { id: 'r1', kind: 'radio', settings: {} } as const;
const at = Date.UTC(2026, 10, 21, 10);
const bytes = (payload: string | object) => new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
const hear = (channel: string, payload: string | object) =>
  decodeRadio({ topic: `radios/r1/${channel}`, payload: bytes(payload), retain: false }, device);
const fact = (type: string, data: object, more: object = {}) => ({ outcome: 'fact', fact: { type, active: true, data, ...more } });

describe('report', () => {
  test.each(['delivered', 'read', 'accepted', 'declined', 'en-route', 'arrived'])('%s', (state) => {
    expect(hear('report', { orderId: 'o1', state })).toEqual(fact('report', { orderId: 'o1', state }));
  });

  test('keeps its note, its instant and what else it says', () => {
    const report = { orderId: 'o1', state: 'declined', note: '车坏了', at: '2026-11-21T10:00:00Z', firmware: '2.1' };
    expect(hear('report', report)).toEqual(fact('report', { orderId: 'o1', state: 'declined', note: '车坏了', firmware: '2.1' }, { at }));
  });

  test.each([
    ['', 'empty payload'],
    [{ state: 'read' }, 'no readable orderId'],
    [{ orderId: '', state: 'read' }, 'no readable orderId'],
    [{ orderId: 'o1' }, 'no readable state'],
    [{ orderId: 'o1', state: 'seen' }, 'no readable state'],
  ])('%j is unparsed: %s', (payload, reason) => {
    expect(hear('report', payload)).toEqual({ outcome: 'unparsed', reason });
  });
});

describe('position', () => {
  test.each([
    [{ lat: 31.2304, lon: 121.4737 }, {}],
    [{ lat: -90, lon: 180, accuracy: 4.5 }, { accuracy: 4.5 }],
    [{ lat: 31, lon: 121, at: '2026-11-21T10:00:00Z' }, { at }],
    [{ lat: 31, lon: 121, at: 'noon', accuracy: -1 }, {}],
  ])('%j', (payload, more) => {
    expect(hear('position', payload)).toEqual({ outcome: 'position', lat: payload.lat, lon: payload.lon, ...more });
  });

  test.each([{ lat: 90.1, lon: 0 }, { lat: 0, lon: -180.1 }, { lat: '31', lon: 121 }, { lat: 31 }, { lat: null, lon: 121 }])(
    '%j is unparsed',
    (payload) => {
      expect(hear('position', payload)).toEqual({ outcome: 'unparsed', reason: 'no readable lat and lon' });
    },
  );

  test('of a receiver without a fix is nothing', () => {
    expect(hear('position', { lat: 0, lon: 0 })).toMatchObject({ outcome: 'nothing' });
  });
});

describe('emergency', () => {
  test("is the officer's own press", () => {
    expect(hear('emergency', { type: 'press', eventId: 'e1' })).toEqual(fact('press', {}, { grade: 'emergency', eventId: 'e1' }));
  });

  test.each([
    ['', 'empty payload'],
    ['SOS', 'not JSON'],
    [{ type: 'sos' }, 'unknown type'],
  ])('%j is unparsed, as of a key: %s', (payload, reason) => {
    expect(hear('emergency', payload)).toEqual({ outcome: 'unparsed', reason });
  });
});

test('status is heard; what the server sends and what nobody knows is nothing', () => {
  expect(hear('status', 'offline')).toEqual(fact('offline', {}));
  expect(hear('status', 'tired')).toMatchObject({ outcome: 'nothing' });
  expect(hear('order', { orderId: 'o1' })).toMatchObject({ outcome: 'nothing' });
  expect(decodeRadio({ topic: 'radios/r2/emergency', payload: bytes({ type: 'press' }), retain: false }, device)).toMatchObject({
    outcome: 'nothing',
  });
});

test('no bytes on any channel throw', () => {
  const channels = fc.constantFrom('report', 'position', 'emergency', 'status', 'x');
  fc.assert(
    fc.property(channels, fc.oneof(fc.string(), fc.json()), (channel, payload) => {
      const { outcome } = hear(channel, payload);
      if (channel === 'emergency') expect(['fact', 'unparsed']).toContain(outcome);
    }),
    { numRuns: 300 },
  );
});

describe('an order letter', () => {
  const bare: OrderToSend = {
    orderId: 'o1',
    incidentId: 'i1',
    priority: 1,
    kind: 'emergency',
    text: '速去',
    exercise: false,
    issuedAt: at,
    expiresAt: at + 60_000,
  };
  const send = async (order: OrderToSend) => {
    const letters: Letter[] = [];
    const post = async (_id: string, letter: Letter) => {
      letters.push(letter);
      return { outcome: 'sent' } as const;
    };
    await mqttRadio.open({ now: () => at, post, request: async () => ({ error: 'not used' }) }, device).order?.(order);
    return letters;
  };

  test('has only the fields of the contract', async () => {
    const [letter] = await send(bare);
    expect(letter).toMatchObject({ topic: 'radios/r1/order', qos: 1, retain: false, expiresAt: at + 60_000 });
    expect(JSON.parse(letter?.payload ?? '')).toEqual({
      orderId: 'o1',
      incidentId: 'i1',
      priority: 1,
      kind: 'emergency',
      text: '速去',
      issuedAt: '2026-11-21T10:00:00.000Z',
      expiresAt: '2026-11-21T10:01:00.000Z',
    });
  });

  test('tells the site, the place and that it is a drill, where they are known', async () => {
    const site = { id: 's1', name: '第一医院', address: '人民路1号' };
    const [letter] = await send({
      ...bare,
      exercise: true,
      site: { ...site, phone: '119' } as typeof site,
      location: { lat: 31, lon: 121 },
    });
    const body: unknown = JSON.parse(letter?.payload ?? '');
    expect(body).toMatchObject({ exercise: true, site, location: { lat: 31, lon: 121 } });
    expect(body).not.toHaveProperty('site.phone');
    expect(orderLetter.safeParse(body).success).toBe(true);
  });
});

test('the schemas can be shown in AsyncAPI', () => {
  for (const schema of [orderLetter, orderReport, radioPosition]) {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object', title: expect.any(String) });
  }
});
