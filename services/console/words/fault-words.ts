import type { faults } from './faults.ts';

/** What the server says of one field or cell, in the language of the page; the commands say it too. */

type Key = keyof typeof faults.zh;

/** What the server says in English, by what it means. */
const meanings: readonly (readonly [Key, RegExp])[] = [
  ['taken', /^(?<what>\S+) is taken$/],
  ['noSite', /^[Tt]here is no site (?<what>.+)$/],
  ['gone', /^(\w+: )?[Tt]here is no( other)?( \w+)? (?<what>\S+)$/],
  ['namesakes', /^(?<count>\d+) sites are called (?<what>.+): write the id of one$/],
  ['noPlan', /^The site of the row has no plan (?<what>\S+)$/],
  ['twice', /^(?<what>\S+) is that of row (?<row>\d+) too$/],
  ['repeated', /^(must name each \w+ once|Names a role twice|two inputs have the same token)$/],
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
  ['unknownField', /^Unknown field$/],
  ['fixed', /^(Cannot be changed|An id cannot be changed.*)$/],
  ['badId', /^must be 1 to 64 of a-z, 0-9 and -$/],
  ['apiWord', /^is a word of the API/],
  [
    'empty',
    /^(must not be empty|is needed|must name a loudspeaker|Invalid input: expected .*received undefined|Too small: expected (string|array) to have >=1 \w+)$/,
  ],
  ['otherKind', /^Invalid input: expected (?<what>\w+), received \w+$/],
  ['pattern', /^Invalid string: must match pattern/],
  ['notAmong', /^Invalid option: expected one of (?<what>.+)$/],
  ['mostCharacters', /^Too big: expected string to have <=(?<what>\d+) characters$/],
  ['leastCharacters', /^(Too small: expected string to have >=(?<what>\d+) characters)$/],
  ['mostItems', /^Too big: expected array to have <=(?<what>\d+) items$/],
  ['leastItems', /^Too small: expected array to have >=(?<what>\d+) items$/],
  ['most', /^Too big: expected .*<=(?<what>-?[\d.]+)$/],
  ['least', /^Too small: expected .*>=?(?<what>-?[\d.]+)$/],
  ['control', /^(must (have no|not contain) control characters|has characters that cannot be stored|U\+0000 is not text|Holds U\+0000.*)$/],
  ['corners', /^a ring has at least 4 positions$/],
  ['points', /^has more than (?<what>\d+) points$/],
  ['noHttp', /^must begin with http:\/\/ or https:\/\/$/],
  ['noRtsp', /^must begin with rtsp:\/\/ or rtsps:\/\/$/],
  ['noAddress', /^(must be an address|Invalid URL)$/],
  ['noIp', /^must be an IP address$/],
  ['noHost', /^must be a host name or an IP address$/],
  ['elsewhere', /^another address must not get the password of this one/],
  ['doesNotOpen', /^what the record holds does not open with this master.key/],
  ['withSecret', /^must not carry a user name or password$/],
  ['digits', /^must be 64 hexadecimal digits$/],
  ['fingerprint', /^must be the SHA-256 of the certificate/],
  ['time', /^must be hours and minutes/],
  ['future', /^Must lie in the future$/],
  ['username', /^Must not be the user name$/],
  ['ownName', /^Is a name that the product signs with$/],
  ['guessed', /^Is among the passwords that are guessed first$/],
];

/** Those that name what may be written instead. */
const listings: ReadonlySet<Key> = new Set(['noHeading', 'notAmong', 'otherKind']);

/** `id, kind` or `"key"|"camera"`, as a person would write them into the sheet. */
const allOf = (what: string, called: (code: string) => string): string =>
  what
    .split(/, |\|/)
    .map((code) => called(code.replaceAll('"', '')))
    .join(', ');

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
  return say('other', { what: bare });
}
