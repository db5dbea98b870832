import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { page, readCursor, writeCursor } from './paging.ts';

describe('a page', () => {
  const rows = ['a', 'b', 'c'];
  test.each([
    ['more than the limit', 2, ['a', 'b'], writeCursor('b')],
    ['as many as the limit', 3, rows, undefined],
    ['fewer', 4, rows, undefined],
  ])('of %s', (_what, limit, items, nextCursor) => {
    expect(page(rows, limit, (row) => row)).toEqual(nextCursor === undefined ? { items } : { items, nextCursor });
  });
  test('of nothing', () => expect(page([], 10, (row) => row)).toEqual({ items: [] }));
});

describe('a cursor', () => {
  const key = z.tuple([z.number(), z.string()]);
  test('comes back as it was given', () => expect(readCursor(writeCursor([7, '键']), key)).toEqual([7, '键']));
  test('may be absent', () => expect(readCursor(undefined, key)).toBeUndefined());
  test.each([
    ['no base64url', 'a+b/'],
    ['no JSON', Buffer.from('nope').toString('base64url')],
    ['of another list', writeCursor('x')],
    ['mangled', `${writeCursor([7, 'x'])}!`],
  ])('that is %s is a fault of the request', (_what, cursor) => {
    expect(() => readCursor(cursor, key)).toThrow(
      expect.objectContaining({ code: 'body-invalid', faults: [expect.objectContaining({ path: 'query.cursor' })] }),
    );
  });
});
