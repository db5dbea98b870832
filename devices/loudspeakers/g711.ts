/** ITU-T G.711: one byte a sample at 8 kHz. Samples are 16 bit, the recommendation's 14 bit (µ-law) and 13 bit (A-law) at the top. Pure. */

/** Names as in RFC 3551; PCMU is µ-law, PCMA is A-law. */
export const laws = ['PCMU', 'PCMA'] as const;
export type Law = (typeof laws)[number];

/** Static payload types, RFC 3551 table 4. */
export const payloadTypes: Readonly<Record<Law, number>> = { PCMU: 0, PCMA: 8 };

/** What the code for no sound is; filler, since a byte of zero is the loudest sound of µ-law. */
export const silenceOf: Readonly<Record<Law, number>> = { PCMU: 0xff, PCMA: 0xd5 };

const bias = 0x84;
/** The largest magnitude that does not run over when the bias is added. */
const clip = 32635;

function encodeMu(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), clip) + bias;
  const exponent = 24 - Math.clz32(magnitude);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

function decodeMu(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return bits & 0x80 ? -magnitude : magnitude;
}

/** Every second bit is turned on the line (G.711 table 1, note 2). */
const evenBits = 0x55;

function encodeA(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = (sample < 0 ? ~sample : sample) >> 3;
  const exponent = Math.max(0, 27 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(1, exponent)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ evenBits;
}

function decodeA(code: number): number {
  const bits = code ^ evenBits;
  const exponent = (bits >> 4) & 7;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 0x100) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const encoders: Readonly<Record<Law, (sample: number) => number>> = { PCMU: encodeMu, PCMA: encodeA };
const decoded: Readonly<Record<Law, Int16Array>> = {
  PCMU: Int16Array.from({ length: 256 }, (_, code) => decodeMu(code)),
  PCMA: Int16Array.from({ length: 256 }, (_, code) => decodeA(code)),
};

/** One byte for each sample. */
export function encodeG711(law: Law, samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, encoders[law]);
}

/** One sample for each byte. */
export function decodeG711(law: Law, codes: Uint8Array): Int16Array {
  const table = decoded[law];
  return Int16Array.from(codes, (code) => table[code] ?? 0);
}
