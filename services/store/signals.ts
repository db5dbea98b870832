import { CompiledQuery, sql } from 'kysely';
import type { DeviceKind, Grade, Instant, Lane, Signal, SignalType } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { incidentIdOf } from './ids.ts';
import { storable } from './rows.ts';
import type { Row } from './tables.ts';
import type { Ours } from './tables-signals.ts';

export type { Caller, Ours } from './tables-signals.ts';

/** A signal on its way into the record. */
export interface NewSignal {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceKind: DeviceKind;
  readonly type: SignalType;
  readonly grade?: Grade;
  readonly active: boolean;
  readonly eventId?: string;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly exercise: boolean;
  readonly lane: Lane;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ours?: Ours;
  /** The bytes as they came, kept where they could not be read. */
  readonly raw?: Uint8Array;
  /** Nothing to decide about it: it is stored as sorted. */
  readonly settled: boolean;
  readonly via: string;
}

/** Devices that send the same event id again within this time repeat themselves; later, a restarted counter is likelier. */
const repeatWindow = 600_000;
/** A time of its own tells one happening from another only where the device's clock is set; many begin in 1970 at every start. */
const soundClock = 7 * 86_400_000;

/**
 * The key under which one event can stand in the record only once, also when two brokers hear it at the same instant.
 * A device that gives its own time as well is known for ever; one that does not, for the length of the window.
 */
const dedupeKey = ({ type, grade, eventId, at, receivedAt }: NewSignal): string | null => {
  if (eventId === undefined) return null;
  const timed = at !== receivedAt && Math.abs(at - receivedAt) < soundClock;
  return `${type}:${grade ?? ''}:${eventId}:${timed ? `t${at}` : `w${Math.floor(receivedAt / repeatWindow)}`}`;
};

/** jsonb and text cannot hold U+0000, which an integration's own id may well carry. */
const storableText = (text: string | null): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;
const written = (at: Instant): string => new Date(at).toISOString();

/** What stands in each column of a signal that comes in; in the order of the statement below. */
const incoming: readonly { readonly type: string; readonly name: string; readonly of: (signal: NewSignal) => unknown }[] = [
  { name: 'id', type: 'uuid', of: (signal) => signal.id },
  { name: 'device_id', type: 'text', of: (signal) => signal.deviceId },
  { name: 'device_kind', type: 'text', of: (signal) => signal.deviceKind },
  { name: 'type', type: 'text', of: (signal) => signal.type },
  { name: 'grade', type: 'text', of: (signal) => signal.grade ?? null },
  { name: 'active', type: 'boolean', of: (signal) => signal.active },
  { name: 'event_id', type: 'text', of: (signal) => storableText(signal.eventId ?? null) },
  { name: 'at', type: 'timestamptz', of: (signal) => written(signal.at) },
  { name: 'received_at', type: 'timestamptz', of: (signal) => written(signal.receivedAt) },
  { name: 'exercise', type: 'boolean', of: (signal) => signal.exercise },
  { name: 'lane', type: 'text', of: (signal) => signal.lane },
  { name: 'data', type: 'jsonb', of: (signal) => storable(signal.data) },
  { name: 'ours', type: 'jsonb', of: (signal) => (signal.ours === undefined ? null : storable(signal.ours)) },
  { name: 'raw', type: 'bytea', of: (signal) => (signal.raw === undefined ? null : Buffer.from(signal.raw)) },
  { name: 'dedupe', type: 'text', of: (signal) => storableText(dedupeKey(signal)) },
  { name: 'sorted_at', type: 'timestamptz', of: (signal) => (signal.settled ? written(signal.receivedAt) : null) },
  { name: 'via', type: 'text', of: (signal) => signal.via },
];
const names = incoming.map(({ name }) => name).join(', ');

/** Those before it with the same event id and grade that may be the same happening; `surely` by the device's own time. */
const alike = `
  select s.id, s.incident_id, s.received_at,
    s.at = i.at and i.at <> i.received_at and abs(extract(epoch from i.at - i.received_at)) < ${soundClock / 1000} as surely
  from signals s where s.device_id = i.device_id and s.event_id = i.event_id and s.type = i.type and s.grade is not distinct from i.grade`;

/**
 * Columns travel as arrays: as one JSON text the server took as long to read them as to write the rows. A call that only its number
 * makes a repeat is a new one once its incident is closed: keys that start anew with every press number each of them 1.
 */
