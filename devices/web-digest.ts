import { createHash, randomBytes } from 'node:crypto';

/** HTTP authentication as devices ask for it: challenges of RFC 9110 11.6.1, answers of RFC 7616 and RFC 7617. Pure, apart from the client's nonce. */

export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** Names in lower case; values without their quotes. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const blank = /[ \t]/;
const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

/** Reads one `WWW-Authenticate` field, which may hold several challenges. Never throws; what cannot be read ends the list. */
export function parseChallenges(field: string): Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  let at = 0;
  const skip = (what: RegExp): void => {
    while (at < field.length && what.test(field.charAt(at))) at += 1;
  };
  const take = (what: RegExp): string => {
    const from = at;
    skip(what);
    return field.slice(from, at);
  };
  const quoted = (): string => {
    let text = '';
    at += 1;
    while (at < field.length && field[at] !== '"') {
      if (field[at] === '\\') at += 1;
      text += field.charAt(at);
      at += 1;
    }
    at += 1;
    return text;
  };
  for (;;) {
    skip(/[ \t,]/);
    const name = take(token);
    if (name === '') return challenges;
    skip(blank);
    const last = challenges.at(-1);
    if (field[at] !== '=' || !last) {
      challenges.push({ scheme: name.toLowerCase(), params: Object.create(null) });
      continue;
    }
    at += 1;
    skip(blank);
    // Unquoted nonces in base64 end in `=` (Axis): a value runs to the next comma, whatever the grammar says.
    last.params[name.toLowerCase()] = field[at] === '"' ? quoted() : take(/[^, \t]/);
  }
}

/** Strongest first; `-sess` hashes the session's nonces into the secret (RFC 7616 3.4.2). */
const hashes: Readonly<Record<string, string>> = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' };
const strength = Object.keys(hashes);

const algorithmOf = (challenge: Challenge): { readonly name: string; readonly session: boolean } => {
  const written = (challenge.params['algorithm'] ?? 'MD5').toUpperCase();
  const session = written.endsWith('-SESS');
  return { name: session ? written.slice(0, -'-SESS'.length) : written, session };
};

const qops = (challenge: Challenge): string[] =>
  challenge.params['qop']
    ?.split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean) ?? [];

/** Whether this answer can be given: a known hash, a nonce, and no demand to hash the body. */
function answerable(challenge: Challenge): boolean {
  if (challenge.scheme !== 'digest' || challenge.params['nonce'] === undefined) return false;
  const offered = qops(challenge);
  return Object.hasOwn(hashes, algorithmOf(challenge).name) && (offered.length === 0 || offered.includes('auth'));
}

const rank = (challenge: Challenge): number => strength.indexOf(algorithmOf(challenge).name);

/** The challenge to answer: the strongest Digest, else Basic where `basic` allows it. */
export function chooseChallenge(challenges: readonly Challenge[], basic: boolean): Challenge | undefined {
  const digests = challenges.filter(answerable).toSorted((a, b) => rank(a) - rank(b));
  return digests[0] ?? (basic ? challenges.find((challenge) => challenge.scheme === 'basic') : undefined);
}

export interface Asked {
  readonly method: string;
  /** As it stands in the request line. */
  readonly uri: string;
  /** The client's nonce; random when absent. */
  readonly cnonce?: string;
  /** How often the nonce was used, this time included. Default 1. */
  readonly count?: number;
}

/** UTF-8 as a text of bytes, which is how Node reads and writes a header; a realm may hold bytes of any encoding. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The `Authorization` field for a chosen challenge, as a text of bytes. */
export function answerChallenge(challenge: Challenge, who: Credentials, asked: Asked): string {
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${who.username}:${who.password}`).toString('base64')}`;
  const { params } = challenge;
  const { name, session } = algorithmOf(challenge);
  const hash = (text: string): string =>
    createHash(hashes[name] ?? 'md5')
      .update(text, 'latin1')
      .digest('hex');
  const [realm, nonce] = [params['realm'] ?? '', params['nonce'] ?? ''];
  const cnonce = asked.cnonce ?? randomBytes(12).toString('hex');
  const nc = (asked.count ?? 1).toString(16).padStart(8, '0');
  const secret = hash(`${bytesOf(who.username)}:${realm}:${bytesOf(who.password)}`);
  const first = session ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const second = hash(`${asked.method}:${asked.uri}`);
  const withQop = qops(challenge).includes('auth');
  const response = hash(withQop ? `${first}:${nonce}:${nc}:${cnonce}:auth:${second}` : `${first}:${nonce}:${second}`);
  const parts = [writeUser(who.username, params['charset']), `realm=${quote(realm)}`, `nonce=${quote(nonce)}`, `uri=${quote(asked.uri)}`];
  // Echoed only where it was given: old firmware knows MD5 without a name only.
  if (params['algorithm'] !== undefined) parts.push(`algorithm=${session ? `${name}-sess` : name}`);
  parts.push(`response="${response}"`);
  if (params['opaque'] !== undefined) parts.push(`opaque=${quote(params['opaque'])}`);
  if (withQop) parts.push('qop=auth', `nc=${nc}`);
  if (withQop || session) parts.push(`cnonce="${cnonce}"`);
  return `Digest ${parts.join(', ')}`;
}

const quote = (bytes: string): string => `"${bytes.replaceAll(/["\\]/g, '\\$&')}"`;

/** RFC 7616 3.4 writes a name beyond ASCII as `username*`; only a device that says `charset=UTF-8` can be trusted to read that. */
function writeUser(username: string, charset: string | undefined): string {
  const extended = charset?.toUpperCase() === 'UTF-8' && /[^\x20-\x7e]/.test(username);
  if (!extended) return `username=${quote(bytesOf(username))}`;
  const encoded = encodeURIComponent(username).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `username*=UTF-8''${encoded}`;
}
