import { decodeG711, type Law, payloadTypes } from './g711.ts';
import { frameSamples } from './pace.ts';
import { type RtpPacket, readRtp } from './rtp-packets.ts';

/** What a simulated loudspeaker heard: the sound itself, and when each piece of it came. */

export interface Piece {
  /** When it came, milliseconds of the simulator's own clock. */
  readonly at: number;
  /** Where in the sound it belongs, in samples from the first. */
  readonly from: number;
  readonly samples: Int16Array;
}

export interface Recording {
  readonly pieces: readonly Piece[];
  /** The packets, where it came in packets. */
  readonly rtp: readonly RtpPacket[];
  /** Datagrams or frames that were no sound of an agreed codec. */
  readonly strange: number;
  /** Everything laid out in time; silence where nothing came. */
  pcm(): Int16Array;
  /** Milliseconds between one piece and the next. */
  gaps(): number[];
}

export interface Recorder extends Recording {
  /** A datagram that should be RTP. */
  hearRtp(bytes: Uint8Array): void;
  /** Bytes of a stream without packets, as they came. */
  hearRaw(law: Law, bytes: Uint8Array): void;
}

const lawOf = (payloadType: number): Law | undefined => (['PCMU', 'PCMA'] as const).find((law) => payloadTypes[law] === payloadType);

/** `types` are payload types that were agreed on beside the static ones. */
export function openRecorder(now: () => number, types: ReadonlyMap<number, Law> = new Map()): Recorder {
  const pieces: Piece[] = [];
  const rtp: RtpPacket[] = [];
  let strange = 0;
  let length = 0;

  const keep = (from: number, samples: Int16Array): void => {
    pieces.push({ at: now(), from, samples });
    length = Math.max(length, from + samples.length);
  };

  return {
    pieces,
    rtp,
    get strange() {
      return strange;
    },
    hearRtp: (bytes) => {
      const packet = readRtp(bytes);
      const law = packet && (types.get(packet.payloadType) ?? lawOf(packet.payloadType));
      if (!packet || !law) {
        strange += 1;
        return;
      }
      rtp.push({ ...packet, payload: packet.payload.slice() });
      const first = rtp[0]?.timestamp ?? packet.timestamp;
      keep((packet.timestamp - first) >>> 0, decodeG711(law, packet.payload));
    },
    hearRaw: (law, bytes) => {
      for (let at = 0; at < bytes.length; at += frameSamples) keep(length, decodeG711(law, bytes.subarray(at, at + frameSamples)));
    },
    pcm: () => {
      const sound = new Int16Array(length);
      for (const piece of pieces) sound.set(piece.samples, piece.from);
      return sound;
    },
    gaps: () => pieces.slice(1).map((piece, index) => piece.at - (pieces[index]?.at ?? piece.at)),
  };
}
