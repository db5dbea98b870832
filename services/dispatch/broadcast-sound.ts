import { withChirp } from '../../devices/media/hearing.ts';
import type { Media } from '../../devices/media/index.ts';
import type { Log } from '../ports.ts';
import type { NewBroadcast } from '../store/broadcasts.ts';

/** A broadcast's words as sound: mono, 16 bit, 8 kHz. */

export interface SoundDeps {
  readonly log: Log;
  readonly media: Pick<Media, 'speech' | 'decode'>;
  /** The sound file of a recorded phrase; undefined when nobody recorded it. */
  readonly recorded: (phraseId: string, lang: 'zh' | 'en') => Promise<Uint8Array | undefined>;
}

export interface Uttered {
  readonly samples: Int16Array;
  /** Where the words came from. `tone`: nobody can tell them here, and the attention tone stands for them. */
  readonly how: 'recorded' | 'speech' | 'tone';
}

type Words = Pick<NewBroadcast, 'id' | 'text' | 'phraseId' | 'lang' | 'repeat'>;

const rate = 8000;
const between = 0.8 * rate;
/** Five minutes: more than ten times the longest text, and what a loudspeaker may be held for. */
const longest = 300 * rate;
/** So many different texts are kept as sound, for the loudspeakers of one broadcast and the next one like it: 1 MB a minute. */
const mostKept = 16;

/** Makes sound of words, once for all loudspeakers that say them. */
export function openUtterance(deps: SoundDeps): (words: Words) => Promise<Uttered> {
  const kept = new Map<string, Promise<Uttered>>();
  return (words) => {
    const key = JSON.stringify([words.lang, words.phraseId, words.text, words.repeat]);
    const known = kept.get(key);
    if (known) return known;
    const made = utter(words, deps);
    kept.set(key, made);
    if (kept.size > mostKept) for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest);
    // The tone is no answer to keep: the voice may be back for the next one.
    made.then(
      ({ how }) => (how === 'tone' ? kept.delete(key) : undefined),
      () => kept.delete(key),
    );
    return made;
  };
}

async function utter(words: Words, deps: SoundDeps): Promise<Uttered> {
  const { samples, how } = await once(words, deps);
  const times = Math.max(1, Math.min(words.repeat, Math.floor(longest / (samples.length + between))));
  return { how, samples: withChirp(repeated(samples.subarray(0, longest), times)) };
}

async function once(words: Words, deps: SoundDeps): Promise<Uttered> {
  const { id, text, lang, phraseId } = words;
  const ways: readonly [Uttered['how'], () => Promise<Int16Array | undefined>][] = [
    ['recorded', () => recordedPhrase(phraseId, lang, deps)],
    ['speech', async () => (text === undefined ? undefined : deps.media.speech(text, lang))],
  ];
  for (const [how, way] of ways) {
    try {
      const samples = await way();
      if (samples && samples.length > 0) return { samples, how };
    } catch (error) {
      deps.log.error({ err: error, broadcastId: id, phraseId, how }, 'the words of a broadcast could not be made into sound');
    }
  }
  deps.log.error({ broadcastId: id }, 'there is no voice for a broadcast: the attention tone is sent instead');
  return { samples: attentionTone(), how: 'tone' };
}

async function recordedPhrase(phraseId: string | undefined, lang: 'zh' | 'en', deps: SoundDeps): Promise<Int16Array | undefined> {
  const file = phraseId === undefined ? undefined : await deps.recorded(phraseId, lang);
  return file && deps.media.decode(file);
}

function repeated(samples: Int16Array, times: number): Int16Array {
  const all = new Int16Array(times * samples.length + (times - 1) * between);
  for (let turn = 0; turn < times; turn += 1) all.set(samples, turn * (samples.length + between));
  return all;
}

/** Six seconds of two notes in turn, as of an emergency vehicle: nobody takes it for music. Peak -6 dBFS. */
export function attentionTone(): Int16Array {
  let phase = 0;
  return Int16Array.from({ length: 6 * rate }, (_none, at) => {
    phase += (2 * Math.PI * (Math.floor((at / rate) * 2) % 2 === 0 ? 700 : 1050)) / rate;
    return Math.round(16_383 * Math.sin(phase));
  });
}

/** Sound in pieces of 200 ms. */
export async function* pieces(samples: Int16Array): AsyncGenerator<Int16Array> {
  const size = rate / 5;
  for (let at = 0; at < samples.length; at += size) yield samples.subarray(at, at + size);
}
