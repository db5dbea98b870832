import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FakeBook, fakeBook } from './book-testing.ts';
import type { Saying, Waiting } from './orders.ts';
import { Outbox, type Sent } from './outbox.ts';
import { newMemory, SteadyBook } from './steady-book.ts';

const report = (state: 'accepted' | 'en-route' | 'arrived'): Saying => ({ kind: 'report', orderId: 'o1', state });

beforeEach(() => void vi.spyOn(console, 'info').mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

const leftOver: Waiting = { eventId: 'old', seq: 5, at: '2026-11-21T10:00:00.000Z', saying: report('arrived') };

function bench(left: readonly Waiting[] = [], phone = fakeBook(left)) {
  const sent: Waiting[] = [];
  const pauses: { readonly after: number; readonly run: () => void }[] = [];
  const answers: (Sent | Promise<Sent>)[] = [];
  const taken: string[] = [];
  const refused: unknown[] = [];
  let ids = 0;
  let reach: Sent = { outcome: 'sent' };
  const signedOut = vi.fn();
  const outbox = new Outbox({
    book: new SteadyBook({ open: phone.open, memory: newMemory(), broken: () => undefined }),
    send: async (waiting, calledOff) => {
      sent.push(waiting);
      const off = new Promise<Sent>((resolve) => calledOff?.addEventListener('abort', () => resolve({ outcome: 'unreachable' })));
      return Promise.race([answers.shift() ?? reach, off]);
    },
    now: () => 1000,
    newId: () => {
      ids += 1;
      return `e${ids}`;
    },
    later: (after, run) => {
      pauses.push({ after, run });
      return () => undefined;
    },
    changed: () => undefined,
    taken: (waiting) => taken.push(waiting.eventId),
    refused: (_waiting, error) => refused.push(error),
    signedOut,
  });
  outbox.open();
  const cut = (to: Sent) => {
    reach = to;
  };
  const settled = () => vi.waitFor(() => expect(outbox.waiting).toEqual([]));
  return { outbox, kept: phone.kept, phone, sent, pauses, answers, taken, refused, signedOut, settled, cut };
}

const states = (sent: readonly Waiting[]) => sent.map(({ saying }) => (saying.kind === 'report' ? saying.state : saying.kind));

test('what is said without a network is kept, and goes out in the order it was said once it is back', async () => {
  const { outbox, kept, sent, pauses, settled, cut } = bench();
  cut({ outcome: 'unreachable' });
  await outbox.say(report('accepted'));
  await outbox.say(report('en-route'));
  await outbox.say(report('arrived'));
  expect(states(outbox.waiting)).toEqual(['accepted', 'en-route', 'arrived']);
  expect([...kept.keys()]).toEqual(['e1', 'e2', 'e3']);
  sent.length = 0;
  cut({ outcome: 'sent' });
  pauses.at(-1)?.run();
  await settled();
  expect(states(sent)).toEqual(['accepted', 'en-route', 'arrived']);
  expect(kept.size).toBe(0);
});

test('an answer that got lost is sent again under the same id', async () => {
  const { outbox, sent, pauses, answers, settled } = bench();
  answers.push({ outcome: 'unreachable' });
  await outbox.say(report('accepted'));
  await vi.waitFor(() => expect(pauses).toHaveLength(1));
  pauses[0]?.run();
  await settled();
  expect(sent.map(({ eventId, at }) => `${eventId} ${at}`)).toEqual(Array(2).fill('e1 1970-01-01T00:00:01.000Z'));
});

test('the pauses grow to half a minute and end when the network is back', async () => {
  const { outbox, pauses, cut, settled } = bench([leftOver]);
  cut({ outcome: 'unreachable' });
  for (let count = 1; count <= 7; count += 1) {
    await vi.waitFor(() => expect(pauses).toHaveLength(count));
    await Promise.resolve();
    pauses.at(-1)?.run();
  }
  await vi.waitFor(() => expect(pauses).toHaveLength(8));
  expect(pauses.map(({ after }) => after)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  cut({ outcome: 'sent' });
  outbox.nudge();
  await settled();
});

test('a call for help goes before what was said earlier', async () => {
  const { outbox, sent, cut, settled } = bench();
  cut({ outcome: 'unreachable' });
  await outbox.say(report('accepted'));
  await outbox.say({ kind: 'emergency' });
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0));
  sent.length = 0;
  cut({ outcome: 'sent' });
  outbox.nudge();
  await settled();
  expect(states(sent)).toEqual(['emergency', 'accepted']);
});

