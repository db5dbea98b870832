import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeG711 } from '../../devices/loudspeakers/g711.ts';
import { samplesOf, soundFormats } from './talk-socket.ts';

const tone = Int16Array.from({ length: 160 }, (_none, at) => Math.round(8000 * Math.sin(at / 5)));

test('16 bit little endian is taken as it is, wherever it lies in memory; a byte too many is no sample', () => {
  const memory = new Uint8Array(2 * tone.length + 2);
  for (const [at, sample] of tone.entries()) new DataView(memory.buffer).setInt16(1 + 2 * at, sample, true);
  expect(samplesOf(memory.subarray(1), 'pcm')).toEqual(tone);
});

test.each([
  ['alaw', 'PCMA'],
  ['ulaw', 'PCMU'],
] as const)('%s is decoded', (format, law) => {
  const samples = samplesOf(encodeG711(law, tone), format);
  expect(samples).toHaveLength(tone.length);
  for (const [at, sample] of tone.entries()) expect(Math.abs((samples[at] ?? 0) - sample)).toBeLessThan(300);
});

test('no bytes are too strange', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 999 }), fc.constantFrom(...soundFormats), (bytes, format) => {
      expect(samplesOf(bytes, format)).toHaveLength(format === 'pcm' ? bytes.length >> 1 : bytes.length);
    }),
  );
});
