import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardSizes, largestOfBridge, openGate } from './gate.ts';

/** A packet with a fixed header that announces `size` bytes and a body of as many. */
function packet(size: number): Buffer {
  const length: number[] = [];
  let rest = size;
  do {
    length.push((rest % 128) | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.concat([Buffer.from([0x30, ...length]), Buffer.alloc(size)]);
}

test.each([
  ['a first packet at the limit', [4096], undefined],
  ['a first packet over the limit', [4097], 4097],
  ['a later packet at the limit', [20, 65_536], undefined],
  ['a later packet over the limit', [20, 65_537], 65_537],
  ['many small packets', [20, 0, 0, 5, 127, 128, 16_383, 16_384], undefined],
])('%s', (_name, sizes, refused) => {
  const gate = openGate();
  expect(sizes.map((size) => gate(packet(size))?.bytes).find((bytes) => bytes !== undefined)).toBe(refused);
});

test('the answer does not depend on how the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
      (sizes, cuts) => {
        const bytes = Buffer.concat([packet(10), ...sizes.map(packet)]);
        const whole = openGate()(bytes)?.bytes;
        const gate = openGate();
        let answer: number | undefined;
        for (let at = 0, turn = 0; at < bytes.length && answer === undefined; turn += 1) {
          const next = at + (cuts[turn % cuts.length] as number);
          answer = gate(bytes.subarray(at, next))?.bytes;
          at = next;
        }
        expect(answer).toBe(whole);
      },
    ),
    { numRuns: 200 },
  );
});

test('a CONNECT that claims 256 MB is cut off at its header, before anything of it is kept', () => {
  const stream = new PassThrough();
  const refused: number[] = [];
  guardSizes(stream, ({ bytes }) => refused.push(bytes));
  stream.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  expect(stream.read()).toBeNull();
  expect(refused).toEqual([268_435_455]);
  expect(stream.destroyed).toBe(true);
});

test('a bridge may say more at once, but not before it has signed in', () => {
  const signedIn = openGate(() => largestOfBridge);
  expect([packet(20), packet(600_000)].map((bytes) => signedIn(bytes))).toEqual([undefined, undefined]);
  expect(signedIn(packet(largestOfBridge + 1))?.bytes).toBe(largestOfBridge + 1);
  expect(openGate(() => largestOfBridge)(packet(5000))?.bytes).toBe(5000);
});

describe('the topic of what is too large', () => {
  const head = [0xf0, 0xa2, 0x04];
  const topic = [0, 3, 0x61, 0x2f, 0x62];
  test.each([
    ['a PUBLISH with its topic', [0x32, ...head, ...topic], { bytes: 70_000, topic: 'a/b' }],
    ['a PUBLISH that begins with its header alone', [0x32, ...head], { bytes: 70_000 }],
    ['a PUBLISH cut within its topic', [0x32, ...head, ...topic.slice(0, -1)], { bytes: 70_000 }],
    ['another packet', [0x82, ...head, ...topic], { bytes: 70_000 }],
  ])('%s', (_name, bytes, refused) => {
    const gate = openGate();
    gate(packet(20));
    expect(gate(Uint8Array.from(bytes))).toEqual(refused);
  });
});
