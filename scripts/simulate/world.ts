import { join } from 'node:path';
import { loadPolicies } from '../../config/policies/load.ts';
import {
  type EscalationPolicy,
  type EscalationStep,
  escalationSteps,
  type Level,
  type PolicyRule,
  type Procedure,
  seconds,
  type UnitStatus,
} from '../../services/alarm/index.ts';
import type { Surveyed } from '../../services/pipeline/case.ts';
import type { Device, Grid, Position, Site, Station, Unit } from '../../services/store/register-rows.ts';
import type { Chance } from '../demo/random.ts';

/** A made-up county: what is registered in it, and what the register says of it to the rules. */
export interface World {
  readonly keys: readonly Device[];
  readonly cameras: readonly Device[];
  readonly radios: readonly Device[];
  readonly devices: ReadonlyMap<string, Device>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly units: Map<string, Unit>;
  readonly positions: Map<string, Position>;
  readonly register: Surveyed;
  rules: readonly PolicyRule[];
  /** What a signal of the device is placed by. */
  placeOf(device: Device): Pick<Site, 'gridId' | 'stationId' | 'location'> | { readonly stationId?: string };
}

const folder = join(import.meta.dirname, '../../config/policies');
export const shipped = loadPolicies({ sorting: join(folder, 'sorting.yaml'), escalation: join(folder, 'escalation.yaml') });
export const statuses: readonly UnitStatus[] = ['available', 'available', 'available', 'busy', 'off-duty'];

const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));
const numbered = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_unused, index) => make(index));
const point = (random: Chance) => ({ lat: 30 + random.between(0, 0.2), lon: 120 + random.between(0, 0.2) });

const device = (id: string, kind: Device['kind'], more: Partial<Device> = {}): Device => ({
  id,
  kind,
  driver: 'mqtt',
  name: id,
  settings: {},
  exercise: false,
  ...more,
});

export function makeWorld(random: Chance): World {
  const stations = numbered(
    random.whole(1, 2),
    (at): Station => ({ id: `station-${at}`, name: `station-${at}`, ...(random.percent(80) ? { dutyUnitId: `unit-${at}` } : {}) }),
  );
  const units = numbered(random.whole(2, 8), (at) => makeUnit(random, at, stations.length));
  const grids = stations.map(
    (station, at): Grid => ({
      id: `grid-${at}`,
      name: '',
      stationId: station.id,
      unitIds: [],
      ...(random.percent(60) ? { officerUnitId: random.pick(units).id } : {}),
    }),
  );
  const sites = numbered(random.whole(1, 3), (at) => makeSite(random, at, stations.length));
  const keys = numbered(random.whole(1, 5), (at) =>
    device(`key-${at}`, 'key', random.percent(85) ? { siteId: random.pick(sites).id } : {}),
  );
  const cameras = numbered(random.whole(0, 3), (at) => device(`camera-${at}`, 'camera', { siteId: random.pick(sites).id }));
  const radios = units.flatMap((unit) => unit.deviceIds.map((id) => device(id, 'radio', { unitId: unit.id })));
  const held = {
    devices: byId([...keys, ...cameras, ...radios]),
    sites: byId(sites),
    units: byId(units),
    positions: new Map<string, Position>(),
  };
  const procedures = random.percent(30) ? [procedure] : [];
  const register = registerOf({ ...held, grids: byId(grids), stations: byId(stations), procedures });
  return {
    keys,
    cameras,
    radios,
    ...held,
    register,
    rules: makeRules(random),
    placeOf({ siteId, unitId }) {
      const site = siteId === undefined ? undefined : held.sites.get(siteId);
      if (site)
        return { stationId: site.stationId, ...(site.gridId === undefined ? {} : { gridId: site.gridId }), location: site.location };
      const unit = unitId === undefined ? undefined : held.units.get(unitId);
      return unit ? { stationId: unit.stationId } : {};
    },
  } as World;
}

const makeUnit = (random: Chance, at: number, stations: number): Unit => ({
  id: `unit-${at}`,
  name: `unit-${at}`,
  tier: 'city',
  stationId: `station-${random.whole(0, stations - 1)}`,
  gridIds: [],
  deviceIds: numbered(
    random.weighted([
      [0, 1],
      [1, 6],
      [2, 3],
    ] as const),
    (bearer) => `radio-${at}-${bearer}`,
  ),
  status: random.pick(statuses),
});

const makeSite = (random: Chance, at: number, stations: number): Site => {
  const station = random.whole(0, stations - 1);
  return {
    id: `site-${at}`,
    name: `site-${at}`,
    kind: random.pick(['bank', 'school', 'hospital']),
    stationId: `station-${station}`,
    ...(random.percent(80) ? { gridId: `grid-${station}` } : {}),
    address: '',
    location: point(random),
    contacts: [],
    exercise: false,
    ...(random.percent(20) ? { procedureId: procedure.id } : {}),
  };
};

const procedure: Procedure = { id: 'robbery', title: { zh: '', en: '' }, version: 1, kinds: ['emergency'], siteKinds: [], steps: [] };

interface Shelves extends Pick<World, 'devices' | 'sites' | 'units' | 'positions'> {
  readonly grids: ReadonlyMap<string, Grid>;
  readonly stations: ReadonlyMap<string, Station>;
  readonly procedures: readonly Procedure[];
}

function registerOf({ devices, sites, units, positions, grids, stations, procedures }: Shelves): Surveyed {
  const bearersOf = (id: string) => (units.get(id)?.deviceIds ?? []).flatMap((bearer) => devices.get(bearer) ?? []);
  return {
    device: (id) => devices.get(id),
    site: (id) => sites.get(id),
    grid: (id) => grids.get(id),
    station: (id) => stations.get(id),
    unit: (id) => units.get(id),
    units: () => [...units.values()],
    unitPosition: (id) => positions.get(id),
    bearersOf,
    procedures: () => procedures,
  };
}

/** The rules of the file as it is shipped, or others that the file could hold. */
export function makeRules(random: Chance): readonly PolicyRule[] {
  if (random.percent(50)) return shipped.escalation;
  const panic = { kinds: ['emergency', 'duress', 'unparsed', 'officer-emergency'] };
  return [
    { when: panic, policy: makePolicy(random, 'panic', 1) },
    { when: { kinds: ['assist'] }, policy: makePolicy(random, 'assist', 1) },
    { when: {}, policy: makePolicy(random, 'otherwise', 1) },
  ];
}

function makePolicy(random: Chance, id: string, least: number): EscalationPolicy {
  const atOnce = { communityOfficer: random.percent(50), nearest: random.whole(0, 3) };
  const order = {
    delivered: seconds(random.whole(1, 20)),
    accepted: seconds(random.whole(5, 60)),
    expires: seconds(random.pick([30, 120, 1800])),
    most: random.whole(0, 8),
  };
  return { id, atOnce, acknowledge: makeLadder(random, least), progress: makeLadder(random, 0), order };
}

function makeLadder(random: Chance, least: number): readonly Level[] {
  let after = 0;
  return numbered(random.whole(least, 4), () => {
    after += seconds(random.whole(1, 120));
    const steps: EscalationStep[] = random.shuffled(escalationSteps).slice(0, random.whole(1, escalationSteps.length));
    return { after, steps };
  });
}
