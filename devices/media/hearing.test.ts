import { describe, expect, it } from 'vitest';
import { chirp, hear, rate, withChirp } from './hearing.ts';
import { chirpIn } from './hearing-chirp.ts';
import { babble, between, chance, hiss, rumble, toPcm, traffic, voice, wordsOf } from './hearing-testing.ts';
import { microphone, travel, type Way } from './hearing-testing-way.ts';

const words = (seed: number, seconds = 4): Int16Array => wordsOf(voice(seconds * rate, chance(seed)));
const street = (seed: number, seconds = 10): Float64Array => traffic(seconds * rate, chance(seed));
const plain: Way = { delay: rate, ppm: 0, echo: 'none', loud: 2000, g711: false };

describe('what is heard', () => {
  const ways: readonly (readonly [string, Partial<Way>])[] = [
    ['in silence', {}],
    ['at +20 dB through G.711', { snr: 20, g711: true }],
    ['5 s late', { snr: 5, delay: 5 * rate }],
    ['when the recording began after the chirp', { snr: 5, delay: -1.5 * rate }],
    ['with clocks 200 ppm apart', { snr: 0, ppm: 200 }],
    ['with clocks 200 ppm apart the other way', { snr: 0, ppm: -200 }],
    ['with the echo of a street', { snr: 0, echo: 'street' }],
    ['in a hall', { snr: 0, echo: 'hall' }],
    ['hardly above the last bit', { snr: 5, loud: 4 }],
    ['clipped hard', { snr: 10, loud: 25_000 }],
    ['10 dB under traffic', { snr: -10, echo: 'street', g711: true, ppm: 90 }],
  ];

  it.each(ways)('%s: heard', (_name, change) => {
    const way = { ...plain, ...change };
    const verdict = hear(withChirp(words(7)), travel(withChirp(words(7)), street(8), way, chance(9)));
    expect(verdict).toMatchObject({ heard: true });
    expect(Math.abs((verdict.delayMs ?? 0) - (way.delay * 1000) / rate)).toBeLessThanOrEqual(2);
    expect(verdict.confidence).toBeGreaterThan(0.9);
  });

  it.each([10, 0, -6])('the level is told within 3 dB: %i dB', (snr) => {
    const noise = rumble(9 * rate, 0.3, chance(3));
    const verdict = hear(withChirp(words(4)), travel(withChirp(words(4)), noise, { ...plain, snr }, chance(5)));
    expect(Math.abs((verdict.levelDb ?? Number.NaN) - snr)).toBeLessThanOrEqual(3);
  });

  it('a chirp alone, when nothing else was sent', () => {
    const verdict = hear(chirp(), travel(chirp(), street(2), { ...plain, snr: 5 }, chance(1)));
    expect(verdict).toMatchObject({ heard: true, why: 'chirp' });
  });

  it('turned over by a loudspeaker with its wires crossed', () => {
    const recorded = travel(withChirp(words(6)), street(2), { ...plain, snr: 0 }, chance(1)).map((value) => -value);
    expect(hear(withChirp(words(6)), recorded).heard).toBe(true);
  });
});

describe('what is not heard', () => {
  const sent = withChirp(words(21));
  const elsewhere = (said: Int16Array, snr: number): Int16Array => travel(said, street(31), { ...plain, snr, echo: 'street' }, chance(32));

  const table: readonly (readonly [string, string, () => Int16Array])[] = [
    ['a dead microphone', 'microphone-silent', () => new Int16Array(10 * rate)],
    ['a muted mu-law coder', 'microphone-silent', () => Int16Array.from({ length: 10 * rate }, (_none, at) => (at % 3 ? 0 : 8))],
    ['half a second', 'too-short', () => sent.subarray(0, rate / 2)],
    ['a quiet room', 'not-found', () => microphone(hiss(10 * rate, chance(1)), { loud: 20, g711: false })],
    ['traffic', 'not-found', () => microphone(street(40), { loud: 2000, g711: true })],
    ['people talking', 'not-found', () => toPcm(babble(12 * rate, 3, chance(41)).map((value) => value * 800))],
    ['other words', 'not-found', () => elsewhere(words(22), 10)],
    ['other words after the same chirp', 'other-words', () => elsewhere(withChirp(words(22)), 10)],
    ['words that stop after a third', 'partly', () => elsewhere(sent.subarray(0, Math.floor(sent.length / 3)), 15)],
    ['another sentence with the same beginning', 'partly', () => elsewhere(sameBeginning(sent), 15)],
  ];

  it.each(table)('%s: %s', (_name, why, recorded) => expect(hear(sent, recorded())).toMatchObject({ heard: false, why }));

  it('nothing, when nothing was sent', () => {
    expect(hear(new Int16Array(0), microphone(street(40), { loud: 2000, g711: true }))).toMatchObject({ heard: false, why: 'too-short' });
  });

  function sameBeginning(said: Int16Array): Int16Array {
    const other = said.slice();
    const from = Math.floor(said.length * 0.4);
    other.set(words(23).subarray(0, said.length - from), from);
    return other;
  }
});

describe('over many streets', () => {
  it('never hears what was not there', () => {
    const wrong = Array.from({ length: 6 }, (_none, seed) => {
      const any = chance(500 + seed);
      const noise = traffic(11 * rate, any);
      const sound =
        seed % 3 === 0
          ? travel(withChirp(words(90 + seed, 4)), noise, { ...plain, snr: between(any, -5, 20) }, any)
          : toPcm(noise.map((value) => value * 900));
      return hear(withChirp(words(60 + seed, 4)), sound);
    }).filter(({ heard }) => heard);
    expect(wrong).toEqual([]);
  });

  it('and hears what was, 10 dB under the noise', () => {
    const verdicts = Array.from({ length: 4 }, (_none, seed) => {
      const any = chance(700 + seed);
      const sent = withChirp(words(80 + seed));
      const way: Way = {
        delay: Math.floor(between(any, 0, 5 * rate)),
        ppm: between(any, -200, 200),
        echo: 'street',
        snr: -10,
        loud: 2000,
        g711: true,
      };
      return hear(sent, travel(sent, traffic(11 * rate, any), way, any)).heard;
    });
    expect(verdicts.filter(Boolean).length).toBe(4);
  });
});

describe('the chirp', () => {
  it('is 200 ms that do not clip', () => {
    expect(chirp().length).toBe(0.2 * rate);
    expect(Math.max(...chirp())).toBeLessThan(17_000);
    expect(Math.abs(chirp()[0] ?? 1)).toBeLessThan(50);
  });

  it('is known at the front of what was sent, and missed where it is not', () => {
    expect(chirpIn(withChirp(words(1)))).toBe(0.2 * rate);
    expect(chirpIn(withChirp(words(1)).map((value) => Math.round(value / 3)))).toBe(0.2 * rate);
    expect(chirpIn(words(1))).toBe(0);
    expect(chirpIn(new Int16Array(10))).toBe(0);
  });
});
