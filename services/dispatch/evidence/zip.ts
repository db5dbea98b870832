import { crc32 } from 'node:zlib';

/**
 * ZIP (PKWARE APPNOTE 6.3) as evidence uses it: files one behind the other, not compressed, so that each can be written while it is
 * read. What a header may say is fixed, so that the same files make the same bytes and a checker can demand them. Offsets
 * beyond 4 GiB are written as ZIP64.
 */

/** A single file may be at most this long. */
export const longestFile = 0xffff_fffe;
const ends = 0xffff_ffff;
/** Lengths follow the content; names are UTF-8. */
const flags = 0x0808;
/** 1 January 1980, the earliest there is: when something happened is told by what is in the files. */
const date = 0x0021;
const [plain, zip64] = [20, 45];

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

export interface Zip {
  /** One file, piece by piece. */
  file(name: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** The directory, which ends it. */
  end(): Buffer;
}

export function openZip(): Zip {
  const entries: Entry[] = [];
  let offset = 0;
  return {
    async *file(named, content) {
      const name = Buffer.from(named, 'utf8');
      const start = offset;
      yield localHeader(name);
      let [crc, size] = [0, 0];
      for await (const piece of content) {
        crc = crc32(piece, crc);
        size += piece.byteLength;
        if (size > longestFile) throw new Error(`${named} is longer than a file of a ZIP may be`);
        yield piece;
      }
      const tail = descriptor(crc, size);
      yield tail;
      offset += 30 + name.length + size + tail.length;
      entries.push({ name, crc, size, offset: start });
    },
    end() {
      const listed = Buffer.concat(entries.map(directoryEntry));
      return Buffer.concat([listed, endOf(entries.length, listed.length, offset)]);
    },
  };
}

/** Little-endian fields, each with its width in bytes. */
function fields(...parts: readonly (readonly [value: number, width: 2 | 4 | 8])[]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [, width]) => sum + width, 0));
  let at = 0;
  for (const [value, width] of parts) {
    if (width === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, width);
    at += width;
  }
  return buffer;
}

const localHeader = (name: Buffer): Buffer =>
  Buffer.concat([
    fields([0x0403_4b50, 4], [plain, 2], [flags, 2], [0, 2], [0, 2], [date, 2], [0, 4], [0, 4], [0, 4], [name.length, 2], [0, 2]),
    name,
  ]);

const descriptor = (crc: number, size: number): Buffer => fields([0x0807_4b50, 4], [crc, 4], [size, 4], [size, 4]);

function directoryEntry({ name, crc, size, offset }: Entry): Buffer {
  const far = offset >= ends;
  const extra = far ? fields([0x0001, 2], [8, 2], [offset, 8]) : Buffer.alloc(0);
  const version = far ? zip64 : plain;
  return Buffer.concat([
    fields([0x0201_4b50, 4], [version, 2], [version, 2], [flags, 2], [0, 2], [0, 2], [date, 2], [crc, 4], [size, 4], [size, 4]),
    fields([name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4], [far ? ends : offset, 4]),
    name,
    extra,
  ]);
}

function endOf(count: number, size: number, offset: number): Buffer {
  const far = offset >= ends;
  const end64 = [
    fields([0x0606_4b50, 4], [44, 8], [zip64, 2], [zip64, 2], [0, 4], [0, 4], [count, 8], [count, 8], [size, 8], [offset, 8]),
    fields([0x0706_4b50, 4], [0, 4], [offset + size, 8], [1, 4]),
  ];
  return Buffer.concat([
    ...(far ? end64 : []),
    fields([0x0605_4b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [far ? ends : offset, 4], [0, 2]),
  ]);
}
