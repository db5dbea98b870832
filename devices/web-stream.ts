import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { admitted, type Verdict } from './web-admit.ts';
import { type Bounds, connectTo, type Door, type Limit, openLimit, troubleOf } from './web-door.ts';
import { type Call, checkPath, responseOf, startRequest, verdictOf } from './web-exchange.ts';

/** A request whose answer does not end: Hikvision's alert stream, pictures pushed one after the other. */

export interface WebStream extends Bounds {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `body` is empty unless `status` is 2xx. Whoever stops reading it ends the connection. */
export interface Streamed extends Verdict {
  readonly body: AsyncIterable<Uint8Array>;
}

interface Answered extends Verdict {
  readonly response: IncomingMessage;
  readonly socket: Socket;
}

/**
 * GET. `milliseconds` bounds the way in; `idle` the silence between two pieces of the body, whose reading then throws.
 * @throws Trouble, or the reason of `signal` when that was aborted
 */
export async function webStream(door: Door, stream: WebStream): Promise<Streamed> {
  const { idle: _idle, ...opening } = stream;
  const limit = openLimit(opening);
  try {
    const { response, socket, ...verdict } = await admitted(door, { method: 'GET', path: stream.path }, (authorization) =>
      begin(door, { method: 'GET', ...stream, ...authorization }, limit),
    );
    return { ...verdict, body: socket.destroyed ? nothing : pieces(response, socket, stream) };
  } finally {
    limit.end();
  }
}

async function begin(door: Door, call: Call, limit: Limit): Promise<Answered> {
  checkPath(call.path);
  const socket = await connectTo(door, limit);
  try {
    const request = startRequest(door, call, socket, {});
    const answered = responseOf(request, limit);
    request.end();
    const response = await answered;
    const verdict = verdictOf(response);
    if (verdict.status < 200 || verdict.status > 299) socket.destroy();
    return { ...verdict, response, socket };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Bounded from now on, not only from the first piece that is read: a body that nobody reads is given up as silent. */
function pieces(response: IncomingMessage, socket: Socket, bounds: Bounds): AsyncIterable<Uint8Array> {
  const limit = openLimit({ ...bounds, milliseconds: Number.POSITIVE_INFINITY });
  const cut = (): void => void socket.destroy();
  limit.connected();
  limit.signal.addEventListener('abort', cut, { once: true });
  if (limit.signal.aborted) cut();
  return read(response, cut, limit);
}

async function* read(response: IncomingMessage, cut: () => void, limit: Limit): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) {
      limit.moved();
      yield piece as Uint8Array;
    }
    limit.signal.throwIfAborted();
  } catch (error) {
    throw limit.signal.aborted ? limit.signal.reason : troubleOf(error);
  } finally {
    limit.end();
    cut();
  }
}

const nothing: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }) };
