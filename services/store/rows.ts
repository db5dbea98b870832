import { CompiledQuery } from 'kysely';
import type { Db } from './connect.ts';
import type { Tables } from './tables.ts';

/**
 * A statement that inserts the rows of a JSON array. The names come from our own code, never from outside.
 * @param json how SQL calls the array: a parameter with its type
 */
export function insertFrom(table: keyof Tables, columns: readonly string[], json: string): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, ${json})`;
}

/** jsonb cannot hold U+0000, which a device's text may well carry. */
export const storable = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', '\\ufffd');

/**
 * Inserts rows that travel as one JSON parameter. The statement's text does not depend on how many there are, so it is
 * planned once.
 * @param rows all with the same columns; instants as Dates, jsonb as plain values
 */
export async function insertRows(db: Db, table: keyof Tables, rows: readonly object[]): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  await db.executeQuery(CompiledQuery.raw(insertFrom(table, Object.keys(first), '$1::jsonb'), [storable(rows)]));
}
