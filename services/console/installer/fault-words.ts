import type { installerFaults } from './words-faults.ts';

/** What the server says of a sheet, for whoever reads another language; `baiying import` runs this too. */

type Key = keyof typeof installerFaults.zh;

/** What the server says in English, by what it means. */
const meanings: readonly (readonly [Key, RegExp])[] = [
  ['taken', /^(?<what>\S+) is taken$/],
  ['noSite', /^There is no site (?<what>.+)$/],
  ['namesakes', /^(?<count>\d+) sites are called (?<what>.+): write the id of one$/],
  ['noPlan', /^The site of the row has no plan (?<what>\S+)$/],
  ['twice', /^(?<what>\S+) is that of row (?<row>\d+) too$/],
  ['noNumber', /^(?<what>.*) is not a number$/],
  ['noTruth', /^(?<what>.*) is neither true nor false$/],
  ['half', /^A place needs all of (?<what>.+)$/],
  ['noJson', /^Not JSON/],
  ['noHeading', /^Unknown heading; there are: (?<what>.+)$/],
  ['headingTwice', /^The heading is there twice$/],
  ['headingMissing', /^The heading is missing$/],
  ['noRows', /^The sheet has no rows$/],
  ['tooMany', /^A sheet has (?<what>\d+) rows at most$/],
  ['quoting', /^The quoting is broken/],
  ['stray', /^Cell (?<what>\d+) stands under no heading$/],
  ['noDriver', /^A \S+ has no driver \S+; there are: (?<what>.+)$/],
  ['unknownSetting', /^Unknown setting of this driver$/],
  ['badId', /^must be 1 to 64 of a-z, 0-9 and -$/],
  ['empty', /^(must not be empty|Invalid input: expected .*received undefined)$/],
  ['notAmong', /^Invalid option: expected one of (?<what>.+)$/],
  ['most', /^Too big: expected .*<=(?<what>-?[\d.]+)$/],
  ['least', /^Too small: expected .*>=(?<what>-?[\d.]+)$/],
  ['noHttp', /^must begin with http:\/\/ or https:\/\/$/],
];

/** Those that name what may be written instead. */
const listings: ReadonlySet<Key> = new Set(['noHeading', 'notAmong']);

/** `id, kind` or `"key"|"camera"`, as a person would write them into the sheet. */
const allOf = (what: string, called: (code: string) => string): string =>
  what
    .split(/, |\|/)
    .map((code) => called(code.replaceAll('"', '')))
    .join(', ');

/** A fault in the language of the page; what has no word of its own stays as the server said it. */
export function faultWords(
  message: string,
  say: (key: Key, values: Readonly<Record<string, string>>) => string,
  called: (code: string) => string,
): string {
  const bare = message.replace(/^Row \d+(, column [^:]*)?: /, '');
  for (const [key, pattern] of meanings) {
    const match = pattern.exec(bare);
    if (!match) continue;
    const { what } = match.groups ?? {};
    return say(key, { ...match.groups, ...(what === undefined ? {} : { what: listings.has(key) ? allOf(what, called) : what }) });
  }
  return bare;
}
