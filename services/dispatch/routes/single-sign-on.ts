import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { minutes } from '../../alarm/index.ts';
import { type ErrorCode, Fault } from '../../errors.ts';
import { tokenHash } from '../../secrets.ts';
import type { AccountRow } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import { beginSignOn, findAccountByIdentity, type SignOnUnderWay, takeSignOn } from '../../store/sign-ons.ts';
import { clientOf } from '../clients.ts';
import { overTls, setSessionCookie } from '../credentials.ts';
import type { SignOn } from '../single-sign-on.ts';
import { throttle } from '../throttle.ts';
import { cameFrom, openSession, type SessionsDeps } from './sessions.ts';

export interface SignOnDeps extends SessionsDeps {
  /** Absent where the settings name no issuer. */
  readonly signOn?: SignOn;
}

const path = '/api/v1/sessions/single-sign-on';
const cookie = 'baiying_sign_on';
/** A person may have to look for a token or a telephone. */
const holds = minutes(10);
const answered = z.looseObject({});
const shown = { tags: ['sessions'], response: { 302: z.undefined() } };

/**
 * Signing in through the issuer of identities. A browser goes there and comes back; what it gets in the end is a session like every
 * other. Whoever is not let in lands on the sign-in page, which says why.
 */
export const signOnRoutes =
  (deps: SignOnDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, secure } = deps;
    const attempts = throttle({ attempts: 60, window: minutes(1) });
    const mayTry = (request: FastifyRequest): SignOn => {
      if (!deps.signOn) throw new Fault('sign-on-unavailable', 'No issuer of identities is set up');
      if (attempts.take(clientOf(request), clock.now()) > 0) throw new Fault('rate-limited');
      return deps.signOn;
    };
    const terms = (request: FastifyRequest) =>
      // The way back begins at the issuer, which is another site: a strict cookie would stay behind.
      ({ path, httpOnly: true, sameSite: 'lax', secure: overTls(request, secure) }) as const;

    app.get(
      '/sessions/single-sign-on',
      { config: { access: 'public' }, schema: { ...shown, description: 'Sends a browser to the issuer of identities.' } },
      (request, reply) =>
        orSayWhy(request, reply, async () => {
          const signOn = mayTry(request);
          const host = `${overTls(request, secure) ? 'https' : 'http'}://${request.host}`;
          const { state, url, ...begun } = await signOn.begin(new URL(`${path}/callback`, host).href);
          const expiresAt = clock.now() + holds;
          await beginSignOn(db, tokenHash(state), begun, expiresAt);
          reply.setCookie(cookie, state, { ...terms(request), expires: new Date(expiresAt) });
          return url;
        }),
    );

    app.get(
      '/sessions/single-sign-on/callback',
      {
        config: { access: 'public' },
        schema: { ...shown, querystring: answered, description: 'Where the issuer sends the browser back to.' },
      },
      (request, reply) =>
        orSayWhy(request, reply, async () => {
          const signOn = mayTry(request);
          const state = request.cookies[cookie] ?? '';
          reply.clearCookie(cookie, terms(request));
          const begun = await takeSignOn(db, tokenHash(state), clock.now());
          if (!begun) throw new Fault('sign-on-refused', 'It was not begun in this browser, or too long ago, or has ended already');
          const account = await whoCame(request, signOn, { ...begun, state }, deps);
          const session = await openSession(account, clock.now(), { ...cameFrom(request), through: 'single-sign-on' }, deps);
          setSessionCookie(reply, session.token, { secure, until: session.latest });
          return '/console/';
        }),
    );
  };

/** @throws Fault `sign-on-refused` where no active account has the identity */
async function whoCame(
  request: FastifyRequest,
  signOn: SignOn,
  begun: SignOnUnderWay & { readonly state: string },
  { db, clock }: SignOnDeps,
): Promise<AccountRow> {
  const search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
  const identity = await signOn.finish(search, begun);
  const account = await findAccountByIdentity(db, identity);
  if (account?.active) return account;
  const data = { ip: request.ip, through: 'single-sign-on' };
  await audit(db, { at: clock.now(), by: 'nobody', act: 'session.refused', subject: `identities:${identity}`, data });
  throw new Fault('sign-on-refused', `No active account has the identity ${identity}`);
}

/** A browser that was sent here shows what it is given; so it is sent on to a page, also when it is refused. */
async function orSayWhy(request: FastifyRequest, reply: FastifyReply, go: () => Promise<string>): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  try {
    return reply.redirect(await go());
  } catch (error) {
    const code: ErrorCode = error instanceof Fault ? error.code : 'internal';
    if (code === 'internal') request.log.error({ err: error }, 'a sign-in through the issuer of identities failed');
    return reply.redirect(`/console/?refused=${code}`);
  }
}
