import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../driver.ts';
import { haveFixtures, readFixture, readJson } from '../../fixtures.ts';
import { readXml } from '../../xml.ts';
import { type CameraEvent, factOf, openOneMotion, readNotifications } from './events.ts';
import { bindInput, type InputBinding } from './inputs.ts';

interface Expected {
  readonly file: string;
  readonly maker: string;
  readonly parse: string;
  readonly meaning: string;
  readonly events: readonly ExpectedEvent[];
}
interface ExpectedEvent {
  readonly topic: string | null;
  readonly classes?: readonly string[];
  readonly op: string | null;
  readonly utc: string | null;
  readonly source: Record<string, string>;
  readonly key: Record<string, string>;
  readonly data: Record<string, string>;
  readonly elements: readonly string[];
  readonly category: string;
  readonly state: boolean | null;
  readonly kind?: string;
  readonly initial?: boolean;
}

const eventsOf = (bytes: Uint8Array) => {
  const read = readXml(bytes);
  return 'fault' in read ? [] : readNotifications(read.root);
};

const shown = (event: CameraEvent): ExpectedEvent => ({
  topic: event.topic,
  classes: event.classes,
  op: event.operation ?? null,
  utc: event.utc ?? null,
  source: event.source,
  key: event.key,
  data: event.data,
  elements: event.elements,
  category: event.sense ?? 'unknown',
  state: event.active ?? null,
  kind: event.kind,
  initial: event.operation === 'Initialized',
});

/** With the fields in one order, so that texts can be compared. */
const sorted = (events: readonly (ExpectedEvent | 'skipped')[]) =>
  events.map((event) => (event === 'skipped' ? event : Object.entries(event).sort(([a], [b]) => a.localeCompare(b))));

/** The index tells an empty notification as one of category `unknown`; here it is skipped. */
const wantedOf = ({ note: _note, ...event }: ExpectedEvent & { note?: string }) => (event.topic === null ? 'skipped' : event);

const there = haveFixtures('onvif-events');

describe.runIf(there)('documents of real cameras', () => {
  const { items } = (there ? readJson('onvif-events', 'index.json') : { items: [] }) as { items: readonly Expected[] };
  const decoded = items.map((item) => ({
    item,
    got: eventsOf(readFixture('onvif-events', item.file)).map((each) => ('event' in each ? shown(each.event) : 'skipped')),
  }));

  test.each(decoded)('$item.file: $item.meaning', ({ item, got }) => {
    expect(got).toEqual(item.events.map(wantedOf));
  });

  test('the table, printed when asked for (BAIYING_TABLE=1)', () => {
    const wrong = decoded.filter(({ item, got }) => JSON.stringify(sorted(got)) !== JSON.stringify(sorted(item.events.map(wantedOf))));
    if (process.env['BAIYING_TABLE'] !== undefined) {
      for (const { item, got } of decoded) {
        const verdict = wrong.some((each) => each.item === item) ? 'WRONG' : 'right';
        const read = got.map((each) =>
          typeof each === 'string' ? each : `${each.category}=${each.state ?? each.kind}${each.initial ? ' (stands)' : ''}`,
        );
        process.stdout.write(`${verdict}  ${item.file.padEnd(52)} ${read.join(', ') || item.parse}\n`);
      }
      process.stdout.write(`${decoded.length - wrong.length} right, ${wrong.length} wrong\n`);
    }
    expect(wrong.map(({ item }) => item.file)).toEqual([]);
  });

  test('none of them raises a call for help by telling how things stand', () => {
    for (const { item } of decoded) {
      for (const each of eventsOf(readFixture('onvif-events', item.file))) {
        const fact = 'event' in each ? factOf(each.event) : undefined;
        if (fact && 'event' in each)
          expect([item.file, fact.retained === true]).toEqual([item.file, each.event.operation === 'Initialized']);
      }
    }
  });
});

const message = (topic: string, operation: string, data: string, source = '<SimpleItem Name="Token" Value="1"/>') =>
  `<NotificationMessage><Topic> ${topic} </Topic><Message><Message UtcTime="2026-01-01T00:00:00Z"${operation === '' ? '' : ` PropertyOperation="${operation}"`}>` +
  `<Source>${source}</Source><Data>${data}</Data></Message></Message></NotificationMessage>`;
const item = (name: string, value: string) => `<SimpleItem Name="${name}" Value="${value}"/>`;
const factsOf = (...messages: readonly string[]) =>
  eventsOf(new TextEncoder().encode(`<Answer>${messages.join('')}</Answer>`)).flatMap((each) =>
    'event' in each ? (factOf(each.event) ?? []) : [],
  );

