import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeG711, encodeG711, type Law, laws, silenceOf } from './g711.ts';

const one = (law: Law, code: number) => decodeG711(law, Uint8Array.of(code))[0];
const codeOf = (law: Law, sample: number) => encodeG711(law, Int16Array.of(sample))[0];

/** Quantized values at the ends of the segments: G.711 table 2a (14 bit, here times 4) and table 1a (13 bit, here times 8). */
describe.each<[Law, number, [code: number, value: number][]]>([
  [
    'PCMU',
    4,
    [
      [0x80, 8031],
      [0x8f, 4191],
      [0x9f, 2079],
      [0xaf, 1023],
      [0xbf, 495],
      [0xcf, 231],
      [0xdf, 99],
      [0xef, 33],
      [0xfe, 2],
      [0xff, 0],
    ],
  ],
  [
    'PCMA',
    8,
    [
      [0xaa, 4032],
      [0xa5, 2112],
      [0xb5, 1056],
      [0x85, 528],
      [0x95, 264],
      [0xe5, 132],
      [0xf5, 66],
      [0xd5, 1],
    ],
  ],
])('%s', (law, scale, rows) => {
  test.each(rows)('0x%s stands for %i', (code, value) => {
    expect(one(law, code)).toBe(value * scale);
    expect(codeOf(law, value * scale)).toBe(code);
    expect(one(law, code & 0x7f)).toBe(value === 0 ? one(law, code & 0x7f) : -value * scale);
  });

  test('every code but the second zero comes back', () => {
    for (let code = 0; code < 256; code += 1) {
      const sample = one(law, code) ?? 0;
      expect(codeOf(law, sample)).toBe(law === 'PCMU' && code === 0x7f ? 0xff : code);
    }
  });

  test('the loudest samples are clipped and keep their sign', () => {
    expect(one(law, codeOf(law, 32767) ?? 0)).toBe(law === 'PCMU' ? 32124 : 32256);
    expect(one(law, codeOf(law, -32768) ?? 0)).toBe(law === 'PCMU' ? -32124 : -32256);
  });

  test('silence is the code of nothing', () => {
    expect(codeOf(law, 0)).toBe(silenceOf[law]);
  });

  test('no sample is off by more than half the step of its segment', () => {
    const all = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);
    const back = decodeG711(law, encodeG711(law, all));
    const wrong = all.filter((sample, index) => {
      const clipped = Math.max(-32_635, Math.min(32_635, sample));
      return Math.abs((back[index] ?? 0) - clipped) > Math.max(8, (Math.abs(clipped) + 132) / 31);
    });
    expect([...wrong]).toEqual([]);
  });
});

test('any samples keep their number', () => {
  fc.assert(
    fc.property(fc.int16Array(), fc.constantFrom(...laws), (samples, law) => {
      expect(decodeG711(law, encodeG711(law, samples))).toHaveLength(samples.length);
    }),
  );
});
