/**
 * Fragmented MP4 (ISO/IEC 14496-12) as ffmpeg writes it to a pipe, cut into what a viewer needs: the initialisation
 * segment with its codec, and fragments with their key-frame flag and timing. Pure; one video track.
 */

export interface InitSegment {
  readonly kind: 'init';
  readonly bytes: Uint8Array;
  /** As MediaSource takes it (RFC 6381), for example `avc1.64001f` or `hvc1.1.6.L93.B0`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Ticks in a second. */
  readonly timescale: number;
}

export interface Fragment {
  readonly kind: 'fragment';
  readonly bytes: Uint8Array;
  /** It begins with a picture that needs no other. */
  readonly key: boolean;
  /** Decode time of its first picture and its length, in ticks. */
  readonly start: number;
  readonly duration: number;
  readonly frames: number;
}

export interface BoxReader {
  /** What the next bytes complete. @throws FormatError once the bytes cannot be MP4; it stays thrown */
  push(chunk: Uint8Array): (InitSegment | Fragment)[];
}

export class FormatError extends Error {
  override readonly name = 'FormatError';
}

/** A fragment of 200 ms of the best camera is under 2 MB; what is larger is no fragment. */
const largestBox = 32 * 1024 * 1024;

export function boxReader(): BoxReader {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = 8;
  let parts: Buffer[] = [];
  let init: { segment: InitSegment; defaults: Defaults } | undefined;

  const finish = (box: Buffer, type: string): (InitSegment | Fragment)[] => {
    switch (type) {
      case 'ftyp':
      case 'moof':
        parts = [box];
        return [];
      case 'moov': {
        const bytes = Buffer.concat([...parts, box]);
        init = readInit(bytes, box);
        parts = [];
        return [init.segment];
      }
      case 'mdat': {
        const moof = parts[0];
        parts = [];
        if (!init || !moof || typeAt(moof, 0) !== 'moof') throw new FormatError('media data without a movie fragment');
        return [readFragment(moof, box, init.defaults)];
      }
      default:
        // `sidx`, `styp`, `prft`, `mfra`: of no use to a viewer who was given the fragments in order.
        return [];
    }
  };

  return {
    push: (chunk) => {
      chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      held += chunk.byteLength;
      const out: (InitSegment | Fragment)[] = [];
      while (held >= needed) {
        const bytes = chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks, held);
        chunks = [bytes];
        const size = bytes.readUInt32BE(0);
        if (size < 8 || size > largestBox) throw new FormatError(`box of ${size} bytes`);
        if (!/^[\x20-\x7e]{4}$/.test(typeAt(bytes, 0))) throw new FormatError('no box type');
        needed = size;
        if (held < needed) break;
        // Copied, so that what is kept does not hold on to the larger pieces of the pipe.
        out.push(...finish(Buffer.from(bytes.subarray(0, size)), typeAt(bytes, 0)));
        chunks = [bytes.subarray(size)];
        held -= size;
        needed = 8;
      }
      return out;
    },
  };
}

const typeAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at + 4, at + 8);

/** The children of a box whose content begins at `from`. @throws FormatError */
function* children(bytes: Buffer, from: number, to = bytes.length): Generator<{ type: string; at: number; end: number }> {
  let at = from;
  while (at + 8 <= to) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > to) throw new FormatError('box runs over its end');
    yield { type: typeAt(bytes, at), at: at + 8, end: at + size };
    at += size;
  }
}

/** The first box of that path. */
function find(bytes: Buffer, path: readonly string[], from: number, to: number): { at: number; end: number } | undefined {
  const [wanted, ...rest] = path;
  for (const child of children(bytes, from, to)) {
    if (child.type !== wanted) continue;
    const found = rest.length === 0 ? child : find(bytes, rest, child.at, child.end);
    if (found) return found;
  }
  return undefined;
}

/** Reading past the end of a box is a fault of the stream, not of the program. */
function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError(`${what} is cut short`, { cause: error });
    throw error;
  }
}

interface Defaults {
  readonly duration: number;
  readonly flags: number;
}

function readInit(bytes: Buffer, moov: Buffer): { segment: InitSegment; defaults: Defaults } {
  return reading('movie header', () => {
    const mdhd = find(moov, ['trak', 'mdia', 'mdhd'], 8, moov.length);
    const stsd = find(moov, ['trak', 'mdia', 'minf', 'stbl', 'stsd'], 8, moov.length);
    const trex = find(moov, ['mvex', 'trex'], 8, moov.length);
    if (!mdhd || !stsd) throw new FormatError('movie header without a track');
    const timescale = moov.readUInt32BE(mdhd.at + (moov[mdhd.at] === 1 ? 20 : 12));
    const entry = children(moov, stsd.at + 8, stsd.end).next().value;
    if (!entry || timescale === 0) throw new FormatError('track without a sample entry');
    const segment: InitSegment = {
      kind: 'init',
      bytes,
      codec: readCodec(moov, entry),
      width: moov.readUInt16BE(entry.at + 24),
      height: moov.readUInt16BE(entry.at + 26),
      timescale,
    };
    return {
      segment,
      defaults: trex ? { duration: moov.readUInt32BE(trex.at + 12), flags: moov.readUInt32BE(trex.at + 20) } : { duration: 0, flags: 0 },
    };
  });
}

