import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { Fault } from '../errors.ts';
import { type BackupManifest, type BackupRows, readBackup } from './backup-file.ts';
import { type Connection, poolConfig } from './connection.ts';
import { migrations } from './migrate.ts';

export interface RestoreParts {
  readonly connection: Connection;
  readonly path: string;
  /** Takes the place of a record that holds something. */
  readonly force: boolean;
  /** Told of each table that was read. */
  readonly tell: (table: string, rows: number) => void;
}

/** Where the record is put together; what stands in its place is touched only when all of it is there. */
const aside = 'baiying_restore';
/** What only a record in use has. */
const telling = ['accounts', 'devices', 'sites', 'incidents', 'signals', 'audit'];

/**
 * Puts a backup in the place of the record. All or nothing: until the last moment the record is as it was.
 * @throws Fault `backup-unfit`, `record-not-empty`, `record-in-use`
 */
export async function restoreBackup({ connection, path, force, tell }: RestoreParts): Promise<BackupManifest> {
  // Read once for nothing, so that a file that cannot be used costs a minute and no more.
  await readBackup(path, nothing, nothing);
  const config = { ...poolConfig(connection), application_name: 'baiying-restore' };
  const client = new pg.Client({ ...config, options: `-c search_path=${aside}` });
  await client.connect();
  try {
    await mayReplace(client, force);
    await client.query(`drop schema if exists ${aside} cascade`);
    await client.query(`create schema ${aside}`);
    const manifest = await fill(client, config, path, tell);
    await bringTo(config, undefined);
    await takePlace(client);
    return manifest;
  } finally {
    await client.query(`drop schema if exists ${aside} cascade`).finally(() => client.end());
  }
}

const nothing = async (): Promise<void> => undefined;

async function mayReplace(client: pg.Client, force: boolean): Promise<void> {
  const { rows: others } = await client.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'baiying%'`,
  );
  if (others.length > 0) throw new Fault('record-in-use', `Baiying uses this record (${others.map(({ name }) => name).join(', ')})`);
  if (force) return;
  for (const table of telling) {
    const { rows: there } = await client.query<{ is: boolean }>(`select to_regclass('public.${table}') is not null as is`);
    if (there[0]?.is !== true) continue;
    const { rows: some } = await client.query(`select from public.${table} limit 1`);
    if (some.length > 0) throw new Fault('record-not-empty', `The record holds ${table} already`);
  }
}

/** The record of the backup in the form that it had then. */
async function fill(client: pg.Client, config: pg.PoolConfig, path: string, tell: RestoreParts['tell']): Promise<BackupManifest> {
  let keys: readonly ForeignKey[] = [];
  const inserts = new Map<string, string>();
  const manifest = await readBackup(
    path,
    async ({ migration, tables }) => {
      if (migrations[migration] === undefined)
        throw new Fault('backup-unfit', `${path} was made by a later Baiying, which knows the migration ${migration}`);
      await bringTo(config, migration);
      keys = await liftKeys(client);
      for (const table of tables) inserts.set(table, await insertInto(client, table));
    },
    async ({ table, rows }: BackupRows) => void (await client.query(inserts.get(table) ?? '', [rows])),
  );
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${client.escapeIdentifier(table)} add constraint ${client.escapeIdentifier(name)} ${definition}`);
  for (const { sequence, last } of manifest.sequences)
    await client.query(`select setval($1::regclass, $2)`, [`${aside}.${client.escapeIdentifier(sequence)}`, last]);
  for (const { table, rows } of manifest.tables) tell(table, rows);
  return manifest;
}

async function bringTo(config: pg.PoolConfig, level: string | undefined): Promise<void> {
  const pool = new pg.Pool({ ...config, options: `-c search_path=${aside}`, max: 1 });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const provider = { getMigrations: async () => ({ ...migrations }) };
    const migrator = new Migrator({ db, provider, migrationTableSchema: aside });
    const { error } = await (level === undefined ? migrator.migrateToLatest() : migrator.migrateTo(level));
    if (error !== undefined) throw error;
  } finally {
    await db.destroy();
  }
}

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Tables come in no order of their own: what one row says of another is checked when all are there. */
async function liftKeys(client: pg.Client): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select r.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_class r on r.oid = c.conrelid where c.contype = 'f' and c.connamespace = $1::regnamespace`,
    [aside],
  );
  for (const { table, name } of rows)
    await client.query(`alter table ${client.escapeIdentifier(table)} drop constraint ${client.escapeIdentifier(name)}`);
  return rows;
}

/** Numbers of transactions are those of another server: here all of that is long past (3 is the first one of every server). */
const longPast = `'3'::xid8`;

async function insertInto(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, atttypid::regtype::text as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [`${aside}.${client.escapeIdentifier(table)}`],
  );
  const names = rows.map(({ name }) => client.escapeIdentifier(name));
  const values = rows.map(({ name, type }) => (type === 'xid8' ? longPast : `(r).${client.escapeIdentifier(name)}`));
  const into = client.escapeIdentifier(table);
  return `insert into ${into} (${names.join(', ')}) overriding system value
    select ${values.join(', ')} from (select unnest($1::text[])::${into} as r) as read`;
}

/** In one transaction the record of before goes and the one put together comes. The queue is made anew from it. */
async function takePlace(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ kind: string; name: string; what: string }>(
    `select case relkind when 'S' then 'sequence' else 'table' end as kind, relname as name, quote_ident(relname) as what
       from pg_class c where relnamespace = $1::regnamespace
       and (relkind = 'r' or relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i')))
     union all
     select 'function', proname, quote_ident(proname) || '(' || pg_get_function_identity_arguments(oid) || ')'
       from pg_proc where pronamespace = $1::regnamespace`,
    [aside],
  );
  const parts = rows.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  await client.query('begin');
  try {
    for (const { kind, what } of parts) await client.query(`drop ${kind} if exists public.${what} cascade`);
    for (const { kind, what } of parts) await client.query(`alter ${kind} ${aside}.${what} set schema public`);
    await client.query('drop schema if exists bullmq cascade');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

const order = ['table', 'function', 'sequence'];
