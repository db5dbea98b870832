import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hours, minutes, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { hashSecret, newToken, tokenHash } from '../../secrets.ts';
import { changeAccount, findAccount, removeSessionsOf } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { accountOfLink, endSession, listSessions, type OpenSession, putResetLink, spendResetLink } from '../../store/sessions.ts';
import { demandPassword, passwordSchema } from '../accounts.ts';
import { clientOf } from '../clients.ts';
import { throttle, tooMany } from '../throttle.ts';
import { found, idParams, noBody, uuidOf } from './parts.ts';

export interface AccountSessionsDeps {
  readonly db: Db;
  readonly clock: Clock;
}

export const openSessionSchema = z.object({
  id: z.string(),
  openedAt: z.string(),
  seenAt: z.string(),
  expiresAt: z.string(),
  ip: z.string(),
  agent: z.string().meta({ description: 'The browser, as it names itself' }),
  current: z.boolean().meta({ description: 'The one that asks' }),
});
export const toOpenSession = (session: OpenSession, asking: string | undefined): z.infer<typeof openSessionSchema> => ({
  id: session.id,
  openedAt: rfc3339(session.openedAt),
  seenAt: rfc3339(session.seenAt),
  expiresAt: rfc3339(session.expiresAt),
  ip: session.ip,
  agent: session.agent,
  current: session.tokenHash === asking,
});

const resetLink = z.object({
  path: z.string().meta({ description: 'Behind the address of the console; the token stands behind the #. Shown once' }),
  expiresAt: z.string(),
});
/** Handed over in person or by telephone, and used at once. */
const linkHolds = hours(2);
const access = { roles: [] };
const tags = ['accounts'];
const sessionParams = z.object({ id: z.string(), sessionId: z.string() });

/** Where a person is signed in, signing them out, and a link for a forgotten password. Administrators only. */
export const accountSessionRoutes =
  ({ db, clock }: AccountSessionsDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const existing = async (id: string) => found(await findAccount(db, uuidOf(id)), 'account');
    const sessions = z.object({ items: z.array(openSessionSchema) });

    app.get(
      '/accounts/:id/sessions',
      { config: { access }, schema: { tags, params: idParams, response: { 200: sessions } } },
      async (request) => {
        const { id } = await existing(request.params.id);
        const open = await listSessions(db, id, clock.now());
        return { items: open.map((session) => toOpenSession(session, request.signedIn?.tokenHash)) };
      },
    );

    app.delete(
      '/accounts/:id/sessions',
      { config: { access }, schema: { tags, params: idParams, response: { 204: z.undefined() } } },
      async (request, reply) => {
        const account = await existing(request.params.id);
        const kept = request.signedIn?.tokenHash ?? '';
        await db.transaction().execute(async (trx) => {
          await removeSessionsOf(trx, account.id, kept);
          await audit(trx, ended(request.actor.name, account.id, { username: account.username, sessions: 'all' }));
        });
        return reply.code(204).send();
      },
    );

    app.delete(
      '/accounts/:id/sessions/:sessionId',
      { config: { access }, schema: { tags, params: sessionParams, response: { 204: z.undefined() } } },
      async (request, reply) => {
        const account = await existing(request.params.id);
        const sessionId = uuidOf(request.params.sessionId);
        await db.transaction().execute(async (trx) => {
          if (!(await endSession(trx, account.id, sessionId))) throw new Fault('not-found', 'There is no such session');
          await audit(trx, ended(request.actor.name, account.id, { username: account.username, sessions: sessionId }));
        });
        return reply.code(204).send();
      },
    );

    app.post(
      '/accounts/:id/reset-link',
      { config: { access }, schema: { tags, params: idParams, body: noBody, response: { 201: resetLink } } },
      async (request, reply) => {
        const account = await existing(request.params.id);
        const [token, now, by] = [newToken(), clock.now(), request.actor.name];
        const expiresAt = now + linkHolds;
        await db.transaction().execute(async (trx) => {
          await putResetLink(trx, { hash: tokenHash(token), accountId: account.id, by, now, expiresAt });
          const data = { username: account.username };
          await audit(trx, { at: now, by, act: 'account.reset-link', subject: `accounts:${account.id}`, data });
        });
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send({ path: `/reset#token=${token}`, expiresAt: rfc3339(expiresAt) });
      },
    );

    const ended = (by: string, id: string, data: Readonly<Record<string, string>>) => ({
      ...{ at: clock.now(), by, act: 'session.ended' as const, subject: `accounts:${id}`, data },
    });
  };

const newPassword = z.strictObject({ token: z.string().min(1).max(128), password: passwordSchema });

/** A forgotten password set anew with the link that an administrator gave. */
export const passwordResetRoutes =
  ({ db, clock }: AccountSessionsDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const attempts = throttle({ attempts: 20, window: minutes(1) });

    app.post(
      '/password-resets',
      { config: { access: 'public' }, schema: { tags: ['sessions'], body: newPassword, response: { 204: z.undefined() } } },
      async (request, reply) => {
        const now = clock.now();
        const wait = attempts.take(clientOf(request), now);
        if (wait > 0) throw tooMany(reply, wait);
        const hash = tokenHash(request.body.token);
        const account = await accountOfLink(db, hash, now);
        if (!account) throw new Fault('reset-link-spent');
        demandPassword(request.body.password, account.username);
        const passwordHash = await hashSecret(request.body.password, 'person');
        await db.transaction().execute(async (trx) => {
          if (!(await spendResetLink(trx, hash))) throw new Fault('reset-link-spent');
          await changeAccount(trx, account.id, { password_hash: passwordHash, updated_at: new Date(now) });
          await removeSessionsOf(trx, account.id);
          await audit(trx, { at: now, by: account.username, act: 'account.password-reset', subject: `accounts:${account.id}` });
        });
        return reply.code(204).send();
      },
    );
  };
