import { rate } from './hearing-chirp.ts';

/** Synthesised streets for the tests and the bench of the hearing: every sound comes from a seed, so that a miss can be had again. */
export type Chance = () => number;

/** mulberry32: 0 <= value < 1, the same for the same seed. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (any: Chance, low: number, high: number): number => low + (high - low) * any();

/** Nearly Gaussian, variance 1: four uniform numbers. */
const bell = (any: Chance): number => (any() + any() + any() + any() - 2) * Math.sqrt(3);

export const hiss = (length: number, any: Chance): Float64Array => Float64Array.from({ length }, () => bell(any));

/** Noise that falls with frequency: `lean` 0 is white, towards 1 is a lorry's rumble. */
export function rumble(length: number, lean: number, any: Chance): Float64Array {
  let held = 0;
  return hiss(length, any).map((fresh) => (held = lean * held + (1 - lean) * fresh));
}

/** A street: tyres and wind, cars that come and pass, an engine near by, horns now and then. */
export function traffic(length: number, any: Chance): Float64Array {
  const out = rumble(length, between(any, 0.3, 0.9), any);
  level(out, 1);
  for (let car = Math.ceil(length / rate / 4); car > 0; car -= 1) pass(out, any);
  hum(out, between(any, 25, 90), between(any, 0.2, 1.5), any);
  for (let horn = Math.floor(between(any, 0, 4)); horn > 0; horn -= 1) honk(out, any);
  return out;
}

function pass(out: Float64Array, any: Chance): void {
  const [middle, width, loud] = [between(any, 0, out.length), between(any, 0.5, 2) * rate, between(any, 0.5, 3)];
  const tyres = rumble(out.length, between(any, 0.2, 0.8), any);
  level(tyres, loud);
  add(out, (at) => (tyres[at] as number) * Math.exp(-(((at - middle) / width) ** 2)));
}

function hum(out: Float64Array, pitch: number, loud: number, any: Chance): void {
  const parts = Array.from({ length: 12 }, (_none, harmonic) => ({ turn: any() * 6.28, size: (loud * any()) / (1 + harmonic / 3) }));
  const sway = between(any, 0.1, 0.6);
  add(out, (at) => {
    const second = at / rate;
    const angle = 2 * Math.PI * pitch * (second + 0.03 * Math.sin(sway * second));
    return parts.reduce((sum, { turn, size }, harmonic) => sum + size * Math.sin((harmonic + 1) * angle + turn), 0);
  });
}

function honk(out: Float64Array, any: Chance): void {
  const [from, long] = [between(any, 0, out.length), between(any, 0.15, 1.2) * rate];
  const [low, high, loud] = [between(any, 330, 420), between(any, 420, 520), between(any, 1, 5)];
  add(out, (at) => {
    if (at < from || at > from + long) return 0;
    const buzz = (pitch: number) => Math.tanh(3 * Math.sin((2 * Math.PI * pitch * at) / rate));
    return loud * 0.5 * (buzz(low) + buzz(high));
  });
}

interface Mouth {
  readonly pitch: number;
  readonly pace: number;
}

/** Something like speech: a buzzing or hissing source through three moving resonances, in syllables with pauses. Rms about 1. */
export function voice(
  length: number,
  any: Chance,
  { pitch, pace }: Mouth = { pitch: between(any, 90, 240), pace: between(any, 3, 6) },
): Float64Array {
  const out = new Float64Array(length);
  let at = Math.floor(between(any, 0, 0.15) * rate);
  while (at < length) {
    const long = Math.floor((rate / pace) * between(any, 0.6, 1.4));
    if (any() > 0.12) syllable(out, at, Math.min(long, length - at), pitch * between(any, 0.8, 1.3), any);
    at += long;
  }
  level(out, 1);
  return out;
}

function syllable(out: Float64Array, from: number, long: number, pitch: number, any: Chance): void {
  const [voiced, bend] = [any() > 0.25, between(any, -0.3, 0.3)];
  const tones = [between(any, 250, 850), between(any, 850, 2300), between(any, 2300, 3300)].map((middle) => resonance(middle, 90));
  let turn = 0;
  for (let at = 0; at < long; at += 1) {
    turn += (pitch * (1 + (bend * at) / long)) / rate;
    const pulse = turn >= 1 ? 8 : 0;
    if (turn >= 1) turn -= 1;
    const source = voiced ? pulse + 0.05 * bell(any) : 0.7 * bell(any);
    const shape = Math.sin((Math.PI * at) / long) ** 0.5;
    out[from + at] = shape * tones.reduce((sum, tone, number) => sum + tone(source) / (1 + number), 0);
  }
}

function resonance(middle: number, width: number): (x: number) => number {
  const pull = Math.exp((-Math.PI * width) / rate);
  const turn = 2 * pull * Math.cos((2 * Math.PI * middle) / rate);
  let [y1, y2] = [0, 0];
  return (x) => {
    const y = (1 - pull) * x + turn * y1 - pull * pull * y2;
    y2 = y1;
    y1 = y;
    return y;
  };
}

export function babble(length: number, mouths: number, any: Chance): Float64Array {
  const out = new Float64Array(length);
  for (let mouth = 0; mouth < mouths; mouth += 1) {
    const one = voice(length, any);
    add(out, (at) => one[at] as number);
  }
  return out;
}

/** Words as a loudspeaker is given them: rms -20 dBFS. */
export function wordsOf(sound: Float64Array): Int16Array {
  const loud = sound.slice();
  level(loud, 3277);
  return toPcm(loud);
}

export const toPcm = (sound: Float64Array): Int16Array =>
  Int16Array.from(sound, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value))));

export function level(sound: Float64Array, rms: number): void {
  const now = rmsOf(sound);
  if (now > 0) for (let at = 0; at < sound.length; at += 1) sound[at] = ((sound[at] as number) * rms) / now;
}

export function rmsOf(sound: Float64Array): number {
  let sum = 0;
  for (const value of sound) sum += value * value;
  return Math.sqrt(sum / Math.max(1, sound.length));
}

function add(out: Float64Array, more: (at: number) => number): void {
  for (let at = 0; at < out.length; at += 1) out[at] = (out[at] as number) + more(at);
}
