import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFixtures } from '../../maker-fixtures.ts';
import { bytesOf, type Step, tell } from '../../story.ts';
import { zigbeeKey } from './driver.ts';
import { zigbeeSettings } from './settings.ts';

const topic = 'zigbee2mqtt/sos';
const device = {
  id: 'k1',
  kind: 'key',
  settings: zigbeeSettings.parse({ topic, bridge: 'gateway', actions: { single: 'assist', hold: 'duress' } }),
} as const;
const { dialect } = zigbeeKey;
if (!dialect) throw new Error('no dialect');

const says = (payload: object | string, retain = false): Step => ({ topic, payload, retain });
const line = { reconnect: true } as const;
const wait = (seconds: number) => ({ wait: seconds * 1000 });
const press = 'press emergency';

describe.each(checkFixtures(zigbeeKey, new URL('./', import.meta.url)))('$model', ({ wanted, told }) => {
  test('tells what its fixture expects', () => expect(told).toEqual(wanted));
});

describe('an action', () => {
  test.each<[string, Step[], string[]]>([
    [
      'of any name is a call for help',
      ['emergency', 'panic', 'sos', 'double', 'rotate_left'].map((action) => says({ action })),
      Array(5).fill(press),
    ],
    ['means what the installer said', [says({ action: 'single' }), says({ action: 'hold' })], ['press assist', 'press duress']],
    ['twice is two', [says({ action: 'panic' }), says({ action: 'panic' })], [press, press]],
    ['taken back is none', [says({ action: '' }), says({ action: null }), says({})], ['nothing', 'nothing', 'nothing']],
    ['let go', [says({ action: 'off' }), says({ action: 'hold_release' })], ['release', 'release']],
    ['that is no word', [says({ action: 5 })], ['unparsed']],
    [
      'kept by another broker',
      [says({ action: 'panic' }), line, says({ action: 'panic' }, true), says({ action: 'panic' }, true)],
      [press, 'repeat', press],
    ],
    [
      'kept, but another than the last',
      [says({ action: 'panic', linkquality: 1 }), line, says({ action: 'panic', linkquality: 2 }, true)],
      [press, press],
    ],
    ['kept, and nothing known', [says({ action: 'panic' }, true)], [press]],
    ['a kept one taken back', [says('', true)], ['nothing']],
    ['an empty message', [says('')], ['unparsed']],
  ])('%s', (_what, steps, told) => expect(tell(dialect, device, steps)).toEqual(told));
});

describe('sos as a state', () => {
  const sos = (on: boolean, more: object = {}) => says({ sos: on, ...more });
  test.each<[string, Step[], string[]]>([
    ['on and off', [sos(false), sos(true), sos(false), sos(true)], ['state release', press, 'release', press]],
    ['on at first sight', [sos(true)], [press]],
    ['told for some seconds', [sos(true), wait(5), sos(true, { linkquality: 5 })], [press, 'repeat']],
    ['said again with the battery', [sos(true), wait(7200), sos(true, { voltage: 2900 })], [press, 'state press emergency']],
    ['said again when the gateway starts', [sos(true), line, wait(7200), sos(true)], [press, 'repeat']],
    ['pushed again although it never ended', [sos(true), wait(7200), sos(true, { linkquality: 9 })], [press, press]],
    ['neither true nor false', [says({ sos: 'yes' })], ['unparsed']],
  ])('%s', (_what, steps, told) => expect(tell(dialect, device, steps)).toEqual(told));
});

test('a code that somebody typed is kept nowhere', () => {
  const heard = dialect.decode(
    { topic, payload: bytesOf({ action: 'panic', action_code: '4711', user: { pin_code: '4711' } }), retain: false },
    device,
  );
  expect(JSON.stringify(heard)).not.toContain('4711');
  const broken = dialect.decode({ topic, payload: bytesOf('{"action":"panic","action_code":"4711"'), retain: false }, device);
  expect(broken).toEqual({ outcome: 'unparsed', reason: 'not JSON', secret: true });
});

test('no bytes throw, and none on its topic are passed over unread', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ minLength: 1 }), fc.json().map(bytesOf)), (payload) => {
      expect(['facts', 'unparsed']).toContain(dialect.decode({ topic, payload, retain: false }, device).outcome);
      dialect.decode({ topic: `${topic}/availability`, payload, retain: true }, device);
    }),
    { numRuns: 500 },
  );
});
