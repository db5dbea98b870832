import type { Socket } from 'node:net';
import { Trouble } from './driver.ts';
import { type Authorization, admitted, type Verdict } from './web-admit.ts';
import { type Bounds, bounded, type Door, type Limit, openLimit } from './web-door.ts';
import { exchange } from './web-exchange.ts';
import { type HeadRead, readHead, sendHead, type WebOpen } from './web-open.ts';

/** A request whose body does not end by itself: sound, for as long as someone speaks. */

/**
 * `milliseconds` bounds the way in, and again the wait for the answer behind the last piece. `idle` (default 5 s) bounds
 * how long the device may take nothing. With a `content-length` among the headers the body goes out as it is and the
 * connection is closed behind it; without one it is chunked.
 */
export interface Upload extends WebOpen {
  /** Sends `Expect: 100-continue` and waits up to a second for leave, as RFC 9110 10.1.1 has it. */
  readonly expect?: boolean;
}

/** `status` is absent where the device said nothing at the end, which is usual after sound. */
export interface Uploaded {
  readonly status?: number;
}

const defaultIdle = 5000;
const leaveToSend = 1000;
const answerAtEnd = 1000;

/** The line of a request that was let in and waits for its body; `answer` may come before the body's end. */
interface Line {
  readonly socket: Socket;
  readonly answer: Promise<HeadRead>;
  readonly chunked: boolean;
}

type Entered = Verdict & { readonly line?: Line };

/**
 * Sends pieces as they come, until they end. The challenge is fetched by a request without a body first, so that no
 * piece is spent on a request that is refused. A refusal before the end ends the sending, and its status is returned; a
 * 2xx before the end does not, since devices give it when they begin to listen.
 * @throws Trouble, or the reason of `signal` when that was aborted; an error of `pieces` as it is
 */
export async function webUpload(door: Door, upload: Upload, pieces: AsyncIterable<Uint8Array>): Promise<Uploaded> {
  const life = openLimit({ milliseconds: Number.POSITIVE_INFINITY, ...pick(upload) });
  let line: Line | undefined;
  try {
    const entered = await enter(door, upload, life);
    line = entered.line;
    return line ? await pump(line, upload, pieces, life) : { status: entered.status };
  } finally {
    life.end();
    line?.socket.destroy();
  }
}

const pick = ({ signal, after }: Bounds): Pick<Bounds, 'signal' | 'after'> => ({ ...(signal && { signal }), ...(after && { after }) });

async function enter(door: Door, upload: Upload, life: Limit): Promise<Entered> {
  const entry = openLimit(upload);
  try {
    return await admitted<Entered>(door, upload, async (authorization) => {
      if (authorization.authorization === undefined) {
        const probe = await exchange(door, { ...upload, headers: withoutLength(upload.headers), body: '' }, entry);
        // Other statuses may be about the missing body only, so the true request is to ask again.
        if (probe.status >= 300 && probe.status <= 401) return probe;
      }
      return begin(door, upload, authorization, { entry, life });
    });
  } finally {
    entry.end();
  }
}

