import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { digestGuard, type GuardOptions } from './digest-guard.ts';
import { type After, type Door, webRequest } from './web.ts';
import { listen, trouble } from './web-testing.ts';

const http = (handle: RequestListener): Promise<string> => listen(createServer(handle));
/** Answers every connection with these bytes after the first piece of the request, and closes unless told to hold. */
const raw = (answer: string, hold = false): Promise<string> =>
  listen(
    createTcpServer((socket) => {
      socket.once('data', () => (hold ? socket.write(answer, 'latin1') : socket.end(answer, 'latin1')));
    }),
  );

const who = { username: 'admin', password: 'a:b=\u5bc6\u7801"x' };
const get = (door: Door, more: object = {}) =>
  webRequest(door, { method: 'GET', path: '/picture?ch=1&q=a%20b', milliseconds: 5000, ...more });
const text = (body: Uint8Array): string => Buffer.from(body).toString();

function guarded(options: GuardOptions, seen: IncomingMessage[] = []) {
  const guard = digestGuard(options);
  return http((request, response) => {
    seen.push(request);
    const challenges = guard({ method: request.method, url: request.url, authorization: request.headers.authorization });
    if (challenges) response.setHeader('www-authenticate', challenges).writeHead(401).end('no');
    else request.pipe(response);
  });
}

describe('a device with Digest lets in', () => {
  const rows: [string, Partial<GuardOptions>, number][] = [
    ['MD5', {}, 2],
    ['MD5-sess', { algorithms: ['MD5-sess'] }, 2],
    ['SHA-256', { algorithms: ['SHA-256'] }, 2],
    ['both in two fields', { algorithms: ['MD5', 'SHA-256'] }, 2],
    ['no qop', { withoutQop: true }, 2],
    ['opaque', { opaque: 'FQhe/qa==' }, 2],
    ['a realm with quotes, commas and Chinese letters', { realm: 'Kamera, "Nord" \\ 1' }, 2],
  ];
  test.each(rows)('%s', async (_name, options, requests) => {
    const seen: IncomingMessage[] = [];
    const base = await guarded({ ...who, ...options }, seen);
    const answer = await webRequest({ base, ...who }, { method: 'POST', path: '/a?b=c', body: '\u4f60\u597d', milliseconds: 5000 });
    expect([answer.status, text(answer.body), seen.length]).toEqual([200, '\u4f60\u597d', requests]);
    expect(seen.map((request) => request.headers.connection)).toEqual(['close', 'close']);
  });

  test('a nonce that grew stale in between', async () => {
    const base = await http(staleOnce());
    expect((await get({ base, ...who })).status).toBe(200);
  });

  test('nobody with a wrong password, and is asked no third time', async () => {
    const seen: IncomingMessage[] = [];
    const base = await guarded(who, seen);
    expect(await trouble(get({ base, username: 'admin', password: 'wrong' }))).toBe('refused: user name or password not taken');
    expect(seen).toHaveLength(2);
  });

  test('nobody without a credential', async () => {
    expect(await trouble(get({ base: await guarded(who) }))).toBe('refused: asks for a user name and password, and none is set');
  });
});

function staleOnce(): RequestListener {
  let asked = 0;
  return (_request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const stale = asked === 2 ? ', stale=true' : '';
    if (asked <= 2) response.setHeader('www-authenticate', `Digest realm="r", nonce="n${asked}", qop="auth"${stale}`).writeHead(401);
    response.end();
  };
}

describe('Basic', () => {
  const basic: RequestListener = (request, response) => {
    const right = request.headers.authorization === `Basic ${Buffer.from('u:p').toString('base64')}`;
    if (!right) response.setHeader('www-authenticate', 'Basic realm="x"').writeHead(401);
    response.end();
  };
  test('goes out over plain HTTP only where it is allowed', async () => {
    const base = await http(basic);
    expect(await trouble(get({ base, username: 'u', password: 'p' }))).toMatch(/^misconfigured: takes the password only in the clear/);
    expect((await get({ base, username: 'u', password: 'p', allowBasic: true })).status).toBe(200);
  });
});

