import type { Instant } from '../alarm/index.ts';
import type { AccountRow } from './accounts.ts';
import type { Db } from './connect.ts';

/** Sign-ins that are under way at the issuer of identities: each is begun in one browser and ends there once. */

export interface SignOnUnderWay {
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
  readonly redirectUri: string;
}

export async function beginSignOn(db: Db, stateHash: string, begun: SignOnUnderWay, expiresAt: Instant): Promise<void> {
  await db
    .insertInto('sign_ons')
    .values({
      state_hash: stateHash,
      nonce: begun.nonce,
      verifier: begun.verifier,
      redirect_uri: begun.redirectUri,
      expires_at: new Date(expiresAt),
    })
    .execute();
}

/** Uses it up. Nothing when it was used, is too old or never was. */
export async function takeSignOn(db: Db, stateHash: string, now: Instant): Promise<SignOnUnderWay | undefined> {
  const row = await db.deleteFrom('sign_ons').where('state_hash', '=', stateHash).returningAll().executeTakeFirst();
  if (!row || row.expires_at.getTime() <= now) return undefined;
  return { nonce: row.nonce, verifier: row.verifier, redirectUri: row.redirect_uri };
}

export const findAccountByIdentity = (db: Db, identity: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('identity', '=', identity).executeTakeFirst();
