import { type AimAsker, type AimGrant, type AimLease, type AimRank, type Duration, type Instant, mayAim } from '../alarm/index.ts';
import type { Db, Store } from './connect.ts';
import { lockPlace } from './incidents.ts';
import type { Row } from './tables.ts';

/** Who turns which camera: one row a camera, under a lease that ends by itself. */

export type Aiming =
  | { readonly outcome: 'granted'; readonly grant: AimGrant; readonly lease: AimLease; readonly before?: AimLease }
  | { readonly outcome: 'held'; readonly lease: AimLease };

/** Takes, lengthens or takes over the lease of a camera, as the rules allow. */
export async function takeAim(
  store: Pick<Store, 'fleeting'>,
  cameraId: string,
  asker: AimAsker & { readonly holder: string },
  now: Instant,
  length: Duration,
): Promise<Aiming> {
  return store.fleeting.transaction().execute(async (trx) => {
    await lockPlace(trx, `aim ${cameraId}`);
    const before = await readAim(trx, cameraId);
    const grant = mayAim(before, asker, now);
    if (grant === undefined && before) return { outcome: 'held', lease: before };
    const { holderId, holder, rank, incidentId } = asker;
    const lease: AimLease = { holderId, holder, rank, until: now + length, ...(incidentId === undefined ? {} : { incidentId }) };
    const values = {
      holder_id: holderId,
      holder,
      rank,
      incident_id: incidentId ?? null,
      until: new Date(lease.until),
      ...(grant === 'own' ? {} : { since: new Date(now) }),
    };
    await trx
      .insertInto('aims')
      .values({ camera_id: cameraId, since: new Date(now), ...values })
      .onConflict((known) => known.column('camera_id').doUpdateSet(values))
      .execute();
    return { outcome: 'granted', grant: grant ?? 'free', lease, ...(before === undefined ? {} : { before }) };
  });
}

/** The lease of a camera; it may have run out. */
export async function readAim(db: Db, cameraId: string): Promise<AimLease | undefined> {
  const row = await db.selectFrom('aims').selectAll().where('camera_id', '=', cameraId).executeTakeFirst();
  return row && toLease(row);
}

/** Lets go of a camera. @returns false when `holderId` did not hold it */
export async function dropAim(db: Db, cameraId: string, holderId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('aims')
    .where('camera_id', '=', cameraId)
    .where('holder_id', '=', holderId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const toLease = (row: Row<'aims'>): AimLease => ({
  holderId: row.holder_id,
  holder: row.holder,
  rank: row.rank as AimRank,
  ...(row.incident_id === null ? {} : { incidentId: row.incident_id }),
  until: row.until.getTime(),
});
