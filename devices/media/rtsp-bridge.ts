import { randomBytes } from 'node:crypto';
import { createServer, isIP, type Server, type Socket } from 'node:net';
import { Trouble, type TroubleCode } from '../driver.ts';
import { answerChallenge, type Challenge, chooseChallenge, parseChallenges } from '../web-digest.ts';
import { connectTo, openLimit } from '../web-door.ts';
import { checkAddress, isTarget, type Networks, type RtspPlace } from './address.ts';
import type { Source } from './media.ts';
import { headerOf, headersOf, type RtspMessage, requestOf, rtspReader, statusOf, withHeader, writeRtsp } from './rtsp.ts';

/**
 * Between ffmpeg and a camera. ffmpeg is given an address on our own loopback, good for one connection, and nothing else:
 * no text of a camera or a person stands on its command line, no password in the list of processes, and it cannot be
 * sent to another host. The bridge connects to the checked address, logs in (Digest up to SHA-256, where ffmpeg knows MD5
 * only), pins the certificate, notices silence, and knows why a camera refused. When we die, its end of both
 * connections closes, and ffmpeg ends with it.
 */
export interface Bridge {
  /** For ffmpeg's `-i`. */
  readonly url: string;
  /** What the camera did wrong, as far as anything is known. */
  trouble(): Trouble | undefined;
  /** Whether the camera's description (SDP) names such a medium; false before it came. */
  offers(medium: 'video' | 'audio'): boolean;
  close(): void;
}

export interface BridgeOptions {
  readonly networks?: Networks;
  readonly signal?: AbortSignal;
  /** Milliseconds for the connection. */
  readonly connectWithin?: number;
  /** Milliseconds without a byte after which a camera counts as silent. */
  readonly silentAfter?: number;
}

/** Connects to the camera first, so that no ffmpeg is started for one that is not there. @throws Trouble */
export async function openBridge(source: Source, options: BridgeOptions = {}): Promise<Bridge> {
  const place = checkAddress(source.url, { host: source.host, ...(options.networks ? { networks: options.networks } : {}) });
  const limit = openLimit({ milliseconds: options.connectWithin ?? 5000, ...(options.signal ? { signal: options.signal } : {}) });
  const base = `${place.tls ? 'https' : 'http'}://${isIP(place.host) === 6 ? `[${place.host}]` : place.host}:${place.port}`;
  const camera = await connectTo({ base, ...(source.fingerprint === undefined ? {} : { fingerprint: source.fingerprint }) }, limit).finally(
    () => limit.end(),
  );
  if (!isTarget(camera.remoteAddress ?? '')) {
    camera.destroy();
    throw new Trouble('misconfigured', `${place.host} leads to an address where no camera can stand`);
  }
  const bridge = new RtspBridge(camera, source, place);
  await bridge.listen(options.silentAfter ?? 8000);
  return bridge;
}

interface Pending {
  readonly request: RtspMessage;
  readonly seq: string;
  /** What it was sent an answer to. */
  readonly challenge: Challenge | undefined;
  readonly again: boolean;
}

const ffmpegWithin = 30_000;

class RtspBridge implements Bridge {
  url = '';
  readonly #camera: Socket;
  readonly #source: Source;
  readonly #place: RtspPlace;
  readonly #server: Server;
  #client: Socket | undefined;
  #challenge: Challenge | undefined;
  #trouble: Trouble | undefined;
  #session: string | undefined;
  #description = '';
  #silentAfter = 0;
  #seq = 0;
  #closed = false;
  readonly #pending = new Map<string, Pending>();

  constructor(camera: Socket, source: Source, place: RtspPlace) {
    this.#camera = camera;
    this.#source = source;
    this.#place = place;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  trouble(): Trouble | undefined {
    return this.#trouble;
  }

  offers(medium: 'video' | 'audio'): boolean {
    return this.#description.split('\n').some((line) => line.startsWith(`m=${medium} `));
  }

  async listen(silentAfter: number): Promise<void> {
    const camera = this.#camera;
    const fromCamera = rtspReader();
    camera.on('data', (chunk) => this.#guarded(() => this.#fromCamera(fromCamera.push(chunk))));
    camera.on('drain', () => this.#client?.resume());
    this.#silentAfter = silentAfter;
    // Until ffmpeg comes nothing is to be said; on a busy machine that takes its time.
    camera.setTimeout(ffmpegWithin, () =>
      this.#fail('silent', this.#client ? `nothing came for ${silentAfter / 1000} s` : 'ffmpeg did not come'),
    );
    camera.on('close', () => this.#fail('unreachable', 'the camera closed the connection'));
    const listening = Promise.withResolvers<void>();
    this.#server.on('error', (error) => {
      listening.reject(error);
      this.close();
    });
    this.#server.listen(0, '127.0.0.1', 1, listening.resolve);
    await listening.promise;
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Trouble('unreachable', 'no port of our own');
    this.url = `rtsp://127.0.0.1:${address.port}/${randomBytes(16).toString('hex')}`;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#server.close();
    this.#client?.destroy();
    // Cameras have few sessions, and some keep one for a minute after a connection that just broke.
    if (this.#session !== undefined && this.#camera.writable)
      this.#ask({ first: `TEARDOWN ${this.#place.url} RTSP/1.0`, headers: [['Session', this.#session]], body: Buffer.alloc(0) }, '0');
    this.#camera.resume().setTimeout(500, () => this.#camera.destroy());
    this.#camera.end();
  }

  /** Whoever does not know the name of the stream, another program of this machine, is not the one we wait for. */
  #accept(socket: Socket): void {
    const reader = rtspReader();
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) =>
      this.#guarded(() => {
        for (const item of reader.push(chunk)) {
          if (item.kind === 'message' && !this.#client && requestOf(item.message)?.uri.startsWith(this.url)) this.#adopt(socket);
          if (socket !== this.#client) socket.destroy();
          else if (item.kind === 'message') this.#fromClient(item.message);
          else if (!this.#camera.write(item.bytes)) socket.pause();
        }
      }),
    );
  }

