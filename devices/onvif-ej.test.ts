import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCamera } from './cameras/mqtt/payload.ts';
import { haveFixtures, readFixture, readJson } from './fixtures.ts';
import { readOnvifEvent } from './onvif-ej.ts';
import { readLogical } from './onvif-items.ts';

const device = { id: 'c1', kind: 'camera', settings: {} } as const;
const bytes = (payload: string | object) => new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
const hear = (tail: string, payload: string | object, retain = true) =>
  decodeCamera({ topic: `cameras/c1/onvif-ej/${tail}`, payload: bytes(payload), retain }, device);
const item = (name: string, value: unknown) => ({ UtcTime: '2026-11-21T10:00:00Z', Source: { Token: '0' }, Data: { [name]: value } });

describe('what a topic tells', () => {
  test.each([
    ['RuleEngine/CellMotionDetector/Motion/&1/2/rule', item('IsMotion', 'true'), 'motion', true],
    ['VideoSource/MotionAlarm/&00000', item('State', false), 'motion', false],
    ['RuleEngine/LineDetector/Crossed/&1/2/fence', item('ObjectId', '0'), 'line-crossing', true],
    ['RuleEngine/LineDetector/Crossed/&1/2/fence', item('State', 'false'), 'line-crossing', false],
    ['RuleEngine/FieldDetector/ObjectsInside/&1', { Data: { ObjectId: '1', IsInside: 'false' } }, 'intrusion', false],
    ['RuleEngine/TamperDetector/Tamper', item('IsTamper', 1), 'tamper', true],
    ['VideoSource/GlobalSceneChange/ImagingService/&1', item('State', '1'), 'tamper', true],
    ['Device/Trigger/DigitalInput/&in1', item('LogicalState', 'active'), 'digital-input', true],
    ['Device/Trigger/tnshik:AlarmIn/&1', item('State', 'true'), 'digital-input', true],
    ['Device/tnsaxis:IO/Port/&1', item('state', '0'), 'digital-input', false],
    ['AudioAnalytics/Audio/DetectedSound/&1', item('IsSoundDetected', true), 'audio-alarm', true],
    ['RuleEngine/MyRuleDetector/PeopleDetect', item('State', 'true'), 'object', true],
    ['VideoSource/SignalLoss', item('tt:State', 'ON'), 'video-loss', true],
    ['RuleEngine/FieldDetector/ObjectsInside/&1/1/field', '', 'intrusion', false],
  ])('%s %j', (tail, payload, type, active) => {
    expect(hear(tail, payload)).toMatchObject({ outcome: 'fact', fact: { type, active, retained: true } });
  });

  test('keeps where, when and all that was said', () => {
    const payload = { UtcTime: 'clock not set', Source: { Rule: 'r1' }, Data: { State: '1', Level: 3 }, Key: { x: 1 } };
    expect(hear('VideoSource/MotionAlarm/&r1', payload, false)).toEqual({
      outcome: 'fact',
      fact: {
        type: 'motion',
        active: true,
        data: {
          UtcTime: 'clock not set',
          Key: { x: 1 },
          unread: ['UtcTime'],
          topic: 'VideoSource/MotionAlarm',
          sourceValues: ['r1'],
          source: { Rule: 'r1' },
          values: { State: '1', Level: 3 },
        },
      },
    });
  });
});

describe('what tells nothing, and what cannot be read', () => {
  test.each(['Device/Sensor/Temperature/High', 'PTZController/Move/Channel_1', 'Device/Trigger/Relay/&1', 'Motion', ''])(
    '%s is nothing',
    (tail) => {
      expect(hear(tail, item('State', true))).toMatchObject({ outcome: 'nothing' });
    },
  );
  test.each([
    ['{"UtcTime": ', 'not JSON'],
    [item('Level', 3), 'no readable state'],
    [{ Data: { NightMode: 'on', Level: 3 } }, 'no readable state'],
    [item('ObjectId', '1'), 'no readable state'],
    [{}, 'no readable state'],
  ])('motion %j is unparsed: %s', (payload, reason) => {
    expect(hear('VideoSource/MotionAlarm', payload)).toEqual({ outcome: 'unparsed', reason });
  });
  test.each([['press!'], [item('LogicalState', 'maybe')], [{}]])('a wired key that says %j is an alarm', (payload) => {
    expect(hear('Device/Trigger/DigitalInput/&1', payload)).toMatchObject({ fact: { type: 'unparsed', active: true } });
  });
});

test.each([
  [true, true],
  ['true', true],
  ['True', true],
  ['active', true],
  ['ON', true],
  ['1', true],
  [1, true],
  [false, false],
  ['false', false],
  ['inactive', false],
  ['OFF', false],
  ['0', false],
  [0, false],
  ['15', undefined],
  [2, undefined],
  ['', undefined],
  [null, undefined],
  ['constructor', undefined],
])('the logical value %j is %s', (raw, value) => {
  expect(readLogical(raw)).toBe(value);
});

const there = haveFixtures('onvif-ej');
const index = z.object({
  items: z.array(
    z.object({
      file: z.string(),
      mqtt_topic: z.string(),
      expect: z.object({
        topic: z.string().optional(),
        sourceValues: z.array(z.string()).optional(),
        kind: z.string().optional(),
        state: z.boolean().optional(),
        deleted: z.boolean().optional(),
        data: z.record(z.string(), z.unknown()).optional(),
        data_keys: z.array(z.string()).optional(),
        error: z.string().optional(),
      }),
    }),
  ),
});

describe.runIf(there)('the collected documents', () => {
  const { items } = there ? index.parse(readJson('onvif-ej', 'index.json')) : { items: [] };
  test.each(items)('$file', ({ file, mqtt_topic, expect: wanted }) => {
    const [, tail = ''] = mqtt_topic.split('/onvif-ej/');
    const raw = readFixture('onvif-ej', file);
    const event = readOnvifEvent(tail, wanted.deleted ? new Uint8Array() : raw);
    if (wanted.error !== undefined) return expect(event).toEqual({ fault: expect.stringMatching(/^not JSON/) });
    if ('fault' in event) return expect.unreachable(event.fault);
    const { topic, sourceValues, kind, state, data, data_keys: keys, deleted } = wanted;
    if (topic !== undefined) expect(event.topic).toBe(topic);
    if (sourceValues) expect(event.sourceValues).toEqual(sourceValues);
    if (kind !== undefined) expect(event.kind).toBe(kind);
    if (state !== undefined) expect(event).toMatchObject({ kind: 'state', state });
    if (deleted) expect(event.kind).toBe('deleted');
    if (data) expect(event.data).toMatchObject(data);
    if (keys) expect(Object.keys(event.data)).toEqual(keys);
    expect(raw.byteLength === 0).toBe(event.kind === 'deleted');
  });
});
