import { expect, test } from 'vitest';
import { seconds } from './alarm/index.ts';
import { base32, codeAt, otpauth, stepOf } from './totp.ts';

/** RFC 6238, appendix B; the last six of its eight digits. */
const secret = Buffer.from('12345678901234567890');
const vectors: [at: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];
test.each(vectors)('at %i s the code is %s', (at, code) => {
  expect(codeAt(secret, Math.floor(at / 30))).toBe(code);
  expect(stepOf(secret, code, seconds(at))).toBe(Math.floor(at / 30));
});

test('a code is good one step early and one late, and no further', () => {
  const step = 40_000_000;
  const code = codeAt(secret, step);
  const taken = [-2, -1, 0, 1, 2].map((apart) => stepOf(secret, code, seconds((step + apart) * 30)) === step);
  expect(taken).toEqual([false, true, true, true, false]);
});

test.each(['', '28708', '2870820', '28708a', '２８７０８２', ' 287082'])('%j is no code', (code) => {
  expect(stepOf(secret, code, seconds(59))).toBeUndefined();
});

/** RFC 4648, 10. */
test.each([
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('%s in base32 is %s', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded);
});

test('an app is told whose secret it is', () => {
  expect(otpauth(secret, '林 a')).toBe('otpauth://totp/Baiying:%E6%9E%97%20a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Baiying');
});
