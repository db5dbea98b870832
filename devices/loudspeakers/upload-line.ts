import { Trouble } from '../driver.ts';
import { type Door, type Uploaded, webUpload } from '../web.ts';
import type { Law } from './g711.ts';
import { type Timer, wait } from './pace.ts';
import type { Line } from './talk.ts';

/** Sound as the endless body of an HTTP request, which is how several makers take it. */

export interface UploadPlan {
  readonly door: Door;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly law: Law;
  /** Bytes that one write holds; the last one may be shorter. */
  readonly piece: number;
  readonly tail: number;
  readonly timer: Timer;
  /** What a status of 300 and above means here. */
  readonly troubleOf: (status: number) => Trouble;
}

const answerWithin = 5000;
const refusedWithin = 60;
/** How long the device may take nothing: the words would come too late to be of use. */
const idle = 3000;
/** Bytes that may wait for the device: two seconds of sound. */
const mostWaiting = 16_000;

interface Pipe extends AsyncIterable<Uint8Array> {
  readonly put: (bytes: Uint8Array) => void | Promise<void>;
  readonly end: () => void;
  /** Resolves when the first piece is asked for: the device let us in. */
  readonly wanted: Promise<void>;
}

/** Turns what is pushed at the speed of speech into what is pulled. */
function openPipe(): Pipe {
  const queue: Uint8Array[] = [];
  const wanted = Promise.withResolvers<void>();
  let waiting = 0;
  let over = false;
  let wake = (): void => undefined;
  let room = (): void => undefined;
  async function* pull(): AsyncGenerator<Uint8Array> {
    wanted.resolve();
    for (;;) {
      const piece = queue.shift();
      if (piece) {
        waiting -= piece.length;
        room();
        yield piece;
      } else if (over) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    [Symbol.asyncIterator]: pull,
    wanted: wanted.promise,
    put: (bytes) => {
      queue.push(bytes);
      waiting += bytes.length;
      wake();
      return waiting < mostWaiting ? undefined : new Promise<void>((resolve) => (room = resolve));
    },
    end: () => {
      over = true;
      wake();
    },
  };
}

/** Collects payloads of 160 bytes into pieces of `size`. */
function gather(size: number, put: Pipe['put']): { add: Pipe['put']; flush: () => void } {
  let held = new Uint8Array(0);
  return {
    add: (bytes) => {
      held = held.length === 0 ? new Uint8Array(bytes) : new Uint8Array(Buffer.concat([held, bytes]));
      if (held.length < size) return undefined;
      const piece = held;
      held = new Uint8Array(0);
      return put(piece);
    },
    flush: () => {
      if (held.length > 0) void put(held);
    },
  };
}

/** @throws Trouble, or the reason of `signal` */
export async function openUploadLine(plan: UploadPlan, signal: AbortSignal): Promise<Line> {
  const pipe = openPipe();
  const pieces = gather(plan.piece, pipe.put);
  const broken = new AbortController();
  const cancel = new AbortController();
  const abort = (): void => cancel.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const request = { method: 'POST', path: plan.path, headers: plan.headers, milliseconds: answerWithin, idle, after: plan.timer.after };
  let ending = false;
  const upload = webUpload(plan.door, { ...request, signal: cancel.signal }, pipe).then(
    (done) => protestOf(done, plan, ending),
    (error: unknown) => (error instanceof Trouble ? error : new Trouble('unreachable', 'the upload was broken off', { cause: error })),
  );
  void upload.then((protest) => {
    signal.removeEventListener('abort', abort);
    if (protest) broken.abort(protest);
  });
  const refused = await Promise.race([upload, pipe.wanted.then(() => patience(plan.timer, cancel.signal))]);
  if (refused) throw refused;
  return {
    law: plan.law,
    broken: broken.signal,
    tail: plan.tail,
    send: (payload) => pieces.add(payload),
    close: (how) => {
      ending = true;
      pieces.flush();
      pipe.end();
      if (how === 'stopped') cancel.abort();
      return upload;
    },
  };
}

/** A refusal comes on the heels of the request, and is not to be taken for words that are heard. */
const patience = (timer: Timer, signal: AbortSignal): Promise<undefined> => wait(timer, refusedWithin, signal).then(() => undefined);

/** An end before ours is one, whatever the status. */
function protestOf({ status }: Uploaded, plan: UploadPlan, ending: boolean): Trouble | undefined {
  // Strict servers say so of a body that is shorter than was promised, which it always is.
  if (ending && status === 400 && plan.headers['content-length'] !== undefined) return undefined;
  if (status !== undefined && status >= 300) return plan.troubleOf(status);
  return ending ? undefined : new Trouble('unreachable', 'the loudspeaker ended the session');
}
