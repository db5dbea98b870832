import { Trouble } from '../driver.ts';

/** RTSP 1.0 on the wire (RFC 2326): requests, answers, and packets in between (10.12). Pure. */

export interface RtspMessage {
  /** First line's three words. */
  readonly first: readonly [string, string, string];
  /** Names in lower case; a field that comes twice is kept in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export type RtspItem =
  | { readonly kind: 'answer'; readonly status: number; readonly message: RtspMessage }
  | { readonly kind: 'request'; readonly method: string; readonly url: string; readonly message: RtspMessage }
  | { readonly kind: 'packet'; readonly channel: number; readonly bytes: Uint8Array };

export const headerOf = (message: RtspMessage, name: string): string | undefined => message.headers.get(name)?.[0];

const largestHead = 16 * 1024;
const largestBody = 256 * 1024;
const dollar = 0x24;

/** Takes bytes as they come and gives what is complete. @throws Trouble garbled where it is no RTSP any more */
export function openRtspReader(): (bytes: Uint8Array) => RtspItem[] {
  let held: Buffer = Buffer.alloc(0);
  return (bytes) => {
    held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
    const items: RtspItem[] = [];
    for (let taken = takeOne(held); taken; taken = takeOne(held)) {
      held = held.subarray(taken.length);
      if (taken.item) items.push(taken.item);
    }
    return items;
  };
}

interface Taken {
  readonly length: number;
  readonly item?: RtspItem;
}

function takeOne(held: Buffer): Taken | undefined {
  if (held.length === 0) return undefined;
  if (held[0] === dollar) return takePacket(held);
  // Empty lines between messages are allowed (RFC 2326 4.1, as in HTTP).
  if (held[0] === 0x0d || held[0] === 0x0a) return { length: 1 };
  const end = held.indexOf('\r\n\r\n');
  if (end < 0 || end > largestHead) {
    if (held.length > largestHead) throw new Trouble('garbled', `head of a message is larger than ${largestHead} bytes`);
    return undefined;
  }
  const [first = '', ...lines] = held.toString('latin1', 0, end).split('\r\n');
  const headers = readHeaders(lines);
  const length = Number(headers.get('content-length')?.[0] ?? '0');
  if (!Number.isInteger(length) || length < 0 || length > largestBody) throw new Trouble('garbled', 'length of a message cannot be read');
  const from = end + 4;
  if (held.length < from + length) return undefined;
  return { length: from + length, item: itemOf(first, headers, held.toString('utf8', from, from + length)) };
}

function takePacket(held: Buffer): Taken | undefined {
  if (held.length < 4) return undefined;
  const length = held.readUInt16BE(2);
  if (held.length < 4 + length) return undefined;
  return { length: 4 + length, item: { kind: 'packet', channel: held.readUInt8(1), bytes: new Uint8Array(held.subarray(4, 4 + length)) } };
}

function readHeaders(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}

function itemOf(line: string, headers: RtspMessage['headers'], body: string): RtspItem {
  const [one = '', two = '', ...rest] = line.split(' ');
  const message: RtspMessage = { first: [one, two, rest.join(' ')], headers, body };
  if (/^RTSP\/\d/.test(one) && /^\d{3}$/.test(two)) return { kind: 'answer', status: Number(two), message };
  if (/^[A-Z_]+$/.test(one) && rest.at(-1)?.startsWith('RTSP/')) return { kind: 'request', method: one, url: two, message };
  throw new Trouble('garbled', 'it does not speak RTSP');
}

export type Headers = Readonly<Record<string, string | number | undefined>>;

const writeHead = (first: string, headers: Headers, body: string): Uint8Array => {
  const length = body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) };
  const lines = Object.entries({ ...headers, ...length }).map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\r\n`));
  return Buffer.from(`${first}\r\n${lines.join('')}\r\n${body}`, 'latin1');
};

/** Values must hold no line ends: they are the code's own, the checked settings, or what the other side sent in one line. */
export const writeRtspRequest = (method: string, url: string, headers: Headers): Uint8Array =>
  writeHead(`${method} ${url} RTSP/1.0`, headers, '');

export const writeRtspAnswer = (status: number, reason: string, headers: Headers, body = ''): Uint8Array =>
  writeHead(`RTSP/1.0 ${status} ${reason}`, headers, body);

/** RFC 2326 10.12. */
export function writeInterleaved(channel: number, packet: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + packet.length);
  bytes.set([dollar, channel, packet.length >> 8, packet.length & 0xff]);
  bytes.set(packet, 4);
  return bytes;
}
