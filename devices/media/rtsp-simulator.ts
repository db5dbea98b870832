import { randomBytes } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { answerChallenge, type Challenge, parseChallenges } from '../web-digest.ts';
import { describePictures, type Pictures } from './h264.ts';
import { headerOf, type RtspMessage, requestOf, rtspReader, writeRtsp } from './rtsp.ts';
import { openPacer, type Pacer } from './rtsp-simulator-pace.ts';

/** A camera's RTSP server: H.264 from bytes that were encoded once, a microphone that is fed, and the faults of real ones. */

export type RtspFault =
  /** Takes the connection and never answers. */
  | 'silent'
  /** Breaks the connection at the first request. */
  | 'reset'
  /** 404. */
  | 'missing'
  /** 453. */
  | 'busy'
  /** 302 to a host of its choice. */
  | 'redirect'
  /** Answers what is not RTSP. */
  | 'garbage'
  /** Each answer takes 700 ms. */
  | 'slow'
  /** Plays, and sends no picture. */
  | 'stalled';

export interface SimulatedStream {
  readonly pictures: Pictures;
  /** The next samples, 8 kHz mono, as the microphone hears them; `at` is when the first of them is heard. */
  readonly microphone?: (samples: number, at: number) => Int16Array;
  readonly credentials?: {
    readonly username: string;
    readonly password: string;
    readonly algorithm?: 'MD5' | 'SHA-256';
    readonly basic?: boolean;
  };
  readonly fault?: RtspFault;
}

export interface RtspSimulator {
  readonly port: number;
  /** Told for each picture that leaves: its place in the loop, and when. */
  onPicture: ((index: number, at: number) => void) | undefined;
  url(path: string): string;
  /** Adds a stream, or puts another in its place. A fault acts on new requests. */
  set(path: string, stream: SimulatedStream): void;
  /** Connections that play now. */
  readonly playing: number;
  /** Sends no more pictures and keeps every connection, as a camera that hangs. */
  hush(): void;
  /** Breaks every connection, as a camera that starts anew. */
  drop(): void;
  close(): Promise<void>;
}

