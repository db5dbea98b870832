/**
 * Text as GB18030, which Node reads and does not write. The tables are those of Node's own decoder, turned round, so that
 * what is written here is read there as it was.
 */

interface Tables {
  /** Two bytes by UTF-16 unit. */
  readonly short: ReadonlyMap<number, number>;
  /** Four bytes of the basic plane by UTF-16 unit: the linear number, counted from 81308130. */
  readonly long: ReadonlyMap<number, number>;
}

/** Linear numbers of 81308130 to 8431A439, where the basic plane lies, and of 90308130, where U+10000 does. */
const basicPlane = 39_420;
const supplementary = 189_000;
let made: Tables | undefined;

/** What GB18030 cannot say (half a surrogate pair) becomes a question mark. */
export function toGb18030(text: string): Uint8Array {
  const tables = made ?? makeTables();
  made = tables;
  const bytes = Buffer.alloc(text.length * 4);
  let length = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? undefined : tables.short.get(code);
    if (code < 0x80) bytes[length++] = code;
    else if (pair !== undefined) length = bytes.writeUInt16BE(pair, length);
    else {
      const linear = code > 0xffff ? supplementary + code - 0x10000 : tables.long.get(code);
      length = linear === undefined ? bytes.writeUInt8(0x3f, length) : bytes.writeUInt32BE(fourBytes(linear), length);
    }
  }
  return bytes.subarray(0, length);
}

const fourBytes = (linear: number): number =>
  (0x81 + Math.floor(linear / 12_600)) * 0x1000000 +
  (0x30 + (Math.floor(linear / 1260) % 10)) * 0x10000 +
  (0x81 + (Math.floor(linear / 10) % 126)) * 0x100 +
  (0x30 + (linear % 10));

function makeTables(): Tables {
  const decoder = new TextDecoder('gb18030');
  const short = new Map<number, number>();
  const long = new Map<number, number>();
  const pair = Buffer.alloc(2);
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      pair.writeUInt16BE(lead * 0x100 + trail);
      enter(short, decoder.decode(pair), lead * 0x100 + trail);
    }
  const four = Buffer.alloc(4);
  for (let linear = 0; linear < basicPlane; linear += 1) {
    four.writeUInt32BE(fourBytes(linear));
    enter(long, decoder.decode(four), linear);
  }
  return { short, long };
}

function enter(table: Map<number, number>, read: string, written: number): void {
  const code = read.length === 1 ? read.charCodeAt(0) : 0xfffd;
  if (code !== 0xfffd && !table.has(code)) table.set(code, written);
}
