import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFixtures } from '../../maker-fixtures.ts';
import { bytesOf, type Step, tell } from '../../story.ts';
import { shellyKey } from './driver.ts';
import { type ShellySettings, shellySettings } from './settings.ts';

const topic = 'shellies/shellyix3-1';
const device = (more: Partial<ShellySettings> = {}) =>
  ({ id: 'k1', kind: 'key', settings: shellySettings.parse({ topic, ...more }) }) as const;
const { dialect } = shellyKey;
if (!dialect) throw new Error('no dialect');

const says = (event: string, count: number): Step => ({ topic: `${topic}/input_event/0`, payload: { event, event_cnt: count } });
const status = (event: string, count: number, uptime?: number, retain = false): Step => ({
  topic: `${topic}/info`,
  payload: { ...(uptime === undefined ? {} : { uptime }), inputs: [{ input: 0, event, event_cnt: count }] },
  retain,
});
const line = { reconnect: true } as const;
const wait = (seconds: number) => ({ wait: seconds * 1000 });
const press = 'press emergency';

describe.each(checkFixtures(shellyKey, new URL('./', import.meta.url)))('$model', ({ wanted, told }) => {
  test('tells what its fixture expects', () => expect(told).toEqual(wanted));
});

describe('a push of the first generation', () => {
  test.each<[string, Step[], string[]]>([
    ['is one press', [says('', 0), says('S', 1)], ['state release', press]],
    ['is one press at first sight', [says('S', 41)], [press]],
    ['said again every 30 s is none', [says('S', 4), wait(30), says('S', 4), wait(86_400), says('S', 4)], [press, 'repeat', 'repeat']],
    ['that is over is none', [says('S', 4), wait(5), says('', 4), wait(30), says('', 4)], [press, 'state release', 'repeat']],
    ['after one that is over', [says('S', 4), says('', 4), wait(5), says('SS', 5)], [press, 'state release', press]],
    ['of the same kind again', [says('S', 4), says('S', 5)], [press, press]],
    ['across the end of the counter', [says('S', 65_535), says('S', 0)], [press, press]],
    ['across the end of the counter while nobody listened', [says('S', 65_535), line, wait(60), says('', 0)], [press, press]],
    ['said again after we were away', [says('S', 4), line, wait(600), says('S', 4)], [press, 'repeat']],
    ['while we were away', [says('S', 4), line, wait(600), says('', 6)], [press, press]],
    ['while we were away, the event still there', [says('S', 4), line, wait(600), says('L', 5)], [press, press]],
    ['after a restart', [says('S', 4), line, says('', 0), says('S', 1)], [press, 'state release', press]],
    ['none after a restart', [says('S', 4), line, says('', 0), wait(30), says('', 0)], [press, 'state release', 'repeat']],
    ['while it restarted and nobody listened', [says('S', 4), line, wait(90), says('', 2)], [press, press]],
    [
      'to the same count after a restart, when the old one was over',
      [says('S', 1), says('', 1), line, says('S', 1)],
      [press, 'state release', press],
    ],
    [
      'to the same count after a restart, by the uptime',
      [says('S', 1), line, wait(600), says('S', 1), status('S', 1, 9)],
      [press, 'repeat', press],
    ],
    ['to the same count, over before we listened', [says('S', 1), line, wait(600), status('', 1, 60)], [press, press]],
    [
      'told once, though status and event both tell it',
      [says('', 0), status('S', 1, 50), says('S', 1), says('', 1)],
      ['state release', press, 'repeat', 'state release'],
    ],
    ['not told by a status that another broker kept', [says('S', 1), line, wait(600), status('S', 1, 9, true)], [press, 'repeat']],
    ['not told by a status without uptime', [says('S', 1), line, wait(600), status('S', 1)], [press, 'repeat']],
    [
      'not told by a status that ends the event earlier than its topic',
      [says('S', 1), status('', 1, 99), says('S', 1)],
      [press, 'repeat', 'repeat'],
    ],
    ['of a kind nobody knows', [says('SL', 1)], [press]],
    ['without a counter', [{ topic: `${topic}/input_event/0`, payload: { event: 'S' } }], [press]],
    ['of two inputs', [says('S', 1), { topic: `${topic}/input_event/1`, payload: { event: 'S', event_cnt: 1 } }], [press, press]],
  ])('%s', (_what, steps, told) => expect(tell(dialect, device(), steps)).toEqual(told));

  test('on a sleeping button is one whenever it wakes', () => {
    const steps = [says('S', 7), wait(2), says('S', 7), line, wait(3600), says('S', 7)];
    expect(tell(dialect, device({ power: 'battery' }), steps)).toEqual([press, 'repeat', press]);
  });

  test('means what the installer said; one that nobody heard, the gravest of it', () => {
    const pushes = { single: 'assist', double: 'duress', long: 'test' } as const;
    const steps = [says('S', 1), says('SS', 2), says('L', 3), says('SSS', 4), line, says('', 9)];
    expect(tell(dialect, device({ pushes }), steps)).toEqual(['press assist', 'press duress', 'test', press, 'press duress']);
  });
});