describe('facts', () => {
  test.each([
    ['tns1:Device/Trigger/tnshik:AlarmIn', 'Changed', item('State', 'true'), { type: 'digital-input', active: true }],
    ['tns1:Device/tns1:Trigger/tnssamsung:DigitalInput', 'Changed', item('Level', 'false'), { type: 'digital-input', active: false }],
    ['tns1:VideoAnalytics/tnssamsung:MotionDetection', 'Changed', item('Motion', '1'), { type: 'motion', active: true }],
    ['tns1:RuleEngine/CellMotionDetector/Motion//.', 'Changed', item('IsMotion', 'True'), { type: 'motion', active: true }],
    ['tns1:VideoSource/MotionAlarmtns1:VideoSource/MotionAlarm', 'Changed', item('State', 'ON'), { type: 'motion', active: true }],
    ['tns1:AccessControl/Duress', '', item('CredentialToken', '7'), { type: 'press', grade: 'duress', active: true }],
    ['tns1:Device/Trigger/DigitalInput', 'Changed', item('LogicalState', 'perhaps'), { type: 'unparsed', active: true }],
    ['tns1:Device/Trigger/DigitalInput', 'Initialized', item('LogicalState', 'active'), { active: true, retained: true }],
    ['tns1:RuleEngine/LoiteringDetector/ObjectIsLoitering', '', item('ObjectId', '5'), { type: 'intrusion', active: true }],
  ])('%s %s %s', (topic, operation, data, wanted) => {
    expect(factsOf(message(topic, operation, data))).toMatchObject([wanted]);
  });

  test.each([
    ['tns1:VideoSource/MotionAlarm', 'Changed', item('Level', '3')],
    ['tns1:Device/Trigger/Relay', 'Changed', item('LogicalState', 'active')],
    ['tns1:Monitoring/ProcessorUsage', 'Changed', item('Value', '1')],
    ['tns1:PTZController/Move', 'Changed', item('is_moving', '1')],
    ['tns1:RuleEngine/CountAggregation/Counter', 'Changed', item('Count', '1')],
    ['tns1:Something/Else', 'Changed', item('State', 'true')],
  ])('%s with %s %s calls for nobody', (topic, operation, data) => {
    expect(factsOf(message(topic, operation, data))).toEqual([]);
  });

  test('an empty notification costs itself, not its batch', () => {
    const good = message('tns1:Device/Trigger/DigitalInput', 'Changed', item('LogicalState', 'true'));
    expect(factsOf('<NotificationMessage><Topic/><Message/></NotificationMessage>', good, '<NotificationMessage/>')).toHaveLength(1);
  });

  test('an endless name or ninety items do not go into the record', () => {
    const [fact] = factsOf(
      message('tns1:VideoSource/MotionAlarm', 'Changed', item('State', 'true') + item('x'.repeat(2000), 'y'.repeat(2000)).repeat(90)),
    );
    expect(JSON.stringify(fact).length).toBeLessThan(4000);
  });

  test('whatever a document holds, reading it never throws', () => {
    const part = fc.constantFrom('tns1:', 'Device/', 'Trigger/', 'DigitalInput', '//.', ' ', 'x');
    const text = fc.array(part).map((parts) => parts.join(''));
    fc.assert(fc.property(text, text, text, (topic, name, value) => void factsOf(message(topic, value, item(name, value)))));
  });
});

describe('digital inputs', () => {
  const input = (active: boolean, more: Record<string, unknown> = {}): Fact => ({
    type: 'digital-input',
    active,
    data: { sourceValues: ['0', '1'], ...more },
  });
  const closedKey: InputBinding = { token: '1', normally: 'closed', grade: 'duress' };
  test.each([
    ['nobody bound it: an alarm key', input(true), [], { type: 'digital-input', active: true }],
    ['another input is bound', input(true), [{ ...closedKey, token: '2' }], { type: 'digital-input', active: true }],
    ['normally open, closed now', input(true), [{ ...closedKey, normally: 'open' }], { active: true, grade: 'duress' }],
    ['normally closed, open now', input(false), [closedKey], { active: true, grade: 'duress', data: { input: '1' } }],
    ['normally closed, closed now', input(true), [closedKey], { active: false }],
    ['normally closed, taken away by the camera', input(false, { deleted: true }), [closedKey], { active: false }],
    ['a detector is no key', input(true), [{ token: '1', normally: 'open' }], { type: 'intrusion', active: true }],
  ] as const)('%s', (_name, fact, bindings, wanted) => {
    expect(bindInput(fact, bindings)).toMatchObject(wanted);
  });
  test('what is no digital input stays as it is', () => {
    const motion: Fact = { type: 'motion', active: false, data: { sourceValues: ['1'] } };
    expect(bindInput(motion, [closedKey])).toBe(motion);
  });
});

describe('one motion on two topics', () => {
  const motion = (topic: string, active: boolean, type: Fact['type'] = 'motion'): Fact => ({ type, active, data: { topic } });
  test.each([
    [
      'the second topic 90 ms later',
      [
        [motion('a', true), 0],
        [motion('b', true), 90],
      ],
      [true, false],
    ],
    [
      'both ends',
      [
        [motion('a', true), 0],
        [motion('b', true), 1],
        [motion('b', false), 9],
        [motion('a', false), 10],
      ],
      [true, false, true, false],
    ],
    [
      'the same topic again is another motion',
      [
        [motion('a', true), 0],
        [motion('a', true), 90],
      ],
      [true, true],
    ],
    [
      'three seconds later it is another',
      [
        [motion('a', true), 0],
        [motion('b', true), 2999],
        [motion('b', true), 3000],
      ],
      [true, false, true],
    ],
    [
      'a topic that never ends does not silence the other',
      [
        [motion('a', true), 0],
        [motion('b', true), 60_000],
      ],
      [true, true],
    ],
    [
      'a key is never one with another',
      [
        [motion('a', true, 'digital-input'), 0],
        [motion('b', true, 'digital-input'), 1],
      ],
      [true, true],
    ],
  ] as const)('%s', (_name, told, wanted) => {
    const passes = openOneMotion();
    expect(told.map(([fact, at]) => passes(fact, at))).toEqual(wanted);
  });
});
