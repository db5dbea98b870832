import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { digestGuard, type Guard } from '../../digest-guard.ts';
import { type Law, payloadTypes } from '../g711.ts';
import { systemTimer } from '../pace.ts';
import { openRecorder, type Recorder, type Recording } from '../recorder.ts';
import { headerOf, openRtspReader, type RtspItem, writeRtspAnswer, writeRtspRequest } from '../rtsp-frames.ts';
import { openUdpPair, type UdpPair } from '../udp.ts';

/** What a camera does wrong. `silent` takes connections and says nothing; `forgets` plays, but does not know its session when asked. */
export type CameraFault = 'none' | 'no-backchannel' | 'no-speaker' | 'busy' | 'silent' | 'garbled' | 'aac-only' | 'forgets';

export interface CameraOptions {
  readonly username?: string;
  readonly password?: string;
  readonly codec?: Law;
  /** Without UDP it answers 461 to it. */
  readonly udp?: boolean;
  readonly fault?: CameraFault;
  /** What it does before it describes itself, such as starting its pictures. */
  readonly starts?: () => Promise<void>;
  readonly now?: () => number;
}

export interface SimulatedCamera {
  readonly sound: Recording;
  readonly port: number;
  readonly url: string;
  /** Method and status of everything that was asked. */
  readonly asked: readonly string[];
  /** Sessions that are set up and not torn down. */
  readonly sessions: number;
  /** Packets that came before PLAY was answered: a fault of the client. */
  readonly early: number;
  /** Cuts every connection as a power failure would. */
  cut(): void;
  /** Says goodbye itself, as a camera that restarts. */
  dismiss(): void;
  close(): Promise<void>;
}

interface Client {
  readonly socket: Socket;
  session?: string;
  channel?: number;
  pair?: UdpPair;
  playing: boolean;
}

type Request = Extract<RtspItem, { kind: 'request' }>;
type Answer = { readonly status: number; readonly reason?: string; readonly headers?: Record<string, string>; readonly body?: string };

const codecLine: Readonly<Record<Law, string>> = { PCMU: 'PCMU/8000', PCMA: 'PCMA/8000' };

/** Picture, microphone and, for who asks, the way back: as in the example of the specification (5.3.3). */
function description(codec: Law, fault: CameraFault, back: boolean): string {
  const type = fault === 'aac-only' ? 97 : payloadTypes[codec];
  const map = fault === 'aac-only' ? 'MPEG4-GENERIC/16000' : codecLine[codec];
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=camera', 't=0 0', 'a=control:*', 'm=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000'];
  lines.push('a=control:trackID=0', 'a=recvonly', 'm=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=control:trackID=1', 'a=recvonly');
  if (back) lines.push(`m=audio 0 RTP/AVP ${type}`, `a=rtpmap:${type} ${map}`, 'a=control:trackID=2', 'a=sendonly');
  return [...lines, ''].join('\r\n');
}

const statusWords: Readonly<Record<number, string>> = {
  200: 'OK',
  401: 'Unauthorized',
  404: 'Not Found',
  453: 'Not Enough Bandwidth',
  454: 'Session Not Found',
  461: 'Unsupported Transport',
  551: 'Option not supported',
};

/** One camera with a loudspeaker; it takes one talker at a time. */
class Camera {
  readonly asked: string[] = [];
  readonly clients = new Set<Client>();
  early = 0;
  readonly #options: CameraOptions;
  readonly #guard: Guard | undefined;
  readonly #recorder: Recorder;

  constructor(options: CameraOptions, recorder: Recorder) {
    const { username, password = '' } = options;
    this.#options = options;
    this.#recorder = recorder;
    this.#guard = username === undefined ? undefined : digestGuard({ username, password, realm: 'camera' });
  }

  serve(socket: Socket): void {
    const client: Client = { socket, playing: false };
    const read = openRtspReader();
    this.clients.add(client);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#leave(client));
    socket.on('data', (bytes: Buffer) => {
      for (const item of read(bytes)) {
        if (item.kind === 'packet' && item.channel === client.channel) this.#hear(client, item.bytes);
        if (item.kind === 'request') void this.#answer(client, item);
      }
    });
  }

