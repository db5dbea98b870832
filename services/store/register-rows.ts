import type { DeviceKind, Instant, Point, Procedure, Tier, UnitStatus } from '../alarm/index.ts';
import type { Row } from './tables.ts';

/** What the installers registered, as the rest of the product sees it: absent instead of null, instants in milliseconds. */
export interface Station {
  readonly id: string;
  readonly name: string;
  readonly location?: Point;
  /** The duty leader's unit: called when nobody else answers. */
  readonly dutyUnitId?: string;
}

/** GeoJSON Polygon (RFC 7946): closed rings of [lon, lat], the first one the outer edge. */
export interface Area {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly (readonly number[])[])[];
}

export interface Grid {
  readonly id: string;
  readonly name: string;
  readonly stationId: string;
  readonly area?: Area;
  /** The community officer's unit, who is first there. */
  readonly officerUnitId?: string;
  readonly unitIds: readonly string[];
}

/** Somebody to call at a site: a line of text, or named parts such as `name` and `phone`. */
export type Contact = string | Readonly<Record<string, string | number | boolean>>;

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly stationId: string;
  readonly gridId?: string;
  readonly address: string;
  readonly location?: Point;
  readonly contacts: readonly Contact[];
  readonly procedureId?: string;
  readonly exercise: boolean;
  /** Pictures and recordings of its incidents are kept so long; as the settings say when absent. */
  readonly footageDays?: number;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly stationId: string;
  readonly gridIds: readonly string[];
  /** Its bearers, in the order in which they are tried. */
  readonly deviceIds: readonly string[];
  readonly status: UnitStatus;
}

/** Parts of the picture's width and height, 0 to 1, from its upper left corner. */
export interface PlaceOnPlan {
  readonly planId: string;
  readonly x: number;
  readonly y: number;
}

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly driver: string;
  readonly name: string;
  readonly siteId?: string;
  readonly unitId?: string;
  readonly location?: Point;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Unheard for this long, it is told to the desk; the site's setting for its kind when absent. */
  readonly supervisionSeconds?: number;
  readonly plan?: PlaceOnPlan;
  /** Test mode: what it tells until then is an exercise. */
  readonly testUntil?: Instant;
  readonly exercise: boolean;
}

/** Loudspeakers of a station that are spoken to together, in the order of the list. */
export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly stationId: string;
  readonly loudspeakerIds: readonly string[];
}

export interface Presence {
  readonly state: 'online' | 'offline' | 'unknown';
  readonly lastSeenAt?: Instant;
  readonly health: Readonly<Record<string, unknown>>;
}

/**
 * Where a device said it was; `accuracy` in metres. `at` is its own time, or when it was heard where that is earlier, and says which of
 * two positions is the newer. How fresh one is, `receivedAt` says: a device's clock may be wrong.
 */
export interface Position extends Point {
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly accuracy?: number;
}

/** What each table of the register becomes. */
export interface Shelves {
  stations: Station;
  grids: Grid;
  sites: Site;
  units: Unit;
  devices: Device;
  zones: Zone;
  procedures: Procedure;
}
export type Shelf = keyof Shelves;

type Some<K extends string, V> = { readonly [P in K]?: V };
const some = <K extends string, V>(key: K, value: V | null): Some<K, V> => (value === null ? {} : { [key]: value }) as Some<K, V>;

export const toStation = (row: Row<'stations'>): Station => ({
  id: row.id,
  name: row.name,
  ...some('location', row.location),
  ...some('dutyUnitId', row.duty_unit_id),
});

export const toGrid = (row: Row<'grids'>): Grid => ({
  id: row.id,
  name: row.name,
  stationId: row.station_id,
  ...some('area', row.area as Area | null),
  ...some('officerUnitId', row.officer_unit_id),
  unitIds: row.unit_ids,
});

export const toSite = (row: Row<'sites'>): Site => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  stationId: row.station_id,
  ...some('gridId', row.grid_id),
  address: row.address,
  ...some('location', row.location),
  contacts: row.contacts as Contact[],
  ...some('procedureId', row.procedure_id),
  exercise: row.exercise,
  ...some('footageDays', row.footage_days),
});

export const toUnit = (row: Row<'units'>): Unit => ({
  id: row.id,
  name: row.name,
  tier: row.tier as Tier,
  stationId: row.station_id,
  gridIds: row.grid_ids,
  deviceIds: row.device_ids,
  status: row.status as UnitStatus,
});

export const toDevice = (row: Row<'devices'>): Device => ({
  id: row.id,
  kind: row.kind as DeviceKind,
  driver: row.driver,
  name: row.name,
  ...some('siteId', row.site_id),
  ...some('unitId', row.unit_id),
  ...some('location', row.location),
  settings: row.settings,
  ...(row.plan_id === null || row.plan_x === null || row.plan_y === null
    ? {}
    : { plan: { planId: row.plan_id, x: row.plan_x, y: row.plan_y } }),
  ...some('supervisionSeconds', row.supervision_seconds),
  ...some('testUntil', row.test_until?.getTime() ?? null),
  exercise: row.exercise,
});

export const toZone = (row: Row<'zones'>): Zone => ({
  id: row.id,
  name: row.name,
  stationId: row.station_id,
  loudspeakerIds: row.loudspeaker_ids,
});

export const toPresence = (row: Pick<Row<'presence'>, 'state' | 'last_seen_at' | 'health'> | undefined): Presence => ({
  state: (row?.state ?? 'unknown') as Presence['state'],
  ...some('lastSeenAt', row?.last_seen_at?.getTime() ?? null),
  health: row?.health ?? {},
});

export const toPosition = (row: Row<'positions'>): Position => ({
  lat: row.lat,
  lon: row.lon,
  at: Math.min(row.at.getTime(), row.received_at.getTime()),
  receivedAt: row.received_at.getTime(),
  ...some('accuracy', row.accuracy),
});
