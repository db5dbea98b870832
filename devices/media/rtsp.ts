import { Trouble } from '../driver.ts';

/** Messages and interleaved data of RTSP 1.0 (RFC 2326), read from a connection and written to it. Pure. */

export interface RtspMessage {
  /** `DESCRIBE rtsp://… RTSP/1.0` or `RTSP/1.0 200 OK`. */
  readonly first: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export type RtspItem =
  | { readonly kind: 'message'; readonly message: RtspMessage }
  /** The next bytes of interleaved frames (`$`, channel, length, packet; 10.12), not cut at frames. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array };

const largestHead = 16_384;
const largestBody = 65_536;

export interface RtspReader {
  /** What the next bytes complete. @throws Trouble garbled */
  push(chunk: Uint8Array): RtspItem[];
}

/** Reads a connection piece by piece. Data passes through without being copied. */
export function rtspReader(): RtspReader {
  let pending: Buffer = Buffer.alloc(0);
  /** Bytes of the current interleaved frame that are still to come. */
  let left = 0;

  const takeData = (bytes: Buffer): number => {
    let at = 0;
    while (at < bytes.length) {
      if (left > 0) {
        const taken = Math.min(left, bytes.length - at);
        left -= taken;
        at += taken;
      } else if (bytes[at] === 0x24 && bytes.length - at >= 4) left = 4 + bytes.readUInt16BE(at + 2);
      else break;
    }
    return at;
  };

  return {
    push: (chunk) => {
      const items: RtspItem[] = [];
      let bytes: Buffer = pending.length === 0 ? asBuffer(chunk) : Buffer.concat([pending, chunk]);
      for (;;) {
        const data = takeData(bytes);
        if (data > 0) items.push({ kind: 'data', bytes: bytes.subarray(0, data) });
        bytes = bytes.subarray(data);
        if (bytes.length === 0 || bytes[0] === 0x24) break;
        const read = readMessage(bytes);
        if (!read) break;
        if (read.message) items.push({ kind: 'message', message: read.message });
        bytes = bytes.subarray(read.length);
      }
      pending = bytes.length === 0 ? Buffer.alloc(0) : Buffer.from(bytes);
      return items;
    },
  };
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const garbled = (why: string): never => {
  throw new Trouble('garbled', `answer is not RTSP: ${why}`);
};

/** Undefined while it is not complete. */
function readMessage(bytes: Buffer): { message?: RtspMessage; length: number } | undefined {
  // Some cameras send an empty line between messages.
  let start = 0;
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start += 1;
  if (start > 0) return { length: start };
  if (!/^[A-Za-z_]/.test(String.fromCharCode(bytes[0] ?? 0))) garbled('neither a message nor a packet');
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0 || end > largestHead) return bytes.length > largestHead ? garbled('its head is too long') : undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  if (!/^(RTSP\/1\.\d \d{3}( |$)|[A-Z_]+ \S+ RTSP\/1\.\d$)/.test(first)) garbled('its first line');
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const] : [];
  });
  const size = Number(headerOf({ headers }, 'content-length') ?? 0);
  if (!Number.isSafeInteger(size) || size < 0 || size > largestBody) garbled('its length');
  const length = end + 4 + size;
  if (bytes.length < length) return undefined;
  return { message: { first, headers, body: Buffer.from(bytes.subarray(end + 4, length)) }, length };
}

/** The first field of that name, whatever its letters. */
export const headerOf = (message: Pick<RtspMessage, 'headers'>, name: string): string | undefined =>
  message.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];

export const headersOf = (message: Pick<RtspMessage, 'headers'>, name: string): string[] =>
  message.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

/** The same message with that field set, or without it. */
export function withHeader(message: RtspMessage, name: string, value: string | undefined): RtspMessage {
  const others = message.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...message, headers: value === undefined ? others : [...others, [name, value]] };
}

export function writeRtsp({ first, headers, body }: RtspMessage): Buffer {
  const head = [first, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** Method and address of a request; status of an answer. */
export const requestOf = (message: RtspMessage): { method: string; uri: string } | undefined => {
  const parts = /^([A-Z_]+) (\S+) RTSP/.exec(message.first);
  return parts ? { method: parts[1] ?? '', uri: parts[2] ?? '' } : undefined;
};
export const statusOf = (message: RtspMessage): number | undefined => {
  const parts = /^RTSP\/1\.\d (\d{3})/.exec(message.first);
  return parts ? Number(parts[1]) : undefined;
};
