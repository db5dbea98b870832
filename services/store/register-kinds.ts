import { sql } from 'kysely';
import type { Procedure } from '../alarm/index.ts';
import type { FieldFault } from '../errors.ts';
import type { Db } from './connect.ts';
import { keepVersion, nextVersion } from './procedures.ts';
import { plansThere } from './register.ts';
import { type Changed, claimDevices, forgetDevice, namedBy, settleDevices, settleGrid, settleUnit } from './register-ends.ts';
import type { Area, Contact, Device, Grid, Shelf, Shelves, Site, Station, Unit, Zone } from './register-rows.ts';

/** What may be written of each shelf. What is absent in a change is removed, save what the comments say is kept. */
export interface Inputs {
  stations: Omit<Station, 'id'>;
  /** `unitIds` absent: kept as they are. */
  grids: Omit<Grid, 'id' | 'unitIds'> & { readonly unitIds?: readonly string[] };
  sites: Omit<Site, 'id' | 'address' | 'contacts' | 'exercise'> & Partial<Pick<Site, 'address' | 'contacts' | 'exercise'>>;
  /** `gridIds`, `deviceIds` and `status` absent: kept as they are, so that a change of name takes no radio away. */
  units: Omit<Unit, 'id' | 'gridIds' | 'deviceIds' | 'status'> & Partial<Pick<Unit, 'gridIds' | 'deviceIds' | 'status'>>;
  devices: Omit<Device, 'id' | 'settings' | 'exercise'> & Partial<Pick<Device, 'settings' | 'exercise'>>;
  zones: Omit<Zone, 'id'>;
  procedures: Omit<Procedure, 'id' | 'version'> & { readonly version?: number };
}

export interface Parent {
  readonly path: string;
  readonly shelf: Shelf;
  readonly id: string | undefined;
}

/** A place that can name a row of a shelf: while one does, the row cannot be removed. */
export interface User {
  readonly table: string;
  readonly column: string;
  /** The column that the person knows it by. */
  readonly name: string;
  readonly only?: string;
}

export interface Kind<S extends Shelf> {
  /** The columns to write, without id and dates. `before` is the row that is changed. */
  columns(input: Inputs[S], before: Shelves[S] | undefined): Readonly<Record<string, unknown>>;
  /** What must already be registered. */
  parents(input: Inputs[S]): readonly Parent[];
  /** What else must fit with what is registered. */
  faults?(db: Db, input: Inputs[S]): Promise<readonly FieldFault[]>;
  readonly users: readonly User[];
  /** Before the first write: what others named of this id before it was registered joins the input. */
  join?(db: Db, id: string, input: Inputs[S]): Promise<Inputs[S]>;
  /** After a write: the other ends. `row` is undefined when it is about to be removed. */
  settle?(db: Db, id: string, row: Shelves[S] | undefined, at: Date, changed: Changed): Promise<void>;
}

