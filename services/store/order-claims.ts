import { sql } from 'kysely';
import type { Duration, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { type StoredOrder, toOrder } from './orders.ts';

/** Who may send an order now: the right to it is a lease in its row, and ends with its sending or its time. */

/**
 * Takes the right to send an order, for the length of the lease. Undefined when it is not due, ended, expired, or
 * another process holds it: a sender that was frozen past its lease finds the order taken.
 */
export async function claimOrder(db: Db, id: string, lease: string, now: Instant, length: Duration): Promise<StoredOrder | undefined> {
  const at = new Date(now);
  const row = await db
    .updateTable('orders')
    .set({ lease, lease_until: new Date(now + length), attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('live', '=', true)
    .where('send_at', '<=', at)
    .where('expires_at', '>', at)
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<=', at)]))
    .returningAll()
    .executeTakeFirst();
  return row && toOrder(row);
}

/** Lengthens a claim for a bearer that takes its time. Only the holder of the lease may. */
export async function lengthenClaim(db: Db, id: string, lease: string, until: Instant): Promise<void> {
  await db
    .updateTable('orders')
    .set({ lease_until: new Date(until) })
    .where('id', '=', id)
    .where('lease', '=', lease)
    .execute();
}

/**
 * Ends the claim of an order that its bearer did not take: with the instant of the next try, or none. Only the holder of the
 * lease may. One that its unit answered meanwhile, over another line or to an earlier letter, is not tried again.
 */
export async function endClaim(db: Db, id: string, lease: string, sendAt: Instant | undefined): Promise<boolean> {
  const result = await db
    .updateTable('orders')
    .set({
      lease: null,
      lease_until: null,
      send_at: sendAt === undefined ? null : sql<Date | null>`case when send_at is not null then ${new Date(sendAt)}::timestamptz end`,
    })
    .where('id', '=', id)
    .where('lease', '=', lease)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends the claims of orders that were handed over; the ids of those whose lease still held. */
export async function endClaims(db: Db, orders: readonly { readonly id: string; readonly lease: string }[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    update orders o set lease = null, lease_until = null, send_at = null
    from unnest(${orders.map(({ id }) => id)}::uuid[], ${orders.map(({ lease }) => lease)}::uuid[]) as sent(id, lease)
    where o.id = sent.id and o.lease = sent.lease returning o.id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Makes the orders that a radio may not have got yet due again, once it is heard; their ids. Whoever is sending one of them
 * loses the lease: what went out on the old line may be lost, and the end of that sending must not count for this one.
 */
export async function resendTo(db: Db, deviceId: string, now: Instant): Promise<readonly string[]> {
  const rows = await db
    .updateTable('orders')
    .set({ send_at: new Date(now), lease: null, lease_until: null })
    .where('device_id', '=', deviceId)
    .where('live', '=', true)
    .where('state', 'in', ['queued', 'sent'])
    .where('expires_at', '>', new Date(now))
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** `refused`: its last try came to an end, and no bearer took it. */
export async function ordersToSend(
  db: Db,
  before: Instant,
  limit: number,
): Promise<readonly { readonly id: string; readonly refused: boolean }[]> {
  const at = new Date(before);
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'attempts', 'lease'])
    .where('send_at', '<=', at)
    .where('live', '=', true)
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<=', at)]))
    .orderBy('send_at')
    .limit(limit)
    .execute();
  return rows.map(({ id, attempts, lease }) => ({ id, refused: attempts > 0 && lease === null }));
}
