import { type Kysely, sql } from 'kysely';
import { codeOf } from './processes.ts';
import type { Tables } from './tables.ts';

/** A table that cannot be read whole, and why in PostgreSQL's words. */
export interface Damage {
  readonly table: string;
  readonly why: string;
}

/** PostgreSQL's appendix A: data corrupted, index corrupted. */
const corrupted = new Set(['XX001', 'XX002']);

/**
 * Reads every page of every table, so that one whose sum does not fit is found now and not by whoever needs it next. Texts
 * that PostgreSQL keeps aside, and indexes, are not read.
 */
export async function findDamage(db: Kysely<Tables>): Promise<readonly Damage[]> {
  const { rows } = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(db);
  const found: Damage[] = [];
  for (const { name } of rows) {
    const why = await faultOf(db, name);
    if (why !== undefined) found.push({ table: name, why });
  }
  return found;
}

async function faultOf(db: Kysely<Tables>, table: string): Promise<string | undefined> {
  try {
    await db.transaction().execute(async (transaction) => {
      // An index would spare it the pages.
      await sql`set local enable_indexonlyscan to off`.execute(transaction);
      await sql`set local enable_indexscan to off`.execute(transaction);
      await sql`select count(*) from ${sql.table(table)}`.execute(transaction);
    });
    return undefined;
  } catch (error) {
    if (error instanceof Error && corrupted.has(codeOf(error) ?? '')) return error.message;
    throw error;
  }
}
