import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Tables } from './tables.ts';

const statements = new Map<string, string>();

/** Written once for each table and set of columns: the names come from our own code, never from outside. */
function statementFor(table: keyof Tables, columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const key = `${table} ${names}`;
  const known = statements.get(key) ?? `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, `;
  statements.set(key, known);
  return known;
}

/** jsonb cannot hold U+0000, which a device's text may well carry. */
export const storable = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', '\\ufffd');

/**
 * Inserts rows that travel as one JSON parameter. The statement's text does not depend on how many there are, so it is
 * built once and planned once; building it from parts cost more than running it.
 * @param rows all with the same columns; instants as Dates, jsonb as plain values
 */
export async function insertRows(db: Db, table: keyof Tables, rows: readonly object[]): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  await sql`${sql.raw(statementFor(table, Object.keys(first)))}${storable(rows)}::jsonb)`.execute(db);
}
