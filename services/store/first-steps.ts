import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** How far a new station has come, read from what is registered and what happened: there is no flag that could be wrong. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface FirstSteps {
  readonly station?: Named;
  readonly site?: Named & { readonly stationId: string };
  readonly key?: Named & { readonly siteId?: string };
  /** The key's first call for help. */
  readonly pressed?: { readonly incidentId: string; readonly number: number; readonly at: Instant };
  /** Somebody took it up. */
  readonly seen?: { readonly at: Instant; readonly by: string };
}

/** The first of each that is no exercise. A station counts as one when every site of it is. */
export async function firstSteps(db: Db): Promise<FirstSteps> {
  const { rows: stations } = await sql<Named>`
    select id, name from stations s
    where not exists (select 1 from sites where station_id = s.id and exercise) order by created_at, id limit 1`.execute(db);
  const site = await db
    .selectFrom('sites')
    .select(['id', 'name', 'station_id'])
    .where('exercise', '=', false)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const { rows: keys } = await sql<{ id: string; name: string; site_id: string | null }>`
    select d.id, d.name, d.site_id from devices d left join sites s on s.id = d.site_id
    where d.kind = 'key' and not d.exercise and not coalesce(s.exercise, false) order by d.created_at, d.id limit 1`.execute(db);
  const [station, key] = [stations[0], keys[0]];
  return {
    ...(station && { station }),
    ...(site && { site: { id: site.id, name: site.name, stationId: site.station_id } }),
    ...(key && { key: { id: key.id, name: key.name, ...(key.site_id === null ? {} : { siteId: key.site_id }) } }),
    ...(key && (await firstPress(db, key.id))),
  };
}

async function firstPress(db: Db, deviceId: string): Promise<Pick<FirstSteps, 'pressed' | 'seen'>> {
  const row = await db
    .selectFrom('incidents')
    .select(['id', 'number', 'opened_at', 'acknowledged_at', 'acknowledged_by'])
    .where('device_id', '=', deviceId)
    .where('kind', 'in', ['emergency', 'assist', 'duress', 'unparsed'])
    .orderBy('opened_at')
    .limit(1)
    .executeTakeFirst();
  if (!row) return {};
  return {
    pressed: { incidentId: row.id, number: Number(row.number), at: row.opened_at.getTime() },
    ...(row.acknowledged_at && { seen: { at: row.acknowledged_at.getTime(), by: row.acknowledged_by ?? '' } }),
  };
}
