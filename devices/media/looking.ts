import { type Kept, kept } from './looking-detail.ts';
import { type Measures, measure, type Picture } from './looking-measures.ts';
import { type Shift, shiftOf } from './looking-shift.ts';

export { type Measures, measure, type Picture } from './looking-measures.ts';
export { lightAt } from './looking-sun.ts';

/** What a picture can show to be wrong with its camera. That there is no picture at all is the caller's to know. */
export const pictureFaults = ['black', 'white-out', 'frozen', 'covered', 'blurred', 'moved', 'night-failure'] as const;
export type PictureFault = (typeof pictureFaults)[number];

/** Why it is one. */
export type LookWhy =
  | 'no-light-by-day'
  | 'dark-where-reference-was-lit'
  | 'burnt-out'
  | 'same-picture-every-time'
  | 'less-to-see-than-reference'
  | 'nothing-to-see'
  | 'softer-than-reference'
  | 'shifted-against-reference'
  | 'unlike-reference';

export interface Finding {
  readonly fault: PictureFault;
  readonly why: LookWhy;
  /** What was measured, and the bound that it passed; units are those of `measures`, pixels for a shift, standard deviations for a likeness. */
  readonly measure: number;
  readonly threshold: number;
}

/** What is kept of an earlier sample. */
export interface Seen {
  /** See `markOf`. */
  readonly mark: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** What a picture is held against. */
export interface Standard {
  readonly light: 'day' | 'night';
  /** Taken by an installer by the same light. Without it only black, white-out, frozen and nothing to see are judged. */
  readonly reference?: Picture;
  /** Earlier samples, newest first, however far apart. */
  readonly previous: readonly Seen[];
  /** False for a camera that can be turned: what it shows is no fault of where it looks. */
  readonly fixed: boolean;
}

export interface Look {
  /** At most one, the one that explains the others; none is a good picture. */
  readonly finding?: Finding;
  readonly measures: Measures;
}

/** Set with the synthesised scenes of `npm run bench -- looking`. The same hold by day and by night, since each light has its reference. */
const bounds = {
  /** Of the brightest pixel in 200: a lens cap gives 16 (black of limited range) and noise. */
  black: 32,
  burnt: 0.7,
  /** Samples that are the same, and how far apart the first and the last of them must lie: slow streams repeat a picture honestly. */
  frozen: { samples: 3, milliseconds: 60_000 },
  /** Textured blocks, against the reference and with nothing to compare. */
  covered: 0.3,
  nothing: 0.02,
  /** A reference must show so much itself. */
  leastReference: 0.1,
  /** The place is the same, whatever the light: good pictures stand over 40, chance reaches 5. */
  known: 7,
  /** It is some other place, or the same from elsewhere. */
  unlike: 5.2,
  moved: { against: 0.6, pixels: 5 },
  detail: 0.15,
  /** Where focus is so far off that the place is not known again. */
  sharpness: 0.15,
  coarse: 0.03,
};

/** @throws RangeError when a picture does not have the bytes of its size */
export function judge(picture: Picture, standard: Standard): Look {
  if (picture.luma.length !== picture.width * picture.height) throw new RangeError('a picture of another size than it says');
  const measures = measure(picture);
  const finding =
    darkness(measures, standard) ?? glare(measures) ?? freeze(picture, measures, standard.previous) ?? against(picture, measures, standard);
  return finding ? { finding, measures } : { measures };
}

/** An unlit yard is black every night: that is a fault only where the installer's picture of the night shows more. */
function darkness({ brightest }: Measures, { light, reference }: Standard): Finding | undefined {
  if (brightest >= bounds.black) return undefined;
  const found = { measure: brightest, threshold: bounds.black };
  if (light === 'day') return { fault: 'black', why: 'no-light-by-day', ...found };
  if (!reference || measure(reference).brightest < bounds.black * 1.5) return undefined;
  return { fault: 'night-failure', why: 'dark-where-reference-was-lit', ...found };
}

function glare({ burnt }: Measures): Finding | undefined {
  return burnt > bounds.burnt ? { fault: 'white-out', why: 'burnt-out', measure: burnt, threshold: bounds.burnt } : undefined;
}

/** Even a still scene has the sensor's noise; only what is stored comes again to the last bit. */
function freeze(picture: Picture, measures: Measures, previous: readonly Seen[]): Finding | undefined {
  if (measures.textured === 0) return undefined;
  const mark = markOf(picture);
  const other = previous.findIndex((earlier) => earlier.mark !== mark);
  const same = other < 0 ? previous : previous.slice(0, other);
  const oldest = same.at(-1);
  if (same.length + 1 < bounds.frozen.samples || !oldest || picture.at - oldest.at < bounds.frozen.milliseconds) return undefined;
  return { fault: 'frozen', why: 'same-picture-every-time', measure: same.length + 1, threshold: bounds.frozen.samples };
}

/**
 * The same for pictures that are the same in all but the upper and lower seventh, where a recorder goes on writing the time
 * over a dead picture. FNV-1a from two starts: chance makes two alike once in 2^64.
 */
export function markOf({ width, height, luma }: Picture): string {
  const margin = Math.ceil(height / 7) * width;
  let [one, other] = [0x811c9dc5, 0x1b873593];
  for (let at = margin; at < luma.length - margin; at += 1) {
    one = Math.imul(one ^ (luma[at] as number), 0x01000193);
    other = Math.imul(other ^ (luma[at] as number), 0x01000193) ^ (other >>> 15);
  }
  return `${width}x${height}-${(one >>> 0).toString(16)}-${(other >>> 0).toString(16)}`;
}

function against(picture: Picture, measures: Measures, { light, reference, fixed }: Standard): Finding | undefined {
  if (!reference || !fixed) return emptiness(measures, light);
  const then = measure(reference);
  const shift = then.textured < bounds.leastReference ? undefined : shiftOf(picture, reference);
  if (!shift) return undefined;
  const left = kept(picture, reference, then.noise);
  if (shift.unmoved >= bounds.known) return displacement(shift) ?? softness(left);
  return displacement(shift) ?? haze(measures, then, left) ?? cover(measures, then) ?? strangeness(shift);
}

function emptiness({ textured }: Measures, light: Standard['light']): Finding | undefined {
  if (light === 'night' || textured >= bounds.nothing) return undefined;
  return { fault: 'covered', why: 'nothing-to-see', measure: textured, threshold: bounds.nothing };
}

function displacement({ x, y, best, unmoved }: Shift): Finding | undefined {
  if (best < bounds.known || unmoved > bounds.moved.against * best) return undefined;
  const far = Math.hypot(x, y);
  return far > bounds.moved.pixels
    ? { fault: 'moved', why: 'shifted-against-reference', measure: far, threshold: bounds.moved.pixels }
    : undefined;
}

function softness({ detail }: Kept): Finding | undefined {
  return detail < bounds.detail ? { fault: 'blurred', why: 'softer-than-reference', measure: detail, threshold: bounds.detail } : undefined;
}

/** The large shapes are there and nothing of the small ones. */
function haze({ sharpness }: Measures, then: Measures, { coarse }: Kept): Finding | undefined {
  const left = then.sharpness > 0 ? sharpness / then.sharpness : 1;
  if (coarse < bounds.coarse || left >= bounds.sharpness) return undefined;
  return { fault: 'blurred', why: 'softer-than-reference', measure: left, threshold: bounds.sharpness };
}

function cover({ textured }: Measures, then: Measures): Finding | undefined {
  const left = textured / then.textured;
  return left < bounds.covered
    ? { fault: 'covered', why: 'less-to-see-than-reference', measure: left, threshold: bounds.covered }
    : undefined;
}

function strangeness({ unmoved }: Shift): Finding | undefined {
  return unmoved < bounds.unlike ? { fault: 'moved', why: 'unlike-reference', measure: unmoved, threshold: bounds.unlike } : undefined;
}
