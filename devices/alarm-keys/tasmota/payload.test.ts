import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFixtures } from '../../maker-fixtures.ts';
import { bytesOf, type Step, tell } from '../../story.ts';
import { tasmotaKey } from './driver.ts';
import { type TasmotaSettings, tasmotaSettings } from './payload.ts';

const device = (more: Partial<TasmotaSettings> = {}) =>
  ({ id: 'k1', kind: 'key', settings: tasmotaSettings.parse({ topic: 't1', ...more }) }) as const;
const { dialect } = tasmotaKey;
if (!dialect) throw new Error('no dialect');

const result = (payload: object | string, retain = false): Step => ({ topic: 'stat/t1/RESULT', payload, retain });
const report = (Switch1: string): Step => ({ topic: 'tele/t1/SENSOR', payload: { Switch1 } });
const line = { reconnect: true } as const;
const wait = (seconds: number) => ({ wait: seconds * 1000 });
const press = 'press emergency';
const button = { Button1: { Action: 'SINGLE' } };

describe.each(checkFixtures(tasmotaKey, new URL('./', import.meta.url)))('$model', ({ wanted, told }) => {
  test('tells what its fixture expects', () => expect(told).toEqual(wanted));
});

test.each<[string, Partial<TasmotaSettings>, Step[], string[]]>([
  [
    'a switch pressed while we were away is found in the report',
    {},
    [report('OFF'), line, wait(300), report('ON')],
    ['state release', press],
  ],
  [
    'a switch closes twice, its opening unheard',
    {},
    [result({ Switch1: { Action: 'ON' } }), result({ Switch1: { Action: 'ON' } })],
    [press, press],
  ],
  ['a report says again what was told', {}, [result({ Switch1: { Action: 'ON' } }), wait(300), report('ON')], [press, 'repeat']],
  ['a switch closed as it comes up for the first time', {}, [report('ON')], [press]],
  ['a momentary switch closed again on a new line', {}, [report('ON'), line, wait(300), report('ON')], [press, press]],
  ['a latched switch still closed', { contact: 'latching' }, [report('ON'), line, wait(300), report('ON')], [press, 'repeat']],
  ['a switch that rests closed', { normally: 'closed' }, [report('ON'), report('OFF')], ['state release', press]],
  [
    'each toggle is a push, and its reports are none',
    { switches: 'toggle' },
    [result({ Switch1: { Action: 'ON' } }), report('ON'), result({ Switch1: { Action: 'OFF' } })],
    [press, 'nothing', press],
  ],
  [
    'a toggle, held, let go',
    {},
    ['TOGGLE', 'HOLD', 'POWER_RELEASE'].map((Action) => result({ Switch1: { Action } })),
    [press, press, 'release'],
  ],
  ['before version 9', {}, [result({ ACTION: 'SINGLE' })], [press]],
  ['a state text of the owner', {}, [result({ Button1: { Action: 'HELP' } })], [press]],
  ['no action', {}, [result({ Button1: null }), result({ Button1: {} })], ['unparsed', 'unparsed']],
  ['retained by the device itself', {}, [result(button, true), line, result(button, true)], [press, press]],
  [
    'retained by the broker behind its bridge',
    { bridge: 'gateway' },
    [result(button), line, result(button, true), result(button, true)],
    [press, 'repeat', press],
  ],
  ['with the command in its topic', {}, [{ topic: 'stat/t1/BUTTON1', payload: button }], [press]],
  ['an empty result', {}, [result('')], ['unparsed']],
])('%s', (_what, more, steps, told) => expect(tell(dialect, device(more), steps)).toEqual(told));

test('the other order of its full topic', () => {
  const other = device({ fullTopic: 'topic-first' });
  expect(dialect.publishes(other)).toContain('t1/stat/#');
  expect(tell(dialect, other, [{ topic: 't1/stat/RESULT', payload: button }])).toEqual([press]);
});

test('no bytes on any topic throw', () => {
  const names = fc.constantFrom('stat/t1/RESULT', 'tele/t1/SENSOR', 'tele/t1/LWT', 'stat/t1/SWITCH1', 'x');
  fc.assert(
    fc.property(names, fc.oneof(fc.uint8Array(), fc.json().map(bytesOf)), (topic, payload) => {
      dialect.decode({ topic, payload, retain: false }, device());
    }),
    { numRuns: 500 },
  );
});