const inserting = `
  with incoming as (
    select * from unnest(${incoming.map(({ type }, place) => `$${place + 1}::${type}[]`).join(', ')}) as r(${names})
  ), seen as (
    select i.id, k.id as stands_as, i.lane = 'urgent' and not k.surely and exists (
      select from incidents n where n.id = k.incident_id and n.state = 'closed') as over
    from incoming i cross join lateral (
      select * from (${alike}) a where a.surely or a.received_at > i.received_at - ${repeatWindow} * interval '1 millisecond'
      order by a.received_at desc limit 1) k
    where i.event_id is not null
  ), added as (
    insert into signals (${names}, last_at)
    select ${names.replace('dedupe', 'case when exists (select from seen where seen.id = i.id) then null else dedupe end')}, received_at
    from incoming i where not exists (select from seen where seen.id = i.id and not seen.over)
    on conflict do nothing returning id)
  select id, id as stands_as from added union all select id, stands_as from seen where not over`;

/**
 * Stores a group in one statement, so that the group shares one disk flush.
 * @returns for each signal of the group, the id under which it stands: its own, or that of the one known before
 */
export async function insertSignals(db: Db, group: readonly NewSignal[]): Promise<ReadonlyMap<string, string>> {
  const columns = incoming.map(({ of }) => group.map(of));
  const { rows } = await db.executeQuery(CompiledQuery.raw(inserting, columns));
  const found = new Map((rows as { id: string; stands_as: string }[]).map((row) => [row.id, row.stands_as]));
  for (const signal of group.filter(({ id }) => !found.has(id))) {
    const first = await db
      .selectFrom('signals')
      .select('id')
      .where((at) =>
        at.or([
          at('id', '=', signal.id),
          at.and([at('device_id', '=', signal.deviceId), at('dedupe', '=', storableText(dedupeKey(signal)))]),
        ]),
      )
      .executeTakeFirstOrThrow();
    found.set(signal.id, first.id);
  }
  return found;
}

/**
 * Resolves once everything committed before it is on disk, also what was committed without waiting for that: the log is
 * flushed in order, and this commit waits for its own place in it.
 * @returns which of the signals are in the record: a server that died in between has forgotten those it had not flushed
 */
export async function flushed(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ there: readonly string[] | null }>`
    select array(select id::text from signals where id = any(${ids}::uuid[])) as there from pg_logical_emit_message(true, 'baiying', '')`.execute(
    db,
  );
  return new Set(rows[0]?.there);
}

/** One activity that went on: how many repeats to add, when the last came, and whether it still lasts. */
export interface Repeat {
  readonly id: string;
  readonly add: number;
  readonly lastAt: Instant;
  readonly active: boolean;
}

/** An end that is told before the rules have looked does not hide the beginning from them. */
export async function addRepeats(db: Db, repeats: readonly Repeat[]): Promise<void> {
  if (repeats.length === 0) return;
  const rows = repeats.map((repeat) => ({ ...repeat, lastAt: new Date(repeat.lastAt) }));
  await sql`
    update signals s set count = s.count + r.add, last_at = r."lastAt", active = r.active or (s.active and s.sorted_at is null)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, add int, "lastAt" timestamptz, active boolean)
    where s.id = r.id`.execute(db);
}

/**
 * Forgets what devices told as routine before then and no incident came of, at most `limit` at once, the oldest first. The newest
 * word of each kind stays, and how marked inputs stood: what a device says next is compared with it.
 * @param from nothing older is looked at
 * @returns when the last of them came; undefined when there is none
 */
export async function forgetRoutine(db: Db, from: Instant, before: Instant, limit = 5_000): Promise<Instant | undefined> {
  const { rows } = await sql<{ last: Date | null }>`
    with old as (
      select s.id from signals s
      where s.received_at >= ${new Date(from)} and s.received_at < ${new Date(before)}
        and s.lane = 'routine' and s.sorted_at is not null and s.incident_id is null and s.ours->'mark' is null
        and exists (select from signals n where n.device_id = s.device_id and n.type = s.type and n.received_at > s.received_at)
      order by s.received_at limit ${limit}),
    gone as (delete from signals using old where signals.id = old.id returning signals.received_at)
    select max(received_at) as last from gone`.execute(db);
  return rows[0]?.last?.getTime();
}

