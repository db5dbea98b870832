import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

/**
 * How the station signs what it tells devices, so that whoever took the broker, the queue or another device's secret cannot
 * speak for it. Ed25519 (RFC 8032) over the topic, a line feed and the payload as far as `,"signature":`, which is always its
 * last member: a radio compares bytes and needs no canonical JSON. See docs/signed-orders.md.
 */
export const signature = z
  .object({
    kid: z.string().meta({ description: "Which of the station's keys: GET /api/v1/signing-keys" }),
    value: z.string().meta({ description: '64 bytes, base64url' }),
  })
  .meta({
    description:
      'Ed25519 over the topic, a line feed (0x0A) and the payload up to, not including, the bytes ,"signature": . Always the last member. Absent only where the station has no key it can use.',
  });

export interface LetterSigner {
  readonly kid: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** A public key of the station: `x` as in RFC 8037. */
export interface StationKey {
  readonly kid: string;
  readonly x: string;
  /** RFC 3339. A key that was retired reads what is old, and speaks no more. */
  readonly retiredAt?: string;
}

/** What was signed just before its key was retired may still be on its way, in ms. */
const underWay = 60_000;

const mark = ',"signature":';
const bytesOf = (topic: string, body: string): Buffer => Buffer.from(`${topic}\n${body}`, 'utf8');

/** @param payload a JSON object with at least one member, as JSON.stringify writes it */
export function signPayload(topic: string, payload: string, { kid, sign }: LetterSigner): string {
  const body = payload.slice(0, -1);
  const value = Buffer.from(sign(bytesOf(topic, body))).toString('base64url');
  return `${body}${mark}${JSON.stringify({ kid, value })}}`;
}

/** Nothing may come after the signature: of two members of one name most parsers take the last. */
const tail = /^\{"kid":"([\w-]{1,64})","value":"([\w-]{86})"\}\}$/;

/**
 * What is wrong with a letter that should be the station's; undefined when it is. Expiry and repeats are for the device to judge.
 * @param now when it came, by the device's own clock: what the letter says of its time is the word of whoever signed it
 */
export function forgery(topic: string, payload: Uint8Array, keys: readonly StationKey[], now: number): string | undefined {
  const text = Buffer.from(payload).toString('utf8');
  const at = text.lastIndexOf(mark);
  if (at < 0) return 'it is not signed';
  const [, kid, value = ''] = tail.exec(text.slice(at + mark.length)) ?? [];
  if (kid === undefined) return 'its signature is not the last of it';
  const key = keys.find((known) => known.kid === kid);
  if (!key) return `nobody here knows the key ${kid}`;
  // Written so that a time that cannot be read retires the key.
  if (key.retiredAt !== undefined && !(now <= Date.parse(key.retiredAt) + underWay)) return `its key was retired at ${key.retiredAt}`;
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.x }, format: 'jwk' });
  const holds = verify(null, bytesOf(topic, text.slice(0, at)), publicKey, Buffer.from(value, 'base64url'));
  return holds ? undefined : 'it was changed, or signed for another device';
}
