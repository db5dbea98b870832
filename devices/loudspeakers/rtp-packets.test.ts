import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPacketizer, readRtp, writeRtp } from './rtp-packets.ts';

const payload = Uint8Array.of(1, 2, 3);

test('a packet is laid out as in RFC 3550 5.1', () => {
  const bytes = writeRtp({ payloadType: 8, marker: true, sequence: 0x1234, timestamp: 0xdeadbeef, ssrc: 0xcafebabe, payload });
  expect(Buffer.from(bytes).toString('hex')).toBe('80881234deadbeefcafebabe010203');
});

describe('reading', () => {
  test.each([
    ['plain', '80001234000000010000000201', '01'],
    ['with two contributing sources', `82001234000000010000000200000000ffffffff01`, '01'],
    ['with an extension', `900012340000000100000002bede00010000000001`, '01'],
    ['with padding', `a00012340000000100000002010002`, '01'],
    ['without payload', `800012340000000100000002`, ''],
  ])('%s', (_name, hex, expected) => {
    expect(Buffer.from(readRtp(Buffer.from(hex, 'hex'))?.payload ?? 'none').toString('hex')).toBe(expected);
  });

  test.each([
    ['too short', '8000'],
    ['another version', '40001234000000010000000201'],
    ['padding longer than the packet', 'a000123400000001000000027f'],
    ['padding of nothing', 'a0001234000000010000000200'],
    ['an extension that is cut off', '900012340000000100000002bede'],
  ])('%s is none', (_name, hex) => {
    expect(readRtp(Buffer.from(hex, 'hex'))).toBeUndefined();
  });

  test('arbitrary bytes never throw, and what was written is read', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void readRtp(bytes)));
    fc.assert(
      fc.property(fc.nat(127), fc.boolean(), fc.nat(65535), fc.nat(0xffffffff), fc.nat(0xffffffff), fc.uint8Array(), (...fields) => {
        const [payloadType, marker, sequence, timestamp, ssrc, sound] = fields;
        const packet = { payloadType, marker, sequence, timestamp, ssrc, payload: sound };
        expect(readRtp(writeRtp(packet))).toEqual(packet);
      }),
    );
  });
});

test('one talk: a marker at its start and after what was left out; counters run over', () => {
  const next = openPacketizer(0, (below) => below - 1);
  const read = [next(payload, 0), next(payload, 0), next(payload, 3), next(payload, 0)].map((bytes) => readRtp(bytes));
  expect(read.map((packet) => packet?.marker)).toEqual([true, false, true, false]);
  expect(read.map((packet) => packet?.sequence)).toEqual([65535, 0, 1, 2]);
  expect(read.map((packet) => packet?.timestamp)).toEqual([0xffffffff, 159, 799, 959]);
});

test('two talks do not start alike', () => {
  const [a, b] = [openPacketizer(0), openPacketizer(0)].map((next) => readRtp(next(payload, 0)));
  expect([a?.ssrc, a?.timestamp]).not.toEqual([b?.ssrc, b?.timestamp]);
});
