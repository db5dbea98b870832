import { expect, test } from 'vitest';
import { type DeviceKind, minutes, seconds } from '../alarm/index.ts';
import { type FloodBounds, openFloods } from './floods.ts';

const bounds: FloodBounds = { key: 1000, camera: 2000, radio: 200, loudspeaker: 200, bridge: 5000 };

function bench(kind: DeviceKind, bridge = false) {
  let now = 0;
  const floods = openFloods(bounds, () => now);
  /** So many a second for so long, sent each millisecond. What it was kept out for, and after how many messages. */
  const send = (perSecond: number, span: number) => {
    const outs: [number, number][] = [];
    let owed = 0;
    let sent = 0;
    for (const end = now + span; now < end; now += 1) {
      for (owed += perSecond / 1000; owed >= 1; owed -= 1) {
        if (floods.keptOut('it')) continue;
        sent += 1;
        const out = floods.count({ id: 'it', kind, bridge });
        if (out !== undefined) outs.push([out, sent]);
      }
    }
    return outs;
  };
  return { floods, send, wait: (span: number) => (now += span) };
}

test.each([
  ['a hand that hammers a key', 'key', 20, minutes(10)],
  ['a key whose contact chatters', 'key', 900, minutes(1)],
  ['a camera that reports motion fifty times a second', 'camera', 50, minutes(10)],
  ['a hundredth of 5,000 camera signals a second, or a third of them', 'camera', 1700, minutes(1)],
] as const)('%s is never cut off', (_who, kind, perSecond, span) => {
  expect(bench(kind).send(perSecond, span)).toEqual([]);
});

test('a camera that sends 5,000 messages a second is cut off within seconds and kept out longer each time', () => {
  const { send, wait, floods } = bench('camera');
  const [[out, after] = [0, 0]] = send(5000, seconds(10));
  expect(out).toBe(seconds(10));
  // 20,000 at once, and 2,000 more with every second.
  expect(after).toBeGreaterThan(30_000);
  expect(after).toBeLessThan(35_000);
  expect(floods.keptOut('it')).toBe(true);
  wait(seconds(10));
  expect(floods.keptOut('it')).toBe(false);
  const later: number[] = [];
  for (let turn = 0; turn < 8; turn += 1) {
    later.push(...send(5000, seconds(8)).map(([span]) => span));
    wait(minutes(10));
  }
  expect(later).toEqual([20, 40, 80, 160, 320, 600, 600, 600].map(seconds));
});

test.each([
  ['a key', 'key', false, 20_000],
  ['a radio', 'radio', false, 5000],
  ['a gateway with keys behind it', 'camera', true, 50_000],
] as const)('%s is back within ten seconds, and its first calls pass', (_who, kind, bridge, perSecond) => {
  const { send, wait, floods } = bench(kind, bridge);
  const outs: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    outs.push(
      ...send(perSecond, seconds(3))
        .slice(0, 1)
        .map(([out]) => out),
    );
    wait(seconds(10));
    expect(floods.keptOut('it')).toBe(false);
    expect(floods.count({ id: 'it', kind, bridge })).toBeUndefined();
  }
  expect(Math.max(...outs)).toBe(seconds(10));
  expect(outs[0]).toBe(seconds(1));
});

test('whoever kept within the bound for half an hour begins anew', () => {
  const { send, wait } = bench('camera');
  expect(send(5000, seconds(8))[0]?.[0]).toBe(seconds(10));
  wait(minutes(31));
  expect(send(5000, seconds(8))[0]?.[0]).toBe(seconds(10));
});

test('one device does not count for another, and a bound of nothing bounds nothing', () => {
  let now = 0;
  const floods = openFloods({ ...bounds, camera: 1, key: 0 }, () => now);
  const counts = Array.from({ length: 11 }, () => floods.count({ id: 'loud', kind: 'camera', bridge: false }));
  expect(counts.at(-1)).toBe(seconds(10));
  now += 1;
  expect([floods.keptOut('loud'), floods.keptOut('quiet')]).toEqual([true, false]);
  expect(Array.from({ length: 1000 }, () => floods.count({ id: 'key', kind: 'key', bridge: false }))).not.toContainEqual(
    expect.any(Number),
  );
});
