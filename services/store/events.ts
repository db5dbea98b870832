import { sql } from 'kysely';
import { type Instant, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { EventType } from './event-types.ts';
import { insertRows } from './rows.ts';
import { flushed } from './signals.ts';
import type { Row } from './tables.ts';

/** What another party may want to know of. `subject` names the thing, as `incidents/<id>`. */
export interface NewEvent {
  readonly type: EventType;
  readonly subject: string;
  readonly at: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}
export type EventRow = Row<'events'>;

/** A place in the order of events: the writing transaction, then the row. Both are decimal numbers of 64 bits. */
export interface Cursor {
  readonly tx: string;
  readonly seq: string;
}

/** CloudEvents 1.0, JSON form. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: '/baiying';
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

export const startOfEvents: Cursor = { tx: '0', seq: '0' };

/** Below this transaction every writer has ended, so nothing can still appear there (PostgreSQL 18, 9.28.6 snapshot functions). */
const settled = sql`pg_snapshot_xmin(pg_current_snapshot())`;

/** Writes events within the caller's transaction: they exist exactly when what they tell of does. */
export async function putEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  await insertRows(db, 'events', events.map(eventRow));
}

export const eventRow = ({ type, subject, at, data }: NewEvent) => ({ type, subject, at: new Date(at), data });

/**
 * The events after a cursor, in order, at most `limit`. Rows of a transaction are held back while an older one is still
 * open: it may yet commit an event of a lower place, which a reader that had gone on would never see. All are on disk by
 * then: a server that died and forgot some would give their places to others, which the same reader would never see either.
 */
export async function readEvents(db: Db, after: Cursor, limit: number): Promise<EventRow[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(sql<boolean>`(tx, seq) > (${after.tx}::xid8, ${after.seq}::bigint) and tx < ${settled}`)
    .orderBy('tx')
    .orderBy('seq')
    .limit(limit)
    .execute();
  if (rows.length > 0) await flushed(db, []);
  return rows;
}

/**
 * Whether committed events stand after a cursor, be it that `readEvents` still holds them back: worth looking again soon, since
 * nobody tells when the older transaction ends. Asked after a reading, it also finds what that end set free meanwhile.
 */
export async function eventsLeft(db: Db, after: Cursor): Promise<boolean> {
  const left = sql<boolean>`(tx, seq) > (${after.tx}::xid8, ${after.seq}::bigint)`;
  return (await db.selectFrom('events').select('seq').where(left).limit(1).executeTakeFirst()) !== undefined;
}

/** The place of the newest event that can be read now and is on disk; whoever goes on from here misses nothing that commits later. */
export async function latestCursor(db: Db): Promise<Cursor> {
  const newest = await db
    .selectFrom('events')
    .select(['tx', 'seq'])
    .where(sql<boolean>`tx < ${settled}`)
    .orderBy('tx', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  await flushed(db, []);
  return later(newest ?? startOfEvents, await forgottenCursor(db));
}

/** The place up to which events were forgotten; who asks for older ones has missed some. */
export async function forgottenCursor(db: Db): Promise<Cursor> {
  const row = await db.selectFrom('cursors').select(['tx', 'seq']).where('name', '=', 'forgotten').executeTakeFirst();
  return row ?? startOfEvents;
}

/** Forgets events older than `before`, at most `limit` at once, and remembers how far. Answers how many went. */
export async function forgetEvents(db: Db, before: Instant, limit = 5_000): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    with old as (select tx, seq from events where at < ${new Date(before)} order by tx, seq limit ${limit}),
    gone as (delete from events using old where events.tx = old.tx and events.seq = old.seq returning events.tx, events.seq),
    mark as (
      insert into cursors (name, tx, seq) select 'forgotten', tx, seq from gone order by tx desc, seq desc limit 1
      on conflict (name) do update set tx = excluded.tx, seq = excluded.seq where (cursors.tx, cursors.seq) < (excluded.tx, excluded.seq))
    select count(*) as count from gone`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

export function toCloudEvent(row: EventRow): CloudEvent {
  return {
    specversion: '1.0',
    id: formatCursor(row),
    source: '/baiying',
    type: row.type,
    subject: row.subject,
    time: rfc3339(row.at.getTime()),
    datacontenttype: 'application/json',
    data: row.data,
  };
}

export const formatCursor = ({ tx, seq }: Cursor): string => `${tx}-${seq}`;

/** Reads `<tx>-<seq>`; undefined for anything else, also for numbers that PostgreSQL could not hold. */
export function parseCursor(text: string): Cursor | undefined {
  const [, tx, seq] = /^(\d{1,20})-(\d{1,19})$/.exec(text) ?? [];
  if (tx === undefined || seq === undefined) return undefined;
  return BigInt(tx) < 2n ** 64n && BigInt(seq) < 2n ** 63n ? { tx, seq } : undefined;
}

/** Below zero when `a` comes before `b`, zero when they are one place. */
export function compareCursors(a: Cursor, b: Cursor): number {
  const [left, right] = a.tx === b.tx ? [BigInt(a.seq), BigInt(b.seq)] : [BigInt(a.tx), BigInt(b.tx)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export const later = (a: Cursor, b: Cursor): Cursor => (compareCursors(a, b) < 0 ? b : a);
