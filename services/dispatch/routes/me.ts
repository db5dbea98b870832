import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { minutes } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { hashSecret, verifySecret } from '../../secrets.ts';
import { type AccountRow, changeAccount, removeSessionsOf } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { listSessions } from '../../store/sessions.ts';
import { accountSchema, demandPassword, languages, passwordSchema, toAccount } from '../accounts.ts';
import { throttle, tooMany } from '../throttle.ts';
import { openSessionSchema, toOpenSession } from './account-sessions.ts';

export interface MeDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const preferences = z.strictObject({ language: z.enum(languages) });
const newPassword = z.strictObject({ current: z.string().min(1).max(256), password: passwordSchema });
const access = 'signed-in' as const;
const own = { access, beforeSecondFactor: true };
const tags = ['accounts'];

/** What people set for themselves: their language and their password, and where they are signed in. */
export const meRoutes =
  ({ db, clock }: MeDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const attempts = throttle({ attempts: 10, window: minutes(1) });

    app.get('/me', { config: own, schema: { tags, response: { 200: accountSchema } } }, async (request) =>
      toAccount(accountOfRequest(request)),
    );

    app.put('/me', { config: own, schema: { tags, body: preferences, response: { 200: accountSchema } } }, async (request) => {
      const { id } = accountOfRequest(request);
      const changed = await changeAccount(db, id, { language: request.body.language, updated_at: new Date(clock.now()) });
      if (!changed) throw new Fault('not-found');
      return toAccount(changed);
    });

    app.put(
      '/me/password',
      {
        config: own,
        schema: { tags, body: newPassword, response: { 204: z.undefined() }, description: 'Signs the person out everywhere else.' },
      },
      async (request, reply) => {
        const account = accountOfRequest(request);
        bound(attempts, account, clock, reply);
        if (!(await verifySecret(request.body.current, account.password_hash))) throw new Fault('credential-wrong');
        demandPassword(request.body.password, account.username);
        const hash = await hashSecret(request.body.password, 'person');
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await changeAccount(trx, account.id, { password_hash: hash, updated_at: new Date(now) });
          await removeSessionsOf(trx, account.id, request.signedIn?.tokenHash ?? '');
          await audit(trx, { at: now, by: account.username, act: 'account.password-changed', subject: `accounts:${account.id}` });
        });
        return reply.code(204).send();
      },
    );

    app.get(
      '/me/sessions',
      { config: { access }, schema: { tags, response: { 200: z.object({ items: z.array(openSessionSchema) }) } } },
      async (request) => {
        const open = await listSessions(db, accountOfRequest(request).id, clock.now());
        return { items: open.map((session) => toOpenSession(session, request.signedIn?.tokenHash)) };
      },
    );
  };

function bound(attempts: ReturnType<typeof throttle>, { id }: AccountRow, clock: Clock, reply: FastifyReply): void {
  const wait = attempts.take(id, clock.now());
  if (wait > 0) throw tooMany(reply, wait);
}

/** @throws Fault `role-missing` for an API key, which is nobody */
export function accountOfRequest(request: FastifyRequest): AccountRow {
  const account = request.signedIn?.account;
  if (!account) throw new Fault('role-missing', 'This is for people: sign in with an account, not with an API key');
  return account;
}
