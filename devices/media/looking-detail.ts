import type { Picture } from './looking-measures.ts';

/** Poles sway: the reference is sought within so many pixels. */
const sway = 2;

export interface Kept {
  /** Share of the reference's coarse contrast that is in the picture: falls with light and fog, and is 0 behind a cloth. */
  readonly coarse: number;
  /** Share of its fine contrast, against `coarse`: about 1 is as sharp, 0.3 between two pixels, 0.1 out of focus. */
  readonly detail: number;
}

/** What of the reference is in the picture. Noise, rain and what moves are not in the reference and so do not count, which matters by night. */
export function kept(picture: Picture, reference: Picture, noise: number): Kept {
  const [now, then] = [fineOf(picture), fineOf(reference)];
  const { width, height } = picture;
  let best = 0;
  for (let dy = -sway; dy <= sway; dy += 1)
    for (let dx = -sway; dx <= sway; dx += 1) best = Math.max(best, likeness(now, then, width, height, dx, dy, 20 * noise * noise));
  const coarse = Math.max(0, likeness(coarseOf(picture), coarseOf(reference), width >> 3, height >> 3, 0, 0, 0));
  return { coarse, detail: coarse > 0 ? best / coarse : 0 };
}

/** Regression of one upon the other, less the variance of the reference's noise: a dimmer picture gives less, in fine and coarse alike. */
function likeness(now: Float32Array, then: Float32Array, width: number, height: number, dx: number, dy: number, noise: number): number {
  let [together, alone] = [0, 0];
  for (let y = sway; y < height - sway; y += 1)
    for (let x = sway; x < width - sway; x += 1) {
      const was = then[y * width + x] as number;
      together += was * (now[(y + dy) * width + x + dx] as number);
      alone += was * was - noise;
    }
  return alone > 0 ? together / alone : 0;
}

/** The Laplacian. */
function fineOf({ width, height, luma }: Picture): Float32Array {
  const out = new Float32Array(luma.length);
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around = (luma[at - 1] as number) + (luma[at + 1] as number) + (luma[at - width] as number) + (luma[at + width] as number);
      out[at] = around - 4 * (luma[at] as number);
    }
  return out;
}

/** Laplacian of 8 by 8 means. */
function coarseOf({ width, height, luma }: Picture): Float32Array {
  const [columns, rows] = [width >> 3, height >> 3];
  const means = new Float32Array(columns * rows);
  for (let y = 0; y < rows * 8; y += 1)
    for (let x = 0; x < columns * 8; x += 1) {
      const at = (y >> 3) * columns + (x >> 3);
      means[at] = (means[at] as number) + (luma[y * width + x] as number) / 64;
    }
  const out = new Float32Array(means.length);
  for (let y = 1; y < rows - 1; y += 1)
    for (let x = 1; x < columns - 1; x += 1) {
      const at = y * columns + x;
      out[at] =
        (means[at - 1] as number) +
        (means[at + 1] as number) +
        (means[at - columns] as number) +
        (means[at + columns] as number) -
        4 * (means[at] as number);
    }
  return out;
}
