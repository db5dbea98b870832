import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/** The ledger: who looked at which camera when. Only the server that showed the picture writes it. */

export interface NewView {
  readonly id: string;
  readonly cameraId: string;
  readonly by: string;
  readonly how: 'live' | 'stills';
  /** The run of a round that it was for. */
  readonly runId?: string | undefined;
  readonly at: Instant;
}

export interface View {
  readonly id: string;
  readonly cameraId: string;
  readonly by: string;
  readonly how: string;
  readonly runId?: string;
  readonly beganAt: Instant;
  /** Absent while it goes on. */
  readonly endedAt?: Instant;
}

export async function beginView(db: Db, { id, cameraId, by, how, runId, at }: NewView): Promise<void> {
  const began = new Date(at);
  await db
    .insertInto('camera_views')
    .values({ id, camera_id: cameraId, by, how, run_id: runId ?? null, began_at: began, seen_at: began, ended_at: null })
    .execute();
}

/** These still go on. */
export async function keepViews(db: Db, ids: readonly string[], now: Instant): Promise<void> {
  if (ids.length > 0)
    await db
      .updateTable('camera_views')
      .set({ seen_at: new Date(now) })
      .where('id', 'in', ids)
      .execute();
}

export async function endView(db: Db, id: string, at: Instant): Promise<void> {
  await db
    .updateTable('camera_views')
    .set({ seen_at: new Date(at), ended_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}

/** Those of a process that died end when they were last known to go on. */
export async function endForgottenViews(db: Db, before: Instant): Promise<void> {
  await db
    .updateTable('camera_views')
    .set((row) => ({ ended_at: row.ref('seen_at') }))
    .where('ended_at', 'is', null)
    .where('seen_at', '<', new Date(before))
    .execute();
}

export interface ViewsWanted {
  readonly limit: number;
  readonly since?: Instant | undefined;
  readonly cameraId?: string | undefined;
  readonly by?: string | undefined;
  readonly before?: { readonly at: Date; readonly id: string } | undefined;
}

/** Views, the latest first. */
export async function listViews(db: Db, { limit, since, cameraId, by, before }: ViewsWanted): Promise<View[]> {
  let query = db.selectFrom('camera_views').selectAll().orderBy('began_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (since !== undefined) query = query.where('began_at', '>=', new Date(since));
  if (cameraId !== undefined) query = query.where('camera_id', '=', cameraId);
  if (by !== undefined) query = query.where('by', '=', by);
  if (before !== undefined) query = query.where(sql<boolean>`(began_at, id) < (${before.at}::timestamptz, ${before.id}::uuid)`);
  return (await query.execute()).map(toView);
}

const toView = (row: Row<'camera_views'>): View => ({
  id: row.id,
  cameraId: row.camera_id,
  by: row.by,
  how: row.how,
  ...(row.run_id === null ? {} : { runId: row.run_id }),
  beganAt: row.began_at.getTime(),
  ...(row.ended_at && { endedAt: row.ended_at.getTime() }),
});

export interface UnseenCamera {
  readonly cameraId: string;
  readonly name: string;
  readonly siteId?: string;
  /** Absent where nobody ever looked. */
  readonly lastSeenAt?: Instant;
}

/** Cameras at which nobody looked since then, those never looked at first. */
export async function unseenCameras(db: Db, since: Instant): Promise<UnseenCamera[]> {
  const { rows } = await sql<{ id: string; name: string; site_id: string | null; last: Date | null }>`
    select d.id, d.name, d.site_id, v.last from devices d
      left join lateral (select max(seen_at) as last from camera_views where camera_id = d.id) v on true
    where d.kind = 'camera' and (v.last is null or v.last < ${new Date(since)}) order by v.last nulls first, d.id`.execute(db);
  return rows.map((row) => ({
    cameraId: row.id,
    name: row.name,
    ...(row.site_id === null ? {} : { siteId: row.site_id }),
    ...(row.last && { lastSeenAt: row.last.getTime() }),
  }));
}
