/** What may be said of a picture on the screen. Only `live` may look as if it were the present. */
export type Freshness =
  | { readonly kind: 'opening' }
  | { readonly kind: 'live'; readonly age: number }
  /** It moves, but what it shows was some seconds ago. */
  | { readonly kind: 'late'; readonly age: number }
  /** The last picture still stands there. */
  | { readonly kind: 'frozen'; readonly age: number }
  | { readonly kind: 'none' };

export interface PictureFacts {
  /** When it was asked for, when a picture was last put on the screen, and how old that one was then; milliseconds. */
  readonly askedAt: number;
  readonly shownAt?: number | undefined;
  readonly lag: number;
  /** The camera, or the way to it, said that there is none. */
  readonly trouble: boolean;
  /** The way to it ended. */
  readonly closed: boolean;
  /** How long the next picture may take. */
  readonly pace: 'stream' | 'stills';
}

/** A stream of five pictures a second, half of them lost, still comes more often. */
const frozenAfter = { stream: 2000, stills: 8000 };
const lateAfter = { stream: 3000, stills: 10_000 };
const openingFor = 6000;

export function freshness({ askedAt, shownAt, lag, trouble, closed, pace }: PictureFacts, now: number): Freshness {
  if (shownAt === undefined) return trouble || closed || now - askedAt > openingFor ? { kind: 'none' } : { kind: 'opening' };
  const still = now - shownAt;
  const age = still + lag;
  if (still > frozenAfter[pace] || closed || (trouble && still > 500)) return { kind: 'frozen', age };
  return { kind: age > lateAfter[pace] ? 'late' : 'live', age };
}

/** A machine that decodes too slowly would otherwise do nothing but jump. */
const jumpsApart = 5000;

/**
 * Where to play on in what was received: the live edge when joining, after a gap, and after a pause; a small lag is made up
 * for by playing faster. Seconds.
 * @param sinceJump milliseconds since the last seek
 */
export function playOn(
  ranges: readonly (readonly [number, number])[],
  at: number,
  sinceJump: number,
): { readonly seek?: number; readonly rate: number } {
  const last = ranges.at(-1);
  if (!last) return { rate: 1 };
  const [start, end] = last;
  if (at < start || (end - at > 2.5 && sinceJump > jumpsApart)) return { seek: Math.max(start, end - 0.15), rate: 1 };
  return { rate: end - at > 0.5 ? 1.1 : 1 };
}
