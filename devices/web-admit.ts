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
 * Calls `send` until the device lets it in. All state is in here, so that two requests never share a nonce.
 * @throws Trouble refused where the credential is missing or not taken; misconfigured for a redirect
 */
export async function admitted<T extends Verdict>(door: Door, ask: Ask, send: (authorization: Authorization) => Promise<T>): Promise<T> {
  let authorization: Authorization = {};
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(authorization);
    if (answer.status !== 401) return withoutRedirect(answer);
    const challenges = answer.challenges.flatMap(parseChallenges);
    const again = authorization.authorization === undefined || isStale(challenges);
    if (!again || attempt === attempts) throw new Trouble('refused', 'user name or password not taken');
    authorization = { authorization: answerTo(challenges, door, ask) };
  }
}

/** RFC 7616 3.3: the credential was right and the nonce too old. */
const isStale = (challenges: readonly Challenge[]): boolean =>
  challenges.some((challenge) => challenge.scheme === 'digest' && challenge.params['stale']?.toLowerCase() === 'true');

function answerTo(challenges: readonly Challenge[], door: Door, ask: Ask): string {
  if (door.username === undefined) throw new Trouble('refused', 'asks for a user name and password, and none is set');
  const { secure } = placeOf(door);
  const challenge = chooseChallenge(challenges, secure || door.allowBasic === true);
  if (!challenge) throw noWayIn(challenges);
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
