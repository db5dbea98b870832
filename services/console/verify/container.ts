import type { Source } from './report.ts';

/**
 * The ZIP of a bundle, read as strictly as it is written: files one behind the other, not compressed, every byte of every header as it
 * must be. So nothing can be changed, hidden or put in between that the manifest does not cover, and no other program unpacks anything else.
 */

export interface File {
  readonly path: string;
  /** Where its content lies. */
  readonly start: number;
  readonly end: number;
  readonly crc32: number;
}
export interface Container {
  readonly files: readonly File[];
  /** Files whose headers are not as they must be; without a name: the directory. */
  readonly changed: readonly (string | undefined)[];
}

const far = 0xffff_ffff;
const endLength = 22;
const end64Length = 56 + 20;
const headerLength = 30;
const descriptorLength = 16;

/** @returns undefined where there is no directory at the end: no bundle, or one that was cut short */
export async function openContainer(source: Source): Promise<Container | undefined> {
  const place = await directoryOf(source);
  if (!place) return undefined;
  const listed = readDirectory(await source.read(place.start, place.start + place.size), place.count);
  const changed: (string | undefined)[] = [];
  const files: File[] = [];
  let next = 0;
  for (const entry of listed) {
    const start = entry.offset + headerLength + entry.name.length;
    const path = new TextDecoder().decode(entry.name);
    const file = { path, start, end: start + entry.size, crc32: entry.crc };
    const header = await source.read(entry.offset, start);
    const descriptor = await source.read(file.end, file.end + descriptorLength);
    if (entry.offset !== next || !same(header, headerFor(entry)) || !same(descriptor, descriptorFor(entry))) changed.push(path);
    next = file.end + descriptorLength;
    files.push(file);
  }
  const tail = await source.read(Math.min(next, source.size), source.size);
  if (next !== place.start || !same(tail, tailFor(listed, place.start))) changed.push(undefined);
  return { files, changed };
}

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

async function directoryOf(source: Source): Promise<{ start: number; size: number; count: number } | undefined> {
  if (source.size < endLength) return undefined;
  const end = view(await source.read(source.size - endLength, source.size));
  if (end.getUint32(0, true) !== 0x0605_4b50) return undefined;
  let place = { start: end.getUint32(16, true), size: end.getUint32(12, true), count: end.getUint16(10, true) };
  if (place.start === far) {
    const at = source.size - endLength - end64Length;
    if (at < 0) return undefined;
    const end64 = view(await source.read(at, at + end64Length));
    place = { ...place, start: Number(end64.getBigUint64(48, true)) };
  }
  return place.start + place.size <= source.size ? place : undefined;
}

function readDirectory(bytes: Uint8Array<ArrayBuffer>, count: number): readonly Entry[] {
  const fields = view(bytes);
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count && at + 46 <= bytes.length; ) {
    const [nameLength, extraLength] = [fields.getUint16(at + 28, true), fields.getUint16(at + 30, true)];
    const name = bytes.slice(at + 46, at + 46 + nameLength);
    const near = fields.getUint32(at + 42, true);
    const extra = at + 46 + nameLength;
    const offset = near === far && extra + 12 <= bytes.length ? Number(fields.getBigUint64(extra + 4, true)) : near;
    entries.push({ name, crc: fields.getUint32(at + 16, true), size: fields.getUint32(at + 24, true), offset });
    at = extra + extraLength;
  }
  return entries;
}

const common = '08080000 00002100';
const headerFor = ({ name }: Entry) => bytesOf('504b0304 1400', common, u32(0), u32(0), u32(0), u16(name.length), u16(0), name);
const descriptorFor = ({ crc, size }: Entry) => bytesOf('504b0708', u32(crc), u32(size), u32(size));

function tailFor(entries: readonly Entry[], start: number): Uint8Array {
  const listed = bytesOf(...entries.map(entryFor));
  const [count, size, distant] = [entries.length, listed.length, start >= far];
  const counts = [u64(count), u64(count), u64(size), u64(start)];
  const end64 = [bytesOf('504b0606', u64(44), '2d002d00', u64(0), ...counts), bytesOf('504b0607', u32(0), u64(start + size), u32(1))];
  const end = bytesOf('504b0506', u32(0), u16(count), u16(count), u32(size), u32(distant ? far : start), u16(0));
  return bytesOf(listed, ...(distant ? end64 : []), end);
}

function entryFor({ name, crc, size, offset }: Entry): Uint8Array {
  const distant = offset >= far;
  const extra = distant ? bytesOf('01000800', u64(offset)) : bytesOf();
  const version = distant ? '2d002d00' : '14001400';
  const lengths = [u16(name.length), u16(extra.length)];
  const place = [u32(0), u16(0), u32(0), u32(distant ? far : offset)];
  return bytesOf('504b0102', version, common, u32(crc), u32(size), u32(size), ...lengths, ...place, name, extra);
}

/** Texts are hexadecimal. */
function bytesOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? hexBytes(part) : [...part])));
}
const hexBytes = (text: string): number[] => (text.replaceAll(' ', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

const little = (width: number) => (value: number) =>
  Uint8Array.from({ length: width }, (_, index) => Number((BigInt(value) >> BigInt(8 * index)) & 0xffn));
const [u16, u32, u64] = [little(2), little(4), little(8)];

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index]);
