import type { IncomingHttpHeaders } from 'node:http';
import { Trouble } from './driver.ts';
import { answerChallenge, type Challenge, chooseChallenge, parseChallenges } from './web-digest.ts';
import { type Door, placeOf } from './web-door.ts';

/** How a request gets past the device's door: asked once without a credential, then with the answer to its challenge. */

export interface Ask {
  readonly method: string;
  readonly path: string;
}

export interface Verdict {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Each `WWW-Authenticate` field apart. */
  readonly challenges: readonly string[];
}

export type Authorization = { readonly authorization?: string };

/** First without, then with, and once more where the nonce had grown stale in between: makers lock accounts after a few. */
const attempts = 3;

/**
 * Calls `send` until the device lets it in. All state is in here or in the door's own `nonce`, so that two devices never
 * share one.
 * @throws Trouble refused where the credential is missing or not taken; misconfigured for a redirect
 */
export async function admitted<T extends Verdict>(door: Door, ask: Ask, send: (authorization: Authorization) => Promise<T>): Promise<T> {
  let authorization: Authorization = withKept(door, ask);
  let kept = authorization.authorization !== undefined;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(authorization);
    if (answer.status !== 401) return withoutRedirect(answer);
    const challenges = answer.challenges.flatMap(parseChallenges);
    const stale = isStale(challenges);
    // A device that takes each nonce once and calls the next use a wrong password would soon lock the account.
    if (kept && !stale && door.nonce) door.nonce.useless = true;
    if (door.nonce) door.nonce.challenge = undefined;
    const again = authorization.authorization === undefined || stale || kept;
    if (!again || attempt === attempts) throw new Trouble('refused', 'user name or password not taken');
    authorization = { authorization: answerTo(challenges, door, ask) };
    kept = false;
  }
}

/** The answer to a challenge that was met before, one use further. */
function withKept({ nonce, username, password = '' }: Door, { method, path }: Ask): Authorization {
  if (nonce?.challenge === undefined || nonce.useless || username === undefined) return {};
  nonce.count += 1;
  return { authorization: answerChallenge(nonce.challenge, { username, password }, { method, uri: path, count: nonce.count }) };
}

/** Not those whose secret is bound to the first request (`-sess`), nor those without a count. */
function keep({ nonce }: Door, challenge: Challenge): void {
  const session = challenge.params['algorithm']?.toLowerCase().endsWith('-sess') === true;
  if (!nonce || challenge.scheme !== 'digest' || session || challenge.params['qop'] === undefined) return;
  nonce.challenge = challenge;
  nonce.count = 1;
}

/** RFC 7616 3.3: the credential was right and the nonce too old. */
const isStale = (challenges: readonly Challenge[]): boolean =>
  challenges.some((challenge) => challenge.scheme === 'digest' && challenge.params['stale']?.toLowerCase() === 'true');

function answerTo(challenges: readonly Challenge[], door: Door, ask: Ask): string {
  if (door.username === undefined) throw new Trouble('refused', 'asks for a user name and password, and none is set');
  const { secure } = placeOf(door);
  const challenge = chooseChallenge(challenges, secure || door.allowBasic === true);
  if (!challenge) throw noWayIn(challenges);
  keep(door, challenge);
  return answerChallenge(challenge, { username: door.username, password: door.password ?? '' }, { method: ask.method, uri: ask.path });
}

function noWayIn(challenges: readonly Challenge[]): Trouble {
  if (challenges.some((challenge) => challenge.scheme === 'basic')) {
    return new Trouble('misconfigured', 'takes the password only in the clear (Basic over HTTP): use https, or allow it in the settings');
  }
  const schemes = [...new Set(challenges.map((challenge) => challenge.scheme))].slice(0, 5).join(', ');
  return new Trouble('unsupported', `asks for a kind of sign-in that is not known here (${schemes.slice(0, 100) || 'none named'})`);
}

/** A redirect is a way to send our credential to another host. Where it points is said, so that a person can set it. */
function withoutRedirect<T extends Verdict>(answer: T): T {
  const location = answer.headers.location;
  if (answer.status < 300 || answer.status > 399 || answer.status === 304 || location === undefined) return answer;
  const elsewhere = URL.parse(location);
  const where = elsewhere ? ` to ${elsewhere.protocol}//${elsewhere.host}` : '';
  throw new Trouble('misconfigured', `redirects${where}; redirects are not followed, so set the right address`);
}
