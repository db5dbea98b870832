import { expect, test } from 'vitest';
import { toGb18030 } from './gb18030.ts';

const read = (bytes: Uint8Array): string => new TextDecoder('gb18030', { fatal: true }).decode(bytes);

test('Chinese as a Chinese spreadsheet writes it', () => {
  expect(Buffer.from(toGb18030('类型,报警键\r\n')).toString('hex')).toBe('c0e0d0cd2cb1a8beafbcfc0d0a');
});

test('every letter of Unicode is read back as it was', () => {
  const wrong: string[] = [];
  for (let from = 0; from <= 0x10ffff; from += 0x400) {
    const block = Array.from({ length: 0x400 }, (_, index) => from + index)
      .map((code) => String.fromCodePoint(code))
      // Halves of surrogate pairs are no letters, some of private use have no place there, and U+FFFD is what cannot be read.
      .filter((letter) => !/[\p{Cs}\p{Co}\ufffd]/u.test(letter));
    const text = block.join('');
    if (read(toGb18030(text)) !== text) wrong.push(...block.filter((letter) => read(toGb18030(letter)) !== letter));
  }
  expect(wrong.map((letter) => letter.codePointAt(0)?.toString(16))).toEqual([]);
});

test('half a surrogate pair cannot be said', () => {
  expect(read(toGb18030('a\ud800b'))).toBe('a?b');
});
