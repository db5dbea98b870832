import { Fault } from '../errors.ts';
import { codeOf } from './processes.ts';

/** SQLSTATE classes of PostgreSQL's appendix A: connection, resources (disk full, too many connections), system errors. */
const classes = ['08', '53', '58'];
/**
 * Shutdown and start-up, a standby that takes no writes, and statements that the server gave up for time. 42501 is a file that may
 * not be written, as on a disk that became read-only (errcode_for_file_access), or a right that was taken from us; XX001 and
 * XX002 are a table and an index that are damaged.
 */
const states = new Set(['57P01', '57P02', '57P03', '57P05', '25006', '57014', '25P03', '42501', 'XX001', 'XX002']);
const network = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EMFILE', 'ENFILE'],
]);
/** pg, pg-pool and Kysely throw these without a code. */
const messages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'not queryable',
  'Cannot use a pool after calling end on the pool',
  'driver has already been destroyed',
  'Postgres connection has been discarded',
];

/**
 * Whether this error says that the record cannot be reached or written now: nothing was stored, and the caller answers
 * 503 or withholds its acknowledgement. Looks through causes and the parts of an AggregateError.
 */
export function recordUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Fault) return error.code === 'record-unavailable';
  const code = codeOf(error);
  if (code !== undefined && (states.has(code) || network.has(code) || isUnavailableClass(code))) return true;
  // A socket that is not there: the embedded server is about to start. Other ENOENTs are about other files.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  // A file that fails in a way for which PostgreSQL has no state: a quota, a network disk that is gone.
  if (code === 'XX000' && /^could not \w+.* file /.test(error.message)) return true;
  if (messages.some((message) => error.message.includes(message))) return true;
  const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return recordUnavailable(error.cause) || parts.some(recordUnavailable);
}

const isUnavailableClass = (code: string) => /^[0-9A-Z]{5}$/.test(code) && classes.includes(code.slice(0, 2));
