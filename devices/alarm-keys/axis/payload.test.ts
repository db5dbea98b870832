import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { haveFixtures, readFixture, readJson } from '../../fixtures.ts';
import { checkFixtures } from '../../maker-fixtures.ts';
import { bytesOf, type Step, tell } from '../../story.ts';
import { axisKey } from './driver.ts';
import { type AxisSettings, axisSettings, readAxisEvent } from './payload.ts';

const device = (more: Partial<AxisSettings> = {}) =>
  ({ id: 'k1', kind: 'key', settings: axisSettings.parse({ topic: 'axis/ACCC8E000001', ...more }) }) as const;
const { dialect } = axisKey;
if (!dialect) throw new Error('no dialect');

const port = (state: string, number = '1'): Step => ({
  topic: 'axis/ACCC8E000001/event/onvif:Device/axis:IO/Port',
  payload: { topic: 'onvif:Device/axis:IO/Port', message: { source: { port: number }, data: { state } } },
  retain: true,
});
const line = { reconnect: true } as const;
const wait = (seconds: number) => ({ wait: seconds * 1000 });
const press = 'press emergency';

describe.each(checkFixtures(axisKey, new URL('./', import.meta.url)))('$model', ({ wanted, told }) => {
  test('tells what its fixture expects', () => expect(told).toEqual(wanted));
});

test.each<[string, Partial<AxisSettings>, Step[], string[]]>([
  ['opened and closed', {}, [port('0'), port('1'), port('0'), port('1')], ['state release', press, 'release', press]],
  ['said again on connecting', {}, [port('0'), line, port('0')], ['state release', 'repeat']],
  ['closed while we were away', {}, [port('0'), line, wait(60), port('1')], ['state release', press]],
  ['closed at first sight', {}, [port('1')], [press]],
  ['two ports', {}, [port('1'), port('1', '2')], [press, press]],
  ['a port that rests closed', { normally: 'closed' }, [port('1'), port('0')], ['state release', press]],
  ['closed again behind a bridge', { bridge: 'gateway' }, [port('1'), wait(3600), port('1')], [press, press]],
])('%s', (_what, more, steps, told) => expect(tell(dialect, device(more), steps)).toEqual(told));

const there = haveFixtures('axis-mqtt');
const index = z.object({
  items: z.array(
    z.object({
      file: z.string(),
      mqtt_topic: z.string(),
      expect: z.object({
        topic: z.string().optional(),
        state: z.boolean().optional(),
        classes: z.array(z.string()).optional(),
        error: z.string().optional(),
      }),
    }),
  ),
});

describe.runIf(there)('the collected documents', () => {
  const { items } = there ? index.parse(readJson('axis-mqtt', 'index.json')) : { items: [] };
  test.each(items)('$file', ({ file, mqtt_topic, expect: wanted }) => {
    const payload = readFixture('axis-mqtt', file);
    const event = readAxisEvent(payload, mqtt_topic.split('/event/')[1]);
    if (wanted.error !== undefined) return expect(event).toEqual({ fault: wanted.error });
    const { topic, state, classes } = wanted;
    expect(event).toMatchObject(JSON.parse(JSON.stringify({ topic, state, classes })));
  });
});

test('no bytes throw', () => {
  const topics = fc.constantFrom('event/onvif:Device/axis:IO/Port', 'event/x', 'connection');
  fc.assert(
    fc.property(topics, fc.oneof(fc.uint8Array(), fc.json().map(bytesOf)), (topic, payload) => {
      dialect.decode({ topic: `axis/ACCC8E000001/${topic}`, payload, retain: false }, device());
    }),
    { numRuns: 500 },
  );
});
