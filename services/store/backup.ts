import pg from 'pg';
import { type BackupManifest, beginBackup } from './backup-file.ts';
import { type Connection, poolConfig } from './connection.ts';

export interface BackupParts {
  readonly connection: Connection;
  /** The file to be made. */
  readonly path: string;
  readonly at: Date;
  /** Told of each table when it is written. */
  readonly tell: (table: string, rows: number, done: number, of: number) => void;
}

const page = 500;
/** So that the same record makes the same rows, whatever the server and the client are set to. */
const plainForms = `
  set local datestyle to 'ISO, YMD'; set local timezone to 'UTC'; set local intervalstyle to 'postgres';
  set local bytea_output to 'hex'; set local extra_float_digits to 1`;

/**
 * Writes the whole record, as it is at one instant, to a file; Baiying may run meanwhile. The queue is not in it: the record makes
 * it anew. Neither are footage and the master key, which are files beside the record.
 * @throws Fault `already-exists` when there is a file of that name
 */
export async function writeBackup({ connection, path, at, tell }: BackupParts): Promise<BackupManifest & { readonly bytes: number }> {
  const client = new pg.Client({ ...poolConfig(connection), application_name: 'baiying-backup' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(plainForms);
    const tables = await tablesOf(client);
    const writer = await beginBackup(path, { migration: await levelOf(client), at: at.toISOString(), tables });
    try {
      for (const [index, table] of tables.entries()) {
        let rows = 0;
        for await (const some of rowsOf(client, table)) {
          await writer.rows(table, some);
          rows += some.length;
        }
        tell(table, rows, index + 1, tables.length);
      }
      return await writer.end(await sequencesOf(client));
    } catch (error) {
      await writer.discard();
      throw error;
    }
  } finally {
    await client.end();
  }
}

/** The tables of the record; those of its migrations are made by the restore. */
async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' order by tablename`,
  );
  return rows.map(({ name }) => name);
}

async function levelOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select name from public.kysely_migration order by name desc limit 1');
  return rows[0]?.name ?? '';
}

async function sequencesOf(client: pg.Client): Promise<{ sequence: string; last: string }[]> {
  const { rows } = await client.query<{ sequence: string; last: string }>(
    `select sequencename as sequence, last_value::text as last from pg_sequences
     where schemaname = 'public' and last_value is not null order by sequencename`,
  );
  return rows;
}

async function* rowsOf(client: pg.Client, table: string): AsyncGenerator<readonly string[]> {
  await client.query(`declare backup no scroll cursor for select t::text as row from public.${client.escapeIdentifier(table)} as t`);
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${page} from backup`);
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < page) break;
  }
  await client.query('close backup');
}
