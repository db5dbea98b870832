import { rate } from './hearing-chirp.ts';
import { between, type Chance, rmsOf, toPcm } from './hearing-testing.ts';

/** What lies between what was sent and what the camera's microphone gives: loudspeaker, street, microphone, codec, two clocks. */
export interface Way {
  /** Samples from the start of the recording to the start of our sound; negative when the recording began late. */
  readonly delay: number;
  readonly ppm: number;
  readonly echo: 'none' | 'street' | 'hall';
  /** Our sound against the noise, both within 300 to 3400 Hz; absent: no noise. */
  readonly snr?: number;
  /** Rms of the sum, in steps of 16 bit; more than 8000 clips. */
  readonly loud: number;
  readonly g711: boolean;
}

/** The recording, as long as `noise`. `noise` is at any level. */
export function travel(sent: Int16Array, noise: Float64Array, way: Way, any: Chance): Int16Array {
  const ours = new Float64Array(noise.length);
  const there = horn(echoed(drifted(Float64Array.from(sent), way.ppm), way.echo, any));
  for (let at = 0; at < there.length; at += 1)
    if (at + way.delay >= 0 && at + way.delay < ours.length) ours[at + way.delay] = there[at] as number;
  const sum = way.snr === undefined ? ours : mixed(ours, noise, way.snr);
  return microphone(sum, way);
}

export function microphone(sound: Float64Array, { loud, g711 }: Pick<Way, 'loud' | 'g711'>): Int16Array {
  const size = rmsOf(sound);
  const pcm = toPcm(sound.map((value) => (size > 0 ? (value * loud) / size : 0)));
  return g711 ? pcm.map(throughMuLaw) : pcm;
}

/** Powers are taken where our sound is, so that a short call in a long recording is not flattered. */
function mixed(ours: Float64Array, noise: Float64Array, snr: number): Float64Array {
  const [a, b] = [horn(ours), horn(noise)];
  const from = ours.findIndex((value) => value !== 0);
  const to = ours.findLastIndex((value) => value !== 0);
  const gain = rmsOf(a.subarray(from, to)) / rmsOf(b.subarray(from, to)) / 10 ** (snr / 20);
  return ours.map((value, at) => value + gain * (noise[at] as number));
}

/** A second-order high pass at 350 Hz: what a small horn gives, and near enough the lower edge of the telephone band. */
function horn(sound: Float64Array): Float64Array {
  const w = (2 * Math.PI * 350) / rate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const [b0, a0, a1, a2] = [(1 + Math.cos(w)) / 2, 1 + alpha, -2 * Math.cos(w), 1 - alpha];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return sound.map((x) => {
    const y = (b0 * x - 2 * b0 * x1 + b0 * x2 - a1 * y1 - a2 * y2) / a0;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

/** Read at another speed: four-point interpolation. */
function drifted(sound: Float64Array, ppm: number): Float64Array {
  if (ppm === 0) return sound;
  const step = 1 + ppm / 1e6;
  return Float64Array.from({ length: Math.floor((sound.length - 4) / step) }, (_none, at) => {
    const where = at * step;
    const base = Math.floor(where);
    const [p, q, r, s] = [sound[base - 1] ?? 0, sound[base] ?? 0, sound[base + 1] ?? 0, sound[base + 2] ?? 0];
    const t = where - base;
    return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
  });
}

/** Street: the direct sound, two walls, a short tail. Hall: as much in the tail of 0.6 s as comes directly. */
function echoed(sound: Float64Array, echo: Way['echo'], any: Chance): Float64Array {
  if (echo === 'none') return sound;
  const walls = [1, 2].map(() => ({
    after: Math.floor(between(any, 0.02, 0.25) * rate),
    size: between(any, 0.2, 0.6) * (any() > 0.5 ? 1 : -1),
  }));
  const long = echo === 'street' ? 0.2 : 0.6;
  const strong = echo === 'street' ? 0.5 : 1;
  const tail = Array.from({ length: 80 }, () => {
    const after = any();
    return { after: Math.floor((0.004 + after * long) * rate), size: (any() - 0.5) * Math.exp(-4 * after) };
  });
  const whole = Math.sqrt(tail.reduce((sum, { size }) => sum + size * size, 0));
  const paths = [{ after: 0, size: 1 }, ...walls, ...tail.map(({ after, size }) => ({ after, size: (size * strong) / whole }))];
  const out = new Float64Array(sound.length + Math.ceil((long + 0.25) * rate));
  for (const { after, size } of paths)
    for (let at = 0; at < sound.length; at += 1) out[at + after] = (out[at + after] as number) + size * (sound[at] as number);
  return out;
}

/** ITU-T G.711 mu-law, there and back: 14 bit, eight segments of sixteen steps. */
function throughMuLaw(pcm: number): number {
  const size = Math.min(8158, Math.abs(pcm) >> 2) + 33;
  const segment = 31 - Math.clz32(size) - 5;
  const step = (size >> (segment + 1)) & 15;
  const back = (((2 * step + 33) << segment) - 33) << 2;
  return pcm < 0 ? -back : back;
}
