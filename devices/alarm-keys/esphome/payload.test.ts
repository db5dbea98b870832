import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFixtures } from '../../maker-fixtures.ts';
import { bytesOf, type Step, tell } from '../../story.ts';
import { esphomeKey } from './driver.ts';
import { type EsphomeSettings, esphomeSettings } from './payload.ts';

const device = (more: Partial<EsphomeSettings> = {}) =>
  ({ id: 'k1', kind: 'key', settings: esphomeSettings.parse({ topic: 'node', ...more }) }) as const;
const { dialect } = esphomeKey;
if (!dialect) throw new Error('no dialect');

const is = (state: string, retain = true): Step => ({ topic: 'node/binary_sensor/b/state', payload: state, retain });
const event = (type: string): Step => ({ topic: 'node/event/e/state', payload: { event_type: type }, retain: true });
const line = { reconnect: true } as const;
const wait = (seconds: number) => ({ wait: seconds * 1000 });
const press = 'press emergency';

describe.each(checkFixtures(esphomeKey, new URL('./', import.meta.url)))('$model', ({ wanted, told }) => {
  test('tells what its fixture expects', () => expect(told).toEqual(wanted));
});

test.each<[string, Partial<EsphomeSettings>, Step[], string[]]>([
  ['on and off', {}, [is('OFF'), is('ON'), is('OFF'), is('ON')], ['state release', press, 'release', press]],
  ['without the retain flag too', {}, [is('OFF', false), is('ON', false)], ['state release', press]],
  ['off on each connection', {}, [is('OFF'), line, is('OFF')], ['state release', 'repeat']],
  ['on as it comes up for the first time', {}, [is('ON')], [press]],
  ['pressed while we were away', {}, [is('OFF'), line, wait(60), is('ON')], ['state release', press]],
  ['still held after a moment away', {}, [is('ON'), line, wait(20), is('ON')], [press, 'repeat']],
  ['a sleeper that never says OFF', {}, [is('ON'), line, wait(3600), is('ON')], [press, press]],
  [
    'latched until reset by hand',
    { contact: 'latching' },
    [is('ON'), line, wait(3600), is('ON'), is('OFF'), is('ON')],
    [press, 'repeat', 'release', press],
  ],
  ['a contact that rests closed', { normally: 'closed' }, [is('ON'), is('OFF')], ['state release', press]],
  ['neither', {}, [is(''), is('unknown')], ['unparsed', 'unparsed']],
  ['the same event again, on a new connection too', {}, [event('press'), event('press'), line, event('press')], [press, press, press]],
  [
    'the same event, kept by the broker behind its bridge',
    { bridge: 'gateway' },
    [event('press'), line, event('press'), event('press')],
    [press, 'repeat', press],
  ],
  ['a node that restarts behind a bridge', { bridge: 'gateway' }, [is('ON'), wait(3600), is('ON')], [press, press]],
])('%s', (_what, more, steps, told) => expect(tell(dialect, device(more), steps)).toEqual(told));

test('no bytes on any topic throw, and none on a key are passed over', () => {
  const names = fc.constantFrom('binary_sensor/b/state', 'event/e/state', 'status', 'sensor/b/state', 'x');
  fc.assert(
    fc.property(names, fc.oneof(fc.uint8Array(), fc.json().map(bytesOf)), (name, payload) => {
      const heard = dialect.decode({ topic: `node/${name}`, payload, retain: false }, device());
      if (/^(binary_sensor|event)/.test(name)) expect(['fact', 'unparsed']).toContain(heard.outcome);
    }),
    { numRuns: 500 },
  );
});
