import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Trouble } from '../driver.ts';
import { headerOf, openRtspReader, writeInterleaved, writeRtspAnswer, writeRtspRequest } from './rtsp-frames.ts';

const answer = writeRtspAnswer(200, 'OK', { CSeq: 2, Session: 'x' }, 'v=0\r\n');
const packet = writeInterleaved(1, Uint8Array.of(0x24, 2, 3));
const request = writeRtspRequest('OPTIONS', '*', { CSeq: 3, Authorization: undefined });
const stream = Buffer.concat([answer, packet, Buffer.from('\r\n'), request, packet]);

test('answers, requests and packets in one stream, cut anywhere', () => {
  const whole = openRtspReader()(stream);
  expect(whole.map((item) => item.kind)).toEqual(['answer', 'packet', 'request', 'packet']);
  expect(whole[0]).toMatchObject({ status: 200, message: { body: 'v=0\r\n', first: ['RTSP/1.0', '200', 'OK'] } });
  expect(whole[1]).toMatchObject({ channel: 1, bytes: Uint8Array.of(0x24, 2, 3) });
  expect(whole[2]).toMatchObject({ method: 'OPTIONS', url: '*' });
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const read = openRtspReader();
      const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
      expect(edges.slice(1).flatMap((to, index) => read(stream.subarray(edges[index], to)))).toEqual(whole);
    }),
  );
});

describe('what is no RTSP', () => {
  test.each([
    ['a web server', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['a length that is none', 'RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a body beyond measure', 'RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n'],
    ['a head without end', 'x'.repeat(20_000)],
  ])('%s is Trouble', (_name, text) => {
    expect(() => openRtspReader()(Buffer.from(text))).toThrow(Trouble);
  });

  test('arbitrary bytes are nothing or Trouble', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array(), fc.constant(stream)), { maxLength: 5 }), (parts) => {
        const read = openRtspReader();
        try {
          for (const part of parts) read(part);
        } catch (error) {
          expect(error).toBeInstanceOf(Trouble);
        }
      }),
    );
  });
});

test('a field that comes twice is kept twice', () => {
  const [item] = openRtspReader()(
    Buffer.from('RTSP/1.0 401 no\r\nWWW-Authenticate: Basic realm="a"\r\nwww-authenticate: Digest realm="b"\r\n\r\n'),
  );
  expect(item?.kind === 'answer' && item.message.headers.get('www-authenticate')).toEqual(['Basic realm="a"', 'Digest realm="b"']);
  expect(item?.kind === 'answer' && headerOf(item.message, 'cseq')).toBeUndefined();
});
