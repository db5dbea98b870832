import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfHead, parseHead } from './web-head.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the head of an answer', () => {
  test.each([
    ['usual line ends', 'HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody', 'body'],
    ['bare line feeds', 'HTTP/1.1 200 OK\nA: b\n\nbody', 'body'],
    ['both', 'HTTP/1.1 200 OK\r\nA: b\n\r\nbody', 'body'],
    ['nothing behind it', 'HTTP/1.1 200\r\n\r\n', ''],
  ])('ends with %s', (_name, text, rest) => {
    const end = endOfHead(bytes(text));
    expect(end === undefined ? undefined : text.slice(end)).toBe(rest);
  });

  test.each(['', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\nA: b\r\n\r'])('has not ended in %j', (text) => {
    expect(endOfHead(bytes(text))).toBeUndefined();
  });

  test('gives status, the first field of a name, and every challenge', () => {
    const head = parseHead(
      bytes('HTTP/1.0 401 No\r\nServer:x\r\nserver: y\r\nWWW-Authenticate: Basic\r\nno field\r\nwww-authenticate: Digest a="b"\r\n\r\n'),
    );
    expect(head?.status).toBe(401);
    expect(head?.headers['server']).toBe('x');
    expect(head?.challenges).toEqual(['Basic', 'Digest a="b"']);
  });

  test.each(['RTSP/1.0 200 OK', 'HTTP/2 200 OK', 'HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', '<html>', ''])('is none in %j', (line) => {
    expect(parseHead(bytes(`${line}\r\n\r\n`))).toBeUndefined();
  });

  test('of any bytes never throws, and never ends behind them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (any) => {
        const end = endOfHead(any);
        parseHead(any);
        return end === undefined || (end > 0 && end <= any.length);
      }),
    );
  });
});
