/** What the desk sounds like: short figures that repeat, made of tones and rests, a different one for each severity. */

export interface Tone {
  /** Hertz; 0 is a rest. */
  readonly pitch: number;
  /** Seconds. */
  readonly length: number;
}
export interface Pattern {
  readonly tones: readonly Tone[];
  /** Of full scale. */
  readonly loudness: number;
}

const tone = (pitch: number, length: number): Tone => ({ pitch, length });
const rest = (length: number): Tone => tone(0, length);

/** By severity: the more urgent, the faster, the higher and the louder. Told apart without looking. */
export const alarms: Readonly<Record<number, Pattern>> = {
  1: { tones: [tone(988, 0.14), tone(740, 0.14), tone(988, 0.14), tone(740, 0.14), rest(0.34)], loudness: 0.9 },
  2: { tones: [tone(784, 0.16), rest(0.08), tone(784, 0.16), rest(0.08), tone(784, 0.16), rest(1.1)], loudness: 0.7 },
  3: { tones: [tone(587, 0.3), rest(0.1), tone(494, 0.3), rest(3.3)], loudness: 0.5 },
  4: { tones: [tone(440, 0.35), rest(7.65)], loudness: 0.35 },
};
/** The line to the server is lost. */
export const lineLost: Pattern = { tones: [tone(660, 0.25), tone(523, 0.25), tone(392, 0.4), rest(2.1)], loudness: 0.7 };
/** Nobody sees the desk: the page is hidden. */
export const unseen: Pattern = { tones: [tone(392, 0.2), rest(0.15), tone(392, 0.2), rest(5.45)], loudness: 0.5 };
/** Nobody is signed in any more where calls were heard. */
export const signedOut: Pattern = {
  tones: [tone(466, 0.3), tone(932, 0.3), tone(466, 0.3), tone(932, 0.3), rest(0.4)],
  loudness: 0.9,
};
/** Once, when the sound is armed: is it loud enough? */
export const check: Pattern = { tones: [tone(523, 0.15), tone(659, 0.15), tone(784, 0.3)], loudness: 0.7 };

export const secondsOf = ({ tones }: Pattern): number => tones.reduce((sum, { length }) => sum + length, 0);

/** Rises and falls within this many seconds, so that no tone begins with a crack. */
const edge = 0.012;

/**
 * One turn of a pattern as samples from -1 to 1. With two overtones, which carry through a room full of voices better than a pure tone.
 */
export function samplesOf(pattern: Pattern, rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(secondsOf(pattern) * rate));
  let start = 0;
  for (const { pitch, length } of pattern.tones) {
    const count = Math.round(length * rate);
    for (let index = 0; pitch > 0 && index < count && start + index < samples.length; index += 1) {
      const at = index / rate;
      const swell = Math.min(1, at / edge, (length - at) / edge);
      const turn = 2 * Math.PI * pitch * at;
      samples[start + index] =
        pattern.loudness * Math.max(0, swell) * (0.7 * Math.sin(turn) + 0.2 * Math.sin(2 * turn) + 0.1 * Math.sin(3 * turn));
    }
    start += count;
  }
  return samples;
}
