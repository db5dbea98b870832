import type { StreamHealth } from './media.ts';

/** One fragment, as it counts for how a stream does. */
export interface Sample {
  readonly at: number;
  readonly frames: number;
  readonly bytes: number;
  readonly key: boolean;
}

/** Pure. Rates are given once the samples span two seconds: the first fragments come in a burst. */
export function measure(samples: readonly Sample[], now: number): Partial<StreamHealth> {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return {};
  const span = (now - first.at) / 1000;
  const keys = samples.filter((sample) => sample.key);
  const [firstKey, lastKey] = [keys[0], keys.at(-1)];
  const later = samples.slice(1);
  const sum = (of: (sample: Sample) => number): number => later.reduce((total, sample) => total + of(sample), 0);
  return {
    lastAt: last.at,
    ...(span < 2
      ? {}
      : { framesPerSecond: sum((sample) => sample.frames) / span, bitsPerSecond: (sum((sample) => sample.bytes) * 8) / span }),
    ...(keys.length < 2 || !firstKey || !lastKey ? {} : { secondsBetweenKeyFrames: (lastKey.at - firstKey.at) / 1000 / (keys.length - 1) }),
  };
}
