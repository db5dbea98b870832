import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An issuer of identities on loopback that can be told to lie: for what a sound one never says. */
export interface TestIssuer {
  readonly issuer: string;
  /** The person agrees: gives the code that the browser brings back. */
  agree(authorization: URL, who: Lie): string;
  close(): Promise<void>;
}

/** What stands in the ID token, and how it is signed. */
export interface Lie {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
/** One that no issuer published. */
export const strangersKey = rsa().privateKey;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function testIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = rsa();
  const codes = new Map<string, { readonly authorization: URL; readonly who: Lie }>();
  let issuer = '';
  const idToken = (authorization: URL, { claims, header, key = privateKey }: Lie): string => {
    const now = Math.floor(Date.now() / 1000);
    const nonce = authorization.searchParams.get('nonce');
    const said = { alg: 'RS256', kid: 'one', ...header };
    const body = `${part(said)}.${part({ iss: issuer, aud: 'baiying', iat: now, exp: now + 60, nonce, ...claims })}`;
    return said.alg === 'none' ? `${body}.` : `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
  };
  /** A code is good once, and for whoever has the verifier of the challenge and our secret. */
  const tokens = (form: URLSearchParams, authorization: string | undefined) => {
    const code = form.get('code') ?? '';
    const given = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    // Both halves are form-encoded before they are joined (RFC 6749, 2.3.1).
    const told = decodeURIComponent(Buffer.from((authorization ?? '').replace('Basic ', ''), 'base64').toString());
    const sound = given?.authorization.searchParams.get('code_challenge') === challenge && told === 'baiying:not-so-secret';
    if (!given || !sound) return { error: 'invalid_grant' };
    return { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken(given.authorization, given.who) };
  };
  const answers: Readonly<Record<string, () => object>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    }),
    '/jwks': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] }),
  };
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const body = request.url === '/token' ? tokens(form, request.headers.authorization) : answers[request.url ?? '']?.();
    const status = body === undefined ? 404 : 'error' in body ? 400 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    agree(authorization, who) {
      const code = randomUUID();
      codes.set(code, { authorization, who });
      return code;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
