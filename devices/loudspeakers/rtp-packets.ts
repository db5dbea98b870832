import { randomInt } from 'node:crypto';
import { frameSamples } from './pace.ts';

/** RTP, RFC 3550 5.1. Pure, apart from the random start that 5.1 asks for. */

export interface RtpHeader {
  /** 0 to 127. */
  readonly payloadType: number;
  /** First packet after a silence (RFC 3551 4.1). */
  readonly marker: boolean;
  /** 16 bit. */
  readonly sequence: number;
  /** 32 bit, in samples. */
  readonly timestamp: number;
  /** 32 bit. */
  readonly ssrc: number;
}

export interface RtpPacket extends RtpHeader {
  readonly payload: Uint8Array;
}

const fixedHeader = 12;

export function writeRtp(packet: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(fixedHeader + packet.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 2 << 6);
  view.setUint8(1, (packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f));
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp);
  view.setUint32(8, packet.ssrc);
  bytes.set(packet.payload, fixedHeader);
  return bytes;
}

/** undefined where it is no RTP of version 2, or its lengths do not fit. Contributing sources, extension and padding are stepped over. */
export function readRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < fixedHeader) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second] = [view.getUint8(0), view.getUint8(1)];
  if (first >> 6 !== 2) return undefined;
  let from = fixedHeader + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (bytes.length < from + 4) return undefined;
    from += 4 + 4 * view.getUint16(from + 2);
  }
  const padding = first & 0x20 ? (bytes.at(-1) ?? 0) : 0;
  const to = bytes.length - padding;
  if (to < from || (first & 0x20 && padding === 0)) return undefined;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(from, to),
  };
}

/** Makes the packets of one talk: each payload is 20 ms of G.711; `leftOut` as from the pace. */
export type Packetizer = (payload: Uint8Array, leftOut: number) => Uint8Array;

export function openPacketizer(payloadType: number, random: (below: number) => number = (below) => randomInt(below)): Packetizer {
  const ssrc = random(2 ** 32);
  let sequence = random(2 ** 16);
  let timestamp = random(2 ** 32);
  let begun = false;
  return (payload, leftOut) => {
    timestamp = (timestamp + leftOut * frameSamples) >>> 0;
    const bytes = writeRtp({ payloadType, marker: !begun || leftOut > 0, sequence, timestamp, ssrc, payload });
    begun = true;
    sequence = (sequence + 1) & 0xffff;
    timestamp = (timestamp + frameSamples) >>> 0;
    return bytes;
  };
}
