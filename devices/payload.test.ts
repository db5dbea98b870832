import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventId, instant, largestPayload, readFields, readObject, word } from './payload.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('a payload that is no object of JSON', () => {
  test.each([
    ['empty payload', new Uint8Array()],
    ['larger than 16 KiB', bytes(`{"note":"${'x'.repeat(largestPayload)}"}`)],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)],
    ['not JSON', bytes('{"type":"press"')],
    ['not JSON', bytes('press')],
    ['not a JSON object', bytes('"press"')],
    ['not a JSON object', bytes('[{"type":"press"}]')],
    ['not a JSON object', bytes('null')],
    ['nested deeper than 32 levels', bytes(nested(8000))],
  ])('is told as "%s"', (fault, payload) => {
    expect(readObject(payload)).toEqual({ fault });
  });
});

describe('a payload that is one', () => {
  test.each([
    ['16 KiB to the byte', `{"n":"${'x'.repeat(largestPayload - 8)}"}`],
    ['a byte order mark', '\uFEFF{"n":1}'],
    ['32 levels', nested(31)],
  ])('may have %s', (_name, text) => {
    expect(readObject(bytes(text))).toHaveProperty('object');
  });

  test('is mended where PostgreSQL would refuse it', () => {
    expect(readObject(bytes('{"a\\u0000":"x\\u0000y","b":["\\ud800"],"__proto__":{"c":1},"d":"\\ud83d\\ude92"}'))).toEqual({
      object: { 'a\uFFFD': 'x\uFFFDy', b: ['\uFFFD'], d: '🚒' },
    });
  });

  test('never throws, and never leaves what jsonb refuses', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary', maxDepth: 4 }), (text) => {
        const read = readObject(bytes(text));
        if ('object' in read) expect(JSON.stringify(read.object)).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => void readObject(payload)));
  });
});

describe('fields', () => {
  const shape = { at: instant.optional(), state: word(['on', 'off']), eventId: eventId.optional() };

  test('are read one by one; the bad ones stay as they came and are named', () => {
    expect(readFields(shape, { at: 'noon', state: ' ON ', eventId: 7, more: { x: 1 } })).toEqual({
      fields: { state: 'on', eventId: '7' },
      rest: { at: 'noon', more: { x: 1 }, unread: ['at'] },
    });
  });

  test('that are null are absent', () => {
    expect(readFields(shape, { at: null, state: 'off' })).toEqual({ fields: { state: 'off' }, rest: {} });
  });

  test('named like members of Object are kept', () => {
    expect(readFields(shape, { constructor: 1, toString: 'x' }).rest).toEqual({ constructor: 1, toString: 'x' });
  });
});

test.each([
  ['2026-11-21T10:00:00Z', Date.UTC(2026, 10, 21, 10)],
  ['2026-11-21T18:00:00.25+08:00', Date.UTC(2026, 10, 21, 10, 0, 0, 250)],
  ['2026-11-21T10:00:00.123456Z', Date.UTC(2026, 10, 21, 10, 0, 0, 123)],
  ['2026-11-21T10:00:00', undefined],
  ['2026-11-21T10:61:00Z', undefined],
  ['2026-02-30T10:00:00Z', undefined],
  ['10-05-2025T22:41:27Z', undefined],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ['0001-01-01T00:00:00+08:00', undefined],
  ['9999-12-31T23:59:59-01:00', undefined],
  [1_763_719_200_000, undefined],
])('instant %s is %s', (raw, at) => {
  expect(instant.safeParse(raw).data).toBe(at);
});

test.each([
  ['a-1', 'a-1'],
  [42, '42'],
  [2 ** 53, undefined],
  ['', undefined],
  ['x'.repeat(201), undefined],
  ['a\uFFFDb', undefined],
  [true, undefined],
])('event id %s is %s', (raw, id) => {
  expect(eventId.safeParse(raw).data).toBe(id);
});

test('shapes can be shown in AsyncAPI', () => {
  expect(z.toJSONSchema(z.object({ at: instant, state: word(['on']), id: eventId }), { io: 'input' })).toMatchObject({
    properties: { at: { format: 'date-time' }, state: { enum: ['on'] }, id: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
  });
});
