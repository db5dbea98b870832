import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Trouble } from './driver.ts';
import type { Challenge } from './web-digest.ts';

/** The way to one device: its address, its credential, and how long we wait there. */

export interface Door {
  /** `http://host:port` or `https://host:port` of the configured device. Anything behind the host is not used. */
  readonly base: string;
  readonly username?: string;
  readonly password?: string;
  /** SHA-256 of the certificate that the device must show, in hex, with or without colons. */
  readonly fingerprint?: string;
  /** The password may go out readable over plain HTTP where a device knows nothing but Basic. */
  readonly allowBasic?: boolean;
  /**
   * Where one client keeps the device's last nonce for its own next request (RFC 7616 3.3), which saves the question before
   * each answer. Belongs to that client and that device; without it every request asks first.
   */
  readonly nonce?: KeptNonce;
}

/** A challenge that was met, and how often; `useless` once the device did not take its nonce a second time. */
export interface KeptNonce {
  challenge?: Challenge | undefined;
  count: number;
  useless: boolean;
}

export interface Place {
  readonly secure: boolean;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
}

/** @throws Trouble misconfigured */
export function placeOf(door: Door): Place {
  const url = URL.parse(door.base);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Trouble('misconfigured', 'address is not http:// or https://');
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { secure, host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}

/** Runs something later; the answer takes it back. Tests hand in a clock of their own. */
export type After = (milliseconds: number, run: () => void) => () => void;

export const realAfter: After = (milliseconds, run) => {
  if (!Number.isFinite(milliseconds)) return () => undefined;
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

export interface Bounds {
  /** For the whole of it. */
  readonly milliseconds: number;
  /** Between two pieces of an answer; bounded by `milliseconds` only when absent. */
  readonly idle?: number;
  readonly signal?: AbortSignal;
  readonly after?: After;
}

/** One deadline over all steps of one call. `signal` aborts with the Trouble to throw, or with the caller's own reason. */
export interface Limit {
  readonly signal: AbortSignal;
  /** The device has taken the connection: from now on it is silent rather than unreachable. */
  connected(): void;
  /** Something came or went: the idle time starts anew. */
  moved(): void;
  end(): void;
}

export function openLimit({ milliseconds, idle, signal, after = realAfter }: Bounds): Limit {
  const controller = new AbortController();
  let code: 'unreachable' | 'silent' = 'unreachable';
  const expire = (passed: number) => (): void =>
    controller.abort(new Trouble(code, code === 'silent' ? `no answer within ${passed} ms` : `no connection within ${passed} ms`));
  const abort = (): void => controller.abort(signal?.reason);
  const endOverall = after(milliseconds, expire(milliseconds));
  let endIdle = (): void => undefined;
  const moved = (): void => {
    endIdle();
    if (idle !== undefined && !controller.signal.aborted) endIdle = after(idle, expire(idle));
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  moved();
  return {
    signal: controller.signal,
    connected: () => {
      code = 'silent';
      moved();
    },
    moved,
    end: () => {
      endOverall();
      endIdle();
      signal?.removeEventListener('abort', abort);
    },
  };
}

/** Resolves when the signal aborts or the work is done; a socket that is late is destroyed by the caller's `undo`. */
export function bounded<T>(
  limit: Limit,
  undo: () => void,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const { signal } = limit;
  const abort = (): void => {
    undo();
    reject(signal.reason);
  };
  if (signal.aborted) abort();
  else {
    signal.addEventListener('abort', abort, { once: true });
    start(resolve, reject);
  }
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

/** A connection of its own for each request, with the certificate checked before a byte of ours leaves. @throws Trouble */
export async function connectTo(door: Door, limit: Limit): Promise<Socket> {
  const place = placeOf(door);
  const socket = place.secure ? openTls(place, door) : connectTcp({ host: place.host, port: place.port, noDelay: true });
  try {
    await bounded<void>(
      limit,
      () => socket.destroy(),
      (resolve, reject) => {
        socket.once('error', (error) => reject(troubleOf(error)));
        socket.once('close', () => reject(new Trouble('unreachable', 'connection closed at once')));
        socket.once(place.secure ? 'secureConnect' : 'connect', resolve);
      },
    );
    if (place.secure) checkCertificate(socket as TLSSocket, door);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  // Later errors are heard by whoever reads the answer; one that comes in between must not end the process.
  socket.on('error', () => socket.destroy());
  limit.connected();
  return socket;
}

/** Trust is judged after the handshake, so that the installer can be told which fingerprint the device shows. */
const openTls = (place: Place, door: Door): TLSSocket =>
  connectTls({
    host: place.host,
    port: place.port,
    rejectUnauthorized: false,
    ...(isIP(place.host) === 0 ? { servername: place.host } : {}),
    ...(door.fingerprint === undefined ? {} : { checkServerIdentity: () => undefined }),
  }).setNoDelay(true);

const plainHex = (fingerprint: string): string => fingerprint.replaceAll(/[:\s]/g, '').toLowerCase();

function checkCertificate(socket: TLSSocket, door: Door): void {
  const shown = plainHex(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
  if (door.fingerprint === undefined) {
    if (socket.authorized) return;
    throw new Trouble(
      'misconfigured',
      `certificate is not trusted (${String(socket.authorizationError)}); its SHA-256 fingerprint is ${shown}`,
    );
  }
  if (shown === plainHex(door.fingerprint)) return;
  throw new Trouble('misconfigured', `certificate is not the pinned one: its SHA-256 fingerprint is ${shown}`);
}

/** What a socket or the HTTP parser said, as Trouble without addresses or credentials. */
export function troubleOf(error: unknown): unknown {
  if (error instanceof Trouble || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('HPE_')) return new Trouble('garbled', `answer is not HTTP (${code})`, { cause: error });
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return new Trouble('misconfigured', `no TLS connection (${code})`, { cause: error });
  }
  return new Trouble('unreachable', reasons[code] ?? `connection failed (${code || error.name})`, { cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed while sending',
  EHOSTUNREACH: 'no route to the device',
  ENETUNREACH: 'no route to the device',
  ETIMEDOUT: 'connection timed out',
  ENOTFOUND: 'host name is not known',
  EAI_AGAIN: 'host name cannot be looked up',
};
