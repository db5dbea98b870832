import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hours, type Instant, minutes } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { tokenHash } from '../secrets.ts';
import { type AccountRow, apiKeyOwner, findApiKey, findSession, noteApiKeyUse } from '../store/accounts.ts';
import type { Db } from '../store/connect.ts';
import { noteSessionUse } from '../store/sessions.ts';
import { type Actor, nameOfKey, type Role, roles } from './roles.ts';

/** Credentials of HTTP requests: a session token as cookie or Bearer, or an API key as Bearer. */

export const sessionCookie = 'baiying_session';
export const apiKeyPrefix = 'bk_';

export interface CredentialDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** For so long a session holds from each use; its end stays as it is when not said. */
  readonly sessionHours?: number;
  /** Whoever has one of them needs a second factor beside the password; nobody when not said. */
  readonly secondFactorRoles?: readonly string[];
}

export interface SignedIn {
  readonly actor: Actor;
  /** Empty: not narrowed. */
  readonly scopes: readonly string[];
  readonly tokenHash: string;
  readonly byCookie: boolean;
  readonly account?: AccountRow;
  readonly expiresAt?: Date;
  /** Signed in with a password alone although a role of his asks for more: may only see to that. */
  readonly secondFactorDue: boolean;
}

interface Sent {
  readonly token: string;
  readonly kind: 'session' | 'api-key';
  readonly byCookie: boolean;
}

/** The credential that a request came with; undefined for one that is not worth a question to the record. */
export function sentBy(request: FastifyRequest): Sent | undefined {
  const header = request.headers.authorization;
  const bearer = header === undefined ? undefined : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '');
  const token = bearer ?? request.cookies[sessionCookie] ?? '';
  // 256 bits as base64url.
  if (!/^(bk_)?[\w-]{43}$/.test(token)) return undefined;
  const byCookie = bearer === undefined;
  const isKey = token.startsWith(apiKeyPrefix) && token.length > 43;
  return isKey && byCookie ? undefined : { token, kind: isKey ? 'api-key' : 'session', byCookie };
}

/** Who the request's credential belongs to. A credential that is sent and does not hold is not helped by another one. */
export async function recognise(request: FastifyRequest, deps: CredentialDeps): Promise<SignedIn | undefined> {
  const sent = sentBy(request);
  if (!sent) return undefined;
  return sent.kind === 'api-key' ? byApiKey(sent.token, request, deps) : bySession(sent.token, request, sent.byCookie, deps);
}

async function bySession(token: string, request: FastifyRequest, byCookie: boolean, deps: CredentialDeps): Promise<SignedIn | undefined> {
  const [hash, now] = [tokenHash(token), deps.clock.now()];
  const session = await findSession(deps.db, hash, now);
  if (!session) return undefined;
  const { account, expiresAt, seenAt, through, hasSecondFactor } = session;
  if (now - (seenAt?.getTime() ?? 0) >= minutes(1))
    await noteSessionUse(deps.db, hash, now, deps.sessionHours && hours(deps.sessionHours)).catch((error: unknown) =>
      request.log.warn({ err: error }, 'use of a session not noted'),
    );
  const actor: Actor = { name: account.username, roles: known(account.roles), kind: 'account', id: account.id };
  const wanted = deps.secondFactorRoles?.some((role) => account.roles.includes(role)) ?? false;
  const secondFactorDue = wanted && through === 'password' && !hasSecondFactor;
  return { actor, scopes: [], tokenHash: hash, byCookie, account, expiresAt, secondFactorDue };
}

async function byApiKey(token: string, request: FastifyRequest, deps: CredentialDeps): Promise<SignedIn | undefined> {
  const now = deps.clock.now();
  const hash = tokenHash(token);
  const key = await findApiKey(deps.db, hash, now);
  if (!key) return undefined;
  if (!key.last_used_at || now - key.last_used_at.getTime() >= minutes(1)) {
    await noteApiKeyUse(deps.db, key.id, now).catch((error: unknown) => request.log.warn({ err: error }, 'use of an API key not noted'));
  }
  const actor: Actor = { name: nameOfKey(key.name), roles: known(key.roles), kind: 'api-key', id: key.id };
  return { actor, scopes: key.scopes, tokenHash: hash, byCookie: false, secondFactorDue: false };
}

/**
 * The account that answers for what somebody does: the person, or who made the API key.
 * @throws Fault `credential-missing` where the key was removed meanwhile
 */
export async function ownerOf(db: Db, { kind, id, name }: Actor): Promise<string> {
  const owner = kind === 'account' ? name : await apiKeyOwner(db, id);
  if (owner === undefined) throw new Fault('credential-missing');
  return owner;
}

const known = (named: readonly string[]): Role[] => roles.filter((role) => named.includes(role));

/**
 * Whether a request that carries the cookie comes from our own pages. Reading needs no proof (nothing lets another site
 * read the answer); acts and WebSockets do. Browsers send Sec-Fetch-Site on https and loopback only, Origin everywhere.
 */
export function sameOrigin(request: FastifyRequest): boolean {
  const reads = (request.method === 'GET' || request.method === 'HEAD') && request.headers.upgrade === undefined;
  if (reads) return true;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = request.headers.origin;
  if (origin === undefined) return site === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

/** Whether the browser came over TLS: to a door of ours, to a proxy that we believe, or always (`behindTls`). */
export const overTls = (request: FastifyRequest, always: boolean): boolean => always || request.protocol === 'https';

export function setSessionCookie(reply: FastifyReply, token: string, terms: { readonly secure: boolean; readonly until: Instant }): void {
  reply.setCookie(sessionCookie, token, { ...cookieTerms(reply, terms.secure), expires: new Date(terms.until) });
}

export function clearSessionCookie(reply: FastifyReply, terms: { readonly secure: boolean }): void {
  reply.clearCookie(sessionCookie, cookieTerms(reply, terms.secure));
}

const cookieTerms = ({ request }: FastifyReply, always: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: overTls(request, always) }) as const;
