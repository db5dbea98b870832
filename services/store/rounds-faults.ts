import { type Instant, rfc3339 } from '../alarm/index.ts';
import type { Db, Store } from './connect.ts';
import { putEvents } from './events.ts';
import type { Act } from './register-write.ts';
import { storable } from './rows.ts';

/** What a person at the pictures says of a camera: it stands on the maintenance list until somebody says that it is mended. */

const fault = 'reported';

/** Said again, the new words stand beside the old time. */
export async function reportCameraFault(
  store: Pick<Store, 'desk'>,
  cameraId: string,
  note: string | undefined,
  { by, at }: Act,
): Promise<void> {
  await store.desk.transaction().execute(async (db) => {
    await lockHealth(db, cameraId, at);
    const detail = { by, ...(note === undefined ? {} : { note }) };
    const values = { votes: '', standing: true, detail: storable(detail) };
    await db
      .insertInto('camera_faults')
      .values({ camera_id: cameraId, fault, since: new Date(at), ...values })
      .onConflict((known) => known.columns(['camera_id', 'fault']).doUpdateSet(values))
      .execute();
    await tell(db, 'fault', cameraId, at, { since: rfc3339(at), detail });
  });
}

/** @returns false when nobody had said anything */
export async function clearReportedFault(store: Pick<Store, 'desk'>, cameraId: string, { by, at }: Act): Promise<boolean> {
  return store.desk.transaction().execute(async (db) => {
    await lockHealth(db, cameraId, at);
    const row = await db
      .deleteFrom('camera_faults')
      .where('camera_id', '=', cameraId)
      .where('fault', '=', fault)
      .returningAll()
      .executeTakeFirst();
    if (!row) return false;
    await tell(db, 'recovered', cameraId, at, { since: rfc3339(row.since.getTime()), until: rfc3339(at), detail: { by } });
    return true;
  });
}

/** A sample of the camera rewrites its faults under this lock: what is said meanwhile must not be lost. */
async function lockHealth(db: Db, cameraId: string, now: Instant): Promise<void> {
  await db
    .insertInto('camera_health')
    .values({ camera_id: cameraId, due_at: new Date(now), seen: '[]', measures: '{}' })
    .onConflict((known) => known.doNothing())
    .execute();
  await db.selectFrom('camera_health').select('camera_id').where('camera_id', '=', cameraId).forUpdate().execute();
}

const tell = (db: Db, verb: 'fault' | 'recovered', cameraId: string, at: Instant, data: Record<string, unknown>): Promise<void> =>
  putEvents(db, [{ type: `baiying.camera.${verb}.v1`, subject: `devices/${cameraId}`, at, data: { cameraId, fault, ...data } }]);
