import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { toProcedure } from './procedures.ts';
import {
  type Position,
  type Presence,
  type Shelf,
  type Shelves,
  toDevice,
  toGrid,
  toPosition,
  toPresence,
  toSite,
  toStation,
  toUnit,
  toZone,
} from './register-rows.ts';
import type { Row } from './tables.ts';

export * from './register-rows.ts';

/** The tables of the register by the names that the HTTP paths and the hub's news use (`devices:ID`). */
export const shelves = ['stations', 'grids', 'sites', 'units', 'devices', 'zones', 'procedures'] as const satisfies readonly Shelf[];

const readers: { readonly [S in Shelf]: (row: Row<S>) => Shelves[S] } = {
  stations: toStation,
  grids: toGrid,
  sites: toSite,
  units: toUnit,
  devices: toDevice,
  zones: toZone,
  procedures: toProcedure,
};
export const toShelf = <S extends Shelf>(shelf: S, row: Row<S>): Shelves[S] => readers[shelf](row);

export interface Page {
  readonly limit: number;
  /** The id after which the page starts. */
  readonly after?: string | undefined;
}

type Filters = Readonly<Record<string, (value: string) => RawBuilder<unknown>>>;
const same = (column: string) => (value: string) => sql`${sql.ref(column)} = ${value}`;
/** The id, or a part of the name, whatever its case. */
const called = (text: string) => sql`(id = ${text} or position(lower(${text}) in lower(name)) > 0)`;
const holds = (column: string) => (value: string) => sql`${value} = any(${sql.ref(column)})`;

/** What each list may be narrowed by. A device belongs to a station through its site or its unit. */
const filters = {
  stations: {},
  grids: { stationId: same('station_id'), unitId: holds('unit_ids') },
  sites: { stationId: same('station_id'), gridId: same('grid_id'), kind: same('kind'), search: called },
  units: { stationId: same('station_id'), gridId: holds('grid_ids'), deviceId: holds('device_ids'), status: same('status') },
  zones: { stationId: same('station_id'), loudspeakerId: holds('loudspeaker_ids') },
  procedures: { kind: holds('kinds') },
  devices: {
    kind: same('kind'),
    siteId: same('site_id'),
    unitId: same('unit_id'),
    search: called,
    stationId: (id) =>
      sql`(site_id in (select id from sites where station_id = ${id}) or unit_id in (select id from units where station_id = ${id}))`,
  },
} as const satisfies { readonly [S in Shelf]: Filters };

/**
 * One page of a shelf in the order of ids.
 * @param narrow filter names of the shelf with the value wanted; an absent value does not narrow
 */
export async function listShelf<S extends Shelf>(
  db: Db,
  shelf: S,
  page: Page,
  narrow: Readonly<Record<string, string | undefined>> = {},
): Promise<Shelves[S][]> {
  const known: Filters = filters[shelf];
  const wheres = Object.entries(narrow).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const filter = known[name];
    if (!filter) throw new RangeError(`${shelf} cannot be narrowed by ${name}`);
    return [filter(value)];
  });
  if (page.after !== undefined) wheres.push(sql`id > ${page.after}`);
  const where = wheres.length === 0 ? sql`` : sql`where ${sql.join(wheres, sql` and `)}`;
  const { rows } = await sql<Row<S>>`select * from ${sql.table(shelf)} ${where} order by id limit ${page.limit}`.execute(db);
  return rows.map((row) => toShelf(shelf, row));
}

export async function getShelf<S extends Shelf>(db: Db, shelf: S, id: string): Promise<Shelves[S] | undefined> {
  const [row] = await rowsOf(db, shelf, [id]);
  return row && toShelf(shelf, row);
}

/** The rows of these ids as the record has them, or the whole shelf. */
export async function rowsOf<S extends Shelf>(db: Db, shelf: S, ids?: readonly string[]): Promise<Row<S>[]> {
  const where = ids === undefined ? sql`` : sql`where id = any(${ids}::text[])`;
  const { rows } = await sql<Row<S>>`select * from ${sql.table(shelf)} ${where} order by id`.execute(db);
  return rows;
}

/** Those of the ids that stand on the shelf. */
export async function idsOnShelf(db: Db, shelf: Shelf, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(shelf)} where id = any(${ids}::text[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Ids of the sites by their name. A name that is the id of a site means that site. */
export async function siteNames(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const sites = await db.selectFrom('sites').select(['id', 'name']).orderBy('id').execute();
  const ids = new Set(sites.map(({ id }) => id));
  const named = new Map<string, string[]>();
  for (const { id, name } of sites) if (!ids.has(name)) named.set(name, [...(named.get(name) ?? []), id]);
  return named;
}

/** Those of the plans that belong to these sites, by `site plan`. */
export async function plansThere(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('plans')
    .select(['id', 'site_id'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Set(rows.map((row) => `${row.site_id} ${row.id}`));
}

/** What is known of each device's connection; a device that was never heard is `unknown`. */
export async function presenceOf(db: Db, deviceIds: readonly string[]): Promise<(deviceId: string) => Presence> {
  const rows =
    deviceIds.length === 0
      ? []
      : await db
          .selectFrom('presence')
          .select(['device_id', 'state', 'last_seen_at', 'health'])
          .where('device_id', 'in', deviceIds)
          .execute();
  const byId = new Map(rows.map((row) => [row.device_id, row]));
  return (deviceId) => toPresence(byId.get(deviceId));
}

/** Positions heard since an instant of the record's own clock, or all of them. */
export async function positionsSince(db: Db, since?: Instant): Promise<{ deviceId: string; position: Position }[]> {
  const all = db.selectFrom('positions').selectAll();
  const rows = await (since === undefined ? all : all.where('received_at', '>=', new Date(since))).execute();
  return rows.map((row) => ({ deviceId: row.device_id, position: toPosition(row) }));
}
