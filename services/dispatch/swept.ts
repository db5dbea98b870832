import { type Duration, seconds } from '../alarm/index.ts';
import type { SweepSource } from '../queue/sweeper.ts';
import type { Store } from '../store/connect.ts';
import { receiptsDue } from '../store/incidents.ts';
import { ordersToSend } from '../store/order-claims.ts';
import { dueDeliveries } from '../store/webhooks.ts';

const batch = 500;
/** An order that is due this long was lost on its way through the queue. */
const leftBehind: Duration = seconds(1);

/** Each room sweeps for what it can do itself, so that with the queue away nothing waits for anybody. */
export const swept = (store: Store): readonly SweepSource[] => [
  {
    name: 'unsent orders',
    every: seconds(1),
    find: async (now) =>
      (await ordersToSend(store.urgent, now - leftBehind, batch)).map(({ id, refused }) => ({
        type: 'order',
        id,
        ...(refused ? { again: true } : {}),
      })),
  },
  {
    name: 'owed receipts',
    every: seconds(1),
    find: async () => (await receiptsDue(store.urgent, batch)).map((id) => ({ type: 'receipt', id })),
  },
  {
    name: 'webhook deliveries',
    every: seconds(1),
    find: async (now) => (await dueDeliveries(store.routine, now)).map((id) => ({ type: 'webhook', id })),
  },
];
