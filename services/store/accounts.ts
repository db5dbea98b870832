import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { NewRow, Row } from './tables.ts';

/** Accounts of people, their sessions, API keys of other systems and the one-time set-up link. Tokens are here by hash only. */

export type AccountRow = Row<'accounts'>;
export type ApiKeyRow = Row<'api_keys'>;
export interface Page {
  readonly limit: number;
  /** The list goes on after this id. */
  readonly after?: string;
}

/** The account as it stands now; nothing when its user name is taken. */
export const addAccount = (db: Db, row: NewRow<'accounts'>): Promise<AccountRow | undefined> =>
  db
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returningAll()
    .executeTakeFirst();

export const findAccount = (db: Db, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();

export const findAccountByName = (db: Db, username: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst();

export async function listAccounts(db: Db, page: Page): Promise<AccountRow[]> {
  const rows = db.selectFrom('accounts').selectAll().orderBy('id').limit(page.limit);
  return (page.after === undefined ? rows : rows.where('id', '>', page.after)).execute();
}

type AccountChange = Partial<
  Pick<AccountRow, 'password_hash' | 'roles' | 'station_ids' | 'unit_id' | 'active' | 'language' | 'identity'>
> & {
  updated_at: Date;
};

export const changeAccount = (db: Db, id: string, change: AccountChange): Promise<AccountRow | undefined> =>
  db.updateTable('accounts').set(change).where('id', '=', id).returningAll().executeTakeFirst();

export async function removeAccount(db: Db, id: string): Promise<void> {
  await db.deleteFrom('accounts').where('id', '=', id).execute();
}

/** Ids of active accounts with the role, locked until the transaction ends so that two removals cannot each leave the other's. */
export async function lockActiveWithRole(db: Db, role: string): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('active', '=', true)
    .where(sql<boolean>`${role} = any(roles)`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

/** Whether anybody has an account. */
export const anyAccount = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Whether nobody has an account, asked under a lock that holds until the transaction ends: one first account, not two. */
export async function lockIfNoAccounts(db: Db): Promise<boolean> {
  await sql`lock table accounts in share row exclusive mode`.execute(db);
  return !(await anyAccount(db));
}

export async function addSession(db: Db, row: NewRow<'sessions'>): Promise<void> {
  await db.insertInto('sessions').values(row).execute();
}

export interface LiveSession {
  readonly account: AccountRow;
  readonly expiresAt: Date;
  readonly seenAt: Date | null;
  /** By password, or through an issuer that has factors of its own. */
  readonly through: string;
  readonly hasSecondFactor: boolean;
}

/** The session of a token that has neither ended nor lost its account. */
export async function findSession(db: Db, hash: string, now: Instant): Promise<LiveSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('accounts')
    .leftJoin('second_factors', 'second_factors.account_id', 'sessions.account_id')
    .select(['sessions.expires_at', 'sessions.last_seen_at', 'sessions.through', 'second_factors.confirmed_at'])
    .where('token_hash', '=', hash)
    .where('expires_at', '>', new Date(now))
    .where('active', '=', true)
    .executeTakeFirst();
  if (!row) return undefined;
  const { expires_at: expiresAt, last_seen_at: seenAt, confirmed_at: confirmedAt, through, ...account } = row;
  return { account, expiresAt, seenAt, through, hasSecondFactor: confirmedAt !== null };
}

export async function removeSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', hash).execute();
}

/** Signs a person out everywhere, except from the session with the hash `but`. */
export async function removeSessionsOf(db: Db, accountId: string, but = ''): Promise<void> {
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('token_hash', '<>', but).execute();
}

/** Removes sessions, one-time links and sign-ins under way that ended before `now`. */
export async function purgeSessions(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', new Date(now)).execute();
  await db.deleteFrom('setup_links').where('expires_at', '<=', new Date(now)).execute();
  await db.deleteFrom('reset_links').where('expires_at', '<=', new Date(now)).execute();
  await db.deleteFrom('sign_ons').where('expires_at', '<=', new Date(now)).execute();
}

export const addApiKey = (db: Db, row: NewRow<'api_keys'>): Promise<ApiKeyRow> =>
  db.insertInto('api_keys').values(row).returningAll().executeTakeFirstOrThrow();

export const findApiKey = (db: Db, hash: string, now: Instant): Promise<ApiKeyRow | undefined> =>
  db
    .selectFrom('api_keys')
    .selectAll()
    .where('key_hash', '=', hash)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', new Date(now))]))
    .executeTakeFirst();

export async function listApiKeys(db: Db, page: Page): Promise<ApiKeyRow[]> {
  const rows = db.selectFrom('api_keys').selectAll().orderBy('id').limit(page.limit);
  return (page.after === undefined ? rows : rows.where('id', '>', page.after)).execute();
}

export const removeApiKey = (db: Db, id: string): Promise<ApiKeyRow | undefined> =>
  db.deleteFrom('api_keys').where('id', '=', id).returningAll().executeTakeFirst();

/** User name of the person who made the key, or the key that made it, and so on. */
export const apiKeyOwner = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.selectFrom('api_keys').select('created_by').where('id', '=', id).executeTakeFirst())?.created_by;

export async function noteApiKeyUse(db: Db, id: string, now: Instant): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ last_used_at: new Date(now) })
    .where('id', '=', id)
    .execute();
}

/** Puts in the only valid set-up link; earlier ones stop. */
export async function replaceSetupLink(db: Db, link: { hash: string; now: Instant; expiresAt: Instant }): Promise<void> {
  await db.deleteFrom('setup_links').execute();
  await db
    .insertInto('setup_links')
    .values({ token_hash: link.hash, created_at: new Date(link.now), expires_at: new Date(link.expiresAt) })
    .execute();
}

export async function setupLinkHolds(db: Db, hash: string, now: Instant): Promise<boolean> {
  const rows = db.selectFrom('setup_links').select('token_hash').where('token_hash', '=', hash);
  return (await rows.where('used_at', 'is', null).where('expires_at', '>', new Date(now)).executeTakeFirst()) !== undefined;
}

/** Uses the link up. False when it was used, has ended or never was. */
export async function spendSetupLink(db: Db, hash: string, now: Instant): Promise<boolean> {
  const spent = await db
    .updateTable('setup_links')
    .set({ used_at: new Date(now) })
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date(now))
    .returning('token_hash')
    .executeTakeFirst();
  return spent !== undefined;
}
