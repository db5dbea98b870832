import { hours, type Instant } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { hashSecret, newToken, tokenHash } from '../secrets.ts';
import { addAccount, lockIfNoAccounts, replaceSetupLink } from '../store/accounts.ts';
import { audit } from '../store/audit.ts';
import type { Db } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';

/** `path` goes behind the printed address. The token is in the fragment, which browsers send to nobody and no log keeps. */
export type FirstAccount =
  | { readonly outcome: 'accounts-exist' }
  | { readonly outcome: 'admin-created' }
  | { readonly outcome: 'link'; readonly path: string; readonly token: string; readonly expiresAt: Instant };

export interface FirstAccountDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly adminPassword?: string;
}

/**
 * Lets the first administrator in where nobody has an account: with the password that was set, else by a one-time link
 * that holds for an hour. Safe to call in several processes at once and at every start.
 */
export async function firstAccount({ db, clock, adminPassword }: FirstAccountDeps): Promise<FirstAccount> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    if (!(await lockIfNoAccounts(trx))) return { outcome: 'accounts-exist' };
    return adminPassword === undefined ? setupLink(trx, now) : admin(trx, adminPassword, now);
  });
}

async function admin(db: Db, password: string, now: Instant): Promise<FirstAccount> {
  const at = new Date(now);
  const row = {
    id: uuidv7(now),
    username: 'admin',
    password_hash: await hashSecret(password, 'person'),
    roles: ['admin'],
    station_ids: [],
    created_at: at,
    updated_at: at,
  };
  const account = await addAccount(db, row);
  if (!account) throw new Fault('already-exists');
  await audit(db, {
    at: now,
    by: 'settings',
    act: 'account.created',
    subject: `accounts:${account.id}`,
    data: { username: 'admin', roles: ['admin'] },
  });
  return { outcome: 'admin-created' };
}

async function setupLink(db: Db, now: Instant): Promise<FirstAccount> {
  const token = newToken();
  const expiresAt = now + hours(1);
  await replaceSetupLink(db, { hash: tokenHash(token), now, expiresAt });
  return { outcome: 'link', path: `/setup#token=${token}`, token, expiresAt };
}
