import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Duration, type Instant, seconds } from './alarm/index.ts';

/** One-time codes of RFC 6238 as every authenticator app makes them: HMAC-SHA-1, six digits, a new one every 30 s. */

const period: Duration = seconds(30);
const digits = 6;

const stepAt = (now: Instant): number => Math.floor(now / period);

/** RFC 4226, 5.3. @param step 30 s since 1970 */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0x0f;
  const number = (hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** The step that a code belongs to: this one, the one before or the one after, for clocks that differ and fingers that are slow. */
export function stepOf(secret: Uint8Array, code: string, now: Instant): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const here = stepAt(now);
  return [here, here - 1, here + 1].find((step) => timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, 6, without padding. */
export function base32(bytes: Uint8Array): string {
  let [bits, value, text] = [0, 0, ''];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(value >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + alphabet[(value << (5 - bits)) & 31];
}

/** What an authenticator app reads from a QR code. */
export const otpauth = (secret: Uint8Array, username: string): string =>
  `otpauth://totp/Baiying:${encodeURIComponent(username)}?secret=${base32(secret)}&issuer=Baiying`;
