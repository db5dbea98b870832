import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/** The station's signing keys: one in use, those of before kept, since what they signed is still shown. */

export interface StoredSigningKey {
  readonly kid: string;
  readonly publicKey: string;
  readonly sealed: string;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly retiredAt?: Instant;
}

/** Newest first. */
export async function listSigningKeys(db: Db): Promise<StoredSigningKey[]> {
  const rows = await db.selectFrom('signing_keys').selectAll().orderBy('created_at', 'desc').orderBy('kid').execute();
  return rows.map(toKey);
}

/** The one in use; undefined before the first was made. */
export async function signingKeyInUse(db: Db): Promise<StoredSigningKey | undefined> {
  const row = await db.selectFrom('signing_keys').selectAll().where('retired_at', 'is', null).executeTakeFirst();
  return row && toKey(row);
}

/** Puts a key in use where there is none. @returns false when another process was faster */
export async function addSigningKey(db: Db, key: Omit<StoredSigningKey, 'retiredAt'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('signing_keys')
    .values({
      kid: key.kid,
      public_key: key.publicKey,
      sealed: key.sealed,
      created_at: new Date(key.createdAt),
      created_by: key.createdBy,
      retired_at: null,
    })
    .onConflict((already) => already.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Takes the key in use out of use. @returns which it was */
export async function retireSigningKey(db: Db, now: Instant): Promise<string | undefined> {
  const row = await db
    .updateTable('signing_keys')
    .set({ retired_at: new Date(now) })
    .where('retired_at', 'is', null)
    .returning('kid')
    .executeTakeFirst();
  return row?.kid;
}

const toKey = (row: Row<'signing_keys'>): StoredSigningKey => ({
  kid: row.kid,
  publicKey: row.public_key,
  sealed: row.sealed,
  createdAt: row.created_at.getTime(),
  createdBy: row.created_by,
  ...(row.retired_at === null ? {} : { retiredAt: row.retired_at.getTime() }),
});
