import type { Kysely } from 'kysely';
import { closed, type Duration, type Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { wants } from './event-types.ts';
import { type CloudEvent, latestCursor, readEvents, toCloudEvent } from './events.ts';
import { uuidv7 } from './ids.ts';
import type { Row, Tables } from './tables.ts';

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  /** False after its receiver answered 410 Gone. */
  readonly active: boolean;
  readonly createdAt: Instant;
  readonly createdBy: string;
}

/** A delivery that this process alone may try now. `attempt` counts from 1 and fences what is written afterwards. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly attempt: number;
  readonly event: Readonly<Record<string, unknown>>;
  readonly url: string;
  /** As sealed; the newest first. A former one signs as well until its time is up. */
  readonly secrets: readonly string[];
}

/** How an attempt ended. */
export type Settlement =
  | { readonly result: 'delivered'; readonly status: number }
  | { readonly result: 'again'; readonly nextAt: Instant; readonly status?: number; readonly error: string }
  | { readonly result: 'dead'; readonly status?: number; readonly error: string }
  /** The receiver wants no more: the webhook and all that waits for it end. */
  | { readonly result: 'gone'; readonly status: number; readonly error: string };

/** Oldest first, after the id `after`. */
export async function listWebhooks(db: Db, page: { readonly limit: number; readonly after?: string }): Promise<Webhook[]> {
  const rows = db.selectFrom('webhooks').selectAll().orderBy('id').limit(page.limit);
  return (await (page.after === undefined ? rows : rows.where('id', '>', page.after)).execute()).map(toWebhook);
}

export async function findWebhook(db: Db, id: string): Promise<Webhook | undefined> {
  const row = await db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toWebhook(row);
}

export interface NewWebhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly sealedSecret: string;
  readonly by: string;
  readonly now: Instant;
}

/** Stores a webhook; it hears what happens from now on. */
export async function addWebhook(db: Db, { id, url, types, sealedSecret, by, now }: NewWebhook): Promise<Webhook> {
  await skipUnheard(db);
  const row = { id, url, types: [...types], secret: sealedSecret, created_at: new Date(now), created_by: by };
  return toWebhook(await db.insertInto('webhooks').values(row).returningAll().executeTakeFirstOrThrow());
}

export async function removeWebhook(db: Db, id: string): Promise<boolean> {
  const removed = await db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Gives a webhook another secret; the one before signs beside it until `formerUntil`, so that its receiver can change over in peace. */
export async function rotateSecret(db: Db, id: string, sealedSecret: string, formerUntil: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhooks')
    .set((is) => ({ secret: sealedSecret, former_secret: is.ref('secret'), former_until: new Date(formerUntil) }))
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** While nobody listened the reader stood still; the first listener is not told of all that time. */
export async function skipUnheard(db: Db): Promise<void> {
  const listener = await db.selectFrom('webhooks').select('id').where('active', '=', true).limit(1).executeTakeFirst();
  if (listener) return;
  const latest = await latestCursor(db);
  await db
    .insertInto('cursors')
    .values({ name: 'webhooks', ...latest })
    .onConflict((row) => row.column('name').doUpdateSet(latest))
    .execute();
}

/**
 * Makes a delivery for each new event and each webhook that wants its type, and moves the reader on, in one transaction.
 * Another process at it is left to do it. News about webhooks themselves are not delivered: a dead one would feed itself.
 * @returns the deliveries made, and whether more events wait
 */
export async function planDeliveries(
  db: Kysely<Tables>,
  now: Instant,
  limit = 200,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const listener = await db.selectFrom('webhooks').select('id').where('active', '=', true).limit(1).executeTakeFirst();
  if (!listener) return { ids: [], more: false };
  return db.transaction().execute(async (trx) => {
    const cursor = await trx
      .selectFrom('cursors')
      .select(['tx', 'seq'])
      .where('name', '=', 'webhooks')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!cursor) return { ids: [], more: false };
    const webhooks = await trx.selectFrom('webhooks').select(['id', 'types']).where('active', '=', true).execute();
    const events = await readEvents(trx, cursor, limit);
    const last = events.at(-1);
    if (!last) return { ids: [], more: false };
    const deliveries = events
      .filter((event) => !event.type.startsWith('baiying.webhook.'))
      .flatMap((event) =>
        webhooks.filter(({ types }) => wants(types, event.type)).map(({ id }) => delivery(id, event.seq, toCloudEvent(event), now)),
      );
    if (deliveries.length > 0) await insertDeliveries(trx, deliveries);
    await trx.updateTable('cursors').set({ tx: last.tx, seq: last.seq }).where('name', '=', 'webhooks').execute();
    return { ids: deliveries.map(({ id }) => id), more: events.length === limit };
  });
}

const delivery = (webhookId: string, seq: string, event: CloudEvent, now: Instant) => ({
  id: uuidv7(now),
  webhook_id: webhookId,
  event_seq: seq,
  event: JSON.stringify(event),
  state: 'waiting',
  next_at: new Date(now),
  created_at: new Date(now),
});

async function insertDeliveries(db: Db, rows: readonly ReturnType<typeof delivery>[]): Promise<void> {
  await db
    .insertInto('webhook_deliveries')
    .values(rows)
    .onConflict((row) => row.columns(['webhook_id', 'event_seq']).doNothing())
    .execute();
}

/** Makes a delivery of a test event. Its number counts down from -1, so that it meets no event of the table. */
export async function addTestDelivery(db: Kysely<Tables>, webhookId: string, now: Instant, by: string): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    const webhook = await trx.selectFrom('webhooks').select('id').where('id', '=', webhookId).forUpdate().executeTakeFirst();
    if (!webhook) return undefined;
    const lowest = await trx
      .selectFrom('webhook_deliveries')
      .select((row) => row.fn.min('event_seq').as('seq'))
      .where('webhook_id', '=', webhookId)
      .where('event_seq', '<', '0')
      .executeTakeFirst();
    const seq = BigInt(lowest?.seq ?? 0) - 1n;
    const id = uuidv7(now);
    const event: CloudEvent = {
      ...{ specversion: '1.0', source: '/baiying', datacontenttype: 'application/json' },
      id: `test-${id}`,
      type: 'baiying.webhook.test.v1',
      subject: `webhooks/${webhookId}`,
      time: new Date(now).toISOString(),
      data: { webhookId, by },
    };
    await insertDeliveries(trx, [{ ...delivery(webhookId, seq.toString(), event, now), id }]);
    return id;
  });
}

