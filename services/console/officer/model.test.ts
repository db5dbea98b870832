import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Problem, Refused } from '../api/client.ts';
import { fakeBook } from './book-testing.ts';
import { callStanding } from './call.ts';
import type { LineHearer } from './line.ts';
import { OfficerModel } from './model.ts';
import { type Order, type OrderState, type Orders, standingOf, type Waiting } from './orders.ts';
import type { Sent } from './outbox.ts';

const orders = (...states: readonly OrderState[]): Orders => ({
  ...{ at: '2026-11-21T10:00:00Z', ended: [] },
  unit: { id: 'car', name: 'Car', status: 'available' },
  items: states.map((state, index) => ({ id: `o${index + 1}`, state, rungs: [] }) as unknown as Order),
});

beforeAll(() => {
  vi.stubGlobal('addEventListener', vi.fn());
  vi.spyOn(console, 'info').mockReturnValue();
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The page of one officer, on a phone and a line of the test's own. */
function open(phone = fakeBook()) {
  const sent: Waiting[] = [];
  const answers: (Sent | Promise<Sent>)[] = [];
  let line: LineHearer | undefined;
  const [signedOut, ended] = [vi.fn(), vi.fn()];
  const model = new OfficerModel({
    ...{ accountId: crypto.randomUUID(), signedOut, openBook: phone.open },
    send: async (waiting) => {
      sent.push(waiting);
      return answers.shift() ?? { outcome: 'sent' };
    },
    holdLine: (hearer, signal) => {
      line = hearer;
      signal.addEventListener('abort', () => ended());
    },
  });
  onTestFinished(model.start());
  const held = () => vi.waitUntil(() => line);
  return { model, phone, sent, answers, signedOut, ended, held };
}

const said = (sent: readonly Waiting[]) => sent.map(({ saying }) => (saying.kind === 'report' ? saying.state : saying.kind));

test('a phone that keeps nothing still has its line, tells what it got and sends what is said; and the page says so', async () => {
  const phone = fakeBook();
  phone.fail();
  const { model, sent, held } = open(phone);
  (await held()).orders(orders('sent'));
  await vi.waitFor(() => expect(said(sent)).toEqual(['delivered']));
  await model.callForHelp(undefined);
  await vi.waitFor(() => expect(said(sent)).toEqual(['delivered', 'emergency']));
  expect(model.shown().broken).toBeDefined();
  expect(model.shown().orders?.items).toHaveLength(1);
});

test('orders and answers of last time are there without a line', async () => {
  const accepted = { kind: 'report', orderId: 'o1', state: 'accepted' } as const;
  const phone = fakeBook([{ eventId: 'left', seq: 1, at: '2026-11-21T10:00:00.000Z', saying: accepted }]);
  await (await phone.open()).keepOrders(orders('read'));
  const { model, answers, held } = open(phone);
  answers.push({ outcome: 'unreachable' });
  await held();
  expect(model.shown().orders?.items).toHaveLength(1);
  expect(model.shown().waiting).toMatchObject([{ eventId: 'left' }]);
});

test('a call for help is delivered once the server has it, and not before', async () => {
  const { model, sent, answers } = open();
  const first = Promise.withResolvers<Sent>();
  answers.push(first.promise);
  void model.callForHelp(undefined);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(callStanding(model.shown())).toEqual({ state: 'unsent' });
  expect(model.shown().called).toBeUndefined();
  first.resolve({ outcome: 'sent' });
  await vi.waitFor(() => expect(callStanding(model.shown()).state).toBe('sent'));
});

test('a call for help that is refused is never delivered, until another one is', async () => {
  const { model, answers } = open();
  await model.callForHelp(undefined);
  await vi.waitFor(() => expect(callStanding(model.shown()).state).toBe('sent'));
  for (const error of ['no unit', 'still no unit']) {
    answers.push({ outcome: 'refused', error });
    await model.callForHelp(undefined);
    await vi.waitFor(() => expect(callStanding(model.shown())).toMatchObject({ state: 'refused', error }));
  }
  const [refusal] = model.shown().refusals;
  model.dismiss(refusal?.waiting.eventId ?? '');
  expect(callStanding(model.shown())).toEqual({ state: 'none' });

  answers.push({ outcome: 'refused', error: 'no unit' });
  await model.callForHelp(undefined);
  await vi.waitFor(() => expect(callStanding(model.shown()).state).toBe('refused'));
  await model.callForHelp(undefined);
  await vi.waitFor(() => expect(callStanding(model.shown()).state).toBe('sent'));
});

test('an answer that the server took counts from then on, until the order shows it', async () => {
  const { model, sent, held } = open();
  const line = await held();
  line.orders(orders('read'));
  const states: OrderState[] = [];
  model.subscribe(() => {
    const [order] = model.shown().orders?.items ?? [];
    if (order) states.push(standingOf(order, model.shown()).state);
  });
  await model.report('o1', 'accepted');
  await vi.waitFor(() => expect(model.shown().taken).toHaveLength(1));
  expect(model.shown().waiting).toEqual([]);
  // The stream tells of something else before the rules came to the answer.
  line.orders(orders('read', 'read'));
  expect(said(sent)).toEqual(['accepted']);
  expect(new Set(states)).toEqual(new Set(['accepted']));
  line.orders(orders('accepted', 'read'));
  expect(model.shown().taken).toEqual([]);
  line.orders(orders());
  expect(model.shown().orders?.items).toEqual([]);
});

test('an answer to an order that ended before the rules came to it holds nothing open', async () => {
  const { model, held } = open();
  const line = await held();
  line.orders(orders('read'));
  await model.report('o1', 'accepted');
  await vi.waitFor(() => expect(model.shown().taken).toHaveLength(1));
  line.orders(orders());
  expect(model.shown().taken).toEqual([]);
});

test('the switch of duty stays where it was put, also when the line has not told of it', async () => {
  const { model, sent, held } = open();
  (await held()).orders(orders());
  const status = () => model.shown().orders?.unit.status;
  for (const [on, becomes] of [
    [true, 'available'],
    [false, 'off-duty'],
    [true, 'available'],
  ] as const) {
    await model.say({ kind: 'duty', on });
    await vi.waitFor(() => expect(model.shown().waiting).toEqual([]));
    expect(status()).toBe(becomes);
  }
  expect(sent).toHaveLength(3);
});

test('a session that is over, or must first have a second factor, is asked for; what else is refused is not', async () => {
  const { model, signedOut, held } = open();
  const line = await held();
  const refused = (status: number, code: string) => line.became({ state: 'refused', error: new Refused(status, { code } as Problem) });
  refused(409, 'unit-without-phone');
  expect(signedOut).not.toHaveBeenCalled();
  refused(403, 'second-factor-due');
  refused(401, 'credential-missing');
  expect(signedOut).toHaveBeenCalledTimes(2);
  expect(model.shown().line.state).toBe('refused');
});

test('with nobody signed in the page stays for as long as a call for help is not sent', async () => {
  const { model, answers, signedOut, held } = open();
  const line = await held();
  answers.push({ outcome: 'signed-out' });
  await model.callForHelp(undefined);
  await vi.waitFor(() => expect(model.shown().signedOut).toBe(true));
  expect(signedOut).not.toHaveBeenCalled();
  expect(callStanding(model.shown())).toEqual({ state: 'unsent' });
  model.signIn();
  expect(signedOut).toHaveBeenCalledTimes(1);
  line.became({ state: 'live' });
  await vi.waitFor(() => expect(callStanding(model.shown()).state).toBe('sent'));
  expect(model.shown().signedOut).toBe(false);

  answers.push({ outcome: 'signed-out' });
  await model.report('o1', 'accepted');
  await vi.waitFor(() => expect(signedOut).toHaveBeenCalledTimes(2));
});

test('whoever leaves takes the orders off the phone, and the line brings no more; what is not sent stays', async () => {
  const { model, phone, answers, ended, held } = open();
  (await held()).orders(orders('read'));
  const kept = async () => (await phone.open()).orders();
  await vi.waitFor(async () => expect(await kept()).toBeDefined());
  answers.push({ outcome: 'unreachable' });
  await model.report('o1', 'accepted');
  await model.forget();
  expect(ended).toHaveBeenCalled();
  expect(await kept()).toBeUndefined();
  expect(phone.kept.size).toBe(1);
});
