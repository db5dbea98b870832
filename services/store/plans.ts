import type { Instant } from '../alarm/index.ts';
import { audit } from './audit.ts';
import type { Db, Store } from './connect.ts';
import { type Act, type Written, writeRegister } from './register-write.ts';
import type { Row } from './tables.ts';

/** Floor plans of sites. The pictures themselves are files, kept by whoever serves them. */

export interface Plan {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly file: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly at: Instant;
}

export async function plansOf(db: Db, siteId: string): Promise<Plan[]> {
  const rows = await db.selectFrom('plans').selectAll().where('site_id', '=', siteId).orderBy('name').orderBy('id').execute();
  return rows.map(toPlan);
}

export async function findPlan(db: Db, siteId: string, id: string): Promise<Plan | undefined> {
  const row = await db.selectFrom('plans').selectAll().where('site_id', '=', siteId).where('id', '=', id).executeTakeFirst();
  return row && toPlan(row);
}

/** False where the site has this very picture already. */
export async function addPlan(db: Db, plan: Plan, { by, at }: Act): Promise<boolean> {
  const { siteId, mediaType, ...rest } = plan;
  return db.transaction().execute(async (trx) => {
    const added = await trx
      .insertInto('plans')
      .values({ ...rest, site_id: siteId, media_type: mediaType, by, at: new Date(plan.at) })
      .onConflict((same) => same.columns(['site_id', 'sha256']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) return false;
    const data = { plan: plan.id, name: plan.name, sha256: plan.sha256 };
    await audit(trx, { at, by, act: 'plan.added', subject: `sites:${siteId}`, data });
    return true;
  });
}

/** Removes a plan; devices that stood on it stand on none. Undefined where there is none. */
export function removePlan(store: Store, siteId: string, id: string, { by, at }: Act): Promise<Written<Plan | undefined>> {
  return writeRegister(store, async (db, changed) => {
    const placed = await db.selectFrom('devices').select('id').where('plan_id', '=', id).execute();
    const row = await db.deleteFrom('plans').where('site_id', '=', siteId).where('id', '=', id).returningAll().executeTakeFirst();
    if (!row) return undefined;
    for (const device of placed) changed.add(`devices:${device.id}`);
    await audit(db, { at, by, act: 'plan.removed', subject: `sites:${siteId}`, data: { plan: id, name: row.name } });
    return toPlan(row);
  });
}

const toPlan = (row: Row<'plans'>): Plan => ({
  id: row.id,
  siteId: row.site_id,
  name: row.name,
  file: row.file,
  mediaType: row.media_type,
  bytes: row.bytes,
  sha256: row.sha256,
  width: row.width,
  height: row.height,
  at: row.at.getTime(),
});
