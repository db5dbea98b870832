import type { BroadcastState } from './broadcast-moves.ts';
import { type StoredBroadcast, toBroadcast } from './broadcasts.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/** Broadcasts with their targets, for people and programs that look. */

export async function findBroadcast(db: Db, id: string): Promise<StoredBroadcast | undefined> {
  const row = await db.selectFrom('broadcasts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && (await withTargets(db, [row]))[0];
}

export async function broadcastsOf(db: Db, incidentId: string): Promise<StoredBroadcast[]> {
  return withTargets(db, await db.selectFrom('broadcasts').selectAll().where('incident_id', '=', incidentId).orderBy('id').execute());
}

/** Broadcasts, newest first, below the id `before`. */
export async function listBroadcasts(
  db: Db,
  page: { readonly limit: number; readonly before?: string; readonly incidentId?: string },
): Promise<StoredBroadcast[]> {
  let query = db.selectFrom('broadcasts').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  if (page.incidentId !== undefined) query = query.where('incident_id', '=', page.incidentId);
  return withTargets(db, await query.execute());
}

async function withTargets(db: Db, rows: readonly Row<'broadcasts'>[]): Promise<StoredBroadcast[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const targets = await db.selectFrom('broadcast_targets').selectAll().where('broadcast_id', 'in', ids).orderBy('device_id').execute();
  const byBroadcast = Map.groupBy(targets, (target) => target.broadcast_id);
  return rows.map((row) => ({ ...toBroadcast(row), targets: (byBroadcast.get(row.id) ?? []).map(toTarget) }));
}

const toTarget = (row: Row<'broadcast_targets'>) => ({
  deviceId: row.device_id,
  state: row.state as BroadcastState,
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.instead_of === null ? {} : { insteadOf: row.instead_of }),
  spoken: row.spoken,
  rungs: row.rungs,
});

/** Of the given sites, those where an incident is open that nobody at the place may notice. */
export async function silentSites(db: Db, siteIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (siteIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('incidents')
    .select('site_id')
    .where('site_id', 'in', siteIds)
    .where('silent', '=', true)
    .where('state', '<>', 'closed')
    .execute();
  return new Set(rows.flatMap((row) => row.site_id ?? []));
}
