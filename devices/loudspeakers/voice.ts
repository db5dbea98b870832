import type { Sound } from '../driver.ts';

/** Sound to try loudspeakers with. Pure. */

const rate = 8000;

/** How loud each syllable and each harmonic is: enough unlike itself, shifted, that a correlation has one peak. */
function voiced(at: number): number {
  const seconds = at / rate;
  const pitch = 120 + 25 * Math.sin(2 * Math.PI * 0.9 * seconds) + 15 * Math.sin(2 * Math.PI * 2.3 * seconds);
  const syllable = Math.max(0, Math.sin(2 * Math.PI * 3.7 * seconds + Math.sin(2 * Math.PI * 0.6 * seconds))) ** 0.6;
  const formant = 700 + 500 * Math.sin(2 * Math.PI * 1.3 * seconds);
  let sum = 0;
  for (let harmonic = 1; harmonic <= 20; harmonic += 1) {
    const distance = (harmonic * pitch - formant) / 400;
    sum += Math.exp(-distance * distance) * Math.sin(2 * Math.PI * harmonic * pitch * seconds);
  }
  return syllable * sum;
}

/** Like speech: voiced syllables at about four a second with moving pitch and formant, peaks near -6 dB of full scale. */
export function likeSpeech(milliseconds: number): Int16Array {
  return Int16Array.from({ length: (milliseconds * rate) / 1000 }, (_, at) =>
    Math.max(-16000, Math.min(16000, Math.round(5000 * voiced(at)))),
  );
}

/** In pieces of the given numbers of samples, over and over; 1 and 161 are as good as any. */
export async function* inPieces(sound: Int16Array, sizes: readonly number[] = [333, 1, 160, 799]): AsyncGenerator<Int16Array> {
  for (let at = 0, turn = 0; at < sound.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 160;
    yield sound.subarray(at, at + size);
    at += size;
  }
}

export const soundOf = (samples: Int16Array, sizes?: readonly number[]): Sound => ({ sampleRate: 8000, pieces: inPieces(samples, sizes) });
