import type { Kysely } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Row, Tables } from './tables.ts';
import { skipUnheard } from './webhooks.ts';

/** What was to be told to other systems, and what became of it. */

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface StoredDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly lastStatus?: number;
  readonly lastError?: string;
  readonly createdAt: Instant;
  readonly doneAt?: Instant;
}

/** Forgets deliveries that ended before then, at most `limit` at once. Answers how many went. */
export async function forgetDeliveries(db: Db, before: Instant, limit = 5_000): Promise<number> {
  const old = db.selectFrom('webhook_deliveries').select('id').where('done_at', '<', new Date(before)).limit(limit);
  const { numDeletedRows } = await db.deleteFrom('webhook_deliveries').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Deliveries of one webhook or of all, newest first, below the id `before`. */
export async function listDeliveries(
  db: Db,
  webhookId: string | undefined,
  page: { readonly state?: DeliveryState; readonly limit: number; readonly before?: string },
): Promise<StoredDelivery[]> {
  let query = db.selectFrom('webhook_deliveries').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (webhookId !== undefined) query = query.where('webhook_id', '=', webhookId);
  if (page.state !== undefined) query = query.where('state', '=', page.state);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  return (await query.execute()).map(toDelivery);
}

/**
 * Lets a delivery start over, and its webhook too where it had been ended: who replays believes the receiver is back.
 * @returns the delivery as it now stands; undefined when there is none of that id
 */
export async function replayDelivery(db: Kysely<Tables>, id: string, now: Instant): Promise<StoredDelivery | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('webhook_deliveries')
      .set({ state: 'waiting', attempts: 0, next_at: new Date(now), done_at: null, lease_until: null })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!row) return undefined;
    const webhook = await trx.selectFrom('webhooks').select('active').where('id', '=', row.webhook_id).executeTakeFirst();
    if (webhook && !webhook.active) {
      await skipUnheard(trx);
      await trx.updateTable('webhooks').set({ active: true }).where('id', '=', row.webhook_id).execute();
    }
    return toDelivery(row);
  });
}

const toDelivery = (row: Row<'webhook_deliveries'>): StoredDelivery => ({
  id: row.id,
  webhookId: row.webhook_id,
  event: row.event,
  state: row.state as DeliveryState,
  attempts: row.attempts,
  nextAt: row.next_at.getTime(),
  ...(row.last_status === null ? {} : { lastStatus: row.last_status }),
  ...(row.last_error === null ? {} : { lastError: row.last_error }),
  createdAt: row.created_at.getTime(),
  ...(row.done_at === null ? {} : { doneAt: row.done_at.getTime() }),
});