  #adopt(socket: Socket): void {
    this.#client = socket;
    this.#server.close();
    this.#camera.setTimeout(this.#silentAfter);
    socket.on('drain', () => this.#camera.resume());
    socket.on('close', () => this.close());
  }

  #fromClient(message: RtspMessage): void {
    const asked = requestOf(message);
    if (!asked) {
      this.#camera.write(writeRtsp(message));
      return;
    }
    const uri = asked.uri.startsWith(this.url) ? this.#place.url + asked.uri.slice(this.url.length) : asked.uri;
    this.#ask({ ...message, first: `${asked.method} ${uri} RTSP/1.0` }, headerOf(message, 'cseq') ?? '0');
  }

  #ask(request: RtspMessage, seq: string, again = false): void {
    this.#seq += 1;
    const own = String(this.#seq);
    const asked = requestOf(request);
    const { username, password = '' } = this.#source;
    const authorization =
      this.#challenge && username !== undefined && asked ? answerChallenge(this.#challenge, { username, password }, asked) : undefined;
    this.#pending.set(own, { request, seq, again, challenge: this.#challenge });
    this.#camera.write(writeRtsp(withHeader(withHeader(request, 'CSeq', own), 'Authorization', authorization)));
  }

  #fromCamera(items: ReturnType<ReturnType<typeof rtspReader>['push']>): void {
    for (const item of items) {
      const bytes = item.kind === 'data' ? item.bytes : this.#answer(item.message);
      if (bytes && this.#client?.write(bytes) === false) this.#camera.pause();
    }
  }

  /** What ffmpeg gets to see of an answer; nothing where we ask again with the password. */
  #answer(message: RtspMessage): Uint8Array | undefined {
    const status = statusOf(message);
    // A request of the camera: REDIRECT (RFC 2326, 10.10) would lead elsewhere, the others are ffmpeg's to answer.
    if (status === undefined) return requestOf(message)?.method === 'REDIRECT' ? undefined : writeRtsp(message);
    const own = headerOf(message, 'cseq') ?? '';
    const pending = this.#pending.get(own);
    this.#pending.delete(own);
    if (!pending) return undefined;
    if (status === 401 && this.#canLogIn(message, pending)) {
      this.#ask(pending.request, pending.seq, true);
      return undefined;
    }
    const method = requestOf(pending.request)?.method ?? '';
    if (status === 200 && method === 'DESCRIBE') this.#description = Buffer.from(message.body).toString('latin1');
    if (status === 200 && method === 'SETUP') this.#session = headerOf(message, 'session')?.split(';')[0];
    if (status >= 300 && ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY'].includes(method)) {
      const [code, why] = meanings[status] ?? (status < 400 ? elsewhere : (['garbled', `answered ${method} with ${status}`] as const));
      this.#fail(code, why);
      return undefined;
    }
    return writeRtsp(withHeader(message, 'CSeq', pending.seq));
  }

  #canLogIn(message: RtspMessage, pending: Pending): boolean {
    if (this.#source.username === undefined) return false;
    const offered = headersOf(message, 'www-authenticate').flatMap(parseChallenges);
    const allowed = this.#place.tls || this.#source.allowBasic === true;
    const chosen = chooseChallenge(offered, allowed);
    if (!chosen && offered.some((challenge) => challenge.scheme === 'basic'))
      this.#fail('misconfigured', 'the camera wants the password readable (Basic), which is not allowed for it');
    // The same question after an answer, or any after the second try, means that the password is wrong: cameras lock accounts.
    if (!chosen || pending.again || (pending.challenge && pending.challenge.params['nonce'] === chosen.params['nonce'])) return false;
    this.#challenge = chosen;
    return true;
  }

  #guarded(work: () => void): void {
    try {
      if (!this.#closed) work();
    } catch (error) {
      this.#fail(error instanceof Trouble ? error.code : 'garbled', error instanceof Error ? error.message : 'unknown');
    }
  }

  #fail(code: TroubleCode, why: string): void {
    if (!this.#closed) this.#trouble ??= new Trouble(code, why);
    this.close();
  }
}

const elsewhere = ['misconfigured', 'the camera sends us to another address, which is not followed'] as const;
const meanings: Readonly<Record<number, readonly [TroubleCode, string]>> = {
  401: ['refused', 'user or password was not taken'],
  403: ['refused', 'this user may not see the stream'],
  404: ['misconfigured', 'the camera has no such stream'],
  453: ['busy', 'the camera has no bandwidth left'],
  461: ['unsupported', 'the camera does not send over TCP'],
  503: ['busy', 'the camera serves no more viewers'],
};
