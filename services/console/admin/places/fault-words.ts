import type { Say } from '../../words/index.ts';

type Key = Parameters<Say<'places'>>[0];

/** What the server's schemas say in English, by what it means. */
const meanings: readonly (readonly [Key, RegExp])[] = [
  ['fault.empty', /^(must not be empty|Invalid input: expected .*received undefined|Too small: expected string)/],
  ['fault.taken', /^(?<what>\S+) is taken$/],
  ['fault.id', /^must be 1 to 64 of a-z, 0-9 and -$/],
  ['fault.word', /^is a word of the API/],
  ['fault.gone', /^\w+: there is no (?<what>\S+)$/],
  ['fault.control', /^must have no control characters$/],
  ['fault.corners', /^a ring has at least 4 positions$/],
  ['fault.points', /^has more than (?<what>\d+) points$/],
  ['fault.most', /^Too big: expected .*<=(?<what>[\d.]+)/],
  ['fault.least', /^Too small: expected .*>=(?<what>-?[\d.]+)/],
];

/** A fault in the language of the page; what has no word of its own stays as the server said it. */
export function faultWords(message: string, say: Say<'places'>): string {
  for (const [key, pattern] of meanings) {
    const match = pattern.exec(message);
    if (match) return say(key, { ...match.groups });
  }
  return say('fault.other', { what: message });
}
