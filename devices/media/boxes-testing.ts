/** Fragmented MP4 made by hand, as small as it can be: for tests that need no encoder. */

const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
};
const u64 = (value: number): Buffer => u32(Math.floor(value / 2 ** 32), value);

export function box(type: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

const avcC = Buffer.from([1, 0x64, 0, 0x1f, 0xff, 0xe0, 0]);
/** Main profile, main tier, level 3.1, one constraint byte: `hvc1.1.6.L93.B0` (ISO/IEC 14496-15, E.3). */
const hvcC = Buffer.from([1, 0x01, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93, 0xf0, 0]);

export interface HeaderOf {
  readonly codec?: 'avc1' | 'hvc1';
  readonly width?: number;
  readonly height?: number;
  readonly timescale?: number;
  /** Of pictures that say nothing of themselves: key frames, and how long they last. */
  readonly flags?: number;
  readonly duration?: number;
}

export function headerOf({
  codec = 'avc1',
  width = 1280,
  height = 720,
  timescale = 90_000,
  flags = 0x1010000,
  duration = 3600,
}: HeaderOf = {}): Buffer {
  const size = Buffer.alloc(78);
  size.writeUInt16BE(width, 24);
  size.writeUInt16BE(height, 26);
  const entry = box(codec, size, codec === 'avc1' ? box('avcC', avcC) : box('hvcC', hvcC));
  const mdhd = box('mdhd', u32(0, 0, 0, timescale, 0, 0));
  const trak = box('trak', box('tkhd', u32(0)), box('mdia', mdhd, box('minf', box('stbl', box('stsd', u32(0, 1), entry)))));
  const moov = box('moov', box('mvhd', u32(0)), trak, box('mvex', box('trex', u32(0, 1, 1, duration, 0, flags))));
  return Buffer.concat([box('ftyp', Buffer.from('iso5')), moov]);
}

export interface FragmentOf {
  readonly start: number;
  readonly key: boolean;
  readonly durations: readonly number[];
  readonly bytes?: number;
}

/** As ffmpeg writes them: the first picture's flags apart (14496-12, 8.8.8), a duration and a size for each. */
export function fragmentOf({ start, key, durations, bytes = 40 }: FragmentOf): Buffer {
  const tfhd = box('tfhd', u32(0x020000, 1));
  const tfdt = box('tfdt', u32(0x01000000), u64(start));
  const samples = durations.flatMap((duration) => [duration, bytes]);
  const trun = box('trun', u32(0x000305, durations.length, 0, key ? 0x2000000 : 0x1010000, ...samples));
  return Buffer.concat([
    box('moof', box('mfhd', u32(0, 1)), box('traf', tfhd, tfdt, trun)),
    box('mdat', Buffer.alloc(bytes * durations.length, start & 255)),
  ]);
}
