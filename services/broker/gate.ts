import type { Duplex } from 'node:stream';

/** Largest packet of a signed-in device: the contract's 16 KiB payload with room for its topic and for saying so politely. */
export const largest = 65_536;
/** Largest first packet: a CONNECT with user name, secret and last will. */
const largestBeforeConnect = 4096;

/** Largest packet of a bridge: Zigbee2MQTT tells all it knows of a hundred devices in one message when it starts. */
export const largestOfBridge = 4 * 1024 * 1024;

/** A packet that was not let in. */
export interface TooLarge {
  /** As announced. */
  readonly bytes: number;
  /** Of a PUBLISH whose topic came in one piece with its header, as it does from nearly every client. */
  readonly topic?: string;
}

/**
 * Watches the sizes that packets announce, before Aedes buffers them: version 1.2.0 has no limit of its own, and one
 * CONNECT header that claims 256 MB makes it hold 200 MB for a stranger. Sits in the stream's own `read`, so it costs no copy.
 * @param tooLarge told of the first such packet; the stream is destroyed right after
 * @param limit bytes, asked after the first packet
 */
export function guardSizes(stream: Duplex, tooLarge: (packet: TooLarge) => void, limit?: () => number): void {
  const gate = openGate(limit);
  const read = stream.read.bind(stream);
  stream.read = (size?: number) => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Uint8Array)) return chunk;
    const refused = gate(chunk);
    if (refused === undefined) return chunk;
    tooLarge(refused);
    stream.destroy();
    return null;
  };
}

/** Follows the fixed headers (MQTT 3.1.1, 2.2) of a byte stream; answers the first packet that is too large. */
export function openGate(limit: () => number = () => largest): (chunk: Uint8Array) => TooLarge | undefined {
  let header = 0;
  let body = 0;
  let inLength = false;
  let length = 0;
  let shift = 0;
  let first = true;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (body > 0) {
        const skipped = Math.min(body, chunk.length - at);
        body -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (!inLength) {
        inLength = true;
        header = byte;
        length = 0;
        shift = 0;
        continue;
      }
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if ((byte & 0x80) !== 0 && shift < 28) continue;
      if (length > (first ? largestBeforeConnect : limit())) return { bytes: length, ...topicOf(header, chunk.subarray(at)) };
      first = false;
      inLength = false;
      body = length;
    }
    return undefined;
  };
}

const publish = 3;
const utf8 = new TextDecoder();

/** @param rest what came behind the fixed header: two bytes of length, then the topic (MQTT 3.1.1, 3.3.2.1) */
function topicOf(header: number, rest: Uint8Array): Pick<TooLarge, 'topic'> {
  const [high, low] = rest;
  if (header >> 4 !== publish || high === undefined || low === undefined) return {};
  const end = 2 + high * 256 + low;
  return rest.length < end ? {} : { topic: utf8.decode(rest.subarray(2, end)) };
}