describe('an input set up as a switch', () => {
  const is = (value: string): Step => ({ topic: `${topic}/input/0`, payload: value });
  test.each<[string, Partial<ShellySettings>, Step[], string[]]>([
    ['closes and opens', {}, [is('0'), is('1'), is('1'), is('0')], ['state release', press, 'repeat', 'release']],
    ['rests closed', { normally: 'closed' }, [is('1'), is('0')], ['state release', press]],
    ['closed while we were away', {}, [is('0'), line, is('1')], ['state release', press]],
    ['still closed after a moment away', {}, [is('1'), line, wait(5), is('1')], [press, 'repeat']],
    ['closed again after a while away', {}, [is('1'), line, wait(600), is('1')], [press, press]],
    ['latched, and still so', { contact: 'latching' }, [is('1'), line, wait(600), is('1')], [press, 'repeat']],
    ['garbage', {}, [is('on?')], ['unparsed']],
    ['closed again behind a bridge', { bridge: 'gateway' }, [is('1'), wait(600), is('1')], [press, press]],
  ])('%s', (_what, more, steps, told) => expect(tell(dialect, device({ input: 'switch', ...more }), steps)).toEqual(told));
});

test('a notification told twice has the same id and instant, so that the record knows it', () => {
  const payload = { method: 'NotifyEvent', params: { events: [{ component: 'input:0', event: 'single_push', ts: 1678882095.02 }] } };
  const heard = dialect.decode({ topic: `${topic}/events/rpc`, payload: bytesOf(payload), retain: false }, device());
  expect(heard).toMatchObject({ facts: [{ type: 'press', at: 1678882095020, eventId: 'input:0:single_push:1678882095.02' }] });
});

test('before it knows the time it gives neither', () => {
  const payload = { method: 'NotifyEvent', params: { events: [{ component: 'input:0', event: 'single_push', ts: 7.5 }] } };
  const heard = dialect.decode({ topic: `${topic}/events/rpc`, payload: bytesOf(payload), retain: false }, device());
  expect(heard).toMatchObject({ facts: [{ type: 'press' }] });
  expect(heard).not.toHaveProperty('facts.0.eventId');
});

test('no bytes on any topic throw, and none on the topic of pushes are passed over', () => {
  const channels = fc.constantFrom('input_event/0', 'input/0', 'info', 'sensor/battery', 'online', 'events/rpc', 'status/input:0', 'x');
  fc.assert(
    fc.property(channels, fc.oneof(fc.uint8Array(), fc.json().map(bytesOf)), (channel, payload) => {
      const heard = dialect.decode({ topic: `${topic}/${channel}`, payload, retain: false }, device());
      if (channel === 'input_event/0') expect(['fact', 'unparsed']).toContain(heard.outcome);
    }),
    { numRuns: 500 },
  );
});