/** Takes a waiting delivery that is due, for `lease` milliseconds; undefined when it is not due, done, or another's. */
export async function claimDelivery(db: Db, id: string, now: Instant, lease: Duration): Promise<ClaimedDelivery | undefined> {
  const row = await db
    .updateTable('webhook_deliveries')
    .from('webhooks')
    .set((is) => ({ lease_until: new Date(now + lease), attempts: is('webhook_deliveries.attempts', '+', 1) }))
    .whereRef('webhooks.id', '=', 'webhook_deliveries.webhook_id')
    .where('webhook_deliveries.id', '=', id)
    .where('webhooks.active', '=', true)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', new Date(now))
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', new Date(now))]))
    .returning(['webhook_deliveries.id', 'webhook_id', 'attempts', 'event', 'url', 'secret', 'former_secret', 'former_until'])
    .executeTakeFirst();
  if (!row) return undefined;
  const former = row.former_secret !== null && row.former_until !== null && row.former_until.getTime() > now ? [row.former_secret] : [];
  const { id: deliveryId, webhook_id: webhookId, attempts: attempt, event, url, secret } = row;
  return { id: deliveryId, webhookId, attempt, event, url, secrets: [secret, ...former] };
}

/** Writes how the attempt ended, unless another attempt has begun since. */
export async function settleDelivery(db: Db, claimed: ClaimedDelivery, settlement: Settlement, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhook_deliveries')
    .set({ ...settled(settlement, now), lease_until: null })
    .where('id', '=', claimed.id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', claimed.attempt)
    .executeTakeFirst();
  if (settlement.result === 'gone') await endWebhook(db, claimed.webhookId, now);
  return numUpdatedRows > 0n;
}

function settled(settlement: Settlement, now: Instant) {
  switch (settlement.result) {
    case 'delivered':
      return { state: 'delivered', last_status: settlement.status, last_error: null, done_at: new Date(now) };
    case 'again':
      return { next_at: new Date(settlement.nextAt), last_status: settlement.status ?? null, last_error: settlement.error };
    case 'dead':
    case 'gone':
      return { state: 'dead', last_status: settlement.status ?? null, last_error: settlement.error, done_at: new Date(now) };
    default:
      return closed(settlement);
  }
}

async function endWebhook(db: Db, id: string, now: Instant): Promise<void> {
  await db.updateTable('webhooks').set({ active: false }).where('id', '=', id).execute();
  await db
    .updateTable('webhook_deliveries')
    .set({ state: 'dead', last_error: 'webhook-gone', done_at: new Date(now), lease_until: null })
    .where('webhook_id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

/** Deliveries whose time has come and that nobody holds: what the sweeper puts back on the lane. */
export async function dueDeliveries(db: Db, now: Instant, limit = 500): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .select('id')
    .where('state', '=', 'waiting')
    .where('next_at', '<=', new Date(now))
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', new Date(now))]))
    .orderBy('next_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

const toWebhook = (row: Row<'webhooks'>): Webhook => ({
  id: row.id,
  url: row.url,
  types: row.types,
  active: row.active,
  createdAt: row.created_at.getTime(),
  createdBy: row.created_by,
});
