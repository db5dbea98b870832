import { fourier } from './fourier.ts';
import type { Picture } from './looking-measures.ts';

/** How one picture lies upon another. */
export interface Shift {
  /** Pixels to the right and down, at the best match. */
  readonly x: number;
  readonly y: number;
  /** Height of the best match and of the match where nothing moved, in standard deviations of chance; chance alone reaches about 4.5. */
  readonly best: number;
  readonly unmoved: number;
}

/** The middle of 320 by 180: the maker's clock and the camera's name stand at the edges and never move. */
const [wide, high] = [256, 128];
/** Pixels within which a pole in the wind or the scaling may put it. */
const still = 3;

/** Phase correlation of what stands out locally, so that sun, cloud and lamps change little. Undefined for pictures of other sizes. */
export function shiftOf(picture: Picture, reference: Picture): Shift | undefined {
  if (picture.width !== reference.width || picture.height !== reference.height || picture.width < wide || picture.height < high)
    return undefined;
  const [re, im] = [outstanding(picture), outstanding(reference)];
  transform(re, im, 'forward');
  crossPhases(re, im);
  transform(re, im, 'inverse');
  return peakOf(re);
}

/** Each pixel less the mean around it, by the contrast around it; faded at the edges. */
function outstanding({ width, height, luma }: Picture): Float64Array {
  const [sums, squares] = tablesOf(luma, width, height);
  const out = new Float64Array(wide * high);
  const [left, top] = [(width - wide) >> 1, (height - high) >> 1];
  for (let y = 0; y < high; y += 1)
    for (let x = 0; x < wide; x += 1) {
      const mean = around(sums, width, height, left + x, top + y);
      const spread = Math.sqrt(Math.max(0, around(squares, width, height, left + x, top + y) - mean * mean));
      const fade = Math.sin((Math.PI * (x + 0.5)) / wide) * Math.sin((Math.PI * (y + 0.5)) / high);
      out[y * wide + x] = (fade * ((luma[(top + y) * width + left + x] as number) - mean)) / (spread + 8);
    }
  return out;
}

/** Summed-area tables of the brightness and of its square. */
function tablesOf(luma: Uint8Array, width: number, height: number): readonly [Float64Array, Float64Array] {
  const stride = width + 1;
  const [sums, squares] = [new Float64Array(stride * (height + 1)), new Float64Array(stride * (height + 1))];
  for (let y = 1; y <= height; y += 1)
    for (let x = 1; x <= width; x += 1) {
      const value = luma[(y - 1) * width + x - 1] as number;
      const at = y * stride + x;
      const before = (table: Float64Array): number =>
        (table[at - 1] as number) + (table[at - stride] as number) - (table[at - stride - 1] as number);
      sums[at] = value + before(sums);
      squares[at] = value * value + before(squares);
    }
  return [sums, squares];
}

/** Mean within 8 pixels. */
function around(table: Float64Array, width: number, height: number, x: number, y: number): number {
  const [x0, x1, y0, y1] = [Math.max(0, x - 8), Math.min(width, x + 9), Math.max(0, y - 8), Math.min(height, y + 9)];
  const stride = width + 1;
  const value = (column: number, row: number): number => table[row * stride + column] as number;
  return (value(x1, y1) - value(x0, y1) - value(x1, y0) + value(x0, y0)) / ((x1 - x0) * (y1 - y0));
}

/** Rows, then columns. */
function transform(re: Float64Array, im: Float64Array, way: 'forward' | 'inverse'): void {
  for (let y = 0; y < high; y += 1) fourier(wide)[way](re.subarray(y * wide, (y + 1) * wide), im.subarray(y * wide, (y + 1) * wide));
  const [columnRe, columnIm] = [new Float64Array(high), new Float64Array(high)];
  for (let x = 0; x < wide; x += 1) {
    for (let y = 0; y < high; y += 1) [columnRe[y], columnIm[y]] = [re[y * wide + x] as number, im[y * wide + x] as number];
    fourier(high)[way](columnRe, columnIm);
    for (let y = 0; y < high; y += 1) [re[y * wide + x], im[y * wide + x]] = [columnRe[y] as number, columnIm[y] as number];
  }
}

/** The two real pictures went through one transform as its real and imaginary part; here they are taken apart and only the phases compared. */
function crossPhases(re: Float64Array, im: Float64Array): void {
  const [outRe, outIm] = [new Float64Array(re.length), new Float64Array(re.length)];
  for (let v = 0; v < high; v += 1)
    for (let u = 0; u < wide; u += 1) {
      const at = v * wide + u;
      const mirror = ((high - v) % high) * wide + ((wide - u) % wide);
      const [a, b, c, d] = [re[at] as number, im[at] as number, re[mirror] as number, im[mirror] as number];
      const [nowRe, nowIm, thenRe, thenIm] = [a + c, b - d, b + d, c - a];
      const [x, y] = [nowRe * thenRe + nowIm * thenIm, nowIm * thenRe - nowRe * thenIm];
      const size = Math.hypot(x, y);
      const weight = size > 0 && soft(u, v) ? 1 / size : 0;
      outRe[at] = x * weight;
      outIm[at] = y * weight;
    }
  re.set(outRe);
  im.set(outIm);
}

/** The finest third holds little but noise. */
const soft = (u: number, v: number): boolean => Math.hypot(Math.min(u, wide - u) / wide, Math.min(v, high - v) / high) < 0.33;

function peakOf(surface: Float64Array): Shift {
  let [best, where, unmoved, squares] = [0, 0, 0, 0];
  for (let at = 0; at < surface.length; at += 1) {
    const value = surface[at] as number;
    const [x, y] = offset(at);
    squares += value * value;
    if (value > best) [best, where] = [value, at];
    if (Math.abs(x) <= still && Math.abs(y) <= still) unmoved = Math.max(unmoved, value);
  }
  const chance = Math.sqrt(squares / surface.length) || 1;
  const [x, y] = offset(where);
  return { x, y, best: best / chance, unmoved: unmoved / chance };
}

function offset(at: number): readonly [number, number] {
  const [x, y] = [at % wide, Math.floor(at / wide)];
  return [x < wide / 2 ? x : x - wide, y < high / 2 ? y : y - high];
}
