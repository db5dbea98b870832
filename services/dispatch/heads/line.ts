import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { Jwk, Signer } from '../../signing.ts';
import type { AuditHead, TimelineHead } from '../../store/heads.ts';
import { canonical } from '../../store/timeline.ts';

/** One line of the file of heads: what the ends of the chains were at one time, signed, and hashed over the line before. */

const form = 'baiying-heads/1';
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const noteShape = z.object({
  form: z.literal(form),
  at: z.iso.datetime(),
  /** Timelines that grew since then; all of them when absent. */
  from: z.iso.datetime().exactOptional(),
  /** SHA-256 of the line before; empty in the first. */
  prev: z.union([hash, z.literal('')]),
  audit: z.object({ seq: z.int().positive(), hash }).exactOptional(),
  incidents: z.array(z.object({ id: z.uuid(), number: z.int().positive(), entries: z.int().positive(), head: hash })),
  /** Further lines of the same hour follow. */
  more: z.boolean(),
  /** The file did not end as it was left: what was known to be in it. */
  lost: z.object({ lines: z.int(), last: z.string() }).exactOptional(),
});
const lineShape = z.object({ note: noteShape, kid: z.string(), sig: z.string() });

export interface Note {
  readonly form: typeof form;
  readonly at: string;
  readonly from?: string;
  readonly prev: string;
  readonly audit?: AuditHead;
  readonly incidents: readonly TimelineHead[];
  readonly more: boolean;
  readonly lost?: { readonly lines: number; readonly last: string };
}
export interface Line {
  readonly note: Note;
  readonly kid: string;
  readonly sig: string;
  /** SHA-256 of the line. */
  readonly hash: string;
}

const signedBytes = (note: Note): Buffer => Buffer.from(JSON.stringify(canonical(note)), 'utf8');
export const lineHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Without the line feed. */
export function writeLine(note: Omit<Note, 'form'>, { jwk, sign }: Signer): string {
  const whole: Note = { form, ...note };
  return JSON.stringify({ note: canonical(whole), kid: jwk.kid, sig: sign(signedBytes(whole)).toString('base64url') });
}

/** Undefined for what is no line of heads. */
export function readLine(text: string): Line | undefined {
  try {
    const read = lineShape.safeParse(JSON.parse(text));
    return read.success ? { ...read.data, hash: lineHash(text) } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const isSigned = ({ note, sig }: Line, { kty, crv, x }: Jwk): boolean =>
  verify(null, signedBytes(note), createPublicKey({ key: { kty, crv, x }, format: 'jwk' }), Buffer.from(sig, 'base64url'));
