/**
 * The sound that goes ahead of every warning. Our ear knows it to the sample, so it gives the delay of the way even where
 * the words drown; people hear a short rising note. 500 to 3400 Hz: a horn loudspeaker gives little below, G.711 carries
 * nothing above (ITU-T G.712).
 */

/** Samples per second of all sound in here: mono, 16 bit. */
export const rate = 8000;

const [lowest, highest] = [500, 3400];
const chirpSeconds = 0.2;
const pauseSeconds = 0.1;
const peak = 0.5 * 32_767;

let cast: Int16Array | undefined;

/** 200 ms, linear sweep (a flat spectrum is the sharpest in correlation), peak -6 dBFS, ends faded over 10 ms. */
export function chirp(): Int16Array {
  cast ??= Int16Array.from({ length: chirpSeconds * rate }, (_none, at) => Math.round(peak * fade(at) * Math.sin(phase(at / rate))));
  return cast.slice();
}

/** What is sent to a loudspeaker: the chirp, 100 ms of silence, the words (8 kHz mono). */
export function withChirp(words: Int16Array): Int16Array {
  const lead = (chirpSeconds + pauseSeconds) * rate;
  const sent = new Int16Array(lead + words.length);
  sent.set(chirp());
  sent.set(words, lead);
  return sent;
}

/** How many samples at the front of what was sent are chirp: all of it or none. Gain and G.711 do not hide it. */
export function chirpIn(sent: Int16Array): number {
  const call = chirp();
  if (sent.length < call.length) return 0;
  let [together, ours, theirs] = [0, 0, 0];
  for (let at = 0; at < call.length; at += 1) {
    const [a, b] = [call[at] as number, sent[at] as number];
    together += a * b;
    ours += a * a;
    theirs += b * b;
  }
  return together > 0.9 * Math.sqrt(ours * theirs) && theirs > 0 ? call.length : 0;
}

const phase = (second: number): number => 2 * Math.PI * (lowest * second + ((highest - lowest) * second * second) / (2 * chirpSeconds));

function fade(at: number): number {
  const edge = Math.min(at, chirpSeconds * rate - 1 - at) / (0.01 * rate);
  return edge >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * edge);
}
