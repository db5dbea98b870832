import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Trouble } from '../driver.ts';
import { headerOf, type RtspItem, requestOf, rtspReader, statusOf, withHeader, writeRtsp } from './rtsp.ts';

const answer = {
  first: 'RTSP/1.0 200 OK',
  headers: [
    ['CSeq', '2'],
    ['Content-Length', '5'],
  ] as const,
  body: Buffer.from('v=0\r\n'),
};
const frame = (size: number): Buffer => Buffer.concat([Buffer.from([0x24, 0, size >> 8, size & 255]), Buffer.alloc(size, 0x52)]);

const cut = (bytes: Buffer, sizes: readonly number[]): Buffer[] => {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};

const joined = (items: readonly RtspItem[]): unknown[] => {
  const list: unknown[] = [];
  for (const item of items) {
    const last = list.at(-1);
    if (item.kind === 'message') list.push({ ...item.message, body: Buffer.from(item.message.body).toString() });
    else if (typeof last === 'string') list[list.length - 1] = last + Buffer.from(item.bytes).toString('hex');
    else list.push(Buffer.from(item.bytes).toString('hex'));
  }
  return list;
};

it('messages and packets come out the same however the connection cuts them', () => {
  const bytes = Buffer.concat([
    writeRtsp(answer),
    frame(1400),
    frame(0),
    frame(7),
    Buffer.from('\r\n'),
    writeRtsp({ ...answer, first: 'RTSP/1.0 401 No' }),
    frame(3),
  ]);
  const whole = joined(rtspReader().push(bytes));
  expect(whole).toHaveLength(4);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (sizes) => {
      const reader = rtspReader();
      expect(joined(cut(bytes, sizes).flatMap((piece) => reader.push(piece)))).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

it('arbitrary bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
      const reader = rtspReader();
      try {
        for (const chunk of chunks) reader.push(chunk);
      } catch (error) {
        expect(error).toMatchObject({ code: 'garbled' });
      }
    }),
  );
});

it.each([
  ['an endless head', `RTSP/1.0 200 OK\r\n${'X: y\r\n'.repeat(4000)}`],
  ['a body too large', 'RTSP/1.0 200 OK\r\nContent-Length: 9999999\r\n\r\n'],
  ['a length below zero', 'RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n'],
  ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
])('refused: %s', (_, text) => {
  expect(() => rtspReader().push(Buffer.from(text))).toThrow(Trouble);
});

it('fields are found whatever their letters', () => {
  expect(headerOf(answer, 'cseq')).toBe('2');
  expect(headerOf(withHeader(answer, 'CSEQ', '9'), 'CSeq')).toBe('9');
  expect(headerOf(withHeader(answer, 'cseq', undefined), 'CSeq')).toBeUndefined();
  expect(statusOf(answer)).toBe(200);
  expect(requestOf({ ...answer, first: 'PLAY rtsp://a/b RTSP/1.0' })).toEqual({ method: 'PLAY', uri: 'rtsp://a/b' });
});
