import { expect, test } from 'vitest';
import type { Delivery, Letter } from '../../driver.ts';
import { phoneRadio } from './driver.ts';

const order = {
  orderId: 'o1',
  incidentId: 'i1',
  priority: 1,
  kind: 'emergency',
  text: '速去第一医院',
  exercise: false,
  issuedAt: Date.UTC(2026, 10, 21, 10),
  expiresAt: Date.UTC(2026, 10, 21, 10, 30),
} as const;

async function send(known: Delivery) {
  const letters: (readonly [string, Letter])[] = [];
  const post = async (deviceId: string, letter: Letter) => {
    letters.push([deviceId, letter]);
    return known;
  };
  const give = { now: () => order.issuedAt, post, request: async () => ({ error: 'not used' }) };
  const delivery = await phoneRadio.open(give, { id: 'phone-1', kind: 'radio', settings: {} }).order?.(order);
  return { delivery, letters };
}

test.each<Delivery>([{ outcome: 'sent' }, { outcome: 'unreachable', reason: 'no page is open' }])(
  'an order is as far as its page is known to be: %j',
  async (known) => {
    expect((await send(known)).delivery).toEqual(known);
  },
);

test('the letter names the order and carries none of it: what a page shows comes from the record', async () => {
  const { letters } = await send({ outcome: 'sent' });
  expect(letters).toEqual([
    ['phone-1', { topic: 'pages/phone-1/order', payload: '{"orderId":"o1"}', qos: 1, retain: false, expiresAt: order.expiresAt }],
  ]);
});

test('takes no settings, and may be silent for half an hour', () => {
  expect(phoneRadio.settings.safeParse({}).success).toBe(true);
  expect(phoneRadio.settings.safeParse({ url: 'x' }).success).toBe(false);
  expect(phoneRadio.quiet?.({})).toBe(1800);
});
