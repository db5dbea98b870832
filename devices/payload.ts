import { z } from 'zod';

/** What every JSON payload of a device has in common: its bounds, and how its fields are read one by one. */

/** Bytes; the contract's limit for one message. */
export const largestPayload = 16 * 1024;
const deepestPayload = 32;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Ends the reading of a payload; its message is the reason that the record keeps. */
class Unreadable extends Error {}

/** Bytes to a JSON object that PostgreSQL can store, or why they are not one. Never throws. */
export function readObject(payload: Uint8Array): { readonly object: JsonObject } | { readonly fault: string } {
  if (payload.byteLength === 0) return { fault: 'empty payload' };
  if (payload.byteLength > largestPayload) return { fault: 'larger than 16 KiB' };
  try {
    const value = storable(parseJson(decodeUtf8(payload)), 0);
    return isObject(value) ? { object: value } : { fault: 'not a JSON object' };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(payload: Uint8Array): string {
  try {
    return utf8.decode(payload);
  } catch (error) {
    throw new Unreadable('not UTF-8', { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreadable('not JSON', { cause: error });
  }
}

/**
 * PostgreSQL's jsonb refuses U+0000 and lone surrogates, and a press must not be lost to a byte in its note: both become
 * U+FFFD. `__proto__` is no field of any device.
 */
function storable(value: unknown, depth: number): unknown {
  if (depth > deepestPayload) throw new Unreadable(`nested deeper than ${deepestPayload} levels`);
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '__proto__')
      .map(([name, item]) => [storableText(name), storable(item, depth + 1)]),
  );
}

const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

type Shape = Readonly<Record<string, z.ZodType>>;
export type Fields<S extends Shape> = { readonly [Name in keyof S]?: Exclude<z.output<S[Name]>, undefined> };

/**
 * Reads the fields that a schema names one by one, so that a bad field costs that field and not the message. `rest` is
 * everything else, as it came; a field that could not be read stays there too and is named in `rest.unread`.
 */
export function readFields<S extends Shape>(shape: S, object: JsonObject): { readonly fields: Fields<S>; readonly rest: JsonObject } {
  const fields: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    const read = Object.hasOwn(shape, name) ? shape[name]?.safeParse(value) : undefined;
    // Null is how some firmware writes a field that it does not have.
    if (read && value === null) continue;
    if (read?.success) fields[name] = read.data;
    else rest[name] = value;
    if (read && !read.success) unread.push(name);
  }
  return { fields: fields as Fields<S>, rest: unread.length > 0 ? { ...rest, unread } : rest };
}

/**
 * Whether an instant, in milliseconds since 1970 UTC, lies in the years 1 to 9999 of UTC. A clock that was never set says year 1 in its
 * own zone, which east of Greenwich is no year that RFC 3339 can write or a database takes.
 */
export const inCalendar = (at: number): boolean => at >= -62_135_596_800_000 && at < 253_402_300_800_000;

/** RFC 3339 with a zone, to milliseconds since 1970 UTC. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .refine(inCalendar, 'must lie in the years 1 to 9999 of UTC');

/** Milliseconds since 1970 UTC to RFC 3339, as all letters carry it. */
export const writeInstant = (at: number): string => new Date(at).toISOString();

/** A word of a closed list; firmware differs in case and stray blanks, and a duress must not be missed for one. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.preprocess((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value), z.enum(words));

/**
 * The device's own name for one happening. A number beyond 2^53 and a text with repaired characters could stand for two
 * happenings at once, and an overlong one cannot be indexed: such an id is not used, so that no press is taken for a repeat.
 */
export const eventId = z
  .union([
    z
      .string()
      .min(1)
      .max(200)
      .refine((text) => !text.includes('\uFFFD'), 'has characters that cannot be stored'),
    z.int(),
  ])
  .transform(String);

/** An id that the server gave out and a device sends back. */
export const echoedId = z.string().min(1).max(200);
