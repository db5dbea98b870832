import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { storable } from './rows.ts';
import type { Row } from './tables.ts';
import { canonical } from './timeline.ts';

/** What one shift hands to the next. A draft is its author's; offered, it waits for the other signature; signed, it stays. */

export type HandoverState = 'draft' | 'offered' | 'signed';

/** One open thing, as it stood when it was collected. `key` names it across collections; `note` is the outgoing person's. */
export interface HandoverItem {
  readonly key: string;
  readonly kind: string;
  readonly note?: string;
  readonly [more: string]: unknown;
}

export interface Signer {
  readonly id: string;
  readonly name: string;
}

export interface Handover {
  readonly id: string;
  readonly state: HandoverState;
  readonly collectedAt: Instant;
  readonly items: readonly HandoverItem[];
  /** Open things beyond the bound, which the page could not hold. */
  readonly leftOut: number;
  readonly notes: string;
  readonly outgoing: Signer & { readonly signedAt?: Instant };
  readonly incoming?: Signer & { readonly signedAt: Instant };
  /** SHA-256 over all of the above, once it is signed. */
  readonly hash?: string;
}

export async function findHandover(db: Db, id: string): Promise<Handover | undefined> {
  const row = await db.selectFrom('handovers').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toHandover(row);
}

/** The same, locked until the transaction ends, so that two who sign at once sign one after the other. */
export async function takeHandover(db: Db, id: string): Promise<Handover | undefined> {
  const row = await db.selectFrom('handovers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row && toHandover(row);
}

export async function openHandoverOf(db: Db, outgoingId: string): Promise<Handover | undefined> {
  const row = await db
    .selectFrom('handovers')
    .selectAll()
    .where('outgoing_id', '=', outgoingId)
    .where('state', '<>', 'signed')
    .executeTakeFirst();
  return row && toHandover(row);
}

export async function lastSignedAt(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('handovers')
    .select('incoming_signed_at')
    .where('state', '=', 'signed')
    .orderBy('incoming_signed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.incoming_signed_at?.getTime();
}

export interface HandoverPage {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string };
}

/** Newest first. */
export async function listHandovers(db: Db, { limit, after }: HandoverPage): Promise<Handover[]> {
  const rows = db.selectFrom('handovers').selectAll().orderBy('collected_at', 'desc').orderBy('id', 'desc').limit(limit);
  const wanted = after ? rows.where(sql<boolean>`(collected_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`) : rows;
  return (await wanted.execute()).map(toHandover);
}

/** Writes a handover as it now stands, whole. One that is signed refuses (migration 0021). */
export async function putHandover(db: Db, handover: Handover): Promise<void> {
  const { id, state, collectedAt, items, leftOut, notes, outgoing, incoming, hash } = handover;
  const at = (instant: Instant | undefined) => (instant === undefined ? null : new Date(instant));
  const values = {
    state,
    collected_at: new Date(collectedAt),
    items: storable(items),
    left_out: leftOut,
    notes,
    outgoing_id: outgoing.id,
    outgoing: outgoing.name,
    outgoing_signed_at: at(outgoing.signedAt),
    incoming_id: incoming?.id ?? null,
    incoming: incoming?.name ?? null,
    incoming_signed_at: at(incoming?.signedAt),
    hash: hash ?? null,
  };
  await db
    .insertInto('handovers')
    .values({ id, ...values })
    .onConflict((known) => known.column('id').doUpdateSet(values))
    .execute();
}

export async function removeHandover(db: Db, id: string): Promise<void> {
  await db.deleteFrom('handovers').where('id', '=', id).execute();
}

/** SHA-256, hex, over everything that both signed: who, when, and each item with its note. */
export function handoverHash({ hash: _own, state: _state, ...content }: Handover): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(content)))
    .digest('hex');
}

const toHandover = (row: Row<'handovers'>): Handover => ({
  id: row.id,
  state: row.state as HandoverState,
  collectedAt: row.collected_at.getTime(),
  items: row.items as HandoverItem[],
  leftOut: row.left_out,
  notes: row.notes,
  outgoing: {
    id: row.outgoing_id,
    name: row.outgoing,
    ...(row.outgoing_signed_at && { signedAt: row.outgoing_signed_at.getTime() }),
  },
  ...(row.incoming_id !== null &&
    row.incoming !== null &&
    row.incoming_signed_at && { incoming: { id: row.incoming_id, name: row.incoming, signedAt: row.incoming_signed_at.getTime() } }),
  ...(row.hash === null ? {} : { hash: row.hash }),
});
