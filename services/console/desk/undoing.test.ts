import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Undoable, Undoing, undoFor, undoingOf } from './undoing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** A closing of one incident; `as` is told once it is closed so, and throws to refuse it. */
const closing = (incidentId: string, as: () => void, undo: () => void = () => undefined): Undoable => ({
  what: 'closing',
  undo,
  otherwise: { incidentId, act: async () => as() },
});

test('a closing is done when its time is over, and not before', async () => {
  const [undoing, close] = [new Undoing(), vi.fn()];
  undoing.offer(closing('i1', close));
  await pass(undoFor - 1);
  expect(close).not.toHaveBeenCalled();
  expect(undoing.shown().last).toBeDefined();
  await pass(1);
  expect(close).toHaveBeenCalledOnce();
  expect(undoing.shown()).toEqual({ last: undefined, failed: [] });
});

test('a closing that is taken back is never done', async () => {
  const [undoing, close, undone] = [new Undoing(), vi.fn(), vi.fn()];
  undoing.offer(closing('i1', close, undone));
  undoing.undo();
  undoing.undo();
  await pass(undoFor);
  expect(close).not.toHaveBeenCalled();
  expect(undone).toHaveBeenCalledOnce();
});

test('a closing that is pressed twice can still be taken back, and is done once, as it was said last', async () => {
  const [undoing, first, second] = [new Undoing(), vi.fn(), vi.fn()];
  undoing.offer(closing('i1', first));
  await pass(1000);
  undoing.offer(closing('i1', second));
  expect(second).not.toHaveBeenCalled();
  await pass(undoFor);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledOnce();
});

test('a closing of another incident lets the one before take its course', async () => {
  const [undoing, first, second] = [new Undoing(), vi.fn(), vi.fn()];
  undoing.offer(closing('i1', first));
  undoing.offer(closing('i2', second));
  expect(first).toHaveBeenCalledOnce();
  undoing.undo();
  await pass(undoFor);
  expect(second).not.toHaveBeenCalled();
});

test('a closing that is under way is not sent again', async () => {
  const undoing = new Undoing();
  const { promise, resolve } = Promise.withResolvers<void>();
  const again = vi.fn();
  undoing.offer({ what: 'closing', undo: () => undefined, otherwise: { incidentId: 'i1', act: () => promise } });
  await pass(undoFor);
  undoing.offer(closing('i1', again));
  expect(undoing.shown().last).toBeUndefined();
  resolve();
  await pass(undoFor);
  expect(again).not.toHaveBeenCalled();
});

test('a closing that was refused is kept, whatever is done after it, until it succeeds', async () => {
  const undoing = new Undoing();
  const why = new Error('no answer');
  const close = vi.fn<() => void>().mockImplementationOnce(() => {
    throw why;
  });
  const watched = vi.fn();
  undoing.watch(watched);
  undoing.offer(closing('i1', close));
  undoing.offer({ what: 'ticked', undo: () => undefined });
  await pass(undoFor);
  const [failed] = undoing.shown().failed;
  expect(failed).toMatchObject({ otherwise: { incidentId: 'i1' }, error: why });
  watched.mockClear();
  if (failed) undoing.retry(failed);
  await pass(0);
  expect(close).toHaveBeenCalledTimes(2);
  expect(undoing.shown().failed).toEqual([]);
  expect(watched).toHaveBeenCalled();
});

test.each(['seen to', 'said anew'] as const)('a closing that was refused and is %s stands there no more', async (how) => {
  const undoing = new Undoing();
  const refuse = () => {
    throw new Error('refused');
  };
  undoing.offer(closing('i1', refuse));
  undoing.offer(closing('i2', refuse));
  await pass(undoFor);
  expect(undoing.shown().failed).toHaveLength(2);
  if (how === 'seen to') undoing.forget('i1');
  else undoing.offer(closing('i1', () => undefined));
  await pass(undoFor);
  expect(undoing.shown().failed.map(({ otherwise }) => otherwise.incidentId)).toEqual(['i2']);
});

test('what failed is kept for whoever said it, and shown to nobody else', () => {
  expect(undoingOf('wang')).toBe(undoingOf('wang'));
  expect(undoingOf('li')).not.toBe(undoingOf('wang'));
});
