import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import { Trouble } from './driver.ts';
import { type Authorization, admitted, type Verdict } from './web-admit.ts';
import { type Bounds, bounded, connectTo, type Door, type Limit, openLimit, placeOf, troubleOf } from './web-door.ts';
import { checkPath } from './web-exchange.ts';
import { endOfHead, largestHead, parseHead } from './web-head.ts';

/** A request whose connection goes on as a raw line. */

export interface WebOpen extends Bounds {
  readonly method: string;
  /** Path and query, beginning with `/`, percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `socket` is the caller's to end; it is paused, and `resume` lets it be heard. It is closed already unless `status` is 2xx.
 * `rest` is what came behind the answer's head.
 */
export interface Opened extends Verdict {
  readonly socket: Socket;
  readonly rest: Uint8Array;
}

/**
 * A request without a body; behind its answer the connection belongs to the caller (Hikvision's `audioData`).
 * `milliseconds` bounds the way in only.
 * @throws Trouble, or the reason of `signal` when that was aborted
 */
export async function webOpen(door: Door, opening: WebOpen): Promise<Opened> {
  const limit = openLimit(opening);
  try {
    return await admitted(door, opening, (authorization) => openRaw(door, opening, authorization, limit));
  } finally {
    limit.end();
  }
}

async function openRaw(door: Door, opening: WebOpen, authorization: Authorization, limit: Limit): Promise<Opened> {
  const socket = await sendHead(door, { ...opening, headers: { 'content-length': '0', ...opening.headers } }, authorization, limit);
  try {
    const answer = await readHead(socket, limit);
    if (answer.status < 200 || answer.status > 299) socket.destroy();
    return { ...answer, socket };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Connects and sends the head of a request. @throws Trouble */
export async function sendHead(door: Door, opening: WebOpen, authorization: Authorization, limit: Limit): Promise<Socket> {
  const head = writeHead(door, opening, authorization);
  const socket = await connectTo(door, limit);
  socket.write(head, 'latin1');
  return socket;
}

function writeHead(door: Door, opening: WebOpen, authorization: Authorization): string {
  const { host, port, secure } = placeOf(door);
  const name = host.includes(':') ? `[${host}]` : host;
  const headers = { host: port === (secure ? 443 : 80) ? name : `${name}:${port}`, ...opening.headers, ...authorization };
  const lines = Object.entries(headers).map(([field, value]) => {
    validateHeaderName(field);
    validateHeaderValue(field, value);
    return `${field}: ${value}\r\n`;
  });
  return `${opening.method} ${checkPath(opening.path)} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

export interface HeadRead extends Verdict {
  readonly rest: Uint8Array;
}

/** Reads up to the head of the answer and leaves the socket paused behind it. `interim` hears of each 1xx. @throws Trouble */
export async function readHead(socket: Socket, limit: Limit, interim: (status: number) => void = () => undefined): Promise<HeadRead> {
  let bytes: Buffer = Buffer.alloc(0);
  const { promise, resolve, reject } = Promise.withResolvers<HeadRead>();
  const take = (part: Buffer): void => {
    limit.moved();
    bytes = Buffer.concat([bytes, part]);
    for (let end = endOfHead(bytes); end !== undefined; end = endOfHead(bytes)) {
      const verdict = parseHead(bytes.subarray(0, end));
      bytes = bytes.subarray(end);
      if (!verdict) return reject(new Trouble('garbled', 'answer is not HTTP'));
      if (verdict.status >= 200) return resolve({ ...verdict, rest: bytes });
      interim(verdict.status);
    }
    if (bytes.length > largestHead) reject(new Trouble('garbled', `head of the answer is larger than ${largestHead} bytes`));
  };
  const fail = (fault: Error): void => reject(troubleOf(fault));
  const close = (): void => reject(new Trouble('unreachable', 'closed the connection without an answer'));
  socket.on('data', take).on('error', fail).on('close', close).on('end', close);
  if (socket.destroyed) close();
  try {
    return await bounded<HeadRead>(
      limit,
      () => socket.destroy(),
      (done, failed) => void promise.then(done, failed),
    );
  } finally {
    socket.off('data', take).off('error', fail).off('close', close).off('end', close).pause();
  }
}
