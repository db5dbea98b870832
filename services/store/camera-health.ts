import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { sql } from 'kysely';
import type { Duration, Instant } from '../alarm/index.ts';
import type { Db, Store } from './connect.ts';
import { type NewEvent, putEvents } from './events.ts';
import { storable } from './rows.ts';

/** How cameras are, as far as the record knows. Which fault is one is decided by the caller. */

export interface Seen {
  readonly mark: string;
  readonly at: Instant;
}

/** A camera whose turn it is, with what was known of it. */
export interface DueCamera {
  readonly cameraId: string;
  readonly seen: readonly Seen[];
  readonly presence: 'online' | 'offline' | 'unknown';
  /** Since when it is offline, or was last heard. */
  readonly presenceSince?: Instant;
}

/** A fault that is suspected or stands. */
export interface Suspicion {
  readonly fault: string;
  readonly votes: string;
  readonly since: Instant;
  readonly standing: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a sample leaves behind. `again`: look again so soon, because something is suspected. */
export interface Settled {
  readonly suspicions: readonly Suspicion[];
  readonly events: readonly NewEvent[];
  readonly again?: Duration;
}

export interface Sample {
  readonly cameraId: string;
  readonly at: Instant;
  /** Absent where no picture was judged. */
  readonly picture?: { readonly seen: readonly Seen[]; readonly measures: Readonly<Record<string, number>> };
  readonly clockOffset?: Duration;
}

/**
 * Takes the turns of up to `most` cameras, the longest due first; each comes again after `period`. Cameras that are new are
 * spread over a period, so that thousands are not looked at in one minute. Any number of processes may take turns.
 */
export async function takeDue(db: Db, now: Instant, most: number, period: Duration): Promise<DueCamera[]> {
  await sql`
    insert into camera_health (camera_id, due_at)
    select d.id, ${new Date(now)}::timestamptz + interval '1 millisecond' * mod(abs(hashtext(d.id)::bigint), ${period}::bigint)
    from devices d where d.kind = 'camera' and not exists (select from camera_health h where h.camera_id = d.id)
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ camera_id: string; seen: Seen[]; state: string | null; since: Date | null; silent_since: Date | null }>`
    with due as (
      select camera_id from camera_health where due_at <= ${new Date(now)} order by due_at limit ${most} for update skip locked),
    taken as (
      update camera_health h set due_at = ${new Date(now + period)} from due where h.camera_id = due.camera_id
      returning h.camera_id, h.seen)
    select t.camera_id, t.seen, p.state, p.since, p.silent_since from taken t left join presence p on p.device_id = t.camera_id`.execute(
    db,
  );
  return rows.map((row) => {
    const since = row.silent_since ?? row.since;
    const presence = row.state === 'offline' || row.silent_since ? 'offline' : row.state === 'online' ? 'online' : 'unknown';
    return { cameraId: row.camera_id, seen: row.seen, presence, ...(since ? { presenceSince: since.getTime() } : {}) };
  });
}

/**
 * Writes a sample down with what the caller makes of it, in one transaction.
 * @param settle given the suspicions so far; answers those that remain and the events to tell
 */
export async function putSample(
  store: Pick<Store, 'routine'>,
  sample: Sample,
  settle: (before: readonly Suspicion[]) => Settled,
): Promise<void> {
  await store.routine.transaction().execute(async (trx) => {
    const locked = await sql`select 1 from camera_health where camera_id = ${sample.cameraId} for update`.execute(trx);
    // The camera was removed while it was looked at.
    if (locked.rows.length === 0) return;
    const { suspicions, events, again } = settle(await suspicionsOf(trx, sample.cameraId));
    await noteSample(trx, sample, again);
    await trx.deleteFrom('camera_faults').where('camera_id', '=', sample.cameraId).execute();
    for (const { fault, votes, since, standing, detail } of suspicions)
      await trx
        .insertInto('camera_faults')
        .values({ camera_id: sample.cameraId, fault, votes, since: new Date(since), standing, detail: storable(detail) })
        .execute();
    await putEvents(trx, events);
  });
}

async function noteSample(trx: Db, { cameraId, at, picture, clockOffset }: Sample, again: Duration | undefined): Promise<void> {
  await trx
    .updateTable('camera_health')
    .set({
      sampled_at: new Date(at),
      ...(picture && { judged_at: new Date(at), seen: storable(picture.seen), measures: storable(picture.measures) }),
      ...(clockOffset === undefined ? {} : { clock_offset: String(Math.round(clockOffset)) }),
      ...(again === undefined ? {} : { due_at: sql<Date>`least(due_at, ${new Date(at + again)}::timestamptz)` }),
    })
    .where('camera_id', '=', cameraId)
    .execute();
}

async function suspicionsOf(db: Db, cameraId: string): Promise<Suspicion[]> {
  const rows = await db.selectFrom('camera_faults').selectAll().where('camera_id', '=', cameraId).execute();
  return rows.map(({ fault, votes, since, standing, detail }) => ({ fault, votes, since: since.getTime(), standing, detail }));
}

export interface CameraFault {
  readonly cameraId: string;
  readonly fault: string;
  readonly since: Instant;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Every fault that stands, the oldest first. */
export async function standingFaults(db: Db): Promise<CameraFault[]> {
  const rows = await db
    .selectFrom('camera_faults')
    .selectAll()
    .where('standing', '=', true)
    .orderBy('since')
    .orderBy('camera_id')
    .execute();
  return rows.map((row) => ({ cameraId: row.camera_id, fault: row.fault, since: row.since.getTime(), detail: row.detail }));
}

export interface CameraSampled {
  readonly cameraId: string;
  readonly sampledAt?: Instant;
  readonly judgedAt?: Instant;
}

/** When each camera was last looked at. */
export async function lastSamples(db: Db): Promise<CameraSampled[]> {
  const rows = await db.selectFrom('camera_health').select(['camera_id', 'sampled_at', 'judged_at']).execute();
  return rows.map((row) => ({
    cameraId: row.camera_id,
    ...(row.sampled_at && { sampledAt: row.sampled_at.getTime() }),
    ...(row.judged_at && { judgedAt: row.judged_at.getTime() }),
  }));
}

/** Keys, radios and loudspeakers that are away or unheard, the longest first. */
export async function absentDevices(db: Db): Promise<{ deviceId: string; since: Instant }[]> {
  const { rows } = await sql<{ device_id: string; since: Date }>`
    select p.device_id, coalesce(p.silent_since, p.since) as since from presence p join devices d on d.id = p.device_id
    where d.kind <> 'camera' and (p.state = 'offline' or p.silent_since is not null) order by 2, 1`.execute(db);
  return rows.map((row) => ({ deviceId: row.device_id, since: row.since.getTime() }));
}

/** A picture as it should be, by one light. */
export interface Reference {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
  readonly at: Instant;
}

const [deflated, inflated] = [promisify(deflateRaw), promisify(inflateRaw)];

export async function putReference(db: Db, cameraId: string, light: 'day' | 'night', reference: Reference, by: string): Promise<void> {
  const { width, height, luma, at } = reference;
  const values = { width, height, luma: await deflated(luma), at: new Date(at), taken_by: by };
  await db
    .insertInto('camera_references')
    .values({ camera_id: cameraId, light, ...values })
    .onConflict((known) => known.columns(['camera_id', 'light']).doUpdateSet(values))
    .execute();
}

export async function referenceOf(db: Db, cameraId: string, light: 'day' | 'night'): Promise<Reference | undefined> {
  const row = await db
    .selectFrom('camera_references')
    .selectAll()
    .where('camera_id', '=', cameraId)
    .where('light', '=', light)
    .executeTakeFirst();
  return row && { width: row.width, height: row.height, luma: await inflated(row.luma), at: row.at.getTime() };
}

/** A camera whose right picture was taken anew is judged anew: what was said of its picture is forgotten, `kinds` of it. */
export async function forgetFaults(db: Db, cameraId: string, kinds: readonly string[]): Promise<readonly CameraFault[]> {
  const rows = await db
    .deleteFrom('camera_faults')
    .where('camera_id', '=', cameraId)
    .where('fault', 'in', [...kinds])
    .returningAll()
    .execute();
  return rows
    .filter(({ standing }) => standing)
    .map((row) => ({ cameraId, fault: row.fault, since: row.since.getTime(), detail: row.detail }));
}

/** Every grid, also one without a camera: it is covered by none. */
export async function gridNames(db: Db): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('grids').select(['id', 'name']).orderBy('id').execute();
}
