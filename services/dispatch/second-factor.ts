import { randomBytes } from 'node:crypto';
import { type Instant, minutes } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { tokenHash } from '../secrets.ts';
import { places, type Sealer } from '../secrets-at-rest.ts';
import type { Db } from '../store/connect.ts';
import { findFactor, takeRecoveryCode, takeStep } from '../store/second-factors.ts';
import { base32, stepOf } from '../totp.ts';
import { throttle } from './throttle.ts';

/** The second factor of accounts that have one: a code of an authenticator app, or one of ten that were printed. */
export interface SecondFactors {
  /**
   * Asked of whoever has proved the password. Nothing happens where the account has no second factor.
   * @throws Fault `second-factor-needed` without a code, `second-factor-wrong` for one that is wrong or was used
   */
  demand(accountId: string, code: string | undefined, now: Instant): Promise<void>;
  /** Counts a try at the account's codes. @throws Fault `rate-limited`; `second-factor-wrong` when it does not fit */
  attempt(accountId: string, now: Instant, fits: () => Promise<boolean>): Promise<void>;
}

/** Of one account, from wherever they come: at this pace a code is guessed once in years. Only who has the password can use them up. */
const tries = { attempts: 10, window: minutes(15) };

export function openSecondFactors({ db, sealer }: { readonly db: Db; readonly sealer: Sealer }): SecondFactors {
  const attempts = throttle(tries);
  const attempt: SecondFactors['attempt'] = async (accountId, now, fits) => {
    if (attempts.take(accountId, now) > 0) throw new Fault('rate-limited', 'Too many wrong codes; try again in a quarter of an hour');
    if (!(await fits())) throw new Fault('second-factor-wrong');
    attempts.giveBack(accountId);
  };
  return {
    attempt,
    async demand(accountId, code, now) {
      const factor = await findFactor(db, accountId);
      if (!factor?.confirmed) return;
      if (code === undefined) throw new Fault('second-factor-needed');
      const step = stepOf(unsealed(accountId, factor.sealed, sealer), code, now);
      await attempt(accountId, now, () =>
        step === undefined ? takeRecoveryCode(db, accountId, recoveryHash(code)) : takeStep(db, accountId, step),
      );
    },
  };
}

/** 160 bits, as RFC 4226 recommends. */
export const newFactorSecret = (): Buffer => randomBytes(20);
export const sealedFactor = (accountId: string, secret: Uint8Array, sealer: Sealer): string =>
  sealer.seal(Buffer.from(secret).toString('base64'), places.secondFactor(accountId));
export const unsealed = (accountId: string, sealed: string, sealer: Sealer): Buffer =>
  Buffer.from(sealer.unseal(sealed, places.secondFactor(accountId)), 'base64');

/** Ten of 80 bits each, in groups that can be typed. */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => base32(randomBytes(10)).replaceAll(/.{4}(?!$)/g, '$&-'));
export const recoveryHash = (code: string): string => tokenHash(code.toUpperCase().replaceAll(/[^A-Z2-7]/g, ''));

/** @param list of the settings: names with commas between them */
export const rolesAsked = (list = ''): string[] => list.split(',').map((role) => role.trim());
