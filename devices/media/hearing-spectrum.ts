import { fourier } from './fourier.ts';
import { rate } from './hearing-chirp.ts';

/**
 * Makes both sounds ready for comparison, in frames of 64 ms that overlap by half. Of the recording only the phases are kept
 * (as in GCC-PHAT), frame by frame: a horn or a lorry then weighs no more than a hiss, gain and clipping do not matter, and
 * it costs 1 dB against the best possible in steady noise. What was sent is weighed by where it stood above that noise.
 */
const frame = 512;
const hop = frame / 2;
/** 300 to 3450 Hz. */
const [first, last] = [Math.round((300 * frame) / rate), Math.round((3450 * frame) / rate)];

/** How far the loud parts of what was sent count for more than the quiet: 1 is best in steady noise, less withstands passing cars. */
const lean = 0.7;

const window = Float64Array.from({ length: frame }, (_none, at) => Math.sin((Math.PI * (at + 0.5)) / frame));

export interface Phases {
  readonly sound: Float64Array;
  /** Geometric mean of the recording in each bin, which a few loud seconds do not move much. */
  readonly floor: Float64Array;
}

export function phasesOf(recorded: Int16Array): Phases {
  const logs = new Float64Array(frame);
  let frames = 0;
  const sound = reshaped(recorded, (sizes) => {
    frames += 1;
    return sizes.map((size, bin) => {
      logs[bin] = (logs[bin] as number) + Math.log(size + 1);
      return size > 0 ? 1 / size : 0;
    });
  });
  return { sound, floor: logs.map((sum) => Math.exp(sum / Math.max(1, frames))) };
}

export function weighed(sent: Int16Array, floor: Float64Array): Float64Array {
  const over = (size: number, bin: number): number => (size / (floor[bin] as number)) ** lean / Math.max(1, size);
  return reshaped(sent, (sizes) => sizes.map((size, bin) => (size > 0 ? over(size, bin) : 0)));
}

/** Cuts into frames, multiplies each bin by the gain that its size is given, and puts together again; bins outside the band are dropped. */
function reshaped(sound: Int16Array, gains: (sizes: Float64Array) => Float64Array): Float64Array {
  const transform = fourier(frame);
  const out = new Float64Array(sound.length);
  const [re, im, sizes] = [new Float64Array(frame), new Float64Array(frame), new Float64Array(frame)];
  for (let start = -hop; start < sound.length; start += hop) {
    for (let at = 0; at < frame; at += 1) re[at] = (sound[start + at] ?? 0) * (window[at] as number);
    im.fill(0);
    transform.forward(re, im);
    for (let bin = first; bin <= last; bin += 1) sizes[bin] = Math.hypot(re[bin] as number, im[bin] as number);
    scale(re, im, gains(sizes));
    transform.inverse(re, im);
    for (let at = Math.max(0, -start); at < Math.min(frame, sound.length - start); at += 1)
      out[start + at] = (out[start + at] as number) + (re[at] as number) * (window[at] as number);
  }
  return out;
}

/** Only the positive frequencies are kept, doubled: the real part that remains is the sound. */
function scale(re: Float64Array, im: Float64Array, gain: Float64Array): void {
  for (let bin = 0; bin < frame; bin += 1) {
    const factor = bin >= first && bin <= last ? 2 * (gain[bin] as number) : 0;
    re[bin] = (re[bin] as number) * factor;
    im[bin] = (im[bin] as number) * factor;
  }
}
