import { chirpIn, rate } from './hearing-chirp.ts';
import { levelOf } from './hearing-level.ts';
import { bestMatch, type Likeness, likenesses, type Match, piecesOf, type Range, type Search, shareThere } from './hearing-search.ts';
import { phasesOf, weighed } from './hearing-spectrum.ts';

export { chirp, rate, withChirp } from './hearing-chirp.ts';

/** Why a verdict fell as it did. */
export type HeardWhy =
  /** The words are there beyond doubt. */
  | 'words'
  /** The chirp is there, and the words follow it at the right distance. */
  | 'chirp-and-words'
  /** Nothing but a chirp was sent, and it is there. */
  | 'chirp'
  /** A chirp is there, but not with our words: another warning near by. */
  | 'other-words'
  /** Less than half of our words is there. */
  | 'partly'
  | 'not-found'
  /** The microphone gave nothing at all, so that nothing is proved either way. */
  | 'microphone-silent'
  /** Nothing was sent, or too little was recorded: under a second. */
  | 'too-short';

export interface Hearing {
  readonly heard: boolean;
  readonly why: HeardWhy;
  /** 0 to 1 that our sound is in the recording; 0.5 where the verdict turns. */
  readonly confidence: number;
  /** From the start of the recording to the start of our sound; negative when the recording began later. Only with something found. */
  readonly delayMs?: number;
  /** Our sound against all else in the recording while it sounded, within the telephone band. Only with something found. */
  readonly levelDb?: number;
}

/** More does not make it surer, and the cost grows. */
const mostSent = 15 * rate;
const mostRecorded = 24 * rate;
const mostPieces = 20;
const earliest = -5 * rate;
const latest = 10 * rate;

/**
 * Strengths in standard deviations. Set by `npm run bench -- hearing`: of 1,000 recordings without our sound none came over
 * `words`; the chance over some 10^6 delays and drifts alone reaches about 5.
 */
const enough = { words: 7, chirp: 8, chirpAlone: 9.5, wordsAfterChirp: 5.4, share: 0.35 };

/**
 * Is what was sent in what the microphone recorded? Both 8 kHz mono; `sent` as `withChirp` made it (without a chirp the words
 * must do), `recorded` from before the sending until after. Delays from -5 to 10 s, clocks 220 ppm apart at most.
 */
export function hear(sent: Int16Array, recorded: Int16Array): Hearing {
  const [said, got] = [sent.subarray(0, mostSent), recorded.subarray(0, mostRecorded)];
  if (got.length < rate || !said.some((value) => value !== 0)) return { heard: false, why: 'too-short', confidence: 0 };
  if (isSilent(got)) return { heard: false, why: 'microphone-silent', confidence: 0 };
  const { sound, floor } = phasesOf(got);
  const weights = weighed(said, floor);
  const search: Search = {
    range: { from: Math.max(earliest, rate - said.length), to: Math.min(latest, got.length - rate / 2) },
    length: got.length,
  };
  const call = chirpIn(said);
  const chirps = likenesses(piecesOf(weights, 0, call), sound, search);
  const words = likenesses(spread(piecesOf(weights, call, said.length)), sound, search);
  const { match, ...verdict } = decide(chirps, words, search);
  if (!match) return verdict;
  return { ...verdict, delayMs: Math.round((match.delay * 1000) / rate), levelDb: Math.round(levelOf(said, got, match) * 10) / 10 };
}

type Verdict = Omit<Hearing, 'delayMs' | 'levelDb'> & { readonly match?: Match };

function decide(chirps: readonly Likeness[], words: readonly Likeness[], search: Search): Verdict {
  const called = bestMatch(chirps, search);
  if (words.length === 0) return told(called.strength >= enough.chirpAlone, 'chirp', called.strength - enough.chirpAlone, called);
  const said = bestMatch(words, search);
  if (said.strength >= enough.words) return whole(words, said, search, 'words', said.strength - enough.words);
  if (called.strength < enough.chirp) return told(false, 'not-found', said.strength - enough.words, said);
  const after = following(words, called, search);
  const margin = after.strength - enough.wordsAfterChirp;
  if (margin < 0) return { heard: false, why: 'other-words', confidence: likely(margin), match: called };
  return whole(words, after, search, 'chirp-and-words', margin);
}

/** The words within 4 ms of where the chirp says: an echo may be the louder of the two. */
function following(words: readonly Likeness[], { delay }: Match, search: Search): Match {
  const near = 32;
  const within: Range = { from: Math.max(search.range.from, delay - near), to: Math.min(search.range.to, delay + near) };
  return bestMatch(words, search, within);
}

function whole(words: readonly Likeness[], match: Match, search: Search, why: HeardWhy, margin: number): Verdict {
  if (shareThere(words, match, search) < enough.share) return { heard: false, why: 'partly', confidence: 0.5, match };
  return told(true, why, margin, match);
}

const told = (heard: boolean, why: HeardWhy, margin: number, match: Match): Verdict =>
  heard ? { heard, why, confidence: likely(margin), match } : { heard, why: 'not-found', confidence: likely(margin) };

const likely = (margin: number): number => Math.round(1000 / (1 + Math.exp(-1.5 * margin))) / 1000;

/** Muted microphones give zeros, or the one step up and down of an idle coder (mu-law and A-law: 8). */
const isSilent = (recorded: Int16Array): boolean => recorded.every((value) => Math.abs(value - (recorded[0] as number)) <= 16);

/** At most so many, taken evenly. */
const spread = <T>(all: readonly T[]): T[] =>
  all.length <= mostPieces
    ? [...all]
    : Array.from({ length: mostPieces }, (_none, at) => all[Math.floor((at * all.length) / mostPieces)] as T);
