import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { Fault } from '../errors.ts';
import { messageOf } from '../log.ts';

/**
 * A backup is one file: gzip of lines of JSON. The first says what form the record had, those after it hold its rows, and the last
 * holds how many rows each table has and the SHA-256 over them, so that a file that was cut short or changed is never restored.
 */

const form = 'baiying-backup-1';
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const headSchema = z.object({
  form: z.literal(form),
  /** Name of the last migration that the record had. */
  migration: z.string().regex(/^[a-z0-9-]{1,64}$/),
  at: z.iso.datetime(),
  tables: z.array(name),
});
const rowsSchema = z.object({ table: name, rows: z.array(z.string()) });
const endSchema = z.object({
  end: z.literal(true),
  tables: z.array(z.object({ table: name, rows: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  sequences: z.array(z.object({ sequence: name, last: z.string().regex(/^\d{1,19}$/) })),
});

export type BackupHead = Omit<z.infer<typeof headSchema>, 'form'>;
export type BackupRows = z.infer<typeof rowsSchema>;
export type BackupManifest = Omit<z.infer<typeof endSchema>, 'end'> & Pick<BackupHead, 'migration' | 'at'>;

export interface BackupWriter {
  /** Rows as PostgreSQL writes them; one after the other. */
  rows(table: string, rows: readonly string[]): Promise<void>;
  /** Puts the file in its place, on disk. */
  end(sequences: BackupManifest['sequences']): Promise<BackupManifest & { readonly bytes: number }>;
  /** Leaves no file behind. */
  discard(): Promise<void>;
}

/** @throws Fault `already-exists` when there is a file of that name */
export async function beginBackup(path: string, head: BackupHead): Promise<BackupWriter> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (there) throw new Fault('already-exists', `${path} is there already; name another file`);
  const part = `${path}.part`;
  // Whoever may read it reads the whole record.
  const file = createWriteStream(part, { mode: 0o600, flush: true });
  const gzip = createGzip({ level: 6 });
  const written = pipeline(gzip, file);
  // Told by `end`; until it is awaited a disk that is full must not end the process.
  written.catch(() => undefined);
  const sums = new Map(head.tables.map((table) => [table, { rows: 0, hash: createHash('sha256') }]));
  const line = async (value: object): Promise<void> => {
    if (gzip.write(`${JSON.stringify(value)}\n`)) return;
    await Promise.race([new Promise((resolve) => gzip.once('drain', resolve)), written]);
  };
  await line({ form, ...head });
  return {
    async rows(table, rows) {
      const sum = sums.get(table);
      if (!sum) throw new RangeError(`${table} is not a table of this backup`);
      sum.rows += rows.length;
      for (const row of rows) addTo(sum.hash, row);
      await line({ table, rows });
    },
    async end(sequences) {
      const tables = [...sums].map(([table, { rows, hash }]) => ({ table, rows, sha256: hash.digest('hex') }));
      await line({ end: true, tables, sequences });
      gzip.end();
      await written;
      await rename(part, path);
      return { migration: head.migration, at: head.at, tables, sequences, bytes: (await stat(path)).size };
    },
    async discard() {
      gzip.destroy();
      file.destroy();
      await rm(part, { force: true });
    },
  };
}

/** Separates rows, so that no two lists of rows have one sum. */
const addTo = (hash: Hash, row: string): Hash => hash.update(row).update('\u0000');

/**
 * Reads a backup to its end and hands on its rows; the sums are compared on the way.
 * @throws Fault `backup-unfit` when it is no backup, was cut short or changed: whatever was handed on before must then be dropped
 */
export async function readBackup(
  path: string,
  begin: (head: BackupHead) => Promise<void>,
  take: (rows: BackupRows) => Promise<void>,
): Promise<BackupManifest> {
  const sums = new Map<string, { rows: number; readonly hash: Hash }>();
  let head: BackupHead | undefined;
  let end: z.infer<typeof endSchema> | undefined;
  for await (const line of linesOf(path)) {
    if (end) throw unfit(path, 'something follows after its end');
    if (!head) {
      head = parsed(headSchema, line, path);
      for (const table of head.tables) sums.set(table, { rows: 0, hash: createHash('sha256') });
      await begin(head);
    } else if (line.startsWith('{"end"')) end = parsed(endSchema, line, path);
    else {
      const some = parsed(rowsSchema, line, path);
      const sum = sums.get(some.table);
      if (!sum) throw unfit(path, `it does not say what ${some.table} is`);
      sum.rows += some.rows.length;
      for (const row of some.rows) addTo(sum.hash, row);
      await take(some);
    }
  }
  if (!head || !end) throw unfit(path, 'it was cut short');
  compare(path, sums, end.tables);
  return { migration: head.migration, at: head.at, tables: end.tables, sequences: end.sequences };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip();
  const read = pipeline(file, text);
  // A fault of the file ends the lines below, which then say nothing of it; it is told after them.
  read.catch(() => undefined);
  try {
    yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
    await read;
  } catch (error) {
    throw error instanceof Fault ? error : unfit(path, error instanceof Error ? messageOf(error) : String(error));
  } finally {
    file.destroy();
    text.destroy();
  }
}

function parsed<T>(schema: z.ZodType<T>, line: string, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Fault('backup-unfit', `${path} is not a backup of Baiying`, [], { cause: error });
  }
  const result = schema.safeParse(value);
  if (!result.success) throw unfit(path, 'it is not a backup of Baiying, or of a later form');
  return result.data;
}

function compare(path: string, sums: ReadonlyMap<string, { rows: number; readonly hash: Hash }>, told: BackupManifest['tables']): void {
  if (told.length !== sums.size) throw unfit(path, 'its list of tables was changed');
  for (const { table, rows, sha256 } of told) {
    const sum = sums.get(table);
    if (sum?.rows !== rows) throw unfit(path, `${table} should have ${rows} rows and has ${sum?.rows ?? 0}`);
    if (sum.hash.digest('hex') !== sha256) throw unfit(path, `the rows of ${table} were changed`);
  }
}

const unfit = (path: string, why: string): Fault => new Fault('backup-unfit', `${path} cannot be used: ${why}`);
