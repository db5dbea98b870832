import { describe, expect, test } from 'vitest';
import { deviceKinds, type Grade, grades, type Signal, signalTypes } from './signal.ts';
import { incidentKinds, type Sorting, type SortPolicy, sort } from './sort.ts';

const policy: SortPolicy = { opening: ['line-crossing', 'intrusion', 'audio-alarm'], lowBattery: 15 };
const deaf: SortPolicy = { opening: [], lowBattery: 15 };

const signal = (change: Partial<Signal>): Signal => ({
  id: 's1',
  deviceId: 'd1',
  deviceKind: 'key',
  type: 'press',
  active: true,
  at: 0,
  receivedAt: 0,
  exercise: false,
  data: {},
  ...change,
});

const told = (sorting: Sorting): string =>
  sorting.role === 'opens'
    ? `opens ${sorting.kind} ${sorting.priority}${sorting.silent ? ' silently' : ''}`
    : sorting.role === 'informs' && sorting.confirms
      ? 'informs and confirms'
      : sorting.role;

describe('every signal that can be told is sorted', () => {
  const all = deviceKinds.flatMap((deviceKind) =>
    signalTypes.flatMap((type) =>
      [undefined, ...grades].flatMap((grade) =>
        [true, false].map((active) => signal({ deviceKind, type, active, ...(grade === undefined ? {} : { grade }) })),
      ),
    ),
  );

  test(`all ${all.length} of them, under a policy that opens and one that does not`, () => {
    for (const each of all) {
      for (const under of [policy, deaf]) {
        const sorting = sort(each, under);
        expect(['opens', 'informs', 'answers', 'keeps']).toContain(sorting.role);
        expect(sorting.reason).not.toBe('');
        if (sorting.role !== 'opens') continue;
        expect([1, 2, 3, 4]).toContain(sorting.priority);
        expect(incidentKinds).toContain(sorting.kind);
      }
    }
  });

  test('a call for help opens an incident of priority 1 or 2, whatever the policy, the device and the flag', () => {
    for (const each of all.filter(({ type }) => type === 'press' || type === 'unparsed')) {
      const sorting = sort(each, deaf);
      expect(sorting).toMatchObject({ role: 'opens' });
      expect(sorting.role === 'opens' && sorting.priority).toBeLessThanOrEqual(2);
    }
  });

  test('only a press under threat is silent, also one that arrived cut off or came over a wired key', () => {
    const silent = all.filter((each) => {
      const sorting = sort(each, policy);
      return sorting.role === 'opens' && sorting.silent;
    });
    const calls = ['press', 'unparsed', 'digital-input'];
    expect(silent.filter(({ type, grade }) => !calls.includes(type) || grade !== 'duress')).toEqual([]);
    // A wired key that opens again is not a press.
    expect(silent).toHaveLength(2 * deviceKinds.length * 2 + deviceKinds.length);
  });

  test.each([
    [undefined, 'opens emergency 1'],
    ['emergency', 'opens emergency 1'],
    ['assist', 'opens assist 2'],
    ['duress', 'opens duress 1 silently'],
  ] as const)('a wired key of grade %s %s', (grade, wanted) => {
    expect(
      told(sort(signal({ deviceKind: 'camera', type: 'digital-input', active: true, ...(grade === undefined ? {} : { grade }) }), deaf)),
    ).toBe(wanted);
  });

  test('nothing that ends, but a press, opens anything from an activity', () => {
    const activities = ['motion', 'line-crossing', 'intrusion', 'audio-alarm', 'digital-input', 'object', 'tamper', 'video-loss'];
    for (const each of all.filter(({ type, active }) => activities.includes(type) && !active)) {
      expect(sort(each, policy)).toMatchObject({ role: 'informs', confirms: false });
    }
  });

  test('a type that no version knew is named, not swallowed', () => {
    expect(() => sort({ ...signal({}), type: 'smoke' as never }, policy)).toThrow(/no case for "smoke"/);
  });
});

