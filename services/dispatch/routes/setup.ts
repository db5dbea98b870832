import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Instant, minutes } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { hashSecret, tokenHash } from '../../secrets.ts';
import { addAccount, anyAccount, lockIfNoAccounts, setupLinkHolds, spendSetupLink } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { uuidv7 } from '../../store/ids.ts';
import { demandPassword, passwordSchema, sessionSchema, usernameSchema } from '../accounts.ts';
import { clientOf } from '../clients.ts';
import { throttle, tooMany } from '../throttle.ts';
import { cameFrom, openSession, presentSession } from './sessions.ts';
import type { SignOnDeps } from './single-sign-on.ts';

const setup = z.strictObject({ token: z.string().min(1).max(128), username: usernameSchema.default('admin'), password: passwordSchema });

/** The first account, made with the one-time link that the first start printed; its maker is signed in at once. */
export const setupRoutes =
  (deps: SignOnDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const attempts = throttle({ attempts: 20, window: minutes(1) });

    const state = z.object({
      hasAccount: z.boolean(),
      singleSignOn: z.string().exactOptional().meta({ description: 'What to call the issuer of identities, where there is one' }),
    });
    app.get(
      '/setup/state',
      {
        config: { access: 'public' },
        schema: { tags: ['set-up'], response: { 200: state }, description: 'Whether anybody has an account, and how one may sign in.' },
      },
      async () => ({ hasAccount: await anyAccount(deps.db), ...(deps.signOn === undefined ? {} : { singleSignOn: deps.signOn.label }) }),
    );

    app.post(
      '/setup',
      { config: { access: 'public' }, schema: { tags: ['sessions'], body: setup, response: { 201: sessionSchema } } },
      async (request, reply) => {
        const { token, username, password } = request.body;
        const now = deps.clock.now();
        const wait = attempts.take(clientOf(request), now);
        if (wait > 0) throw tooMany(reply, wait);
        // Asked before hashing as well, so that a stranger's token costs nothing.
        if (!(await setupLinkHolds(deps.db, tokenHash(token), now))) throw new Fault('set-up-link-spent');
        demandPassword(password, username);
        const passwordHash = await hashSecret(password, 'person');
        const { account, session } = await deps.db.transaction().execute(async (db) => {
          const made = await firstAdmin(db, tokenHash(token), { username, passwordHash, now });
          return { account: made, session: await openSession(made, now, cameFrom(request), { ...deps, db }) };
        });
        return reply.code(201).send(presentSession(reply, session, account, deps.secure));
      },
    );
  };

async function firstAdmin(db: Db, link: string, first: { username: string; passwordHash: string; now: Instant }) {
  const { username, passwordHash, now } = first;
  const at = new Date(now);
  if (!(await lockIfNoAccounts(db)) || !(await spendSetupLink(db, link, now))) throw new Fault('set-up-link-spent');
  const row = { id: uuidv7(now), username, password_hash: passwordHash, roles: ['admin'], station_ids: [], created_at: at, updated_at: at };
  const account = await addAccount(db, row);
  if (!account) throw new Fault('already-exists');
  await audit(db, {
    at: now,
    by: 'set-up',
    act: 'account.created',
    subject: `accounts:${account.id}`,
    data: { username, roles: ['admin'] },
  });
  return account;
}
