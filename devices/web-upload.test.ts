import { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { digestGuard } from './digest-guard.ts';
import { simulatorCertificate } from './simulator-certificate.ts';
import { webOpen, webRequest, webUpload } from './web.ts';
import { listen, trouble } from './web-testing.ts';

const who = { username: 'u', password: 'p' };

/** A device that wants Digest and keeps what it was told. */
function listener(said: { asked: string[]; heard: string }, answer: (request: IncomingMessage) => number = () => 200): RequestListener {
  const guard = digestGuard(who);
  return (request, response) => {
    const challenges = guard({ method: request.method, url: request.url, authorization: request.headers.authorization });
    said.asked.push(`${request.headers['content-length'] ?? request.headers['transfer-encoding']} ${challenges ? 401 : 'in'}`);
    if (challenges) return void response.setHeader('www-authenticate', challenges).writeHead(401).end();
    request.on('data', (part: Buffer) => {
      said.heard += part;
    });
    request.on('end', () => response.writeHead(answer(request)).end());
  };
}

async function* words(...pieces: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

/** Says one piece, and then waits until it is no longer wanted. */
function endless(piece: string): { pieces: AsyncIterable<Uint8Array>; ended: Promise<void> } {
  const ended = Promise.withResolvers<void>();
  let first = true;
  const pieces = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (!first) return new Promise<never>(() => undefined);
        first = false;
        return { done: false as const, value: Buffer.from(piece) };
      },
      return: async () => {
        ended.resolve();
        return { done: true as const, value: undefined };
      },
    }),
  };
  return { pieces, ended: ended.promise };
}

const upload = { method: 'POST', path: '/axis-cgi/audio/transmit.cgi', milliseconds: 3000 };

describe('an upload', () => {
  test('asks for the challenge without a body, so that no sound is lost', async () => {
    const said = { asked: [] as string[], heard: '' };
    const base = await listen(createServer(listener(said)));
    expect(await webUpload({ base, ...who }, upload, words('one ', '', 'two ', 'three'))).toEqual({ status: 200 });
    expect(said).toEqual({ asked: ['0 401', 'chunked in'], heard: 'one two three' });
  });

  test('with a length that is never reached is ended by the end of the line', async () => {
    const said = { asked: [] as string[], heard: '' };
    const base = await listen(createServer(listener(said)));
    const headers = { 'content-length': '9999999', 'content-type': 'audio/basic' };
    expect(await webUpload({ base, ...who }, { ...upload, headers }, words('one ', 'two'))).toEqual({});
    await expect.poll(() => said.heard).toBe('one two');
    expect(said.asked).toEqual(['0 401', '9999999 in']);
  });

  test('waits for leave where it is to, and goes on without where the device does not know that', async () => {
    const said = { asked: [] as string[], heard: '' };
    const polite = createServer(listener(said));
    const base = await listen(polite);
    expect(await webUpload({ base, ...who }, { ...upload, expect: true }, words('sound'))).toEqual({ status: 200 });
    const strict = createServer(listener(said)).on('checkExpectation', (_request, response) => response.writeHead(417).end());
    expect(await webUpload({ base: await listen(strict), ...who }, { ...upload, expect: true }, words(' and more'))).toEqual({
      status: 200,
    });
    expect(said.heard).toBe('sound and more');
  });

  test('that is refused in the middle ends, though its source says nothing more', async () => {
    const base = await listen(
      createServer((request, response) => {
        if (request.headers['content-length'] === '0') response.end();
        else request.once('data', () => response.writeHead(503).end());
      }),
    );
    const { pieces, ended } = endless('hello');
    expect(await webUpload({ base }, upload, pieces)).toEqual({ status: 503 });
    await ended;
  });

  test('is not ended by a 200 that comes when the device begins to listen', async () => {
    let heard = '';
    const base = await listen(
      createTcpServer((socket) => {
        let first = true;
        socket.on('data', (part: Buffer) => {
          heard += part;
          if (first) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
          first = false;
        });
        // The probe closes its own line; the true one ends when all was said.
        socket.on('end', () => socket.end());
      }),
    );
    expect(await webUpload({ base }, { ...upload, headers: { 'content-length': '999999' } }, words('a', 'b', 'c'))).toEqual({
      status: 200,
    });
    await expect.poll(() => heard.endsWith('abc')).toBe(true);
  });

  test('whose device goes away is unreachable', async () => {
    const base = await listen(
      createServer((request, response) => {
        if (request.headers['content-length'] === '0') response.end();
        else request.once('data', () => request.socket.destroy());
      }),
    );
    expect(await trouble(webUpload({ base }, upload, endless('hello').pieces))).toMatch(/^unreachable: /);
  });

  test('to a wrong password takes no piece', async () => {
    const said = { asked: [] as string[], heard: '' };
    const base = await listen(createServer(listener(said)));
    expect(await trouble(webUpload({ base, username: 'u', password: 'x' }, upload, words('secret words')))).toMatch(/^refused/);
    expect(said.heard).toBe('');
  });

  test('ends with its caller', async () => {
    const stop = new AbortController();
    const base = await listen(
      createServer((request, response) => {
        if (request.headers['content-length'] === '0') response.end();
        else request.once('data', () => stop.abort(new Error('enough')));
      }),
    );
    const { pieces, ended } = endless('hello');
    await expect(webUpload({ base }, { ...upload, signal: stop.signal }, pieces)).rejects.toThrow('enough');
    await ended;
  });

  test('to a device that takes nothing more is given up after its idle time', async () => {
    const base = await listen(
      createServer((request, response) => {
        if (request.headers['content-length'] === '0') response.end();
        else request.pause();
      }),
    );
    async function* flood() {
      for (;;) yield new Uint8Array(256 * 1024);
    }
    expect(await trouble(webUpload({ base }, { ...upload, idle: 100 }, flood()))).toMatch(/^silent/);
  });
});

