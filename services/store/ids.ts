import { createHash, randomBytes } from 'node:crypto';

/** 42 of the 74 free bits stay random; the counter of RFC 9562 section 6.2 (method 1) takes the other 32. */
const counterStart = () => randomBytes(4).readUInt32BE() >>> 1;
const counterEnd = 0xffff_ffff;

export type IdMaker = (now: number) => string;

/**
 * A maker of UUIDv7 (RFC 9562) whose ids rise strictly in the order they were made, also within one millisecond and
 * while `now` stands still or steps back.
 */
export function idMaker(): IdMaker {
  let last = -1;
  let counter = 0;
  return (now) => {
    const millisecond = Math.floor(now);
    if (millisecond > last) {
      last = millisecond;
      counter = counterStart();
    } else if (counter === counterEnd) {
      last += 1;
      counter = counterStart();
    } else {
      counter += 1;
    }
    return format(last, counter);
  };
}

/**
 * The id of what follows from something: the same each time it is made (RFC 9562, 5.8: version 8). It keeps the time and the
 * counter, so that what follows sorts as what it follows from.
 * @param from a UUIDv7, or an id made here
 */
export function idFrom(from: string, name: string): string {
  const bytes = createHash('sha256').update(`${from} ${name}`).digest().subarray(0, 16);
  Buffer.from(from.replaceAll('-', ''), 'hex').copy(bytes, 0, 0, 11);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return written(bytes);
}

/** The incident that a signal opens, whoever decides about it and however often. */
export const incidentIdOf = ({ id }: { readonly id: string }): string => idFrom(id, 'incident');

function format(millisecond: number, counter: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(millisecond, 0, 6);
  bytes[6] = 0x70 | (counter >>> 28);
  bytes[7] = (counter >>> 20) & 0xff;
  bytes[8] = 0x80 | ((counter >>> 14) & 0x3f);
  bytes[9] = (counter >>> 6) & 0xff;
  bytes[10] = ((counter & 0x3f) << 2) | ((bytes[10] ?? 0) & 0x03);
  return written(bytes);
}

function written(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new UUIDv7 for something that happened at `now` (milliseconds since 1970); strictly rising within this process. */
export const uuidv7: IdMaker = idMaker();
