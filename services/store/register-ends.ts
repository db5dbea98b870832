import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Shelf } from './register-rows.ts';

/**
 * Keeps both ends of a mutual reference telling the same: unit.deviceIds with device.unitId, grid.unitIds with
 * unit.gridIds. An end that does not exist yet is kept as named and joined when it is registered. Every function runs
 * inside the writer's transaction and notes each row it changed as `shelf:id`.
 */
export type Changed = Set<string>;

const note = (changed: Changed, shelf: Shelf, rows: readonly { id: string }[]): void => {
  for (const { id } of rows) changed.add(`${shelf}:${id}`);
};

/** A device registered without a unit belongs to the unit that already lists it. */
export async function claimDevices(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update devices d set unit_id = claim.unit_id
    from (select u.id as unit_id, listed.id from units u cross join lateral unnest(u.device_ids) as listed (id)) claim
      join unnest(${ids}::text[]) as written (id) on written.id = claim.id
    where d.id = claim.id and d.unit_id is null`.execute(db);
}

/**
 * Units after these devices were written: listed by the unit they name, and by no other. Joined as sets: tested one
 * against the other, 20,000 devices and 3,000 units took longer than the desk's ten seconds for a statement.
 */
export async function settleDevices(db: Db, ids: readonly string[], at: Date, changed: Changed): Promise<void> {
  const left = await sql<{ id: string }>`update units u set updated_at = ${at}, device_ids = array(
      select listed.id from unnest(u.device_ids) with ordinality as listed (id, n) left join devices d on d.id = listed.id
      where d.id is null or d.unit_id = u.id order by n)
    where u.id in (
      select v.id from units v cross join lateral unnest(v.device_ids) as listed (id)
        join unnest(${ids}::text[]) as written (id) on written.id = listed.id join devices d on d.id = listed.id
      where d.unit_id is distinct from v.id)
    returning u.id`.execute(db);
  const joined = await sql<{ id: string }>`update units u set updated_at = ${at}, device_ids = u.device_ids || fresh.ids
    from (select d.unit_id, array_agg(d.id order by n) as ids
      from unnest(${ids}::text[]) with ordinality as written (id, n) join devices d on d.id = written.id join units v on v.id = d.unit_id
      where d.id <> all(v.device_ids) group by d.unit_id) fresh
    where fresh.unit_id = u.id returning u.id`.execute(db);
  note(changed, 'units', [...left.rows, ...joined.rows]);
}

/** Before a device is removed: no unit and no zone lists it any more. */
export async function forgetDevice(db: Db, id: string, at: Date, changed: Changed): Promise<void> {
  const { rows } = await sql<{ id: string }>`update units set updated_at = ${at}, device_ids = array_remove(device_ids, ${id})
    where ${id} = any(device_ids) returning id`.execute(db);
  note(changed, 'units', rows);
  const zones = await sql<{ id: string }>`update zones set updated_at = ${at}, loudspeaker_ids = array_remove(loudspeaker_ids, ${id})
    where ${id} = any(loudspeaker_ids) returning id`.execute(db);
  note(changed, 'zones', zones.rows);
}

/** Devices, other units and grids after a unit was written with these lists; empty lists when it is removed. */
export async function settleUnit(
  db: Db,
  id: string,
  deviceIds: readonly string[],
  gridIds: readonly string[],
  at: Date,
  changed: Changed,
): Promise<void> {
  const devices = await sql<{
    id: string;
  }>`update devices set updated_at = ${at}, unit_id = case when id = any(${deviceIds}::text[]) then ${id} end
    where (unit_id = ${id} and id <> all(${deviceIds}::text[])) or (id = any(${deviceIds}::text[]) and unit_id is distinct from ${id})
    returning id`.execute(db);
  const units = await sql<{ id: string }>`update units u set updated_at = ${at}, device_ids = array(
      select listed.id from unnest(u.device_ids) with ordinality as listed (id, n) where listed.id <> all(${deviceIds}::text[]) order by n)
    where u.id <> ${id} and u.device_ids && ${deviceIds}::text[] returning u.id`.execute(db);
  note(changed, 'devices', devices.rows);
  note(changed, 'units', units.rows);
  await settleMany(db, { shelf: 'grids', column: 'unit_ids' }, id, gridIds, at, changed);
}

/** Units after a grid was written with this list; an empty one when it is removed. */
export const settleGrid = (db: Db, id: string, unitIds: readonly string[], at: Date, changed: Changed): Promise<void> =>
  settleMany(db, { shelf: 'units', column: 'grid_ids' }, id, unitIds, at, changed);

interface Many {
  readonly shelf: 'grids' | 'units';
  readonly column: 'unit_ids' | 'grid_ids';
}

async function settleMany(db: Db, other: Many, id: string, wanted: readonly string[], at: Date, changed: Changed): Promise<void> {
  const table = sql.table(other.shelf);
  const list = sql.ref(other.column);
  const left = await sql<{ id: string }>`update ${table} set updated_at = ${at}, ${list} = array_remove(${list}, ${id})
    where ${id} = any(${list}) and id <> all(${wanted}::text[]) returning id`.execute(db);
  const joined = await sql<{ id: string }>`update ${table} set updated_at = ${at}, ${list} = array_append(${list}, ${id})
    where id = any(${wanted}::text[]) and ${id} <> all(${list}) returning id`.execute(db);
  note(changed, other.shelf, [...left.rows, ...joined.rows]);
}

/** Ids on the other shelf that named this one before it was registered. */
export async function namedBy(db: Db, from: 'devices' | 'grids' | 'units', id: string): Promise<string[]> {
  const names = { devices: sql`unit_id = ${id}`, grids: sql`${id} = any(unit_ids)`, units: sql`${id} = any(grid_ids)` }[from];
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(from)} where ${names} order by id`.execute(db);
  return rows.map((row) => row.id);
}
