import { fourier } from './fourier.ts';
import { rate } from './hearing-chirp.ts';
import type { Match } from './hearing-search.ts';

/** Half a second: longer than most echoes of a street, so that they count as our sound. */
const frame = 4096;
const hop = frame / 2;
const [first, last] = [Math.round((300 * frame) / rate), Math.round((3450 * frame) / rate)];

const window = Float64Array.from({ length: frame }, (_none, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frame));

interface Sums {
  readonly sent: Float64Array;
  readonly recorded: Float64Array;
  readonly crossRe: Float64Array;
  readonly crossIm: Float64Array;
}

/**
 * Level of our sound against everything else in the recording while it sounded, 300 to 3450 Hz, in dB: by the coherence of
 * what was sent and what was recorded (Welch's method), less what chance gives over so many frames. From -30 to 40.
 */
export function levelOf(sent: Int16Array, recorded: Int16Array, match: Match): number {
  const sums: Sums = {
    sent: new Float64Array(frame),
    recorded: new Float64Array(frame),
    crossRe: new Float64Array(frame),
    crossIm: new Float64Array(frame),
  };
  const starts = soundingFrames(sent).filter((start) => start + match.delay >= 0 && start + match.delay + frame <= recorded.length);
  for (const start of starts) addFrame(sums, sent, recorded, start, match);
  if (starts.length < 2) return -30;
  const byChance = 1 / starts.length;
  let [ours, all] = [0, 0];
  for (let bin = first; bin <= last; bin += 1) {
    const power = sums.recorded[bin] as number;
    const both = (sums.sent[bin] as number) * power;
    const coherence = both > 0 ? ((sums.crossRe[bin] as number) ** 2 + (sums.crossIm[bin] as number) ** 2) / both : 0;
    ours += (power * (coherence - byChance)) / (1 - byChance);
    all += power;
  }
  const ratio = ours / Math.max(all - ours, all * 1e-6);
  return ratio > 0 ? Math.max(-30, Math.min(40, 10 * Math.log10(ratio))) : -30;
}

/** Starts of the frames of what was sent that are no more than 20 dB below its loudest. */
function soundingFrames(sent: Int16Array): number[] {
  const energies: { start: number; energy: number }[] = [];
  for (let start = 0; start + hop <= sent.length; start += hop)
    energies.push({ start, energy: sent.subarray(start, start + frame).reduce((sum, value) => sum + value * value, 0) });
  const loudest = Math.max(0, ...energies.map(({ energy }) => energy));
  return energies.filter(({ energy }) => energy > loudest / 100).map(({ start }) => start);
}

function addFrame(sums: Sums, sent: Int16Array, recorded: Int16Array, start: number, { delay, ppm }: Match): void {
  const exact = start + delay + ((start + frame / 2) * ppm) / 1e6;
  const whole = Math.round(exact);
  const [re, im] = [new Float64Array(frame), new Float64Array(frame)];
  for (let at = 0; at < frame; at += 1) {
    re[at] = (sent[start + at] ?? 0) * (window[at] as number);
    im[at] = (recorded[whole + at] ?? 0) * (window[at] as number);
  }
  fourier(frame).forward(re, im);
  for (let bin = first; bin <= last; bin += 1) addBin(sums, re, im, bin, exact - whole);
}

/** Two real sounds went through one complex transform: their spectra are its even and odd parts. The rest of a sample is turned back. */
function addBin(sums: Sums, re: Float64Array, im: Float64Array, bin: number, rest: number): void {
  const [a, b, c, d] = [re[bin] as number, im[bin] as number, re[frame - bin] as number, im[frame - bin] as number];
  const [sentRe, sentIm, heardRe, heardIm] = [(a + c) / 2, (b - d) / 2, (b + d) / 2, (c - a) / 2];
  const turn = (2 * Math.PI * bin * rest) / frame;
  const [crossRe, crossIm] = [heardRe * sentRe + heardIm * sentIm, heardIm * sentRe - heardRe * sentIm];
  sums.sent[bin] = (sums.sent[bin] as number) + sentRe * sentRe + sentIm * sentIm;
  sums.recorded[bin] = (sums.recorded[bin] as number) + heardRe * heardRe + heardIm * heardIm;
  sums.crossRe[bin] = (sums.crossRe[bin] as number) + crossRe * Math.cos(turn) - crossIm * Math.sin(turn);
  sums.crossIm[bin] = (sums.crossIm[bin] as number) + crossRe * Math.sin(turn) + crossIm * Math.cos(turn);
}
