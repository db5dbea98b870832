import { expect, test, vi } from 'vitest';
import type { Saying, Waiting } from './orders.ts';
import { Outbox, type Sent } from './outbox.ts';

const report = (state: 'accepted' | 'en-route' | 'arrived'): Saying => ({ kind: 'report', orderId: 'o1', state });

function bench(left: readonly Waiting[] = []) {
  const kept = new Map(left.map((waiting) => [waiting.eventId, waiting]));
  const sent: Waiting[] = [];
  const pauses: { readonly after: number; readonly run: () => void }[] = [];
  const answers: Sent[] = [];
  const refused: unknown[] = [];
  let ids = 0;
  let reach: Sent = { outcome: 'sent' };
  const signedOut = vi.fn();
  const outbox = new Outbox({
    book: {
      waiting: async () => [...kept.values()],
      add: async (waiting) => void kept.set(waiting.eventId, waiting),
      remove: async (id) => void kept.delete(id),
    },
    send: async (waiting) => {
      sent.push(waiting);
      return answers.shift() ?? reach;
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
    refused: (_waiting, error) => refused.push(error),
    signedOut,
  });
  const cut = (to: Sent) => {
    reach = to;
  };
  const settled = () => vi.waitFor(() => expect(outbox.waiting).toEqual([]));
  return { outbox, kept, sent, pauses, answers, refused, signedOut, settled, cut };
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
  const { outbox, pauses, cut, settled } = bench();
  cut({ outcome: 'unreachable' });
  await outbox.say(report('accepted'));
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
  const { outbox, answers, refused, sent, settled } = bench();
  answers.push({ outcome: 'refused', error: 'no such order' });
  await outbox.say(report('accepted'));
  await outbox.say(report('en-route'));
  await settled();
  expect(refused).toEqual(['no such order']);
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
  const left = { eventId: 'old', seq: 5, at: '2026-11-21T10:00:00.000Z', saying: report('arrived') };
  const { outbox, sent, kept, cut, settled } = bench([left]);
  cut({ outcome: 'unreachable' });
  await outbox.open();
  await outbox.say({ kind: 'duty', on: true });
  await outbox.say({ kind: 'duty', on: false });
  expect([...kept.keys()]).toEqual(['old', 'e2']);
  sent.length = 0;
  cut({ outcome: 'sent' });
  outbox.nudge();
  await settled();
  expect(sent.map(({ saying }) => saying)).toEqual([left.saying, { kind: 'duty', on: false }]);
});
