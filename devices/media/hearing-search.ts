import { fourier } from './fourier.ts';
import { rate } from './hearing-chirp.ts';

/** A stretch of what was sent, weighed: `start` in samples from the front. */
export interface Piece {
  readonly start: number;
  readonly sound: Float64Array;
  readonly energy: number;
}

/** Likeness of one piece at every delay of a range and a little beyond, by sample. */
export interface Likeness {
  readonly piece: Piece;
  readonly at: Float32Array;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where and in what sound a match is sought; delays in samples, `length` of the recording. */
export interface Search {
  readonly range: Range;
  readonly length: number;
}

/** The best alignment found: `strength` in standard deviations of what chance gives in this very recording. */
export interface Match {
  readonly delay: number;
  readonly ppm: number;
  readonly strength: number;
}

/** Half a second: at 200 ppm the two clocks part by less than a sample within it. */
export const pieceLength = 4096;
/** Cameras and cheap loudspeakers are off by up to 100 ppm each. */
const mostPpm = 220;
/** Room on either side of the range, for what drift moves a late piece; 15 s at 220 ppm are 27 samples. */
const slack = 40;
/** At delays where less of what was sent than this falls into the recording, nothing is decided. */
const leastInside = 0.2;

const block = 16_384;
const hop = block - pieceLength;

export function piecesOf(weighed: Float64Array, from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  for (let start = from; start < to; start += pieceLength) {
    const sound = weighed.subarray(start, Math.min(to, start + pieceLength));
    const energy = sound.reduce((sum, value) => sum + value * value, 0);
    if (energy > 0) pieces.push({ start, sound, energy });
  }
  return pieces;
}

interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Correlates every piece with the recording over the range: overlapping blocks, two pieces by one transform each. */
export function likenesses(pieces: readonly Piece[], recorded: Float64Array, { range }: Search): Likeness[] {
  const blocks = blocksOf(recorded);
  const out: Likeness[] = [];
  for (let number = 0; number < pieces.length; number += 2) {
    const pair = pieces.slice(number, number + 2).map((piece) => ({ piece, at: new Float32Array(range.to - range.from + 1 + 2 * slack) }));
    correlate(pair, blocks, range.from - slack);
    out.push(...pair);
  }
  return out;
}

/** The first block begins a piece before the recording, for pieces of which only the end was recorded. */
function blocksOf(recorded: Float64Array): Spectrum[] {
  const out: Spectrum[] = [];
  for (let start = -pieceLength; start < recorded.length; start += hop) {
    const [re, im] = [new Float64Array(block), new Float64Array(block)];
    re.set(recorded.subarray(Math.max(0, start), start + block), Math.max(0, -start));
    fourier(block).forward(re, im);
    out.push({ re, im });
  }
  return out;
}

function correlate(pair: readonly Likeness[], blocks: readonly Spectrum[], earliest: number): void {
  const [one, other] = pair;
  const spectrum = { re: backwards(one?.piece.sound), im: backwards(other?.piece.sound) };
  fourier(block).forward(spectrum.re, spectrum.im);
  const [re, im] = [new Float64Array(block), new Float64Array(block)];
  for (const [number, recorded] of blocks.entries()) {
    multiply(spectrum, recorded, re, im);
    fourier(block).inverse(re, im);
    const where = number * hop - pieceLength - earliest;
    if (one) place(one, re, where);
    if (other) place(other, im, where);
  }
}

/** Reversed in time about sample 0, so that the product of spectra is a correlation. */
function backwards(sound: Float64Array | undefined): Float64Array {
  const out = new Float64Array(block);
  sound?.forEach((value, at) => {
    out[(block - at) % block] = value;
  });
  return out;
}

function multiply(a: Spectrum, b: Spectrum, re: Float64Array, im: Float64Array): void {
  for (let bin = 0; bin < block; bin += 1) {
    const [ar, ai, br, bi] = [a.re[bin] as number, a.im[bin] as number, b.re[bin] as number, b.im[bin] as number];
    re[bin] = ar * br - ai * bi;
    im[bin] = ar * bi + ai * br;
  }
}

function place({ piece, at }: Likeness, correlated: Float64Array, where: number): void {
  const to = where - piece.start;
  for (let from = Math.max(0, -to); from < hop && to + from < at.length; from += 1) at[to + from] = correlated[from] as number;
}

/** The delay within `within` and the drift at which all pieces together are most alike; polarity does not matter. */
export function bestMatch(all: readonly Likeness[], search: Search, within: Range = search.range): Match {
  const { from, to } = search.range;
  const sum = new Float64Array(to - from + 1);
  const worth = worthOf(all, search);
  const span = Math.max(0, ...all.map(({ piece }) => piece.start)) / rate;
  const step = span > 0 ? Math.min(mostPpm, 2e6 / (span * rate)) : mostPpm;
  let chance = 0;
  let best: Match = { delay: from, ppm: 0, strength: 0 };
  for (const ppm of span > 0 ? drifts(step) : [0]) {
    addUp(all, ppm, sum);
    for (let at = 0; at < sum.length; at += 1) sum[at] = Math.abs((sum[at] as number) * (worth[at] as number));
    if (ppm === 0) chance = chanceOf(sum, worth);
    best = loudest(sum, from, within, ppm, best);
  }
  return { ...best, strength: chance > 0 ? best.strength / chance : 0 };
}

/** What makes the noise alike at every delay: fewer pieces inside the recording, less of it. 0 where too few are. */
function worthOf(all: readonly Likeness[], { range, length }: Search): Float64Array {
  const worth = new Float64Array(range.to - range.from + 1);
  const whole = all.reduce((sum, { piece }) => sum + piece.energy, 0);
  for (const { piece } of all) {
    const half = piece.sound.length / 2;
    const last = Math.min(range.to, length - half - piece.start);
    for (let delay = Math.max(range.from, Math.ceil(-piece.start - half)); delay <= last; delay += 1)
      worth[delay - range.from] = (worth[delay - range.from] as number) + piece.energy / whole;
  }
  return worth.map((share) => (share >= leastInside ? 1 / Math.sqrt(share) : 0));
}

/** 0 first, since the noise is measured there. */
function drifts(step: number): number[] {
  const out = [0];
  for (let ppm = step; ppm <= mostPpm; ppm += step) out.push(ppm, -ppm);
  return out;
}

function addUp(all: readonly Likeness[], ppm: number, sum: Float64Array): void {
  sum.fill(0);
  for (const { piece, at } of all) {
    const shift = slack + shiftOf(piece, ppm);
    for (let delay = 0; delay < sum.length; delay += 1) sum[delay] = (sum[delay] as number) + (at[delay + shift] as number);
  }
}

/** A recorder that runs fast by `ppm` hears the piece later. The middle of the piece counts. */
const shiftOf = (piece: Piece, ppm: number): number => Math.round(((piece.start + piece.sound.length / 2) * ppm) / 1e6);

function loudest(sizes: Float64Array, from: number, within: Range, ppm: number, best: Match): Match {
  let [top, where] = [best.strength, from - 1];
  for (let delay = within.from; delay <= within.to; delay += 1) {
    const size = sizes[delay - from] as number;
    if (size > top) [top, where] = [size, delay];
  }
  return where < from ? best : { delay: where, ppm, strength: top };
}

/** Standard deviation of the chance likeness, from the median so that a true match does not raise it. */
function chanceOf(sizes: Float64Array, worth: Float64Array): number {
  const counted = sizes.filter((_size, at) => (worth[at] as number) > 0 && at % 7 === 0).sort();
  return (counted[counted.length >> 1] ?? 0) / 0.6745;
}

/** How evenly what was sent is there, 0 to 1: the middle piece against the mean. Pieces outside the recording do not count. */
export function shareThere(all: readonly Likeness[], { delay, ppm }: Match, { range, length }: Search): number {
  const found = all
    .filter(({ piece }) => piece.start + delay >= 0 && piece.start + delay + piece.sound.length <= length)
    .map(({ piece, at }) => ({ weight: piece.energy, ratio: (at[delay - range.from + slack + shiftOf(piece, ppm)] ?? 0) / piece.energy }));
  const whole = found.reduce((sum, { weight }) => sum + weight, 0);
  const mean = found.reduce((sum, { weight, ratio }) => sum + weight * ratio, 0) / whole;
  let passed = 0;
  for (const { weight, ratio } of found.sort((a, b) => a.ratio / mean - b.ratio / mean)) {
    passed += weight;
    if (passed >= whole / 2) return Math.max(0, Math.min(1, ratio / mean));
  }
  return 0;
}
