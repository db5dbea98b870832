/** Sent sound against received sound, each without the silence behind it. Pure; samples are 16 bit at 8 kHz. */

export interface Comparison {
  /** Received less sent, milliseconds. */
  readonly lengthError: number;
  /** Received less sent, decibels of the mean power. */
  readonly levelError: number;
  /** Normalised, 1 where they are the same but for the level, at the best delay within `reach`. */
  readonly correlation: number;
  /** Milliseconds by which the received sound is later than its own beginning says. */
  readonly delay: number;
}

const samplesAMillisecond = 8;
const reach = 20 * samplesAMillisecond;

/** Decibels below a full-scale square wave; -Infinity for silence. */
export function levelOf(sound: Int16Array): number {
  let power = 0;
  for (const sample of sound) power += sample * sample;
  return 10 * Math.log10(power / Math.max(1, sound.length) / 32768 ** 2);
}

function correlate(sent: Int16Array, received: Int16Array, delay: number): number {
  let [product, powerSent, powerReceived] = [0, 0, 0];
  for (let at = 0; at < sent.length; at += 1) {
    const [a, b] = [sent[at] ?? 0, received[at + delay] ?? 0];
    product += a * b;
    powerSent += a * a;
    powerReceived += b * b;
  }
  return powerSent === 0 || powerReceived === 0 ? 0 : product / Math.sqrt(powerSent * powerReceived);
}

/** The smallest step of A-law: what silence comes out as. */
const silence = 8;

const trimmed = (sound: Int16Array): Int16Array => sound.subarray(0, sound.findLastIndex((sample) => Math.abs(sample) > silence) + 1);

export function compare(sentWhole: Int16Array, receivedWhole: Int16Array): Comparison {
  const [sent, received] = [trimmed(sentWhole), trimmed(receivedWhole)];
  let [correlation, delay] = [-1, 0];
  for (let lag = -reach; lag <= reach; lag += 1) {
    const found = correlate(sent, received, lag);
    if (found > correlation) [correlation, delay] = [found, lag / samplesAMillisecond];
  }
  return {
    lengthError: (received.length - sent.length) / samplesAMillisecond,
    levelError: levelOf(received) - levelOf(sent),
    correlation,
    delay,
  };
}

/** The value below which `share` (0 to 1) of all values lie; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
