import { describe, expect, test } from 'vitest';
import { type DeviceKind, deviceKinds, folds, type Lane, laneOf, partOf, type SignalType, signalTypes } from './signal.ts';

const lanes: Readonly<Record<SignalType, Lane | 'by-kind'>> = {
  press: 'urgent',
  release: 'urgent',
  test: 'urgent',
  tamper: 'by-kind',
  battery: 'urgent',
  heartbeat: 'routine',
  unparsed: 'urgent',
  motion: 'routine',
  'line-crossing': 'routine',
  intrusion: 'routine',
  'audio-alarm': 'routine',
  'digital-input': 'urgent',
  object: 'routine',
  'video-loss': 'routine',
  report: 'urgent',
  playback: 'urgent',
  online: 'routine',
  offline: 'routine',
  silence: 'urgent',
};
const everything = deviceKinds.flatMap((kind) => signalTypes.map((type) => ({ kind, type })));

describe('the lane', () => {
  const rows = everything.map(({ kind, type }) => {
    const row = lanes[type];
    return { kind, type, lane: row === 'by-kind' ? (kind === 'camera' ? 'routine' : 'urgent') : row };
  });
  test.each(rows)('$type of a $kind is $lane', ({ kind, type, lane }) => {
    expect(laneOf(kind, type)).toBe(lane);
  });
});

describe('folding', () => {
  test('is never done to anything urgent', () => {
    const folded = everything.filter(({ kind, type }) => folds(kind, type));
    expect(folded.filter(({ kind, type }) => laneOf(kind, type) === 'urgent')).toEqual([]);
  });

  const never: readonly SignalType[] = ['press', 'release', 'unparsed', 'digital-input', 'report', 'playback', 'silence', 'offline'];
  test.each(never)('%s is told one by one, whatever the device', (type) => {
    expect(deviceKinds.filter((kind) => folds(kind, type))).toEqual([]);
  });

  const rows: readonly { kind: DeviceKind; type: SignalType; is: boolean }[] = [
    { kind: 'camera', type: 'motion', is: true },
    { kind: 'camera', type: 'intrusion', is: true },
    { kind: 'camera', type: 'video-loss', is: true },
    { kind: 'camera', type: 'tamper', is: true },
    { kind: 'key', type: 'tamper', is: false },
    { kind: 'key', type: 'heartbeat', is: true },
    { kind: 'key', type: 'battery', is: false },
    { kind: 'radio', type: 'online', is: true },
  ];
  test.each(rows)('$type of a $kind: $is', ({ kind, type, is }) => {
    expect(folds(kind, type)).toBe(is);
  });
});

describe('the input that a key is wired to', () => {
  const topic = 'cameras/c1/onvif-ej/Device/Trigger/DigitalInput/&in1';
  const rows = [
    { type: 'digital-input', data: { input: 2 }, part: '2' },
    { type: 'digital-input', data: { input: 'door' }, part: 'door' },
    { type: 'digital-input', data: { sourceValues: ['card0', 'in1'] }, part: 'card0/in1' },
    { type: 'digital-input', data: { sourceValues: [] }, part: undefined },
    { type: 'digital-input', data: {}, part: undefined },
    { type: 'unparsed', data: { of: 'digital-input', topic }, part: 'in1' },
    { type: 'unparsed', data: { of: 'motion', topic }, part: undefined },
    { type: 'motion', data: { sourceValues: ['VideoSource1'] }, part: undefined },
    { type: 'press', data: { of: 'digital-input', input: 'one more' }, part: undefined },
  ] as const;
  test.each(rows)('$type $data: $part', ({ type, data, part }) => {
    expect(partOf({ type, data })).toBe(part);
  });
});
