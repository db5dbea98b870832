import type { InitSegment } from './boxes.ts';

/** A fragment with its place in time. The bytes carry `start`, which goes on over restarts of the stream. */
export interface Kept {
  readonly init: InitSegment;
  readonly bytes: Uint8Array;
  readonly key: boolean;
  readonly frames: number;
  /** Ticks since the stream was first started. */
  readonly start: number;
  /** Instants of its first picture and of its end. */
  readonly at: number;
  readonly until: number;
}

/** The past of one stream, bounded in time and in bytes, always from a key frame on. */
export interface Ring {
  add(piece: Kept): void;
  /** How far back it should go, milliseconds; the current group of pictures is kept in any case. */
  reach(milliseconds: number): void;
  /** From the last key frame at or before that instant, else from the oldest there is. */
  since(at: number): readonly Kept[];
  /** The current group of pictures. */
  group(): readonly Kept[];
  readonly bytes: number;
  clear(): void;
}

export function openRing(mostBytes: number): Ring {
  let pieces: Kept[] = [];
  let bytes = 0;
  let far = 0;

  /** Where the group after the oldest one begins; 0 when there is no other. */
  const secondKey = (): number =>
    Math.max(
      0,
      pieces.findIndex((piece, index) => index > 0 && piece.key),
    );
  const drop = (count: number): void => {
    for (const piece of pieces.splice(0, count)) bytes -= piece.bytes.byteLength;
  };
  const trim = (): void => {
    const newest = pieces.at(-1)?.until ?? 0;
    for (let next = secondKey(); next > 0; next = secondKey()) {
      if ((pieces[next]?.at ?? 0) > newest - far && bytes <= mostBytes) return;
      drop(next);
    }
    // One group beyond all bounds, of a camera that sends hardly any key frame: its beginning is of no use without the rest.
    if (bytes > mostBytes) drop(pieces.length);
  };

  return {
    add: (piece) => {
      if (pieces.length === 0 && !piece.key) return;
      pieces.push(piece);
      bytes += piece.bytes.byteLength;
      trim();
    },
    reach: (milliseconds) => {
      far = milliseconds;
      trim();
    },
    since: (at) => {
      const from = pieces.findLastIndex((piece) => piece.key && piece.at <= at);
      return pieces.slice(Math.max(0, from));
    },
    group: () => {
      const from = pieces.findLastIndex((piece) => piece.key);
      return from < 0 ? [] : pieces.slice(from);
    },
    get bytes() {
      return bytes;
    },
    clear: () => {
      pieces = [];
      bytes = 0;
    },
  };
}
