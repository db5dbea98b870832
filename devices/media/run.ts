import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { Trouble } from '../driver.ts';

/**
 * Processes of this room. Each one writes to a pipe that we read and reads from a pipe or a connection that we hold, so it
 * ends with us after any kill: input ends, output breaks (EPIPE). Arguments are literals and checked numbers of our own;
 * the one address among them is made by the bridge.
 */

export type Argument = string | number;

export interface Running {
  readonly stdout: Readable;
  readonly stdin: Writable;
  /** Resolves when the process is gone and its pipes are read. Never rejects. */
  readonly ended: Promise<Ending>;
  /** At once: nothing of ours needs a soft end, and ffmpeg 7 was seen to heed SIGTERM only after more than two seconds. */
  stop(): void;
}

export interface Ending {
  /** Undefined when it was ended by a signal or could not be started. */
  readonly status: number | undefined;
  /** The last words it said, without addresses. */
  readonly said: string;
}

const alive = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();

/** How many processes of this room there are now. */
export const runningCount = (): number => alive.size;

/** @throws Trouble misconfigured for an argument that is no finite number or holds a zero byte */
export function start(program: string, args: readonly Argument[]): Running {
  const words = args.map((arg) => {
    if (typeof arg === 'number' ? Number.isFinite(arg) : !arg.includes('\0')) return String(arg);
    throw new Trouble('misconfigured', 'argument that no program takes');
  });
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  alive.add(child);
  const voice = lastWords();
  child.stderr.setEncoding('utf8').on('data', voice.add);
  // A process that ended does not take what is still to be written: the reader of its output hears why.
  child.stdin.on('error', () => child.stdin.destroy());
  const { promise: ended, resolve } = Promise.withResolvers<Ending>();
  const finish = (status: number | null, error?: Error): void => {
    alive.delete(child);
    resolve({ status: status ?? undefined, said: error ? `could not be started: ${error.message}` : voice.all() });
  };
  child.once('error', (error) => finish(null, error));
  child.once('close', (status) => finish(status));
  const stop = (): void => void child.kill('SIGKILL');
  return { stdout: child.stdout, stdin: child.stdin, ended, stop };
}

const kept = 4096;

function lastWords(): { add: (text: string) => void; all: () => string } {
  let said = '';
  return {
    add: (text) => {
      said = (said + text).slice(-kept);
    },
    all: () => redact(said),
  };
}

/** Addresses, and what looks like a credential, stay out of logs; so do control characters, with which a log could be forged. */
export const redact = (text: string): string =>
  text
    .replaceAll(/[a-z]+:\/\/[^\s'"]*[^\s'":;,]/gi, '(address)')
    .replaceAll(/(authorization|password|passwd|pwd|token)(["']?\s*[=:]\s*)\S+/gi, '$1$2(hidden)')
    .replaceAll(/[^\P{C}\n]+/gu, ' ')
    .trim();

export interface Once {
  readonly input?: Uint8Array;
  /** Bytes of output after which it is stopped and refused. */
  readonly largest: number;
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
  /** Told when the first output came. */
  readonly began?: () => void;
}

/**
 * Runs a process to its end.
 * @returns its output, which may be empty: what that means is for the caller
 * @throws Trouble silent when its time is over, garbled when it failed or gave too much; the signal's reason when aborted
 */
export async function runOnce(program: string, args: readonly Argument[], once: Once): Promise<Buffer> {
  once.signal?.throwIfAborted();
  const running = start(program, args);
  const timer = setTimeout(() => fail(new Trouble('silent', `not done within ${once.milliseconds} ms`)), once.milliseconds);
  let failure: unknown;
  const fail = (why: unknown): void => {
    failure ??= why;
    running.stop();
  };
  const abort = (): void => fail(once.signal?.reason);
  once.signal?.addEventListener('abort', abort, { once: true });
  const pieces: Buffer[] = [];
  let size = 0;
  running.stdout.on('data', (piece: Buffer) => {
    if (size === 0) once.began?.();
    size += piece.length;
    if (size > once.largest) fail(new Trouble('garbled', `more than ${once.largest} bytes came`));
    else pieces.push(piece);
  });
  running.stdin.end(once.input ?? Buffer.alloc(0));
  const { status, said } = await running.ended;
  clearTimeout(timer);
  once.signal?.removeEventListener('abort', abort);
  if (failure !== undefined) throw failure;
  if (status !== 0) throw new Trouble('garbled', said.split('\n').at(-1) || `ended with ${status ?? 'a signal'}`);
  return Buffer.concat(pieces);
}

/** Resolves when it is one's turn, with what ends it; safe to call twice. */
export type Turns = (signal?: AbortSignal) => Promise<() => void>;

/** At most so many at once; the others wait in order, and beyond `mostWaiting` are refused with Trouble `busy`. */
export function openTurns(most: number, mostWaiting: number): Turns {
  let busy = 0;
  const waiting: (() => void)[] = [];
  const leave = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    };
  };
  return async (signal) => {
    signal?.throwIfAborted();
    if (busy < most) {
      busy += 1;
      return leave();
    }
    if (waiting.length >= mostWaiting) throw new Trouble('busy', 'too many pictures and sounds are asked for at once');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      const place = waiting.indexOf(resolve);
      if (place >= 0) waiting.splice(place, 1);
      reject(signal?.reason);
    };
    waiting.push(resolve);
    signal?.addEventListener('abort', giveUp, { once: true });
    await promise.finally(() => signal?.removeEventListener('abort', giveUp));
    return leave();
  };
}

export type Queue = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** Work in turns. */
export function openQueue(most: number, mostWaiting: number): Queue {
  const turns = openTurns(most, mostWaiting);
  return async (work, signal) => {
    const done = await turns(signal);
    try {
      return await work();
    } finally {
      done();
    }
  };
}
