import { FormatError } from './boxes.ts';

/** Plain sound without ffmpeg: WAV files, and another sampling rate. Pure. */

export interface Pcm {
  readonly rate: number;
  readonly samples: Int16Array;
}

/**
 * A WAV file with 8 or 16 bit linear samples; several channels are mixed. A length that is wrong, as programs write that
 * do not know it beforehand, is taken as "to the end".
 * @returns undefined where it is something else
 * @throws FormatError where it is WAV and cannot be read
 */
export function readWav(bytes: Uint8Array): Pcm | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let format: { channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const [name, size] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)];
    const end = Math.min(file.length, at + 8 + size);
    if (name === 'fmt ' && size >= 16 && end - at >= 24) {
      const linear = [1, 0xfffe].includes(file.readUInt16LE(at + 8));
      format = { channels: file.readUInt16LE(at + 10), rate: file.readUInt32LE(at + 12), bits: file.readUInt16LE(at + 22) };
      if (!linear || ![8, 16].includes(format.bits)) return undefined;
    }
    if (name === 'data') {
      if (!format || format.channels === 0 || format.rate < 1000 || format.rate > 384_000)
        throw new FormatError('sound without a usable format');
      return { rate: format.rate, samples: mix(file.subarray(at + 8, end), format) };
    }
    at = end + (size & 1);
  }
  throw new FormatError('sound file without sound');
}

function mix(data: Buffer, { channels, bits }: { channels: number; bits: number }): Int16Array {
  const width = bits / 8;
  const sample = bits === 8 ? (at: number): number => (data.readUInt8(at) - 128) * 256 : (at: number): number => data.readInt16LE(at);
  return Int16Array.from({ length: Math.floor(data.length / (width * channels)) }, (_, index) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += sample((index * channels + channel) * width);
    return Math.round(sum / channels);
  });
}

/** Windowed sinc over 16 samples to each side of the slower rate; what the slower rate cannot carry is taken out. */
export function resample({ rate, samples }: Pcm, wanted: number): Int16Array {
  if (rate === wanted) return samples;
  const step = rate / wanted;
  const cut = Math.min(1, 1 / step) * 0.92;
  const reach = Math.ceil(16 / cut);
  return Int16Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
    const middle = index * step;
    let sum = 0;
    for (let at = Math.max(0, Math.ceil(middle - reach)); at <= Math.min(samples.length - 1, Math.floor(middle + reach)); at += 1) {
      const x = at - middle;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / reach);
      const angle = Math.PI * x * cut;
      sum += (samples[at] ?? 0) * window * cut * (angle === 0 ? 1 : Math.sin(angle) / angle);
    }
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  });
}

/** Little-endian bytes, as ffmpeg writes `s16le`. */
export function fromBytes(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: bytes.byteLength >> 1 }, (_, index) => view.getInt16(index * 2, true));
}