  #leave(client: Client): void {
    client.pair?.close();
    this.clients.delete(client);
  }

  #hear(client: Client, packet: Uint8Array): void {
    if (!client.playing) this.early += 1;
    this.#recorder.hearRtp(packet);
  }

  async #answer(client: Client, request: Request): Promise<void> {
    const cseq = headerOf(request.message, 'cseq') ?? '0';
    if (this.#options.fault === 'silent') return;
    if (this.#options.fault === 'garbled') return void client.socket.write('HTTP/1.1 200 OK\r\n\r\n<html>');
    const authorization = headerOf(request.message, 'authorization');
    const challenges = this.#guard?.({ method: request.method, url: request.url, authorization });
    const answer = challenges ? { status: 401, headers: { 'WWW-Authenticate': challenges[0] ?? '' } } : await this.#act(client, request);
    this.asked.push(`${request.method} ${answer.status}`);
    const { status, headers = {}, body = '' } = answer as Answer;
    client.socket.write(writeRtspAnswer(status, statusWords[status] ?? 'Error', { CSeq: cseq, ...headers }, body));
    if (request.method === 'PLAY' && status === 200) client.playing = true;
  }

  async #act(client: Client, request: Request): Promise<Answer> {
    const { fault = 'none', codec = 'PCMU' } = this.#options;
    const wantsBack = headerOf(request.message, 'require') === 'www.onvif.org/ver20/backchannel';
    if (fault === 'no-backchannel' && wantsBack) return { status: 551, headers: { Unsupported: 'www.onvif.org/ver20/backchannel' } };
    switch (request.method) {
      case 'DESCRIBE': {
        await this.#options.starts?.();
        const headers = { 'Content-Base': `${request.url}/`, 'Content-Type': 'application/sdp' };
        return { status: 200, headers, body: description(codec, fault, wantsBack && fault !== 'no-speaker') };
      }
      case 'SETUP':
        return this.#setUp(client, request);
      case 'PLAY':
        return { status: client.session !== undefined && headerOf(request.message, 'session') === client.session ? 200 : 454 };
      case 'TEARDOWN':
        client.playing = false;
        client.pair?.close();
        delete client.session;
        return { status: 200 };
      default:
        return { status: fault === 'forgets' ? 454 : 200 };
    }
  }

  async #setUp(client: Client, request: Request): Promise<Answer> {
    const taken = [...this.clients].some((other) => other !== client && other.session !== undefined);
    if (this.#options.fault === 'busy' || taken) return { status: 453 };
    if (!request.url.endsWith('/trackID=2')) return { status: 404 };
    const transport = headerOf(request.message, 'transport') ?? '';
    client.session = `session-${this.asked.length}`;
    const session = { Session: `${client.session};timeout=60` };
    if (transport.includes('/TCP')) {
      client.channel = 4;
      return { status: 200, headers: { ...session, Transport: 'RTP/AVP/TCP;unicast;interleaved=4-5' } };
    }
    if (this.#options.udp === false) {
      delete client.session;
      return { status: 461 };
    }
    client.pair = await openUdpPair({ address: '127.0.0.1', failed: () => undefined, hear: ({ bytes }) => this.#hear(client, bytes) });
    const ports = `server_port=${client.pair.rtp.port}-${client.pair.rtcp.port}`;
    // It names another source, as cameras behind a router do; nobody is to follow that.
    return { status: 200, headers: { ...session, Transport: `${transport};source=192.0.2.9;${ports}` } };
  }

  dismiss(client: Client): void {
    client.socket.write(writeRtspRequest('TEARDOWN', '*', { CSeq: 1, Session: client.session }));
  }
}

/** A camera whose loudspeaker is reached by the ONVIF back channel, on a free port of this machine. */
export async function simulateOnvifLoudspeaker(options: CameraOptions = {}): Promise<SimulatedCamera> {
  const recorder = openRecorder(options.now ?? systemTimer.now);
  const camera = new Camera(options, recorder);
  const server = createServer({ noDelay: true }, (socket) => camera.serve(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const { socket } of camera.clients) socket.resetAndDestroy();
  };
  return {
    sound: recorder,
    port,
    url: `rtsp://127.0.0.1:${port}/media/profile1`,
    asked: camera.asked,
    get sessions() {
      return [...camera.clients].filter((client) => client.session !== undefined).length;
    },
    get early() {
      return camera.early;
    },
    cut,
    dismiss: () => {
      for (const client of camera.clients) camera.dismiss(client);
    },
    close: async () => {
      cut();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
