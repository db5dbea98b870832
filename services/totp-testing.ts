import { type Instant, seconds } from './alarm/index.ts';
import { codeAt } from './totp.ts';

/** RFC 4648, 6, without padding, as an authenticator app reads it. */
export function unbase32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What an app shows at an instant. @param secret as the page gives it */
export const codeShown = (secret: string, at: Instant): string => codeAt(unbase32(secret), Math.floor(at / seconds(30)));
