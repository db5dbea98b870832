import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Trouble } from './driver.ts';
import type { Authorization, Verdict } from './web-admit.ts';
import { bounded, connectTo, type Door, type Limit, placeOf, troubleOf } from './web-door.ts';

/** One request and one answer on one connection. */

export interface Call extends Authorization {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly largest?: number;
}

export interface Answer extends Verdict {
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const defaultLargest = 1024 * 1024;

/** Letters that neither end the request line nor start another; a device's own URI may hold anything. */
const pathShape = /^\/[\x21-\x7e]*$/;

/** @throws Trouble garbled for a path that would not stay one line of the request */
export function checkPath(path: string): string {
  if (!pathShape.test(path)) throw new Trouble('garbled', 'path of the request is not one that HTTP can carry');
  return path;
}

/** @throws Trouble */
export async function exchange(door: Door, call: Call, limit: Limit): Promise<Answer> {
  checkPath(call.path);
  const socket = await connectTo(door, limit);
  try {
    const body = call.body ?? (call.method === 'GET' || call.method === 'HEAD' ? undefined : '');
    const request = startRequest(door, call, socket, body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) });
    const response = responseOf(request, limit);
    request.end(body);
    return await readAnswer(await response, call.largest ?? defaultLargest, limit);
  } finally {
    socket.destroy();
  }
}

/** The request on a connection that stands already; nothing of it can reach another host. */
export function startRequest(door: Door, call: Call, socket: Socket, more: Readonly<Record<string, string>>): ClientRequest {
  const { host, port, secure } = placeOf(door);
  return httpRequest({
    createConnection: () => socket,
    host,
    port,
    defaultPort: secure ? 443 : 80,
    method: call.method,
    path: call.path,
    headers: { ...call.headers, ...more, ...(call.authorization === undefined ? {} : { authorization: call.authorization }) },
    // Camera firmware ends header lines in bare LF and the like. Nothing else travels on this connection that could be confused.
    insecureHTTPParser: true,
  });
}

export function responseOf(request: ClientRequest, limit: Limit): Promise<IncomingMessage> {
  return bounded<IncomingMessage>(
    limit,
    () => request.destroy(),
    (resolve, reject) => {
      request.on('error', (error) => reject(troubleOf(error)));
      request.once('close', () => reject(new Trouble('unreachable', 'closed the connection without an answer')));
      request.once('response', resolve);
    },
  );
}

export function verdictOf(response: IncomingMessage): Verdict {
  return { status: response.statusCode ?? 0, headers: response.headers, challenges: response.headersDistinct['www-authenticate'] ?? [] };
}

/** @throws Trouble garbled beyond `largest`, unreachable when the body stops before its end */
export async function readAnswer(response: IncomingMessage, largest: number, limit: Limit): Promise<Answer> {
  const parts: Buffer[] = [];
  let size = 0;
  await bounded<void>(
    limit,
    () => response.destroy(),
    (resolve, reject) => {
      response.on('data', (part: Buffer) => {
        limit.moved();
        size += part.byteLength;
        if (size > largest) reject(new Trouble('garbled', `answer is larger than ${largest} bytes`));
        else parts.push(part);
      });
      // Node reports a body cut short as ECONNRESET, whichever way the line ended; only `complete` tells it from a whole one.
      const cut = (): void => reject(new Trouble('unreachable', 'closed the connection in the middle of its answer'));
      response.on('error', (error) => ('code' in error && error.code === 'ECONNRESET' ? cut() : reject(troubleOf(error))));
      response.once('close', () => (response.complete ? resolve() : cut()));
    },
  );
  return { ...verdictOf(response), body: Buffer.concat(parts) };
}
