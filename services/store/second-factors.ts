import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** Second factors of accounts: secrets sealed, recovery codes by hash only. One that was not confirmed counts for nothing. */

export interface SecondFactor {
  readonly sealed: string;
  readonly confirmed: boolean;
}

export async function findFactor(db: Db, accountId: string): Promise<SecondFactor | undefined> {
  const row = await db.selectFrom('second_factors').selectAll().where('account_id', '=', accountId).executeTakeFirst();
  return row && { sealed: row.secret, confirmed: row.confirmed_at !== null };
}

/** Begins anew what was not confirmed. False where one is confirmed already. */
export async function beginFactor(db: Db, accountId: string, sealed: string, now: Instant): Promise<boolean> {
  const put = await db
    .insertInto('second_factors')
    .values({ account_id: accountId, secret: sealed, created_at: new Date(now) })
    .onConflict((known) =>
      known
        .column('account_id')
        .doUpdateSet({ secret: sealed, created_at: new Date(now) })
        .where('second_factors.confirmed_at', 'is', null),
    )
    .returning('account_id')
    .executeTakeFirst();
  return put !== undefined;
}

/** Uses a step up. False when it, or a later one, was used already. */
export async function takeStep(db: Db, accountId: string, step: number): Promise<boolean> {
  const taken = await db
    .updateTable('second_factors')
    .set({ last_step: String(step) })
    .where('account_id', '=', accountId)
    .where('last_step', '<', String(step))
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** The factor counts from now on, with these recovery codes. */
export async function confirmFactor(db: Db, accountId: string, codeHashes: readonly string[], now: Instant): Promise<void> {
  await db
    .updateTable('second_factors')
    .set({ confirmed_at: new Date(now) })
    .where('account_id', '=', accountId)
    .execute();
  await db
    .insertInto('recovery_codes')
    .values(codeHashes.map((code_hash) => ({ account_id: accountId, code_hash })))
    .execute();
}

/** Uses a recovery code up. False when there is no such code any more. */
export async function takeRecoveryCode(db: Db, accountId: string, codeHash: string): Promise<boolean> {
  const taken = await db
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return taken.numDeletedRows > 0n;
}

export async function recoveryCodesLeft(db: Db, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('recovery_codes')
    .select(sql<string>`count(*)`.as('left'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(row.left);
}

/** False when there was none. */
export async function removeFactor(db: Db, accountId: string): Promise<boolean> {
  const removed = await db.deleteFrom('second_factors').where('account_id', '=', accountId).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}
