import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jpegSize } from './jpeg-size.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const frame = 'ffc0 0011 08 0438 0780 03 012200 021101 031101';

test.each([
  ['a baseline frame at once', `ffd8 ${frame}`, { width: 1920, height: 1080 }],
  ['after application data and a quantisation table', `ffd8 ffe0 0004 4a46 ffdb 0003 00 ${frame}`, { width: 1920, height: 1080 }],
  ['a progressive frame after fill bytes', `ffd8 ffff ffc2 0011 08 0010 0020 03 012200 021101 031101`, { width: 32, height: 16 }],
  ['a Huffman table is no frame', `ffd8 ffc4 0003 00 ${frame}`, { width: 1920, height: 1080 }],
  ['a frame that gives no height', 'ffd8 ffc0 0011 08 0000 0780 03 012200 021101 031101', undefined],
  ['one that breaks off', 'ffd8 ffc0 0011 08 0438', undefined],
  ['no picture at all', '3c68746d6c3e', undefined],
  ['a segment that is shorter than its own length', 'ffd8 ffe0 0001 00', undefined],
])('%s', (_name, bytes, size) => {
  expect(jpegSize(hex(bytes))).toEqual(size);
});

test('never throws and always ends', () => {
  const begun = fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from([0xff, 0xd8, ...bytes]));
  fc.assert(fc.property(fc.oneof(begun, fc.uint8Array({ maxLength: 200 })), (bytes) => void jpegSize(bytes)));
});