const json = (value: Area | readonly Contact[] | object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
const union = (given: readonly string[] | undefined, named: readonly string[]): string[] => [...new Set([...(given ?? []), ...named])];
const openIncident = (column: string): User => ({ table: 'incidents', column, name: 'number', only: `state <> 'closed'` });

const stations: Kind<'stations'> = {
  columns: (input) => ({ name: input.name, location: json(input.location), duty_unit_id: input.dutyUnitId ?? null }),
  parents: (input) => [{ path: 'dutyUnitId', shelf: 'units', id: input.dutyUnitId }],
  users: [
    { table: 'grids', column: 'station_id', name: 'id' },
    { table: 'sites', column: 'station_id', name: 'id' },
    { table: 'units', column: 'station_id', name: 'id' },
    { table: 'zones', column: 'station_id', name: 'id' },
    { table: 'rounds', column: 'station_id', name: 'id' },
    openIncident('station_id'),
  ],
};

const grids: Kind<'grids'> = {
  columns: (input, before) => ({
    name: input.name,
    station_id: input.stationId,
    area: json(input.area),
    officer_unit_id: input.officerUnitId ?? null,
    unit_ids: union(input.unitIds ?? before?.unitIds, []),
  }),
  parents: (input) => [
    { path: 'stationId', shelf: 'stations', id: input.stationId },
    { path: 'officerUnitId', shelf: 'units', id: input.officerUnitId },
  ],
  users: [{ table: 'sites', column: 'grid_id', name: 'id' }, openIncident('grid_id')],
  join: async (db, id, input) => ({ ...input, unitIds: union(input.unitIds, await namedBy(db, 'units', id)) }),
  settle: (db, id, row, at, changed) => settleGrid(db, id, row?.unitIds ?? [], at, changed),
};

const sites: Kind<'sites'> = {
  columns: (input) => ({
    name: input.name,
    kind: input.kind,
    station_id: input.stationId,
    grid_id: input.gridId ?? null,
    address: input.address ?? '',
    location: json(input.location),
    contacts: json(input.contacts ?? []),
    procedure_id: input.procedureId ?? null,
    exercise: input.exercise ?? false,
    footage_days: input.footageDays ?? null,
  }),
  parents: (input) => [
    { path: 'stationId', shelf: 'stations', id: input.stationId },
    { path: 'gridId', shelf: 'grids', id: input.gridId },
  ],
  users: [{ table: 'devices', column: 'site_id', name: 'id' }, openIncident('site_id')],
};

const units: Kind<'units'> = {
  columns: (input, before) => ({
    name: input.name,
    tier: input.tier,
    station_id: input.stationId,
    grid_ids: union(input.gridIds ?? before?.gridIds, []),
    device_ids: union(input.deviceIds ?? before?.deviceIds, []),
    status: input.status ?? before?.status ?? 'available',
  }),
  parents: (input) => [{ path: 'stationId', shelf: 'stations', id: input.stationId }],
  users: [
    { table: 'stations', column: 'duty_unit_id', name: 'id' },
    { table: 'grids', column: 'officer_unit_id', name: 'id' },
    { table: 'orders', column: 'unit_id', name: 'id', only: 'live' },
  ],
  join: async (db, id, input) => ({
    ...input,
    deviceIds: union(input.deviceIds, await namedBy(db, 'devices', id)),
    gridIds: union(input.gridIds, await namedBy(db, 'grids', id)),
  }),
  settle: (db, id, row, at, changed) => settleUnit(db, id, row?.deviceIds ?? [], row?.gridIds ?? [], at, changed),
};

const devices: Kind<'devices'> = {
  columns: (input) => ({
    kind: input.kind,
    driver: input.driver,
    name: input.name,
    site_id: input.siteId ?? null,
    unit_id: input.unitId ?? null,
    location: json(input.location),
    settings: json(input.settings ?? {}),
    supervision_seconds: input.supervisionSeconds ?? null,
    test_until: input.testUntil === undefined ? null : new Date(input.testUntil),
    exercise: input.exercise ?? false,
    plan_id: input.plan?.planId ?? null,
    plan_x: input.plan?.x ?? null,
    plan_y: input.plan?.y ?? null,
  }),
  parents: (input) => [{ path: 'siteId', shelf: 'sites', id: input.siteId }],
  faults: planFaults,
  users: [openIncident('device_id')],
  join: async (db, id, input) => {
    if (input.unitId !== undefined) return input;
    const { rows } = await sql<{ id: string }>`select id from units where ${id} = any(device_ids) order by id limit 1`.execute(db);
    return rows[0] ? { ...input, unitId: rows[0].id } : input;
  },
  settle: (db, id, row, at, changed) => (row ? settleDevices(db, [id], at, changed) : forgetDevice(db, id, at, changed)),
};

async function planFaults(db: Db, { siteId = '', plan }: Inputs['devices']): Promise<readonly FieldFault[]> {
  if (plan === undefined || (await plansThere(db, [plan.planId])).has(`${siteId} ${plan.planId}`)) return [];
  return [{ path: 'plan.planId', message: `The device's site has no plan ${plan.planId}` }];
}

const zones: Kind<'zones'> = {
  columns: (input) => ({ name: input.name, station_id: input.stationId, loudspeaker_ids: [...input.loudspeakerIds] }),
  parents: (input) => [
    { path: 'stationId', shelf: 'stations', id: input.stationId },
    ...input.loudspeakerIds.map((id, index): Parent => ({ path: `loudspeakerIds.${index}`, shelf: 'devices', id })),
  ],
  users: [],
};

const procedures: Kind<'procedures'> = {
  columns: ({ title, kinds: incidentKinds, siteKinds, steps, version = 0 }, before) => ({
    version: before ? before.version + 1 : version,
    title: json(title),
    kinds: [...incidentKinds],
    site_kinds: [...siteKinds],
    steps: json(steps),
  }),
  parents: () => [],
  users: [{ table: 'sites', column: 'procedure_id', name: 'id' }],
  join: async (db, id, input) => ({ ...input, version: await nextVersion(db, id) }),
  settle: async (db, id, row, at) => {
    if (row) await keepVersion(db, id, at);
  },
};

export const kinds: { readonly [S in Shelf]: Kind<S> } = { stations, grids, sites, units, devices, zones, procedures };

/** Many new devices at once: units that list them already, then both ends. */
export async function settleImported(db: Db, ids: readonly string[], at: Date, changed: Changed): Promise<void> {
  await claimDevices(db, ids);
  await settleDevices(db, ids, at, changed);
}