/** @throws when the port is taken */
export async function openRtspSimulator(streams: Readonly<Record<string, SimulatedStream>>, port = 0): Promise<RtspSimulator> {
  const known = new Map(Object.entries(streams));
  const sessions = new Set<Session>();
  const udp = createSocket('udp4');
  const pacer = openPacer();
  const server = createServer((socket) => {
    const session = new Session(socket, known, udp, pacer);
    sessions.add(session);
    socket.on('close', () => {
      session.end();
      sessions.delete(session);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const address = server.address();
  const own = typeof address === 'object' && address ? address.port : 0;
  return {
    port: own,
    get onPicture() {
      return pacer.onPicture;
    },
    set onPicture(told) {
      pacer.onPicture = told;
    },
    url: (path) => `rtsp://127.0.0.1:${own}${path}`,
    set: (path, stream) => void known.set(path, stream),
    get playing() {
      return pacer.playing;
    },
    hush: () => {
      pacer.hushed = true;
    },
    drop: () => {
      for (const session of sessions) session.break();
    },
    close: async () => {
      for (const session of sessions) session.break();
      await new Promise<void>((resolve) => udp.close(resolve));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const nonce = randomBytes(8).toString('hex');
const text = (body: string): Uint8Array => Buffer.from(body, 'latin1');
type Answer = { readonly status: string; readonly headers?: readonly (readonly [string, string])[]; readonly body?: string };

class Session {
  readonly #socket: Socket;
  readonly #streams: ReadonlyMap<string, SimulatedStream>;
  readonly #udp: UdpSocket;
  readonly #pacer: Pacer;
  readonly #id = randomBytes(4).toString('hex');
  /** By track: where its packets go. */
  readonly #sinks = new Map<number, (packet: Uint8Array) => void>();
  #stop: (() => void) | undefined;

  constructor(socket: Socket, streams: ReadonlyMap<string, SimulatedStream>, udp: UdpSocket, pacer: Pacer) {
    this.#socket = socket;
    this.#streams = streams;
    this.#udp = udp;
    this.#pacer = pacer;
    const reader = rtspReader();
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true).on('data', (chunk) => {
      for (const item of reader.push(chunk)) if (item.kind === 'message') this.#hear(item.message);
    });
  }

  break(): void {
    this.#socket.resetAndDestroy();
  }

  end(): void {
    this.#stop?.();
  }

  #hear(message: RtspMessage): void {
    const asked = requestOf(message);
    if (!asked) return;
    const path = asked.uri.replace(/^rtsps?:\/\/[^/]*/, '');
    const name = path.replace(/\/track\d$|\/$/, '');
    const stream = this.#streams.get(name);
    if (stream?.fault === 'silent') return;
    if (stream?.fault === 'reset') return this.break();
    if (stream?.fault === 'garbage') return void this.#socket.write('HTTP/1.1 400 Bad Request\r\n\r\n<html>');
    const answer = this.#answer(asked, message, stream);
    const send = (): void => {
      const body = text(answer.body ?? '');
      const headers = [['CSeq', headerOf(message, 'cseq') ?? '0'], ['Session', this.#id], ...(answer.headers ?? [])] as const;
      this.#socket.write(
        writeRtsp({
          first: `RTSP/1.0 ${answer.status}`,
          headers: body.length > 0 ? [...headers, ['Content-Length', String(body.length)]] : headers,
          body,
        }),
      );
      if (asked.method === 'PLAY' && stream && answer.status === '200 OK') this.#play(stream);
      if (asked.method === 'TEARDOWN') this.#socket.end();
    };
    if (stream?.fault === 'slow') setTimeout(send, 700);
    else send();
  }

  #answer(asked: { method: string; uri: string }, message: RtspMessage, stream: SimulatedStream | undefined): Answer {
    if (asked.method === 'OPTIONS')
      return { status: '200 OK', headers: [['Public', 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER']] };
    if (!stream || stream.fault === 'missing') return { status: '404 Not Found' };
    const refused = checkLogin(stream, asked.method, message);
    if (refused) return refused;
    if (stream.fault === 'busy') return { status: '453 Not Enough Bandwidth' };
    if (stream.fault === 'redirect') return { status: '302 Moved Temporarily', headers: [['Location', 'rtsp://127.0.0.1:1/elsewhere']] };
    switch (asked.method) {
      case 'DESCRIBE':
        return {
          status: '200 OK',
          headers: [
            ['Content-Type', 'application/sdp'],
            ['Content-Base', `${asked.uri}/`],
          ],
          body: sdpOf(stream),
        };
      case 'SETUP':
        return this.#setUp(asked.uri, headerOf(message, 'transport') ?? '');
      case 'PLAY':
        return { status: '200 OK', headers: [['Range', 'npt=0.000-']] };
      default:
        return { status: '200 OK' };
    }
  }

  #setUp(uri: string, transport: string): Answer {
    const track = Number(/\/track(\d)$/.exec(uri)?.[1] ?? 1);
    const channels = /interleaved=(\d+)/.exec(transport);
    const ports = /client_port=(\d+)/.exec(transport);
    if (channels) {
      const channel = Number(channels[1]);
      this.#sinks.set(track, (packet) => {
        // A reader that does not read loses packets, as it would with a camera.
        if (this.#socket.writableLength > 4_000_000) return;
        this.#socket.write(Buffer.concat([Buffer.from([0x24, channel, packet.length >> 8, packet.length & 255]), packet]));
      });
      return { status: '200 OK', headers: [['Transport', `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`]] };
    }
    if (!ports) return { status: '461 Unsupported Transport' };
    const [port, host] = [Number(ports[1]), this.#socket.remoteAddress ?? '127.0.0.1'];
    this.#sinks.set(track, (packet) => this.#udp.send(packet, port, host));
    const ours = this.#udp.address().port;
    return {
      status: '200 OK',
      headers: [['Transport', `RTP/AVP;unicast;client_port=${port}-${port + 1};server_port=${ours}-${ours + 1}`]],
    };
  }

  #play(stream: SimulatedStream): void {
    const [picture, sound] = [this.#sinks.get(1), this.#sinks.get(2)];
    this.#stop?.();
    if (stream.fault === 'stalled') return;
    const stops = [
      ...(picture ? [this.#pacer.pictures(stream.pictures, picture)] : []),
      ...(sound && stream.microphone ? [this.#pacer.sound(stream.microphone, sound)] : []),
    ];
    this.#stop = () => {
      for (const stop of stops.splice(0)) stop();
    };
  }
}

function sdpOf({ pictures, microphone }: SimulatedStream): string {
  const { sets, profile } = describePictures(pictures.list);
  const video = [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${sets}`,
    'a=control:track1',
  ];
  const audio = ['m=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=control:track2'];
  return `${['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=Simulated camera', 'c=IN IP4 0.0.0.0', 't=0 0', 'a=control:*', ...video, ...(microphone ? audio : [])].join('\r\n')}\r\n`;
}

function checkLogin({ credentials }: SimulatedStream, method: string, message: RtspMessage): Answer | undefined {
  if (!credentials) return undefined;
  const algorithm = credentials.algorithm ?? 'MD5';
  const given = headerOf(message, 'authorization') ?? '';
  const challenge: Challenge = credentials.basic
    ? { scheme: 'basic', params: {} }
    : { scheme: 'digest', params: { realm: 'Camera', nonce, algorithm, qop: 'auth' } };
  const { uri = '', cnonce = '', response } = parseChallenges(given)[0]?.params ?? {};
  const expected = answerChallenge(challenge, credentials, { method, uri, cnonce });
  const right = credentials.basic
    ? given === expected
    : response !== undefined && parseChallenges(expected)[0]?.params['response'] === response;
  if (right) return undefined;
  const asks = credentials.basic ? 'Basic realm="Camera"' : `Digest realm="Camera", nonce="${nonce}", algorithm=${algorithm}, qop="auth"`;
  return { status: '401 Unauthorized', headers: [['WWW-Authenticate', asks]] };
}
