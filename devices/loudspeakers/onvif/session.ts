import type { Socket } from 'node:net';
import { Trouble } from '../../driver.ts';
import { answerChallenge, type Challenge, type Credentials, chooseChallenge, parseChallenges } from '../../web-digest.ts';
import { connectTo, type Door, openLimit } from '../../web-door.ts';
import type { Timer } from '../pace.ts';
import {
  type Headers,
  headerOf,
  openRtspReader,
  type RtspItem,
  type RtspMessage,
  writeInterleaved,
  writeRtspAnswer,
  writeRtspRequest,
} from '../rtsp-frames.ts';

/** One RTSP connection to a camera: requests with a deadline, Digest, packets in between. */

const answerWithin = 5000;
/**
 * A server that starts its pictures when it is asked for them describes itself once each of them runs: GStreamer's with an
 * encoder that looks ahead took 1.8 s at 25 pictures a second and 8.7 s at 5, for other clients as well.
 */
const describedWithin = 10_000;
/** Bytes beyond what the kernel holds: close to two seconds of sound that the camera did not take. */
const mostUnsent = 16 * 1024;
const roomWithin = 3000;

export interface RtspAnswer {
  readonly status: number;
  readonly message: RtspMessage;
}

export interface RtspSession {
  /** @throws Trouble silent, unreachable, garbled, refused; other statuses are the caller's to read */
  readonly request: (method: string, url: string, headers?: Headers) => Promise<RtspAnswer>;
  /** @throws Trouble unreachable when the camera takes nothing any more */
  readonly sendPacket: (channel: number, packet: Uint8Array) => void | Promise<void>;
  /** Aborts with a Trouble when the connection is over. */
  readonly broken: AbortSignal;
  readonly end: () => void;
}

export interface RtspOptions {
  readonly door: Door;
  readonly timer: Timer;
  /** Bounds connecting and every request; afterwards the session lives on without it. */
  readonly signal: AbortSignal;
}

/** Requests and answers on one socket, matched by their numbers. */
interface Wire {
  readonly once: (method: string, url: string, headers: Headers) => Promise<RtspAnswer>;
  readonly broken: AbortSignal;
  readonly end: () => void;
}

function openWire(socket: Socket, timer: Timer): Wire {
  const over = new AbortController();
  const waiting = new Map<number, (answer: RtspAnswer) => void>();
  const read = openRtspReader();
  let sequence = 0;

  const fail = (trouble: unknown): void => {
    if (!over.signal.aborted) over.abort(trouble);
    socket.destroy();
  };

  function hear(item: RtspItem): void {
    if (item.kind === 'packet') return;
    const number = Number(headerOf(item.message, 'cseq'));
    if (item.kind === 'answer') waiting.get(number)?.(item);
    else if (item.method === 'TEARDOWN') fail(new Trouble('unreachable', 'the camera ended the session'));
    else socket.write(answerToCamera(item.method, number));
  }

  socket.on('data', (bytes: Buffer) => {
    try {
      for (const item of read(bytes)) hear(item);
    } catch (error) {
      fail(error);
    }
  });
  socket.on('close', () => fail(new Trouble('unreachable', 'the camera closed the connection')));

  return {
    broken: over.signal,
    end: () => fail(new Trouble('unreachable', 'the session is over')),
    once: async (method, url, headers) => {
      over.signal.throwIfAborted();
      sequence += 1;
      const number = sequence;
      const { promise, resolve, reject } = Promise.withResolvers<RtspAnswer>();
      waiting.set(number, resolve);
      const within = method === 'DESCRIBE' ? describedWithin : answerWithin;
      const cancel = timer.after(within, () => reject(new Trouble('silent', `no answer to ${method} within ${within} ms`)));
      const abort = (): void => reject(over.signal.reason);
      over.signal.addEventListener('abort', abort, { once: true });
      socket.write(writeRtspRequest(method, url, { CSeq: number, ...headers, 'User-Agent': 'Baiying' }));
      return promise.finally(() => {
        cancel();
        waiting.delete(number);
        over.signal.removeEventListener('abort', abort);
      });
    },
  };
}

const cameraMayAsk: readonly string[] = ['OPTIONS', 'GET_PARAMETER', 'SET_PARAMETER', 'ANNOUNCE'];

const answerToCamera = (method: string, number: number): Uint8Array =>
  cameraMayAsk.includes(method) ? writeRtspAnswer(200, 'OK', { CSeq: number }) : writeRtspAnswer(501, 'Not Implemented', { CSeq: number });

/** @throws Trouble */
export async function openRtspSession({ door, timer, signal }: RtspOptions): Promise<RtspSession> {
  const limit = openLimit({ milliseconds: answerWithin, signal, after: timer.after });
  const socket = await connectTo(door, limit).finally(() => limit.end());
  const { once, broken, end } = openWire(socket, timer);
  let challenge: Challenge | undefined;
  const withAnswer = (method: string, url: string, headers: Headers): Headers =>
    challenge ? { ...headers, Authorization: answerChallenge(challenge, credentialsOf(door), { method, uri: url }) } : headers;

  async function request(method: string, url: string, headers: Headers = {}): Promise<RtspAnswer> {
    const tried = challenge;
    const answer = await once(method, url, withAnswer(method, url, headers));
    if (answer.status !== 401) return answer;
    const found = (answer.message.headers.get('www-authenticate') ?? []).flatMap(parseChallenges);
    // A challenge to a credential that we gave is a refusal, unless the nonce was only too old (RFC 7616 3.3).
    if (tried && found.every((each) => each.params['stale']?.toLowerCase() !== 'true')) throw notTaken();
    challenge = choose(door, found);
    const again = await once(method, url, withAnswer(method, url, headers));
    if (again.status === 401) throw notTaken();
    return again;
  }

  return {
    request,
    broken,
    end,
    sendPacket: (channel, packet) => {
      if (socket.write(writeInterleaved(channel, packet)) || socket.writableLength < mostUnsent) return undefined;
      return roomIn(timer, (hearRoom) => socket.once('drain', hearRoom));
    },
  };
}

function roomIn(timer: Timer, listen: (hear: () => void) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = timer.after(roomWithin, () => reject(new Trouble('unreachable', 'the camera takes no more sound')));
  listen(resolve);
  return promise.finally(cancel);
}

const notTaken = (): Trouble => new Trouble('refused', 'user name or password not taken');

const credentialsOf = (door: Door): Credentials => ({ username: door.username ?? '', password: door.password ?? '' });

function choose(door: Door, challenges: readonly Challenge[]): Challenge {
  if (door.username === undefined) throw new Trouble('refused', 'the camera asks for a user name and password, and none is set');
  const chosen = chooseChallenge(challenges, door.base.startsWith('https:') || door.allowBasic === true);
  if (chosen) return chosen;
  throw new Trouble('misconfigured', 'the camera asks for a sign-in that would send the password readable, or that is not known here');
}