/** ISO/IEC 14496-15, annex E: the sample entry's name and the profile from the decoder configuration. */
function readCodec(moov: Buffer, entry: { type: string; at: number; end: number }): string {
  const config = [...children(moov, entry.at + 78, entry.end)].find((child) => child.type === 'avcC' || child.type === 'hvcC');
  if (!config) return entry.type;
  if (config.type === 'avcC') return `${entry.type}.${moov.toString('hex', config.at + 1, config.at + 4)}`;
  const profile = moov.readUInt8(config.at + 1);
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  const constraints = [...moov.subarray(config.at + 6, config.at + 12)].map((byte) => byte.toString(16).toUpperCase());
  while (constraints.length > 0 && constraints.at(-1) === '0') constraints.pop();
  const compatibility = reverseBits(moov.readUInt32BE(config.at + 2))
    .toString(16)
    .toUpperCase();
  const tier = (profile & 0x20) === 0 ? 'L' : 'H';
  return [entry.type, `${space}${profile & 0x1f}`, compatibility, `${tier}${moov.readUInt8(config.at + 12)}`, ...constraints].join('.');
}

const reverseBits = (value: number): number => Number.parseInt(value.toString(2).padStart(32, '0').split('').toReversed().join(''), 2);

function readFragment(moof: Buffer, mdat: Buffer, defaults: Defaults): Fragment {
  return reading('movie fragment', () => {
    const traf = find(moof, ['traf'], 8, moof.length);
    const tfdt = traf && find(moof, ['tfdt'], traf.at, traf.end);
    const tfhd = traf && find(moof, ['tfhd'], traf.at, traf.end);
    if (!traf || !tfdt || !tfhd) throw new FormatError('movie fragment without a track');
    const own = readTrackHeader(moof, tfhd.at, defaults);
    const run = { frames: 0, duration: 0, flags: own.flags };
    for (const child of children(moof, traf.at, traf.end)) if (child.type === 'trun') addRun(moof, child.at, own, run);
    const start = moof[tfdt.at] === 1 ? Number(moof.readBigUInt64BE(tfdt.at + 4)) : moof.readUInt32BE(tfdt.at + 4);
    // sample_is_non_sync_sample (14496-12, 8.8.3.1).
    return {
      kind: 'fragment',
      bytes: Buffer.concat([moof, mdat]),
      key: run.frames > 0 && (run.flags & 0x10000) === 0,
      start,
      duration: run.duration,
      frames: run.frames,
    };
  });
}

/** 14496-12, 8.8.7: which fields are there stands in the flags. */
function readTrackHeader(moof: Buffer, at: number, defaults: Defaults): Defaults {
  const flags = moof.readUInt32BE(at) & 0xffffff;
  let next = at + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const take = (bit: number, otherwise: number): number => {
    if (!(flags & bit)) return otherwise;
    next += 4;
    return moof.readUInt32BE(next - 4);
  };
  const duration = take(0x8, defaults.duration);
  take(0x10, 0);
  return { duration, flags: take(0x20, defaults.flags) };
}

/** 14496-12, 8.8.8. Adds up the durations; the flags are those of the very first picture. */
function addRun(moof: Buffer, at: number, own: Defaults, run: { frames: number; duration: number; flags: number }): void {
  const flags = moof.readUInt32BE(at) & 0xffffff;
  const count = moof.readUInt32BE(at + 4);
  let next = at + 8 + (flags & 0x1 ? 4 : 0);
  if (flags & 0x4) {
    if (run.frames === 0) run.flags = moof.readUInt32BE(next);
    next += 4;
  }
  const fields = [0x100, 0x200, 0x400, 0x800].filter((bit) => flags & bit);
  if (fields.length > 0 && next + count * fields.length * 4 > moof.length) throw new FormatError('run of pictures is cut short');
  if (fields.length === 0) run.duration += count * own.duration;
  for (let i = 0; i < count && fields.length > 0; i += 1) {
    run.duration += flags & 0x100 ? moof.readUInt32BE(next) : own.duration;
    if (flags & 0x400 && !(flags & 0x4) && run.frames === 0 && i === 0) run.flags = moof.readUInt32BE(next + 4 * fields.indexOf(0x400));
    next += fields.length * 4;
  }
  run.frames += count;
}

/** The same fragment, starting at another tick of the timeline. */
export function retime(bytes: Uint8Array, start: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const moof = children(copy, 0).next().value;
  const tfdt = moof && find(copy, ['traf', 'tfdt'], moof.at, moof.end);
  if (!tfdt) throw new FormatError('movie fragment without a time');
  const ticks = Math.max(0, Math.round(start));
  if (copy[tfdt.at] === 1) copy.writeBigUInt64BE(BigInt(ticks), tfdt.at + 4);
  else copy.writeUInt32BE(ticks >>> 0, tfdt.at + 4);
  return copy;
}
