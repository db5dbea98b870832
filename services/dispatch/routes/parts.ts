import { z } from 'zod';
import { Fault } from '../../errors.ts';

/** Parts that the routes of happenings share; those of the register are in register-schemas.ts. */

/** Text that people read or hear: trimmed, not empty unless `least` is 0, no control characters save tab and line feed. */
export const words = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .regex(/^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\t\n])*$/u, 'must not contain control characters');

export const idParams = z.object({ id: z.string() });

/** JSON acts that take no more than their path; clients send nothing, or an empty object. */
export const noBody = z.strictObject({}).nullish();

export const openRecord = z.record(z.string(), z.unknown());

/** One or more of a closed list, separated by commas. */
export const someOf = (values: readonly string[]) => {
  const one = `(?:${values.join('|')})`;
  return z.string().regex(new RegExp(`^${one}(?:,${one})*$`), `must be of ${values.join(', ')}, separated by commas`);
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** For the keys of cursors. */
export const uuidSchema = z.string().regex(uuid);

/**
 * The id of something that happened.
 * @throws Fault `not-found` for what is no UUID: it names nothing
 */
export function uuidOf(id: string): string {
  const lower = id.toLowerCase();
  if (!uuid.test(lower)) throw new Fault('not-found', `There is nothing of the id ${id.slice(0, 64)}`);
  return lower;
}

/** @throws Fault `not-found` where there is none */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Fault('not-found', `There is no such ${what}`);
  return value;
}
