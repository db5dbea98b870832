import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFixtures } from '../../maker-fixtures.ts';
import { bytesOf, type Step, tell } from '../../story.ts';
import { chirpstackKey } from './driver.ts';
import { readFrame } from './frames.ts';
import { eventTopic } from './payload.ts';
import { chirpstackSettings } from './settings.ts';

const settings = chirpstackSettings.parse({ application: 'a1', devEui: '24E124535B316056', bridge: 'network', model: 'milesight-ws101' });
const device = { id: 'k1', kind: 'key', settings } as const;
const topic = eventTopic(settings, 'up');
const { dialect } = chirpstackKey;
if (!dialect) throw new Error('no dialect');

const short = Buffer.of(0xff, 0x2e, 0x01).toString('base64');
const up = (fCnt: number, more: object = {}): Step => ({ topic, payload: { fCnt, fPort: 85, devAddr: '01a2b3c4', data: short, ...more } });
const wait = (seconds: number) => ({ wait: seconds * 1000 });
const line = { reconnect: true } as const;
const press = 'press emergency';

describe.each(checkFixtures(chirpstackKey, new URL('./', import.meta.url)))('$model', ({ wanted, told }) => {
  test('tells what its fixture expects', () => expect(told).toEqual(wanted));
});

describe('a push', () => {
  test.each<[string, Step[], string[]]>([
    ['is one press', [up(3)], [press]],
    ['confirmed and sent again is none', [up(3), wait(8), up(3), wait(30), up(3)], [press, 'repeat', 'repeat']],
    ['sent again while the line was lost is none', [up(3), line, wait(8), up(3)], [press, 'repeat']],
    ['after another', [up(3), wait(2), up(4)], [press, press]],
    ['of the same count after joining anew', [up(0), wait(30), up(0, { devAddr: '01ffffff' })], [press, press]],
    ['of the same count after a new battery, without joining', [up(0), wait(600), up(0)], [press, press]],
    ['of a lower count', [up(300), up(2)], [press, press]],
    ['without a counter', [up(0, { fCnt: undefined }), up(0, { fCnt: 'x' })], [press, press]],
    ['with a clock that cannot be read', [up(1, { time: 'noon', deduplicationId: [] })], [press]],
    ['that cannot be read', [{ topic, payload: '{"data":' }, up(1, { data: 'AQ' })], ['unparsed', 'unparsed']],
  ])('%s', (_what, steps, told) => expect(tell(dialect, device, steps)).toEqual(told));
});

test('what it kept unanswered has its own time, by which it is known for ever', () => {
  const bytes = Uint8Array.of(0, 0, 0, 0, 0, 0, 0x81, 0x69, 0x20, 0x1d, 0xa0);
  expect(readFrame('dragino-pb01', 3, bytes)).toEqual({ pushed: [{ at: 0x69201da0 * 1000 }] });
});

test('a push behind a channel that nobody knows is found', () => {
  expect(readFrame('milesight-ws101', 85, Uint8Array.of(0x7f, 0x01, 5, 5, 0xff, 0x2e, 0x01))).toEqual({ pushed: [{}] });
  expect(readFrame('milesight-ws101', 85, Uint8Array.of(0x7f, 0x01, 5))).toEqual({ fault: 'no channel that a WS101 has' });
});

test('no bytes throw', () => {
  const models = fc.constantFrom('milesight-ws101', 'dragino-pb01', 'dragino-pb05');
  fc.assert(
    fc.property(models, fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 60 }), (model, port, bytes) => {
      readFrame(model, port, bytes);
      const heard = dialect.decode({ topic, payload: bytes, retain: false }, device);
      expect(heard.outcome).toBe('unparsed');
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('up', 'status', 'join', 'x'), (text, event) => {
      dialect.decode({ topic: eventTopic(settings, event), payload: bytesOf(text), retain: false }, device);
    }),
  );
});
