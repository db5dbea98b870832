import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Instant, minutes } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { verifySecret } from '../../secrets.ts';
import type { Sealer } from '../../secrets-at-rest.ts';
import { type AccountRow, findAccount, removeSessionsOf } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { beginFactor, confirmFactor, findFactor, recoveryCodesLeft, removeFactor, takeStep } from '../../store/second-factors.ts';
import { base32, otpauth, stepOf } from '../../totp.ts';
import { newFactorSecret, newRecoveryCodes, recoveryHash, type SecondFactors, sealedFactor, unsealed } from '../second-factor.ts';
import { throttle, tooMany } from '../throttle.ts';
import { accountOfRequest } from './me.ts';
import { found, idParams, uuidOf } from './parts.ts';

export interface SecondFactorDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly factors: SecondFactors;
}

const password = z.string().min(1).max(256);
const code = z.string().min(6).max(64);
const stateSchema = z.object({
  on: z.boolean(),
  recoveryCodes: z.number().int().meta({ description: 'How many are left' }),
});
const begunSchema = z.object({
  secret: z.string().meta({ description: 'Base32, for typing; shown until it is confirmed' }),
  uri: z.string().meta({ description: 'otpauth://…, for a QR code' }),
});
const confirmedSchema = z.object({ recoveryCodes: z.array(z.string()).meta({ description: 'Each good once; shown this once' }) });
/** Also for those who must have a second factor and have none yet. */
const own = { access: 'signed-in', beforeSecondFactor: true } as const;
const tags = ['accounts'];

type Told = 'on' | 'off' | 'reset';
const tell = (db: Db, at: Instant, by: string, what: Told, { id, username }: Pick<AccountRow, 'id' | 'username'>) =>
  audit(db, { at, by, act: `account.second-factor-${what}`, subject: `accounts:${id}`, data: { username } });

/** Whoever sits down at somebody's open page must not put on or take off a factor without the password. */
function passwordGate(clock: Clock) {
  const attempts = throttle({ attempts: 10, window: minutes(1) });
  return async (request: FastifyRequest, reply: FastifyReply, current: string): Promise<AccountRow> => {
    const account = accountOfRequest(request);
    const wait = attempts.take(account.id, clock.now());
    if (wait > 0) throw tooMany(reply, wait);
    if (!(await verifySecret(current, account.password_hash))) throw new Fault('credential-wrong');
    return account;
  };
}

/** A code of an authenticator app beside the password, put on by the person. */
export const secondFactorRoutes =
  (deps: SecondFactorDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, sealer } = deps;
    const proved = passwordGate(clock);

    app.get('/me/second-factor', { config: own, schema: { tags, response: { 200: stateSchema } } }, async (request) => {
      const { id } = accountOfRequest(request);
      return { on: (await findFactor(db, id))?.confirmed ?? false, recoveryCodes: await recoveryCodesLeft(db, id) };
    });

    app.post(
      '/me/second-factor',
      { config: own, schema: { tags, body: z.strictObject({ current: password }), response: { 201: begunSchema } } },
      async (request, reply) => {
        const account = await proved(request, reply, request.body.current);
        const secret = newFactorSecret();
        if (!(await beginFactor(db, account.id, sealedFactor(account.id, secret, sealer), clock.now())))
          throw new Fault('second-factor-on');
        reply.code(201).header('cache-control', 'no-store');
        return { secret: base32(secret), uri: otpauth(secret, account.username) };
      },
    );

    app.post(
      '/me/second-factor/confirm',
      {
        config: own,
        schema: {
          ...{ tags, body: z.strictObject({ code }), response: { 200: confirmedSchema } },
          description: 'With a code of the app that has taken the secret. Signs the person out everywhere else.',
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        return { recoveryCodes: await confirm(request, request.body.code, deps) };
      },
    );
  };

async function confirm(request: FastifyRequest, given: string, { db, clock, sealer, factors }: SecondFactorDeps): Promise<string[]> {
  const [account, now] = [accountOfRequest(request), clock.now()];
  const begun = found(await findFactor(db, account.id), 'second factor');
  if (begun.confirmed) throw new Fault('second-factor-on');
  const step = stepOf(unsealed(account.id, begun.sealed, sealer), given, now);
  const recoveryCodes = newRecoveryCodes();
  const putOn = async (trx: Db): Promise<boolean> => {
    if (step === undefined || !(await takeStep(trx, account.id, step))) return false;
    await confirmFactor(trx, account.id, recoveryCodes.map(recoveryHash), now);
    await removeSessionsOf(trx, account.id, request.signedIn?.tokenHash);
    await tell(trx, now, account.username, 'on', account);
    return true;
  };
  await factors.attempt(account.id, now, () => db.transaction().execute(putOn));
  return recoveryCodes;
}

/** Taken off by the person with password and code, or reset by an administrator for somebody who has lost both phone and codes. */
export const secondFactorEndRoutes =
  ({ db, clock, factors }: SecondFactorDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const proved = passwordGate(clock);

    app.post(
      '/me/second-factor/off',
      { config: own, schema: { tags, body: z.strictObject({ current: password, code }), response: { 204: z.undefined() } } },
      async (request, reply) => {
        const account = await proved(request, reply, request.body.current);
        await factors.demand(account.id, request.body.code, clock.now());
        await db.transaction().execute(async (trx) => {
          if (await removeFactor(trx, account.id)) await tell(trx, clock.now(), account.username, 'off', account);
        });
        return reply.code(204).send();
      },
    );

    app.delete(
      '/accounts/:id/second-factor',
      {
        config: { access: { roles: [] } },
        schema: { tags, params: idParams, response: { 204: z.undefined() }, description: 'Signs the person out everywhere.' },
      },
      async (request, reply) => {
        const account = found(await findAccount(db, uuidOf(request.params.id)), 'account');
        await db.transaction().execute(async (trx) => {
          if (!(await removeFactor(trx, account.id))) throw new Fault('not-found', `${account.username} has no second factor`);
          await removeSessionsOf(trx, account.id);
          await tell(trx, clock.now(), request.actor.name, 'reset', account);
        });
        return reply.code(204).send();
      },
    );
  };
