/** The part of a file that a request asks for. */
export type Part =
  | { readonly outcome: 'whole' }
  /** First and last byte. */
  | { readonly outcome: 'part'; readonly start: number; readonly end: number }
  | { readonly outcome: 'unfit' };

/**
 * Reads a Range header (RFC 9110, 14.1.2) for a file of `length` bytes. One range is served; of several, or of another
 * unit, the whole file is, as the standard allows. Pure; total over every text.
 */
export function partOf(header: string | undefined, length: number): Part {
  const asked = header === undefined ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!asked || (asked[1] === '' && asked[2] === '')) return { outcome: 'whole' };
  const [, first = '', last = ''] = asked;
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? { outcome: 'unfit' } : { outcome: 'part', start: length - count, end: length - 1 };
  }
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < start) return { outcome: 'whole' };
  return start >= length ? { outcome: 'unfit' } : { outcome: 'part', start, end };
}
