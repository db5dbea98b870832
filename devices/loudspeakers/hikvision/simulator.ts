import { type AddressInfo, createServer, type Socket } from 'node:net';
import { digestGuard, type Guard } from '../../digest-guard.ts';
import { endOfHead } from '../../web-head.ts';
import type { Law } from '../g711.ts';
import { systemTimer } from '../pace.ts';
import { openRecorder, type Recorder, type Recording } from '../recorder.ts';

/** `stale` stands for a session that someone left open; `talker` for someone who speaks and whom a close does not end. */
export type HikvisionFault = 'none' | 'stale' | 'talker' | 'absent' | 'forbidden' | 'no-audio' | 'aac' | 'silent' | 'leaves' | 'not-xml';

export interface HikvisionOptions {
  readonly username?: string;
  readonly password?: string;
  readonly codec?: Law;
  /** Whether `open` names a session, which older firmware does not. */
  readonly session?: boolean;
  readonly fault?: HikvisionFault;
  readonly now?: () => number;
}

export interface SimulatedHikvision {
  readonly sound: Recording;
  readonly base: string;
  /** Every request that was let in, with its status. */
  readonly asked: readonly string[];
  /** Whether its channel is open. */
  readonly open: boolean;
  cut(): void;
  close(): Promise<void>;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
}

const xmlns = 'xmlns="http://www.isapi.org/ver20/XMLSchema"';
const compression: Readonly<Record<Law, string>> = { PCMU: 'G.711ulaw', PCMA: 'G.711alaw' };
const root = '/ISAPI/System/TwoWayAudio/channels';
const sessionId = '2093716360';

function readRequest(head: string): Request {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const authorization = lines.find((line) => /^authorization:/i.test(line))?.slice('authorization:'.length);
  return { method, path, ...(authorization === undefined ? {} : { authorization: authorization.trim() }) };
}

function writeAnswer(status: number, body: string, more: readonly string[] = []): string {
  const head = [`HTTP/1.1 ${status} -`, 'Content-Type: application/xml', `Content-Length: ${Buffer.byteLength(body)}`, ...more];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

const responseStatus = (code: number, sub: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ResponseStatus version="2.0" ${xmlns}><statusCode>${code}</statusCode><subStatusCode>${sub}</subStatusCode></ResponseStatus>`;

class Hikvision {
  readonly asked: string[] = [];
  readonly sockets = new Set<Socket>();
  open: boolean;
  readonly #options: HikvisionOptions;
  readonly #recorder: Recorder;
  readonly #guard: Guard | undefined;

  constructor(options: HikvisionOptions, recorder: Recorder) {
    const { username, password = '', fault } = options;
    this.#options = options;
    this.#recorder = recorder;
    this.open = fault === 'stale' || fault === 'talker';
    this.#guard = username === undefined ? undefined : digestGuard({ username, password, realm: 'DS-2CD2F12FWD-IWS' });
  }

  serve(socket: Socket): void {
    let held: Buffer = Buffer.alloc(0);
    let speaking = false;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      if (speaking) return this.#hear(socket, bytes);
      held = Buffer.concat([held, bytes]);
      for (let end = endOfHead(held); end !== undefined; end = speaking ? undefined : endOfHead(held)) {
        const request = readRequest(held.toString('latin1', 0, end));
        held = held.subarray(end);
        speaking = this.#answer(socket, request);
      }
      if (speaking && held.length > 0) this.#hear(socket, held);
    });
  }

  #hear(socket: Socket, bytes: Buffer): void {
    // A channel that was closed meanwhile takes nothing more.
    if (this.open) this.#recorder.hearRaw(this.#options.codec ?? 'PCMU', bytes);
    if (this.#options.fault === 'leaves') socket.destroy();
  }

  /** Whether raw sound follows on this connection. */
  #answer(socket: Socket, request: Request): boolean {
    if (this.#options.fault === 'silent') return false;
    const challenges = this.#guard?.({ method: request.method, url: request.path, authorization: request.authorization });
    if (challenges) {
      socket.write(writeAnswer(401, '', [`WWW-Authenticate: ${challenges[0]}`]));
      return false;
    }
    const { status, body } = this.#act(request);
    this.asked.push(`${request.method} ${request.path.slice(root.length)} ${status}`);
    socket.write(writeAnswer(status, body));
    return status === 200 && request.path.includes('/audioData');
  }

  #act({ method, path }: Request): { status: number; body: string } {
    const { fault, codec = 'PCMU', session = true } = this.#options;
    if (fault === 'absent') return { status: 404, body: '' };
    if (fault === 'not-xml') return { status: 200, body: '<html><body>Login<br></body></html>' };
    const query = session ? `?sessionId=${sessionId}` : '';
    switch (`${method} ${path.slice(root.length)}`) {
      case 'GET ': {
        const name = fault === 'aac' ? 'AAC' : compression[codec];
        const channel = `<TwoWayAudioChannel><id>1</id><enabled>false</enabled><audioCompressionType>${name}</audioCompressionType></TwoWayAudioChannel>`;
        return {
          status: 200,
          body: `<TwoWayAudioChannelList version="2.0" ${xmlns}>${fault === 'no-audio' ? '' : channel}</TwoWayAudioChannelList>`,
        };
      }
      case 'PUT /1/close':
        if (fault !== 'talker') this.open = false;
        return { status: 200, body: responseStatus(1, 'ok') };
      case 'PUT /1/open':
        if (fault === 'forbidden') return { status: 403, body: responseStatus(4, 'lowPrivilege') };
        if (this.open) return { status: 403, body: responseStatus(2, 'deviceBusy') };
        this.open = true;
        return {
          status: 200,
          body: session ? `<TwoWayAudioSession ${xmlns}><sessionId>${sessionId}</sessionId></TwoWayAudioSession>` : responseStatus(1, 'ok'),
        };
      case `PUT /1/audioData${query}`:
        return this.open ? { status: 200, body: '' } : { status: 403, body: responseStatus(4, 'invalidOperation') };
      default:
        return { status: 404, body: responseStatus(4, 'notSupport') };
    }
  }
}

/** A camera with one channel of two-way audio. */
export async function simulateHikvisionLoudspeaker(options: HikvisionOptions = {}): Promise<SimulatedHikvision> {
  const recorder = openRecorder(options.now ?? systemTimer.now);
  const device = new Hikvision(options, recorder);
  const server = createServer((socket) => device.serve(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of device.sockets) socket.resetAndDestroy();
  };
  return {
    sound: recorder,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: device.asked,
    get open() {
      return device.open;
    },
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
