import { createHash, randomBytes } from 'node:crypto';
import { parseChallenges } from './web-digest.ts';

/** The device's side of HTTP Digest (RFC 7616), for simulators: it accepts no more than the text of the standard allows. */

export interface GuardOptions {
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
  /** As written into the challenges, one field for each. Default MD5 alone. */
  readonly algorithms?: readonly ('MD5' | 'MD5-sess' | 'SHA-256')[];
  /** Without `qop`, as RFC 2069 had it and old firmware still does. */
  readonly withoutQop?: boolean;
  readonly opaque?: string;
  /** How many requests a nonce serves before it is stale. Default 1000. */
  readonly uses?: number;
}

/** Undefined when the request may pass; else the `WWW-Authenticate` fields to answer 401 with. */
export type Guard = (request: {
  method?: string | undefined;
  url?: string | undefined;
  authorization?: string | undefined;
}) => readonly string[] | undefined;

const mostNonces = 200;

/** UTF-8 as a text of bytes, which is how Node reads and writes a header. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export function digestGuard(options: GuardOptions): Guard {
  const realm = bytesOf(options.realm ?? 'camera');
  const uses = options.uses ?? 1000;
  const nonces = new Map<string, { left: number; counts: Set<string> }>();

  const challenges = (stale: boolean): string[] => {
    // Ends in `=` as those of Axis do, which is where careless clients cut it.
    const nonce = `${randomBytes(16).toString('base64').replaceAll('=', '')}==`;
    nonces.set(nonce, { left: uses, counts: new Set() });
    const oldest = nonces.keys().next();
    if (nonces.size > mostNonces && oldest.done !== true) nonces.delete(oldest.value);
    return (options.algorithms ?? ['MD5']).map((algorithm) =>
      [
        `Digest realm="${realm.replaceAll(/["\\]/g, '\\$&')}"`,
        ...(options.withoutQop === true ? [] : ['qop="auth"']),
        `nonce="${nonce}"`,
        ...(options.opaque === undefined ? [] : [`opaque="${options.opaque}"`]),
        `algorithm=${algorithm}`,
        ...(stale ? ['stale=TRUE'] : []),
      ].join(', '),
    );
  };

  return ({ method = 'GET', url = '/', authorization }) => {
    const given = authorization === undefined ? undefined : parseChallenges(authorization)[0]?.params;
    if (!given || !isRight(options, realm, { method, url }, given)) return challenges(false);
    const nonce = nonces.get(given['nonce'] ?? '');
    if (!nonce || nonce.left <= 0) return challenges(true);
    // A count seen before is a request overheard and sent again (RFC 7616 5.5).
    const count = given['nc'] ?? `${nonce.left}`;
    if (nonce.counts.has(count)) return challenges(true);
    nonce.counts.add(count);
    nonce.left -= 1;
    return undefined;
  };
}

function isRight(
  options: GuardOptions,
  realm: string,
  asked: { method: string; url: string },
  given: Readonly<Record<string, string>>,
): boolean {
  const algorithm = given['algorithm'] ?? 'MD5';
  const hash = (text: string): string =>
    createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text, 'latin1')
      .digest('hex');
  if (given['username'] !== bytesOf(options.username) || given['realm'] !== realm || given['uri'] !== asked.url) return false;
  if (!(options.algorithms ?? ['MD5']).some((offered) => offered === algorithm) || given['opaque'] !== options.opaque) return false;
  if ((given['qop'] === undefined) !== (options.withoutQop === true)) return false;
  const secret = hash(`${bytesOf(options.username)}:${realm}:${bytesOf(options.password)}`);
  const first = algorithm.endsWith('-sess') ? hash(`${secret}:${given['nonce']}:${given['cnonce']}`) : secret;
  const second = hash(`${asked.method}:${asked.url}`);
  const middle = given['qop'] === undefined ? [given['nonce']] : [given['nonce'], given['nc'], given['cnonce'], given['qop']];
  return given['response'] === hash([first, ...middle, second].join(':'));
}
