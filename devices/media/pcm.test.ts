import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from './boxes.ts';
import { fromBytes, readWav, resample } from './pcm.ts';
import { findSpeakers, openCache, openSpeech, plainWords, type Speakers } from './speech.ts';
import { attentionTone } from './tone.ts';

const speakers = findSpeakers();

const sine = (hertz: number, rate: number, count: number): Int16Array =>
  Int16Array.from({ length: count }, (_, i) => 12_000 * Math.sin((2 * Math.PI * hertz * i) / rate));
const level = (samples: Int16Array): number => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

function wav(samples: Int16Array, { rate = 22_050, channels = 1, length = samples.byteLength, format = 1 } = {}): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(length, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

describe('a WAV file', () => {
  it('is read, several channels as one', () => {
    expect(readWav(wav(Int16Array.of(100, 300, -50, 50), { channels: 2 }))).toEqual({ rate: 22_050, samples: Int16Array.of(200, 0) });
  });
  it('whose writer did not know its length is read to its end', () => {
    expect(readWav(wav(Int16Array.of(1, 2, 3), { length: 0x7ffff000 }))?.samples).toEqual(Int16Array.of(1, 2, 3));
  });
  it('of a kind that needs ffmpeg, or none at all, is left to ffmpeg', () => {
    expect(readWav(wav(Int16Array.of(1), { format: 0x55 }))).toBeUndefined();
    expect(readWav(Buffer.from('OggS'))).toBeUndefined();
  });
  it('that is spoilt is refused and never worse', () => {
    expect(() => readWav(wav(Int16Array.of(1), { channels: 0 }))).toThrow(FormatError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        try {
          readWav(Buffer.concat([Buffer.from('RIFF....WAVE'), tail]));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});

describe('another sampling rate', () => {
  it.each([22_050, 44_100, 48_000, 16_000])('from %i: a voice keeps its level, what 8 kHz cannot carry is gone', (rate) => {
    const voice = resample({ rate, samples: sine(1000, rate, rate) }, 8000);
    expect(voice.length).toBeCloseTo(8000, -1);
    expect(level(voice) / level(sine(1000, 8000, 8000))).toBeCloseTo(1, 1);
    expect(level(resample({ rate, samples: sine(5500, rate, rate) }, 8000))).toBeLessThan(200);
  });
});

it('bytes are little-endian samples', () => {
  expect(fromBytes(Uint8Array.of(1, 0, 0, 0x80, 9))).toEqual(Int16Array.of(1, -32_768));
});

it('the attention tone is loud, begins and ends at nothing, and is not cut', () => {
  const tone = attentionTone();
  expect(tone).toHaveLength(14_400);
  expect([tone[0], tone.at(-1)].map((sample) => Math.abs(sample ?? 0))).toEqual([0, 0]);
  expect(level(tone)).toBeGreaterThan(10_000);
  expect(Math.max(...tone)).toBeLessThan(32_767);
});

it.each([
  ['[[p@li:s]] -v en\n--help\u0007', '[p@li:s]] -v en --help'],
  ['  \r\n ', ''],
  ['民警马上到达', '民警马上到达'],
])('%j is said as %j', (text, words) => {
  expect(plainWords(text)).toBe(words);
});

it('the sentences used last are kept, up to a size', () => {
  const cache = openCache(50);
  for (const key of ['a', 'b', 'c']) cache.put(key, new Int16Array(10));
  expect(['a', 'b', 'c'].map((key) => cache.get(key)?.length)).toEqual([undefined, 10, 10]);
  cache.get('b');
  cache.put('d', new Int16Array(10));
  expect([cache.get('b'), cache.get('c')].map(Boolean)).toEqual([true, false]);
});

describe('words', () => {
  it('are not spoken where nothing can speak', async () => {
    const speech = openSpeech({ program: undefined, packaged: false });
    expect([speech.by, await speech.say('hello', 'en')]).toEqual(['none', undefined]);
  });

  const ways: readonly (readonly [string, Speakers])[] = [
    ['the program', { ...speakers, packaged: false }],
    ['the package', { ...speakers, program: undefined }],
  ];
  for (const [name, from] of ways) {
    it.skipIf(openSpeech(from).by === 'none').each([
      // 16 characters take 4.3 s; read as English letters and digits, as the voice `cmn` does, three times as long.
      ['zh', '请注意，朝阳派出所民警马上到达。', 3.5, 6],
      ['en', 'Attention please. Officers are on their way.', 2, 4],
      ['en', '--help -v zh', 0.5, 3],
    ] as const)(`are spoken by ${name} in %s: %s`, async (lang, text, least, most) => {
      const speech = openSpeech(from);
      const sound = (await speech.say(text, lang)) ?? new Int16Array();
      expect(sound.length / 8000).toBeGreaterThan(least);
      expect(sound.length / 8000).toBeLessThan(most);
      expect(level(sound)).toBeGreaterThan(500);
      expect(await speech.say(text, lang)).toBe(sound);
    });
  }
});
