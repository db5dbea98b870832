import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { digestGuard } from '../../digest-guard.ts';

export interface HikvisionOptions {
  readonly username?: string;
  readonly password?: string;
  /** As its firmware has it: hikvision.com, isapi.org, or none. */
  readonly namespace?: string;
  /** Some firmware gives no length with a part. */
  readonly lengths?: boolean;
  /** What it answers instead of the stream. */
  readonly refuses?: number;
  /** Whether it tells how its inputs stand. */
  readonly tellsInputs?: boolean;
  /** How many questions for an input it hangs up on before it answers. */
  readonly hangsUp?: number;
}

export interface SimulatedHikvision {
  readonly base: string;
  /** Who listens now. */
  readonly listeners: number;
  heartbeat(): void;
  /** Closes or opens an input; `times` is how often it says that it is closed. */
  input(number: number, active: boolean, times?: number): void;
  /** How an input stands without a word of it: a push while nobody listened. */
  stand(number: number, active: boolean): void;
  /** Any bytes on the stream. */
  raw(bytes: string): void;
  /** Ends the streams. */
  cut(): void;
  close(): Promise<void>;
}

const boundary = 'boundary';

const ioAlert = (number: number, active: boolean, count: number): string =>
  `<channelID>34</channelID><dateTime>2026-11-21T18:00:00+08:00</dateTime><activePostCount>${count}</activePostCount>` +
  `<eventType>IO</eventType><eventState>${active ? 'active' : 'inactive'}</eventState><inputIOPortID>${number}</inputIOPortID>`;
const heartbeat =
  '<channelID>0</channelID><activePostCount>0</activePostCount><eventType>videoloss</eventType><eventState>inactive</eventState>';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

function answers(options: HikvisionOptions, xmlns: string, inputs: ReadonlyMap<number, boolean>, streams: Set<ServerResponse>): Answer {
  const guard = options.username === undefined ? undefined : digestGuard({ username: options.username, password: options.password ?? '' });
  let hangsUp = options.hangsUp ?? 0;
  return (request, response) => {
    const refused = guard?.({ method: request.method, url: request.url, authorization: request.headers.authorization });
    if (refused) return void response.writeHead(401, { 'www-authenticate': [...refused] }).end();
    const asked = /^\/ISAPI\/System\/IO\/inputs\/(\d+)\/status$/.exec(request.url ?? '');
    if (asked && hangsUp > 0) {
      hangsUp -= 1;
      return void request.socket.destroy();
    }
    if (asked && options.tellsInputs !== false) {
      const state = inputs.get(Number(asked[1])) ? 'active' : 'inactive';
      return void response.end(`<IOPortStatus${xmlns}><ioPortID>${asked[1]}</ioPortID><ioState>${state}</ioState></IOPortStatus>`);
    }
    if (request.url !== '/ISAPI/Event/notification/alertStream') return void response.writeHead(404).end();
    if (options.refuses !== undefined) return void response.writeHead(options.refuses).end();
    response.writeHead(200, { 'content-type': `multipart/mixed; boundary=${boundary}` });
    response.flushHeaders();
    streams.add(response);
    response.once('close', () => streams.delete(response));
  };
}

/** A camera's ISAPI as far as alarm inputs go. */
export async function simulateHikvision(options: HikvisionOptions = {}): Promise<SimulatedHikvision> {
  const { namespace = 'http://www.isapi.org/ver20/XMLSchema', lengths = true } = options;
  const streams = new Set<ServerResponse>();
  const inputs = new Map<number, boolean>();
  const xmlns = namespace === '' ? '' : ` version="2.0" xmlns="${namespace}"`;
  const server = createServer(answers(options, xmlns, inputs, streams));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const raw = (bytes: string) => {
    for (const stream of streams) stream.write(bytes);
  };
  const alert = (content: string) => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<EventNotificationAlert${xmlns}><ipAddress>192.0.2.64</ipAddress>${content}</EventNotificationAlert>\n`;
    const length = lengths ? `Content-Length: ${Buffer.byteLength(xml)}\r\n` : '';
    raw(`--${boundary}\r\nContent-Type: application/xml; charset="UTF-8"\r\n${length}\r\n${xml}\r\n`);
  };
  const cut = () => {
    for (const stream of streams) stream.destroy();
  };
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get listeners() {
      return streams.size;
    },
    heartbeat: () => alert(heartbeat),
    input(number, active, times = 1) {
      inputs.set(number, active);
      for (let count = 1; count <= times; count += 1) alert(ioAlert(number, active, count));
    },
    stand: (number, active) => void inputs.set(number, active),
    raw,
    cut,
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
