import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hours, type Instant, minutes, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { newToken, tokenHash, verifyNobody, verifySecret } from '../../secrets.ts';
import { type AccountRow, addSession, findAccountByName, removeSession } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { longestSession } from '../../store/sessions.ts';
import { accountSchema, sessionSchema, toAccount, toSession } from '../accounts.ts';
import { clientOf } from '../clients.ts';
import { clearSessionCookie, setSessionCookie } from '../credentials.ts';
import type { Recognition } from '../recognition.ts';
import type { SecondFactors } from '../second-factor.ts';
import { throttle, tooMany } from '../throttle.ts';

export interface SessionsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly sessionHours: number;
  readonly zone: string;
  /** The pages are served over TLS, so the cookie goes nowhere else. */
  readonly secure: boolean;
  readonly factors: SecondFactors;
  readonly met: Recognition['met'];
}

const login = z.strictObject({
  username: z.string().min(1).max(128),
  password: z.string().min(1).max(256),
  code: z.string().max(64).exactOptional().meta({ description: 'Of the second factor, or a recovery code, where the account has one' }),
});
const currentSchema = z.object({
  actor: z.object({ name: z.string(), kind: z.string(), roles: z.array(z.string()) }),
  account: accountSchema.optional(),
  expiresAt: z.string().optional(),
  timeZone: z.string().meta({ description: "The station's, as in Asia/Shanghai: by it reports count and days begin" }),
  secondFactorDue: z.literal(true).exactOptional().meta({ description: 'A role asks for a second factor; nothing else is open before' }),
});

/** Signing in, looking who one is, signing out. */
export const sessionsRoutes =
  (deps: SessionsDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const allow = loginGate(deps.clock);

    app.post(
      '/sessions',
      { config: { access: 'public' }, schema: { tags: ['sessions'], body: login, response: { 201: sessionSchema } } },
      async (request, reply) => {
        const { username, password, code } = request.body;
        const proved = allow(username, request, reply);
        const known = await accountOf(username, password, deps.db);
        const now = deps.clock.now();
        const account = await letIn(known, { username, code, ip: request.ip, now }, deps);
        proved();
        const session = await openSession(account, now, cameFrom(request), deps);
        return reply.code(201).send(presentSession(reply, session, account, deps.secure));
      },
    );

    app.get(
      '/sessions/current',
      { config: { access: 'signed-in', beforeSecondFactor: true }, schema: { tags: ['sessions'], response: { 200: currentSchema } } },
      async (request) => {
        const { name, kind, roles } = request.actor;
        const { account, expiresAt, secondFactorDue } = request.signedIn ?? {};
        const actor = { name, kind, roles: [...roles] };
        return {
          actor,
          ...(account && { account: toAccount(account) }),
          ...(expiresAt && { expiresAt: rfc3339(expiresAt.getTime()) }),
          timeZone: deps.zone,
          ...(secondFactorDue === true && { secondFactorDue }),
        };
      },
    );

    app.delete(
      '/sessions/current',
      { config: { access: 'signed-in', beforeSecondFactor: true }, schema: { tags: ['sessions'], response: { 204: z.undefined() } } },
      async (request, reply) => {
        if (request.signedIn) await removeSession(deps.db, request.signedIn.tokenHash);
        clearSessionCookie(reply, deps);
        return reply.code(204).send();
      },
    );
  };

interface Attempt {
  readonly username: string;
  readonly code: string | undefined;
  readonly ip: string;
  readonly now: Instant;
}

/** @throws Fault with what is missing or wrong; what was wrong is on the audit trail */
async function letIn(
  account: AccountRow | undefined,
  { username, code, ip, now }: Attempt,
  { db, factors }: SessionsDeps,
): Promise<AccountRow> {
  try {
    if (!account) throw new Fault('credential-wrong');
    await factors.demand(account.id, code, now);
    return account;
  } catch (error) {
    const asked = error instanceof Fault && error.code === 'second-factor-needed';
    const data = { ip, ...(account === undefined ? {} : { password: 'right' }) };
    if (!asked) await audit(db, { at: now, by: 'nobody', act: 'session.refused', subject: `accounts:${username}`, data });
    throw error;
  }
}

/** An unknown name, an account that is switched off and a wrong password take the same time and say the same. */
export async function accountOf(username: string, password: string, db: Db): Promise<AccountRow | undefined> {
  const account = await findAccountByName(db, username);
  const fits = account?.active ? await verifySecret(password, account.password_hash) : await verifyNobody(password);
  return fits ? account : undefined;
}

/**
 * Bounds guessing: by name and address, so that nobody can lock a duty officer out from elsewhere, and by address, so
 * that trying many names does not help. Only attempts that fail count in the end.
 */
export function loginGate(clock: Clock) {
  const byName = throttle({ attempts: 10, window: minutes(1) });
  const byAddress = throttle({ attempts: 60, window: minutes(1) });
  return (username: string, request: FastifyRequest, reply: FastifyReply): (() => void) => {
    const now = clock.now();
    const client = clientOf(request);
    const name = `${client} ${username}`;
    const wait = Math.max(byName.take(name, now), byAddress.take(client, now));
    if (wait > 0) throw tooMany(reply, wait);
    return () => {
      byName.forgive(name);
      byAddress.giveBack(client);
    };
  };
}

/** What tells the person later which of the sessions this one is. */
export interface CameFrom {
  readonly ip: string;
  readonly agent: string;
}
/** How the person proved who he is, where it was not the password. */
interface Through {
  readonly through?: 'single-sign-on';
}
export const cameFrom = ({ ip, headers }: FastifyRequest): CameFrom => ({ ip, agent: (headers['user-agent'] ?? '').slice(0, 300) });

export interface OpenedSession {
  readonly token: string;
  /** Where it is not used. */
  readonly expiresAt: Instant;
  /** However much it is used: until then the browser keeps the cookie, and the record says whether it still holds. */
  readonly latest: Instant;
}

/** Opens a session and writes it on the audit trail, in one transaction when `db` is none yet. */
export async function openSession(
  account: AccountRow,
  now: Instant,
  { through, ...from }: CameFrom & Through,
  deps: Pick<SessionsDeps, 'db' | 'sessionHours' | 'met'>,
): Promise<OpenedSession> {
  const session = { token: newToken(), expiresAt: now + hours(deps.sessionHours), latest: now + longestSession };
  const write = async (db: Db) => {
    await addSession(db, {
      token_hash: tokenHash(session.token),
      account_id: account.id,
      created_at: new Date(now),
      expires_at: new Date(session.expiresAt),
      ...(through === undefined ? {} : { through }),
      ...from,
    });
    const data = { ip: from.ip, ...(through === undefined ? {} : { through }) };
    await audit(db, { at: now, by: account.username, act: 'session.opened', subject: `accounts:${account.id}`, data });
  };
  await (deps.db.isTransaction ? write(deps.db) : deps.db.transaction().execute(write));
  deps.met(session.token);
  return session;
}

export function presentSession(reply: FastifyReply, session: OpenedSession, account: AccountRow, secure: boolean) {
  setSessionCookie(reply, session.token, { secure, until: session.latest });
  return toSession(session.token, session.expiresAt, account);
}
