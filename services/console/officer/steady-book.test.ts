import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBook } from './book-testing.ts';
import type { Orders, Waiting } from './orders.ts';
import { memoryOf, newMemory, SteadyBook } from './steady-book.ts';

const waiting = (eventId: string, seq: number): Waiting => ({
  ...{ eventId, seq, at: '2026-11-21T10:00:00.000Z' },
  saying: { kind: 'report', orderId: 'o1', state: 'accepted' },
});
const ids = (book: SteadyBook) => book.waiting.map(({ eventId }) => eventId);

function open(phone = fakeBook(), memory = newMemory()) {
  const broken = vi.fn();
  return { phone, memory, broken, book: new SteadyBook({ open: phone.open, memory, broken }) };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'info').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('what is said before the book is open is there at once, and in the book once it is', async () => {
  const { book, phone, broken } = open(fakeBook([waiting('left', 1)]));
  const adding = book.add(waiting('said', 2));
  expect(ids(book)).toEqual(['said']);
  await adding;
  await book.reread();
  expect(ids(book)).toEqual(['left', 'said']);
  expect([...phone.kept.keys()]).toEqual(['left', 'said']);
  expect(broken).not.toHaveBeenCalled();
});

test('a phone that keeps nothing is told of, and the page keeps what is said until it is sent', async () => {
  const { book, phone, broken } = open(fakeBook([waiting('left', 1)]));
  await book.reread();
  phone.fail();
  await book.add(waiting('said', 2));
  await book.remove('left');
  await book.reread();
  expect(broken).toHaveBeenCalled();
  expect(ids(book)).toEqual(['said']);
});

test('what was sent is gone also where the phone could not strike it out', async () => {
  const { book, phone, memory, broken } = open(fakeBook([waiting('left', 1)]));
  await book.reread();
  phone.fail();
  await book.remove('left');
  const anew = new SteadyBook({ open: fakeBook([waiting('left', 1)]).open, memory, broken });
  await anew.reread();
  expect(ids(anew)).toEqual([]);
});

test('a book that the phone took away is opened anew, and nobody need know', async () => {
  const { book, phone, broken } = open();
  await book.add(waiting('first', 1));
  phone.lose();
  await Promise.all([book.add(waiting('second', 2)), book.add(waiting('third', 3))]);
  expect([...phone.kept.keys()]).toEqual(['first', 'second', 'third']);
  expect(phone.opened()).toBe(2);
  expect(broken).not.toHaveBeenCalled();
});

test('a phone that does not answer for its book is waited for once', async () => {
  const { book, phone, broken } = open();
  phone.hang();
  const first = book.add(waiting('first', 1));
  await vi.advanceTimersByTimeAsync(4999);
  expect(broken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await first;
  expect(broken).toHaveBeenCalledTimes(1);
  await book.add(waiting('second', 2));
  expect(ids(book)).toEqual(['first', 'second']);
});

test('what the page keeps outlives signing out and in, for the same account alone', async () => {
  const phone = fakeBook();
  phone.fail();
  const { book } = open(phone, memoryOf('wang'));
  await book.add(waiting('said', 1));
  await book.keepOrders({ items: [], ended: [] } as unknown as Orders);
  await book.forget();
  book.close();
  const again = open(phone, memoryOf('wang')).book;
  expect(ids(again)).toEqual(['said']);
  expect(await again.orders()).toBeUndefined();
  expect(ids(open(phone, memoryOf('li')).book)).toEqual([]);
});
