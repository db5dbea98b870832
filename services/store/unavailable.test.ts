import { expect, test } from 'vitest';
import { Fault } from '../errors.ts';
import { recordUnavailable } from './unavailable.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more });

test.each([
  { what: 'a refused connection', error: coded('ECONNREFUSED') },
  { what: 'a socket that is not there', error: coded('ENOENT', { syscall: 'connect' }) },
  { what: 'a lost connection', error: new Error('Connection terminated unexpectedly') },
  { what: 'a full pool', error: new Error('timeout exceeded when trying to connect') },
  { what: 'a connection failure told by the server', error: coded('08006') },
  { what: 'a full disk', error: coded('53100') },
  { what: 'an I/O error', error: coded('58030') },
  { what: 'a read-only disk', error: coded('42501') },
  { what: 'a damaged table', error: coded('XX001') },
  {
    what: 'a quota',
    error: Object.assign(new Error('could not extend file "base/5/16624": Disk quota exceeded'), { code: 'XX000' }),
  },
  { what: 'a shutdown', error: coded('57P01') },
  { what: 'a start-up', error: coded('57P03') },
  { what: 'a standby', error: coded('25006') },
  { what: 'a statement given up for time', error: coded('57014') },
  { what: 'the cause of another error', error: new Error('could not store', { cause: coded('53100') }) },
  { what: 'one of several addresses', error: new AggregateError([coded('ECONNREFUSED')]) },
  { what: 'our own fault', error: new Fault('record-unavailable') },
])('$what means that the record is unavailable', ({ error }) => {
  expect(recordUnavailable(error)).toBe(true);
});

test.each([
  { what: 'a unique violation', error: coded('23505') },
  { what: 'a syntax error', error: coded('42601') },
  { what: 'a bug of the server', error: coded('XX000') },
  { what: 'a missing file', error: coded('ENOENT', { syscall: 'open' }) },
  { what: 'another fault', error: new Fault('not-found') },
  { what: 'a bug', error: new TypeError('x is not a function') },
  { what: 'no error at all', error: 'text' },
])('$what does not', ({ error }) => {
  expect(recordUnavailable(error)).toBe(false);
});
