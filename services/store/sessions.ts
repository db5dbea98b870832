import { sql } from 'kysely';
import { type Duration, hours, type Instant } from '../alarm/index.ts';
import type { AccountRow } from './accounts.ts';
import type { Db } from './connect.ts';

/** Where people are signed in, and the one-time links by which a forgotten password is set anew. Tokens are here by hash only. */

export interface OpenSession {
  readonly id: string;
  readonly openedAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  readonly ip: string;
  /** The browser, as it names itself. */
  readonly agent: string;
  readonly tokenHash: string;
}

/** An account's sessions that hold, the newest first. */
export async function listSessions(db: Db, accountId: string, now: Instant): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', new Date(now))
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    openedAt: row.created_at.getTime(),
    seenAt: (row.last_seen_at ?? row.created_at).getTime(),
    expiresAt: row.expires_at.getTime(),
    ip: row.ip,
    agent: row.agent,
    tokenHash: row.token_hash,
  }));
}

export async function endSession(db: Db, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('sessions').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** A session ends then however much it is used: whoever sits there says anew who that is. */
export const longestSession: Duration = hours(7 * 24);

/**
 * Notes that a session was used, at most once in a minute.
 * @param holds from now on, within the longest; undefined leaves its end as it is
 */
export async function noteSessionUse(db: Db, tokenHash: string, now: Instant, holds: Duration | undefined): Promise<void> {
  const longest = sql<Date>`created_at + ${longestSession} * interval '1 millisecond'`;
  const until = holds === undefined ? {} : { expires_at: sql<Date>`least(${longest}, ${new Date(now + holds)}::timestamptz)` };
  await db
    .updateTable('sessions')
    .set({ last_seen_at: new Date(now), ...until })
    .where('token_hash', '=', tokenHash)
    .where((is) =>
      is.or([is('last_seen_at', 'is', null), is('last_seen_at', '<=', sql<Date>`${new Date(now)}::timestamptz - interval '1 minute'`)]),
    )
    .execute();
}

/** Makes the account's only link; an earlier one stops. */
export async function putResetLink(
  db: Db,
  link: { readonly hash: string; readonly accountId: string; readonly by: string; readonly now: Instant; readonly expiresAt: Instant },
): Promise<void> {
  const values = {
    token_hash: link.hash,
    created_at: new Date(link.now),
    created_by: link.by,
    expires_at: new Date(link.expiresAt),
  };
  await db
    .insertInto('reset_links')
    .values({ account_id: link.accountId, ...values })
    .onConflict((known) => known.column('account_id').doUpdateSet(values))
    .execute();
}

/** Whose link it is, while it holds and the account is active. */
export const accountOfLink = (db: Db, hash: string, now: Instant): Promise<AccountRow | undefined> =>
  db
    .selectFrom('reset_links')
    .innerJoin('accounts', 'accounts.id', 'reset_links.account_id')
    .selectAll('accounts')
    .where('token_hash', '=', hash)
    .where('expires_at', '>', new Date(now))
    .where('active', '=', true)
    .executeTakeFirst();

/** Uses the link up. False when somebody was quicker. */
export async function spendResetLink(db: Db, hash: string): Promise<boolean> {
  return (await db.deleteFrom('reset_links').where('token_hash', '=', hash).executeTakeFirst()).numDeletedRows > 0n;
}