test('what is refused for good is told and does not hold up the rest', async () => {
  const { outbox, answers, taken, refused, sent, settled } = bench();
  answers.push({ outcome: 'refused', error: 'no such order' });
  await outbox.say(report('accepted'));
  await outbox.say(report('en-route'));
  await settled();
  expect(refused).toEqual(['no such order']);
  expect(taken).toEqual(['e2']);
  expect(states(sent)).toEqual(['accepted', 'en-route']);
});

test('with nobody signed in everything waits, and says so', async () => {
  const { outbox, signedOut, cut, sent, settled } = bench();
  cut({ outcome: 'signed-out' });
  await outbox.say(report('accepted'));
  await vi.waitFor(() => expect(signedOut).toHaveBeenCalled());
  expect(outbox.waiting).toHaveLength(1);
  cut({ outcome: 'sent' });
  outbox.nudge();
  await settled();
  expect(new Set(sent.map(({ eventId }) => eventId))).toEqual(new Set(['e1']));
});

test('what was left over is sent after a start, and of a switch only the last position', async () => {
  const { outbox, sent, kept, cut, settled } = bench([leftOver]);
  cut({ outcome: 'unreachable' });
  await vi.waitFor(() => expect(outbox.waiting).toHaveLength(1));
  await outbox.say({ kind: 'duty', on: true });
  await outbox.say({ kind: 'duty', on: false });
  await vi.waitFor(() => expect([...kept.keys()]).toEqual(['old', 'e2']));
  sent.length = 0;
  cut({ outcome: 'sent' });
  outbox.nudge();
  await settled();
  expect(sent.map(({ saying }) => saying)).toEqual([leftOver.saying, { kind: 'duty', on: false }]);
});

test.each<[string, (phone: FakeBook) => void]>([
  ['opens no book', (phone) => phone.hang()],
  ['keeps nothing', (phone) => phone.fail()],
])('a phone that %s sends a call for help all the same, and at once', async (_what, spoil) => {
  const phone = fakeBook();
  spoil(phone);
  const { outbox, sent, settled } = bench([], phone);
  void outbox.say({ kind: 'emergency' });
  expect(states(outbox.waiting)).toEqual(['emergency']);
  await settled();
  expect(states(sent)).toEqual(['emergency']);
});

test('what the phone did not keep goes out with the rest', async () => {
  const { outbox, phone, sent, cut, settled } = bench([leftOver]);
  cut({ outcome: 'unreachable' });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  phone.fail();
  await outbox.say(report('accepted'));
  sent.length = 0;
  cut({ outcome: 'sent' });
  outbox.nudge();
  await settled();
  expect(states(sent)).toEqual(['arrived', 'accepted']);
});

test('a call for help does not wait for an answer that a network swallows; that one is sent again, under its id', async () => {
  const { outbox, sent, answers, settled } = bench();
  answers.push(new Promise(() => undefined));
  await outbox.say(report('accepted'));
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  await outbox.say({ kind: 'emergency' });
  await settled();
  expect(sent.map(({ eventId }) => eventId)).toEqual(['e1', 'e2', 'e1']);
});

test('a second call for help does not break off the first', async () => {
  const { outbox, sent, answers, settled } = bench();
  const first = Promise.withResolvers<Sent>();
  answers.push(first.promise);
  await outbox.say({ kind: 'emergency' });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  await outbox.say({ kind: 'emergency' });
  first.resolve({ outcome: 'sent' });
  await settled();
  expect(sent.map(({ eventId }) => eventId)).toEqual(['e1', 'e2']);
});

test('what another page of the account has sent is not sent again; what it left is sent', async () => {
  const { phone, sent, pauses, cut, settled } = bench([{ ...leftOver, saying: { kind: 'duty', on: true } }]);
  cut({ outcome: 'unreachable' });
  await vi.waitFor(() => expect(pauses).toHaveLength(1));
  phone.kept.clear();
  phone.kept.set('theirs', { ...leftOver, eventId: 'theirs' });
  sent.length = 0;
  cut({ outcome: 'sent' });
  pauses[0]?.run();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  await settled();
  expect(sent.map(({ eventId }) => eventId)).toEqual(['theirs']);
});
