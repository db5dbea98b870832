/** Rows of a list of equal rows, the first and the one behind the last. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** What is in sight of a list. All lengths in the same unit. */
export function inSight(scrolled: number, height: number, rowHeight: number): Span {
  if (rowHeight <= 0) return { first: 0, end: 0 };
  return { first: Math.floor(scrolled / rowHeight), end: Math.ceil((scrolled + height) / rowHeight) };
}

/** So many above and below what is in sight, so that a turn of the wheel finds them drawn. */
const beyond = 6;

/**
 * Which rows are drawn: those in sight with some around, and those that must not go, as the one that is worked on.
 * @param kept places of those; -1 is none
 */
export function drawn({ first, end }: Span, count: number, kept: readonly number[]): readonly number[] {
  const from = Math.max(0, first - beyond);
  const places = new Set(Array.from({ length: Math.max(0, Math.min(count, end + beyond) - from) }, (_none, index) => from + index));
  for (const place of kept) if (place >= 0 && place < count) places.add(place);
  return [...places].sort((a, b) => a - b);
}