describe('what goes wrong is told apart', () => {
  const rows: [string, () => Promise<string>, string][] = [
    ['nobody listens', async () => 'http://127.0.0.1:1', 'unreachable: connection refused'],
    ['no name', async () => 'http://camera.invalid', 'unreachable: host name'],
    ['not an address', async () => 'rtsp://127.0.0.1', 'misconfigured: address is not http:// or https://'],
    ['closed without a word', () => raw(''), 'unreachable: '],
    ['not HTTP', () => raw('SSH-2.0-dropbear\r\n'), 'garbled: answer is not HTTP'],
    ['body cut off', () => raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'), 'unreachable: closed the connection in the middle'],
    [
      'chunks cut off',
      () => raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'),
      'unreachable: closed the connection in the middle',
    ],
    ['too large', () => raw(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(2000)}`), 'garbled: answer is larger than 1000 bytes'],
    [
      'a redirect',
      () => raw('HTTP/1.1 302 Found\r\nLocation: https://u:p@10.0.0.9/a?key=1\r\n\r\n'),
      'misconfigured: redirects to https://10.0.0.9;',
    ],
    [
      'TLS where there is none',
      async () => (await raw('HTTP/1.1 400 no\r\n\r\n')).replace('http', 'https'),
      'misconfigured: no TLS connection',
    ],
  ];
  test.each(rows)('%s', async (_name, base, expected) => {
    const message = await trouble(get({ base: await base() }, { largest: 1000 }));
    expect(message.slice(0, expected.length)).toBe(expected);
  });

  test('head and lines as firmware writes them are read', async () => {
    const base = await raw('HTTP/1.0 200 OK\nServer: x\nContent-Type: a\n\nbody');
    expect(text((await get({ base })).body)).toBe('body');
  });

  test.each(['//evil.example/a', 'http://evil.example/', '/a b', '/a\r\nX: y', ''])('the path %j goes nowhere else', async (path) => {
    const seen: string[] = [];
    const base = await http((request, response) => {
      seen.push(`${request.headers.host} ${request.url}`);
      response.end();
    });
    const told = await trouble(webRequest({ base }, { method: 'GET', path, milliseconds: 2000 }));
    expect([told, ...seen]).toEqual(
      path.startsWith('//') ? ['none', `${base.slice('http://'.length)} ${path}`] : [expect.stringMatching(/^garbled/)],
    );
  });
});

/** A clock that the test moves: `pass` runs what is due. */
function handClock(): { after: After; pass: (milliseconds: number) => void } {
  const due = new Map<object, { at: number; run: () => void }>();
  let now = 0;
  return {
    after: (milliseconds, run) => {
      const key = {};
      due.set(key, { at: now + milliseconds, run });
      return () => void due.delete(key);
    },
    pass: (milliseconds) => {
      now += milliseconds;
      for (const [key, { at, run }] of due) if (at <= now && due.delete(key)) run();
    },
  };
}

describe('time', () => {
  test('a device that takes the connection and says nothing is silent at its deadline, not before', async () => {
    const { after, pass } = handClock();
    const taken = Promise.withResolvers<void>();
    const base = await http(() => taken.resolve());
    const call = trouble(get({ base }, { after }));
    await taken.promise;
    pass(4999);
    expect(await Promise.race([call, taken.promise])).toBeUndefined();
    pass(1);
    expect(await call).toBe('silent: no answer within 5000 ms');
  });

  test('an answer that drips is ended by the whole, one that stops by its idle time', async () => {
    const { after, pass } = handClock();
    const begun = Promise.withResolvers<void>();
    const base = await http((_request, response) => {
      response.write('a');
      begun.resolve();
    });
    const call = trouble(get({ base }, { after, idle: 1000 }));
    await begun.promise;
    pass(1000);
    expect(await call).toBe('silent: no answer within 1000 ms');
  });

  test('the caller may end it, and gets its own reason', async () => {
    const stop = new AbortController();
    const base = await http(() => stop.abort(new Error('enough')));
    await expect(get({ base }, { signal: stop.signal })).rejects.toThrow('enough');
    await expect(get({ base }, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
  });
});

test('forty requests to twenty devices at once each get the answer of their own', async () => {
  const devices = await Promise.all(
    Array.from({ length: 20 }, async (_none, number) => {
      const guard = digestGuard({ username: 'u', password: `secret ${number}`, uses: 1 });
      const base = await http((request, response) => {
        const challenges = guard({ method: request.method, url: request.url, authorization: request.headers.authorization });
        setImmediate(() => {
          if (challenges) response.setHeader('www-authenticate', challenges).writeHead(401).end();
          else response.end(`picture of ${number}`);
        });
      });
      return { base, username: 'u', password: `secret ${number}` };
    }),
  );
  const answers = await Promise.all([...devices, ...devices].map((door) => get(door)));
  expect(answers.map((answer) => text(answer.body))).toEqual(Array.from({ length: 40 }, (_none, at) => `picture of ${at % 20}`));
});
