/**
 * Discrete Fourier transform of one length, a power of two, in place: decimation in time, radix 2. Written here because the
 * product takes no native packages and two rooms of it need one: the hearing of broadcasts and the looking at pictures.
 */
export interface Fourier {
  readonly size: number;
  /** Real and imaginary parts, `size` each; not scaled. */
  forward(re: Float64Array, im: Float64Array): void;
  /** Scaled by 1/size, so that `inverse` after `forward` gives the same numbers. */
  inverse(re: Float64Array, im: Float64Array): void;
}

interface Tables {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly turned: Uint32Array;
}

const made = new Map<number, Fourier>();

/** @throws RangeError when `size` is no power of two from 2 to 2^20. */
export function fourier(size: number): Fourier {
  const known = made.get(size);
  if (known) return known;
  if (size < 2 || size > 2 ** 20 || (size & (size - 1)) !== 0) throw new RangeError(`no transform of length ${size}`);
  const tables = tablesOf(size);
  const transform: Fourier = {
    size,
    forward: (re, im) => run(tables, re, im),
    inverse(re, im) {
      run(tables, im, re);
      for (let at = 0; at < size; at += 1) {
        re[at] = (re[at] as number) / size;
        im[at] = (im[at] as number) / size;
      }
    },
  };
  made.set(size, transform);
  return transform;
}

/** The least power of two that is no less than `length`. */
export const powerOver = (length: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, length)));

function tablesOf(size: number): Tables {
  const half = size / 2;
  const cos = new Float64Array(half);
  const sin = new Float64Array(half);
  for (let at = 0; at < half; at += 1) {
    cos[at] = Math.cos((2 * Math.PI * at) / size);
    sin[at] = Math.sin((2 * Math.PI * at) / size);
  }
  const turned = new Uint32Array(size);
  for (let at = 1; at < size; at += 1) turned[at] = ((turned[at >> 1] as number) >> 1) | (at & 1 ? half : 0);
  return { cos, sin, turned };
}

function run({ cos, sin, turned }: Tables, re: Float64Array, im: Float64Array): void {
  const size = turned.length;
  for (let at = 0; at < size; at += 1) {
    const other = turned[at] as number;
    if (other > at) swap(re, im, at, other);
  }
  for (let span = 1; span < size; span *= 2) {
    const stride = size / (2 * span);
    for (let start = 0; start < size; start += 2 * span) {
      for (let at = start, turn = 0; at < start + span; at += 1, turn += stride) {
        const c = cos[turn] as number;
        const s = sin[turn] as number;
        const far = at + span;
        const x = re[far] as number;
        const y = im[far] as number;
        const realPart = x * c + y * s;
        const imaginaryPart = y * c - x * s;
        re[far] = (re[at] as number) - realPart;
        im[far] = (im[at] as number) - imaginaryPart;
        re[at] = (re[at] as number) + realPart;
        im[at] = (im[at] as number) + imaginaryPart;
      }
    }
  }
}

function swap(re: Float64Array, im: Float64Array, a: number, b: number): void {
  const x = re[a] as number;
  const y = im[a] as number;
  re[a] = re[b] as number;
  im[a] = im[b] as number;
  re[b] = x;
  im[b] = y;
}
