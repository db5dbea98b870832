import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { digestGuard, type Guard } from '../digest-guard.ts';
import type { Law } from './g711.ts';
import { systemTimer } from './pace.ts';
import { openRecorder, type Recorder, type Recording } from './recorder.ts';

/** A loudspeaker that takes sound as the body of one HTTP request; its maker's way of asking for it is given. */

/** `late` refuses when it has heard the first sound, `leaves` ends the connection there, `silent` never says anything. */
export type UploadFault = 'none' | 'busy' | 'forbidden' | 'absent' | 'late' | 'leaves' | 'silent';

export interface UploadSpeakerOptions {
  readonly username?: string;
  readonly password?: string;
  readonly fault?: UploadFault;
  readonly now?: () => number;
}

export interface UploadSpeakerKind {
  readonly path: string;
  readonly contentType: string;
  readonly law: Law;
}

export interface SimulatedUploadSpeaker {
  readonly sound: Recording;
  readonly base: string;
  /** Requests that came with sound, by their headers. */
  readonly requests: readonly IncomingMessage['headers'][];
  /** Whether someone speaks now. */
  readonly talking: boolean;
  cut(): void;
  close(): Promise<void>;
}

const refusals: Partial<Record<UploadFault, number>> = { busy: 503, forbidden: 403, absent: 404 };

class UploadSpeaker {
  readonly requests: IncomingMessage['headers'][] = [];
  talker: IncomingMessage | undefined;
  readonly #kind: UploadSpeakerKind;
  readonly #fault: UploadFault;
  readonly #guard: Guard | undefined;
  readonly #recorder: Recorder;

  constructor(kind: UploadSpeakerKind, options: UploadSpeakerOptions, recorder: Recorder) {
    const { username, password = '', fault = 'none' } = options;
    this.#kind = kind;
    this.#fault = fault;
    this.#recorder = recorder;
    this.#guard = username === undefined ? undefined : digestGuard({ username, password, realm: 'AXIS_1' });
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    if (this.#fault === 'silent') return;
    const challenges = this.#guard?.({ method: request.method, url: request.url, authorization: request.headers.authorization });
    if (challenges) return void response.writeHead(401, { 'www-authenticate': [...challenges] }).end();
    const refusal = this.#refusalOf(request);
    if (refusal !== undefined) return void response.writeHead(refusal).end();
    if (request.headers['content-length'] !== '0') this.#listen(request, response);
    else response.writeHead(200).end();
  }

  #refusalOf(request: IncomingMessage): number | undefined {
    if (request.url !== this.#kind.path || request.method !== 'POST') return 404;
    if (request.headers['content-type'] !== this.#kind.contentType) return 415;
    return this.talker ? 503 : refusals[this.#fault];
  }

  #listen(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.headers);
    this.talker = request;
    const leave = (): void => {
      if (this.talker === request) this.talker = undefined;
    };
    request.on('data', (bytes: Buffer) => {
      this.#recorder.hearRaw(this.#kind.law, bytes);
      if (this.#fault === 'late') response.writeHead(503, { connection: 'close' }).end();
      if (this.#fault === 'leaves') request.socket.destroy();
    });
    request.on('error', leave);
    request.on('close', leave);
    request.on('end', () => {
      leave();
      response.writeHead(200).end();
    });
  }
}

export async function simulateUploadSpeaker(kind: UploadSpeakerKind, options: UploadSpeakerOptions): Promise<SimulatedUploadSpeaker> {
  const recorder = openRecorder(options.now ?? systemTimer.now);
  const speaker = new UploadSpeaker(kind, options, recorder);
  const server: Server = createServer((request, response) => speaker.serve(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<IncomingMessage['socket']>();
  server.on('connection', (socket) => void sockets.add(socket.on('close', () => sockets.delete(socket))));
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    sound: recorder,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: speaker.requests,
    get talking() {
      return speaker.talker !== undefined;
    },
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