const isLength = (name: string): boolean => name.toLowerCase() === 'content-length';
const withoutLength = (headers: Upload['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !isLength(name)));

async function begin(door: Door, upload: Upload, authorization: Authorization, limits: { entry: Limit; life: Limit }): Promise<Entered> {
  const chunked = !Object.keys(upload.headers ?? {}).some(isLength);
  const framing = { ...(chunked && { 'transfer-encoding': 'chunked' }), ...(upload.expect === true && { expect: '100-continue' }) };
  const headers = { connection: 'close', ...upload.headers, ...framing };
  const socket = await sendHead(door, { ...upload, headers }, authorization, limits.entry);
  const leave = Promise.withResolvers<undefined>();
  const answer = readHead(socket, limits.life, () => leave.resolve(undefined));
  // Heard in the rounds below; a line that ends while nobody listens must not end the process.
  answer.catch(() => undefined);
  const refused = upload.expect === true ? await leaveOf(leave.promise, answer, upload) : undefined;
  if (!refused) return { status: 100, headers: {}, challenges: [], line: { socket, answer, chunked } };
  socket.destroy();
  // RFC 9110 15.5.18: the expectation is what it cannot meet, so the same goes out without it.
  return refused.status === 417 ? begin(door, { ...upload, expect: false }, authorization, limits) : refused;
}

/** A device that knows no `Expect` says nothing, and is taken to agree. */
async function leaveOf(leave: Promise<undefined>, answer: Promise<HeadRead>, upload: Upload): Promise<Verdict | undefined> {
  const silence = Promise.withResolvers<undefined>();
  const wait = openLimit({ milliseconds: leaveToSend, ...pick(upload) });
  wait.signal.addEventListener('abort', () => silence.resolve(undefined), { once: true });
  try {
    const verdict = await Promise.race([leave, silence.promise, answer]);
    return verdict && verdict.status >= 300 ? verdict : undefined;
  } finally {
    wait.end();
  }
}

/** Resolves with the refusal, or when the device leaves after a 2xx; rejects when it leaves without a word. */
async function overOf({ socket, answer }: Line): Promise<HeadRead> {
  const verdict = await answer;
  if (verdict.status >= 300) return verdict;
  const closed = Promise.withResolvers<void>();
  socket.once('close', closed.resolve).resume();
  await closed.promise;
  throw new Trouble('unreachable', 'closed the connection before the end');
}

async function pump(line: Line, upload: Upload, pieces: AsyncIterable<Uint8Array>, life: Limit): Promise<Uploaded> {
  const { socket } = line;
  const source = pieces[Symbol.asyncIterator]();
  const over = overOf(line).then((refusal) => ({ refusal }));
  const orOver = against(over);
  try {
    for (;;) {
      const next = await orOver(source.next());
      if ('refusal' in next) return statusOf(next.refusal);
      if (next.done === true) break;
      // A chunk of no length would end the body.
      if (next.value.byteLength === 0 || writePiece(line, next.value)) continue;
      const room = await orOver(drained(socket, upload, life));
      if (room) return statusOf(room.refusal);
    }
  } catch (error) {
    life.signal.throwIfAborted();
    throw error;
  } finally {
    // Not waited for: a microphone that has nothing to say would hold us here.
    source.return?.()?.then(undefined, () => undefined);
  }
  return finish(line, upload);
}

function writePiece({ socket, chunked }: Line, piece: Uint8Array): boolean {
  if (!chunked) return socket.write(piece);
  return socket.write(Buffer.concat([Buffer.from(`${piece.byteLength.toString(16)}\r\n`), piece, Buffer.from('\r\n')]));
}

const statusOf = ({ status }: Verdict): Uploaded => {
  if (status === 401) throw new Trouble('refused', 'user name or password not taken');
  return { status };
};

async function drained(socket: Socket, upload: Upload, life: Limit): Promise<undefined> {
  const wait = openLimit({ milliseconds: upload.idle ?? defaultIdle, signal: life.signal, ...(upload.after && { after: upload.after }) });
  wait.connected();
  const drain = Promise.withResolvers<undefined>();
  const room = (): void => drain.resolve(undefined);
  socket.once('drain', room);
  try {
    await bounded<undefined>(
      wait,
      () => socket.destroy(),
      (done, failed) => void drain.promise.then(done, failed),
    );
  } finally {
    socket.off('drain', room);
    wait.end();
  }
}

async function finish({ socket, answer, chunked }: Line, upload: Upload): Promise<Uploaded> {
  if (chunked) socket.write('0\r\n\r\n');
  // The promised length was never meant to be reached: only our end of the line tells the device that it is over.
  else socket.end();
  const wait = openLimit({ milliseconds: chunked ? upload.milliseconds : Math.min(answerAtEnd, upload.milliseconds), ...pick(upload) });
  try {
    const verdict = await bounded<Verdict>(
      wait,
      () => undefined,
      (done, failed) => void answer.then(done, failed),
    );
    // Cut short is what it was meant to be; a device that says so (400, 408) says nothing of the sound.
    return !chunked && (verdict.status === 400 || verdict.status === 408) ? {} : statusOf(verdict);
  } catch (error) {
    upload.signal?.throwIfAborted();
    // No answer, or the line closed: everything had been sent, and nothing says that it was not taken.
    if (error instanceof Trouble && (error.code === 'unreachable' || error.code === 'silent')) return {};
    throw error;
  } finally {
    wait.end();
  }
}

/** Races each round with one long promise. `Promise.race` would keep every round of an hour's speech until that settles. */
function against<Long>(long: Promise<Long>): <T>(round: Promise<T>) => Promise<T | Long> {
  let settled = false;
  let settle = (): void => undefined;
  const settling = (): void => {
    settled = true;
    settle();
  };
  long.then(settling, settling);
  return <T>(round: Promise<T>) => {
    // Where the long promise comes first nobody waits for the round any more, and its failure must not end the process.
    round.catch(() => undefined);
    if (settled) return long;
    const { promise, resolve, reject } = Promise.withResolvers<T | Long>();
    settle = () => resolve(long);
    round.then(resolve, reject);
    return promise;
  };
}
