/** A picture reduced to its brightness, row by row; 320 by 180 is enough for all that is judged here. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
  /** Milliseconds UTC. */
  readonly at: number;
}

export interface Measures {
  /** Mean brightness, 0 to 255. */
  readonly mean: number;
  /** Brightness that one pixel in two hundred exceeds: a single lamp raises it. */
  readonly brightest: number;
  /** Share of pixels that are burnt out (over 240). */
  readonly burnt: number;
  /** Standard deviation of the sensor's noise. */
  readonly noise: number;
  /** Share of 16 by 16 blocks that show something: more contrast than noise gives. */
  readonly textured: number;
  /** Fine contrast against coarse, free of noise and of light: falls when a lens is out of focus, wet or dirty. */
  readonly sharpness: number;
}

const block = 16;

export function measure(picture: Picture): Measures {
  const noise = noiseOf(picture);
  return { ...brightnessOf(picture.luma), noise, textured: texturedOf(picture, noise), sharpness: sharpnessOf(picture, noise) };
}

function brightnessOf(luma: Uint8Array): Pick<Measures, 'mean' | 'brightest' | 'burnt'> {
  const counts = new Uint32Array(256);
  let sum = 0;
  let burnt = 0;
  for (const value of luma) {
    counts[value] = (counts[value] as number) + 1;
    sum += value;
    if (value > 240) burnt += 1;
  }
  let brightest = 255;
  for (let above = counts[255] as number; above <= luma.length / 200 && brightest > 0; above += counts[brightest] as number) brightest -= 1;
  return { mean: sum / luma.length, brightest, burnt: burnt / luma.length };
}

/**
 * Immerkaer, "Fast noise variance estimation" (1996): a mask that is blind to edges along both axes, variance 36; the
 * median instead of the mean, so that crooked things do not count as noise.
 */
function noiseOf({ width, height, luma }: Picture): number {
  const counts = new Uint32Array(2041);
  let seen = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const pixel = (shift: number): number => luma[at + shift] as number;
      const corners = pixel(-width - 1) + pixel(-width + 1) + pixel(width - 1) + pixel(width + 1);
      const size = Math.abs(corners - 2 * (pixel(-width) + pixel(width) + pixel(-1) + pixel(1)) + 4 * pixel(0));
      counts[size] = (counts[size] as number) + 1;
      seen += 1;
    }
  let below = 0;
  let median = 0;
  while (below + (counts[median] as number) < seen / 2) below += counts[median++] as number;
  const within = (seen / 2 - below) / Math.max(1, counts[median] as number);
  return Math.max(0, median + within - 0.5) / 0.6745 / 6;
}

function texturedOf({ width, height, luma }: Picture, noise: number): number {
  let [blocks, textured] = [0, 0];
  const least = Math.max(4, 2 * noise);
  for (let top = 0; top + block <= height; top += block)
    for (let left = 0; left + block <= width; left += block) {
      blocks += 1;
      if (blockSpread(luma, width, left, top) > least) textured += 1;
    }
  return blocks === 0 ? 0 : textured / blocks;
}

/** Without the slope of the block, since a cloth over a lens is lit unevenly. */
function blockSpread(luma: Uint8Array, width: number, left: number, top: number): number {
  const half = (block - 1) / 2;
  let [sum, squares, alongX, alongY] = [0, 0, 0, 0];
  for (let y = 0; y < block; y += 1)
    for (let x = 0; x < block; x += 1) {
      const value = luma[(top + y) * width + left + x] as number;
      sum += value;
      squares += value * value;
      alongX += value * (x - half);
      alongY += value * (y - half);
    }
  const count = block * block;
  const slope = (count * (count - 1)) / 12;
  return Math.sqrt(Math.max(0, (squares - (sum * sum) / count - (alongX * alongX + alongY * alongY) / slope) / count));
}

/** Mean square of the Laplacian less what noise adds (20 variances), against the mean square of differences of 4 by 4 means. */
function sharpnessOf(picture: Picture, noise: number): number {
  const coarse = coarseOf(picture);
  const fine = fineOf(picture) - 20 * noise * noise;
  return coarse > 1 ? Math.max(0, fine) / coarse : 0;
}

function fineOf({ width, height, luma }: Picture): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around = (luma[at - 1] as number) + (luma[at + 1] as number) + (luma[at - width] as number) + (luma[at + width] as number);
      sum += (around - 4 * (luma[at] as number)) ** 2;
    }
  return sum / Math.max(1, (width - 2) * (height - 2));
}

function coarseOf({ width, height, luma }: Picture): number {
  const [columns, rows] = [Math.floor(width / 4), Math.floor(height / 4)];
  const means = new Float64Array(columns * rows);
  for (let y = 0; y < rows * 4; y += 1)
    for (let x = 0; x < columns * 4; x += 1) {
      const at = (y >> 2) * columns + (x >> 2);
      means[at] = (means[at] as number) + (luma[y * width + x] as number) / 16;
    }
  let sum = 0;
  for (let y = 0; y < rows - 1; y += 1)
    for (let x = 0; x < columns - 1; x += 1) {
      const at = y * columns + x;
      sum += ((means[at + 1] as number) - (means[at] as number)) ** 2 + ((means[at + columns] as number) - (means[at] as number)) ** 2;
    }
  return sum / Math.max(1, columns * rows);
}
