import { type Instant, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

export interface CameraView {
  readonly cameraId: string;
  readonly reason: string;
  readonly distance?: number;
  readonly preset?: string;
}
export interface FootageView {
  readonly id: string;
  readonly cameraId: string;
  readonly what: 'still' | 'clip';
  readonly part: number;
  readonly mediaType: string;
  readonly codec?: string;
  readonly via?: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly from: string;
  readonly to: string;
  readonly gaps: number;
  readonly storedAt: string;
  readonly keptUntil: string;
  readonly removedAt?: string;
}

/** The cameras of an incident, best first, and what they gave, oldest first. */
export async function footageOf(db: Db, incidentId: string): Promise<{ cameras: CameraView[]; footage: FootageView[] }> {
  const [cameras, footage] = await Promise.all([
    db.selectFrom('incident_cameras').selectAll().where('incident_id', '=', incidentId).orderBy('place').execute(),
    db.selectFrom('footage').selectAll().where('incident_id', '=', incidentId).orderBy('from_at').orderBy('id').execute(),
  ]);
  return {
    cameras: cameras.map(({ camera_id, reason, distance, preset }) => ({
      cameraId: camera_id,
      reason,
      ...(distance === null ? {} : { distance }),
      ...(preset === null ? {} : { preset }),
    })),
    footage: footage.map(footageView),
  };
}

const footageView = (row: Row<'footage'>): FootageView => ({
  id: row.id,
  cameraId: row.camera_id,
  what: row.what,
  part: row.part,
  mediaType: row.media_type,
  ...(row.codec === null ? {} : { codec: row.codec }),
  ...(row.via === null ? {} : { via: row.via }),
  bytes: Number(row.bytes),
  sha256: row.sha256,
  from: rfc3339(row.from_at.getTime()),
  to: rfc3339(row.to_at.getTime()),
  gaps: row.gaps,
  storedAt: rfc3339(row.stored_at.getTime()),
  keptUntil: rfc3339(row.kept_until.getTime()),
  ...(row.removed_at === null ? {} : { removedAt: rfc3339(row.removed_at.getTime()) }),
});

/** One file of an incident, and where it lies. */
export async function findFootage(db: Db, incidentId: string, id: string): Promise<(FootageView & { readonly file: string }) | undefined> {
  const row = await db.selectFrom('footage').selectAll().where('incident_id', '=', incidentId).where('id', '=', id).executeTakeFirst();
  return row && { ...footageView(row), file: row.file };
}

/** Files whose time is over. */
export async function footageEnding(db: Db, now: Instant, limit: number): Promise<readonly { id: string; file: string }[]> {
  return db
    .selectFrom('footage')
    .select(['id', 'file'])
    .where('removed_at', 'is', null)
    .where('kept_until', '<=', new Date(now))
    .orderBy('kept_until')
    .limit(limit)
    .execute();
}

export async function noteRemoved(db: Db, ids: readonly string[], now: Instant): Promise<void> {
  await db
    .updateTable('footage')
    .set({ removed_at: new Date(now) })
    .where('id', 'in', [...ids])
    .execute();
}