const table: readonly { change: Partial<Signal>; under?: SortPolicy; means: string }[] = [
  { change: { type: 'press' }, means: 'opens emergency 1' },
  { change: { type: 'press', grade: 'emergency' }, means: 'opens emergency 1' },
  { change: { type: 'press', grade: 'assist' }, means: 'opens assist 2' },
  { change: { type: 'press', grade: 'duress' }, means: 'opens duress 1 silently' },
  { change: { type: 'press', deviceKind: 'radio' }, means: 'opens officer-emergency 1' },
  { change: { type: 'press', deviceKind: 'radio', grade: 'assist' }, means: 'opens officer-emergency 1' },
  { change: { type: 'press', deviceKind: 'radio', grade: 'duress' }, means: 'opens officer-emergency 1 silently' },
  { change: { type: 'unparsed' }, means: 'opens unparsed 1' },
  { change: { type: 'digital-input', deviceKind: 'camera' }, means: 'opens emergency 1' },
  { change: { type: 'digital-input', deviceKind: 'camera', active: false }, means: 'informs' },
  { change: { type: 'intrusion', deviceKind: 'camera' }, means: 'opens intrusion 3' },
  { change: { type: 'line-crossing', deviceKind: 'camera' }, means: 'opens line-crossing 3' },
  { change: { type: 'audio-alarm', deviceKind: 'camera' }, means: 'opens audio-alarm 3' },
  { change: { type: 'intrusion', deviceKind: 'camera' }, under: deaf, means: 'informs and confirms' },
  { change: { type: 'intrusion', deviceKind: 'camera', active: false }, under: deaf, means: 'informs' },
  { change: { type: 'motion', deviceKind: 'camera' }, means: 'informs' },
  { change: { type: 'object', deviceKind: 'camera' }, means: 'informs' },
  { change: { type: 'tamper' }, means: 'opens tamper 2' },
  { change: { type: 'tamper', deviceKind: 'camera' }, means: 'opens tamper 3' },
  { change: { type: 'tamper', active: false }, means: 'informs' },
  { change: { type: 'video-loss', deviceKind: 'camera' }, means: 'opens device-fault 4' },
  { change: { type: 'silence' }, means: 'opens silence 3' },
  { change: { type: 'silence', deviceKind: 'radio' }, means: 'opens silence 3' },
  { change: { type: 'silence', deviceKind: 'camera' }, means: 'opens silence 4' },
  { change: { type: 'silence', deviceKind: 'loudspeaker' }, means: 'opens silence 4' },
  { change: { type: 'online' }, means: 'informs' },
  { change: { type: 'release' }, means: 'informs' },
  { change: { type: 'test' }, means: 'keeps' },
  { change: { type: 'heartbeat' }, means: 'keeps' },
  { change: { type: 'offline' }, means: 'keeps' },
  { change: { type: 'report', deviceKind: 'radio' }, means: 'answers' },
  { change: { type: 'playback', deviceKind: 'loudspeaker' }, means: 'answers' },
  { change: { type: 'battery', data: { battery: 16 } }, means: 'keeps' },
  { change: { type: 'battery', data: { battery: 15 } }, means: 'opens device-fault 4' },
  { change: { type: 'battery', data: { battery: 14 } }, means: 'opens device-fault 4' },
  { change: { type: 'battery', data: {} }, means: 'opens device-fault 4' },
  { change: { type: 'battery', data: { battery: 'full' } }, means: 'opens device-fault 4' },
];

describe('what a signal means', () => {
  const nameOf = ({ change: { deviceKind = 'key', type, grade, active = true, data }, under }: (typeof table)[number]): string =>
    [deviceKind, type, grade, active ? '' : 'ended', JSON.stringify(data) ?? '', under ? 'not among the openers' : '']
      .filter(Boolean)
      .join(' ');
  test.each(table.map((row) => ({ ...row, name: nameOf(row) })))('$name: $means', ({ change, under, means }) => {
    expect(told(sort(signal(change), under ?? policy))).toBe(means);
  });

  test.each(grades)('a %s press of a key says why it was graded so', (grade: Grade) => {
    expect(sort(signal({ grade }), policy).reason).toBe(`press-${grade}`);
  });
});