/** Locks a signal that nobody has sorted yet; undefined when it is sorted, being sorted by another, or not there. */
export async function takeUnsorted(db: Db, id: string): Promise<Signal | undefined> {
  const row = await db
    .selectFrom('signals')
    .selectAll()
    .where('id', '=', id)
    .where('sorted_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && toSignal(row);
}

/** The same for several; those that are sorted or being sorted are left out. In the order in which they came. */
export async function takeAllUnsorted(db: Db, ids: readonly string[]): Promise<readonly Signal[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(unsortedOf, [ids]));
  return (rows as Row<'signals'>[]).map(toSignal);
}
const unsortedOf = 'select * from signals where id = any($1::uuid[]) and sorted_at is null order by id for update skip locked';

/** Calls for help, answers to what was asked, and what is routine: each kind waits in a line of its own. */
export type Undecided = 'calls' | 'answers' | 'routine';

const narrowed: Record<Undecided, string> = {
  calls: `lane = 'urgent' and type not in ('report', 'playback')`,
  answers: `lane = 'urgent' and type in ('report', 'playback')`,
  routine: `lane = 'routine'`,
};

/** Signals of a kind that should have been decided about by now, oldest first. */
export async function leftUnsorted(
  db: Db,
  what: Undecided,
  before: Instant,
  limit: number,
): Promise<readonly { id: string; deviceId: string; lane: Lane; answers: boolean }[]> {
  const left = `select id, device_id, lane from signals where sorted_at is null and ${narrowed[what]} and received_at < $1
    order by received_at limit $2`;
  const { rows } = await db.executeQuery(CompiledQuery.raw(left, [new Date(before), limit]));
  return (rows as Pick<Row<'signals'>, 'id' | 'device_id' | 'lane'>[]).map(({ id, device_id: deviceId, lane }) => ({
    id,
    deviceId,
    lane: lane as Lane,
    answers: what === 'answers',
  }));
}

/** Whether any of these waits for a decision. */
export async function stillUnsorted(db: Db, ids: readonly string[]): Promise<boolean> {
  const { rows } = await db.executeQuery(
    CompiledQuery.raw('select from signals where id = any($1::uuid[]) and sorted_at is null limit 1', [ids]),
  );
  return rows.length > 0;
}

/**
 * Calls for which units were sent while the record was away, and whose rows came into the record all the same: the server was late
 * and not gone. They are told who was sent; one that was decided to belong to another incident is to be decided again, since the
 * orders that officers have on their screens are of its own.
 */
export async function tellSent(db: Db, sent: readonly Pick<NewSignal, 'id' | 'ours'>[]): Promise<void> {
  if (sent.length === 0) return;
  const [ids, own, units] = [sent.map(({ id }) => id), sent.map(incidentIdOf), sent.map(({ ours }) => JSON.stringify(ours?.firstOrders))];
  await sql`
    update signals s set ours = coalesce(s.ours, '{}') || jsonb_build_object('firstOrders', r.units),
      sorted_at = case when s.incident_id = r.own then s.sorted_at end, incident_id = case when s.incident_id = r.own then r.own end
    from (select * from unnest(${ids}::uuid[], ${own}::uuid[], ${units}::jsonb[]) as r(id, own, units)) r
    where s.id = r.id and s.ours->'firstOrders' is null`.execute(db);
}

/** How many signals have waited for a decision since before then, counted up to `most`. */
export async function countUnsorted(db: Db, before: Instant, most: number): Promise<number> {
  const counted = 'select count(*) as count from (select from signals where sorted_at is null and received_at < $1 limit $2) as waiting';
  const { rows } = await db.executeQuery(CompiledQuery.raw(counted, [new Date(before), most]));
  return Number((rows as { count: string }[])[0]?.count ?? 0);
}

export function toSignal(row: Row<'signals'>): Signal {
  return {
    id: row.id,
    deviceId: row.device_id,
    deviceKind: row.device_kind as DeviceKind,
    type: row.type as SignalType,
    ...(row.grade === null ? {} : { grade: row.grade as Grade }),
    active: row.active,
    at: row.at.getTime(),
    receivedAt: row.received_at.getTime(),
    exercise: row.exercise,
    data: row.data,
    ...(row.ours === null ? {} : { ours: row.ours }),
  };
}
