/** Chance that repeats itself: the same seed gives the same county and the same day in it. */
export interface Chance {
  /** From `least` up to, not including, `most`. */
  between(least: number, most: number): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  /** @throws RangeError on an empty list */
  pick<T>(list: readonly T[]): T;
  /** One of the values, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T;
  /** A new list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/**
 * @param part draws apart from every other part of the same seed, so that a press that comes later in one part moves
 *   nothing in another
 */
export function chance(seed: number, part: string): Chance {
  const next = mulberry32(mix(seed, part));
  const between = (least: number, most: number) => least + next() * (most - least);
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1));
  return {
    between,
    whole,
    percent: (share) => next() * 100 < share,
    pick: (list) => itemAt(list, whole(0, list.length - 1)),
    weighted(choices) {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      return itemAt(choices, choices.length - 1)[0];
    },
    shuffled<T>(list: readonly T[]) {
      const order = list.map((item) => [next(), item] as const).sort(([a], [b]) => a - b);
      return order.map(([, item]) => item);
    },
  };
}

function itemAt<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new RangeError('nothing to choose from');
  return list[index] as T;
}

/** Tommy Ettinger's mulberry32 (public domain): 32 bits of state, even enough for a demo. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a over the name of the part, started from the seed. */
function mix(seed: number, part: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const letter of part) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
