import { z } from 'zod';
import { Fault } from '../errors.ts';

/**
 * Lists in pages by key: a page starts after the last item of the one before, so rows that come or go meanwhile shift
 * nothing. The cursor is opaque to its reader: the JSON of that key, base64url.
 */

export const defaultLimit = 100;
export const mostLimit = 500;

/** The part of every list's query. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(mostLimit).default(defaultLimit).meta({ description: 'Items on a page' }),
  cursor: z.string().min(1).max(500).exactOptional().meta({ description: 'nextCursor of the page before' }),
};

/** The answer of every list. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().exactOptional() });

/**
 * The key in a cursor that we gave out.
 * @throws Fault `body-invalid` (422) on any other
 */
export function readCursor<T>(cursor: string | undefined, key: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const parsed = key.safeParse(decoded(cursor));
  if (parsed.success) return parsed.data;
  throw new Fault('body-invalid', undefined, [
    { path: 'query.cursor', message: 'Not a cursor of this list: send nextCursor as it was given' },
  ]);
}

/** What `readCursor` reads: JSON, base64url. */
export const writeCursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * A page from rows of which one more than `limit` was asked for: that one only tells that there is a next page.
 * @param key of the last item, from which the next page goes on
 */
export function page<T>(rows: readonly T[], limit: number, key: (item: T) => unknown): { items: T[]; nextCursor?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, nextCursor: writeCursor(key(last)) } : { items };
}

function decoded(cursor: string): unknown {
  // Buffer skips what is no base64url, so a mangled cursor could read as another one.
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
