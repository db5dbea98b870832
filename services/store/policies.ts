import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/** The policies that people put in force instead of those of the files, version by version. */

export interface PolicyVersion {
  /** Counts from 1. */
  readonly version: number;
  /** As it was written; absent where somebody went back to the files. */
  readonly document?: unknown;
  readonly by: string;
  readonly at: Instant;
}

export async function newestPolicies(db: Db): Promise<PolicyVersion | undefined> {
  const row = await db.selectFrom('policies').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row && toVersion(row);
}

/** Newest first, below the version `before`. */
export async function listPolicies(db: Db, page: { readonly limit: number; readonly before?: number }): Promise<PolicyVersion[]> {
  const rows = db.selectFrom('policies').selectAll().orderBy('version', 'desc').limit(page.limit);
  return (await (page.before === undefined ? rows : rows.where('version', '<', page.before)).execute()).map(toVersion);
}

/** Puts in the version after `version.version - 1`. False when somebody else has put one in since. */
export async function addPolicies(db: Db, { version, document, by, at }: PolicyVersion): Promise<boolean> {
  await sql`lock table policies in share row exclusive mode`.execute(db);
  const newest = await db.selectFrom('policies').select('version').orderBy('version', 'desc').limit(1).executeTakeFirst();
  if ((newest?.version ?? 0) !== version - 1) return false;
  await db
    .insertInto('policies')
    .values({ version, document: document === undefined ? null : JSON.stringify(document), by, at: new Date(at) })
    .execute();
  return true;
}

const toVersion = ({ version, document, by, at }: Row<'policies'>): PolicyVersion => ({
  version,
  ...(document === null ? {} : { document }),
  by,
  at: at.getTime(),
});