describe('a raw line', () => {
  const opening = { method: 'PUT', path: '/ISAPI/System/TwoWayAudio/channels/1/audioData', milliseconds: 3000 };

  test('opens behind Digest and carries both ways', async () => {
    const guard = digestGuard(who);
    const base = await listen(
      createTcpServer((socket) => {
        let text = '';
        socket.on('data', (part: Buffer) => {
          text += part.toString('latin1');
          const end = text.indexOf('\r\n\r\n');
          if (end < 0) return;
          const authorization = /^authorization: (.*)$/im.exec(text.slice(0, end))?.[1];
          const challenges = guard({ method: 'PUT', url: opening.path, authorization });
          socket.removeAllListeners('data');
          if (challenges) return void socket.end(`HTTP/1.1 401 no\r\nWWW-Authenticate: ${challenges[0]}\r\n\r\n`);
          socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nrest');
          socket.pipe(socket);
        });
      }),
    );
    const opened = await webOpen({ base, ...who }, opening);
    expect([opened.status, Buffer.from(opened.rest).toString()]).toEqual([200, 'rest']);
    const echo = new Promise<string>((resolve) => opened.socket.once('data', (part: Buffer) => resolve(part.toString())));
    opened.socket.resume().write('sound');
    expect(await echo).toBe('sound');
    opened.socket.destroy();
  });

  test.each([
    ['HTTP/1.1 503 busy\r\n\r\n', 'none'],
    ['RTSP/1.0 200 OK\r\n\r\n', 'garbled: answer is not HTTP'],
    [`HTTP/1.1 200 OK\r\n${'x'.repeat(20_000)}`, 'garbled: head of the answer is larger than 16384 bytes'],
    ['', 'unreachable: closed the connection without an answer'],
  ])('to a device that answers %j', async (answer, expected) => {
    const base = await listen(createTcpServer((socket) => void socket.once('data', () => socket.end(answer))));
    const call = webOpen({ base }, opening);
    expect(await trouble(call)).toBe(expected);
    if (expected === 'none') expect((await call).socket.destroyed).toBe(true);
  });
});

describe('a pinned certificate', () => {
  const shown = new X509Certificate(simulatorCertificate.cert).fingerprint256;
  const get = { method: 'GET', path: '/', milliseconds: 3000 };

  async function secure(): Promise<{ base: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createTlsServer(simulatorCertificate, (request, response) => {
      asked.push(String(request.url));
      response.end('inside');
    });
    server.on('tlsClientError', () => undefined);
    return { base: (await listen(server)).replace('http:', 'https:'), asked };
  }

  test.each([shown, shown.replaceAll(':', '').toLowerCase()])('lets in the device that shows it: %s', async (fingerprint) => {
    const { base } = await secure();
    expect(Buffer.from((await webRequest({ base, fingerprint }, get)).body).toString()).toBe('inside');
  });

  test('that is another sends not one byte of the request', async () => {
    const { base, asked } = await secure();
    expect(await trouble(webRequest({ base, ...who, fingerprint: '00'.repeat(32) }, get))).toMatch(
      /^misconfigured: certificate is not the pinned one/,
    );
    expect(asked).toEqual([]);
  });

  test('that is missing is told, so that the installer can compare and set it', async () => {
    const { base, asked } = await secure();
    expect(await trouble(webRequest({ base }, get))).toContain(shown.replaceAll(':', '').toLowerCase());
    expect(asked).toEqual([]);
  });
});
