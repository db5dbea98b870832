import pg from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Fault } from './errors.ts';
import { errorWords, messageOf } from './log.ts';

const logged = (err: unknown): Record<string, unknown> => {
  const lines: string[] = [];
  pino({ serializers: { err: errorWords } }, { write: (line: string) => void lines.push(line) }).warn({ err }, 'x');
  return (JSON.parse(lines[0] ?? '{}') as { err: Record<string, unknown> }).err;
};

test('an error of pg is logged without its client, the password in it, and the row that was refused', () => {
  const error = Object.assign(new pg.DatabaseError('duplicate key', 13, 'error'), {
    code: '23505',
    detail: 'Key (name)=(Zhang San) already exists.',
    client: { password: 'hunter2' },
  });
  const words = logged(error);
  expect(Object.keys(words).toSorted()).toEqual(['code', 'message', 'stack', 'type']);
  expect(words).toMatchObject({ type: 'DatabaseError', message: 'duplicate key', code: '23505' });
});

test('causes are told, as far as anybody would read them', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  expect(logged(new Fault('record-unavailable', 'no record', [], { cause }))).toMatchObject({
    type: 'Fault',
    code: 'record-unavailable',
    cause: { message: 'refused', code: 'ECONNREFUSED' },
  });
  const own = new Error('round');
  own.cause = own;
  expect(JSON.stringify(logged(own)).match(/"cause"/g)).toHaveLength(4);
});

test('what is thrown and is no error is logged as it is', () => {
  expect(errorWords('plain')).toBe('plain');
});

test('an error of several addresses speaks in the words of its parts', () => {
  expect(
    messageOf(new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')])),
  ).toBe('connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432');
});
