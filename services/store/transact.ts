import { CompiledQuery, type DatabaseConnection, type Dialect, Kysely, PostgresDialect, type QueryExecutor } from 'kysely';
import type { Db } from './connect.ts';
import type { Tables } from './tables.ts';

/** What a transaction decided, and the statements it sent last and did not wait for. */
export interface Decided<T> {
  readonly value: T;
  readonly writes: readonly Promise<unknown>[];
  /**
   * False where the commit need not wait for the disk: nothing leaves the product because of it, and after a crash the
   * same cause would decide the same again. Others then wait less for the rows it holds.
   */
  readonly lasting?: boolean;
}

/**
 * A transaction in as few round trips as it has decisions: statements that are started together travel together, BEGIN
 * travels with the first ones and COMMIT with the last. Under load each round trip waits behind everything else this
 * process does; with this a press crosses to the database three times instead of twelve. Statements run in the order in
 * which they were started.
 * @param door whether the commits of this handle wait for the disk by themselves
 * @throws the first error of any statement; nothing is then in the record
 */
export function transact<T>(
  db: Kysely<Tables>,
  run: (transaction: Db) => Promise<Decided<T>>,
  door: 'waits' | 'relaxed' = 'waits',
): Promise<T> {
  return db.getExecutor().provideConnection(async (connection) => {
    const transaction = pinned(db.getExecutor(), connection);
    const begun = transaction.executeQuery(begin);
    begun.catch(handledBelow);
    try {
      const { value, writes, lasting = true } = await run(transaction);
      const disk = lasting === (door === 'waits') ? [] : [transaction.executeQuery(lasting ? waiting : relaxed)];
      const ended = transaction.executeQuery(commit);
      await allOf([begun, ...writes, ...disk, ended]);
      // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed.
      if ((await ended).rows[0]?.command === 'ROLLBACK') throw new Error('the transaction was rolled back');
      return value;
    } catch (error) {
      // Also after a COMMIT: behind a statement that failed the server skips it, and the transaction stands open.
      await transaction.executeQuery(rollback).catch(handledBelow);
      throw error;
    }
  });
}

const begin = CompiledQuery.raw('begin');
const commit: CompiledQuery<{ command?: string }> = CompiledQuery.raw('commit');
const rollback = CompiledQuery.raw('rollback');
const relaxed = CompiledQuery.raw('set local synchronous_commit to off');
const waiting = CompiledQuery.raw('set local synchronous_commit to on');

/** Waits for all, also after the first failure, so that none is left unhandled; then throws that failure. */
async function allOf(promises: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Starts several statements together and gives their results together. */
export async function together<T extends readonly Promise<unknown>[]>(
  ...statements: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await allOf(statements);
  return Promise.all(statements) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
}

/** The failure is reported by whoever awaits the transaction as a whole. */
const handledBelow = (): undefined => undefined;

/** Kysely's own transactions send a statement only after the one before was answered; this one leaves the order to the wire. */
function pinned(executor: QueryExecutor, connection: DatabaseConnection): Db {
  const own = executor.withConnectionProvider({ provideConnection: (consume) => consume(connection) });
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor: own });
}

/** Kysely asks for these of every handle; a pinned one reaches the server through its executor alone. */
const dialect: Dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('a pinned handle opens no pool')) });
const driver = dialect.createDriver();
