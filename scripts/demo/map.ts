import type { Device, Grid, Site, Station, Unit } from '../../services/store/register.ts';
import { acting, numbered } from './figures.ts';
import { cameras, keysOf, loudspeakers } from './hardware.ts';
import { countyName, numerals, roadNames, townNames } from './names.ts';
import { type Chance, chance } from './random.ts';
import { placeSites } from './sites.ts';
import { areaOf, type Cell, layOut, middle, type Patch, placeIn, type Setting, streetsEachWay, whole } from './streets.ts';

/** Where a unit goes on patrol: the crossings of a part of a patch. */
export interface Beat {
  readonly patch: Patch;
  readonly cell: Cell;
  readonly onWheels: boolean;
}

export interface County {
  readonly stations: readonly Station[];
  readonly units: readonly Unit[];
  readonly grids: readonly Grid[];
  readonly sites: readonly Site[];
  readonly devices: readonly Device[];
  readonly cast: Cast;
}

/** Who acts: ids of devices. */
export interface Cast {
  readonly keys: readonly string[];
  readonly loudspeakers: readonly string[];
  readonly cameras: readonly string[];
  /** Cameras that give a picture: all of the sites whose keys act, so that whoever looks after a press sees something. */
  readonly seen: readonly string[];
  readonly radios: readonly { readonly id: string; readonly unitId: string; readonly beat: Beat; readonly leads: boolean }[];
}

/** A station's quarter while the county is drawn. */
export interface Quarter {
  readonly town: string;
  readonly setting: Setting;
  readonly patch: Patch;
  readonly station: Station;
  /** Names of the streets that run north, then of those that run east. */
  readonly roads: readonly string[];
  readonly cells: readonly { readonly cell: Cell; readonly gridId: string; readonly name: string }[];
}

const cuts: Readonly<Record<Setting, readonly [number, number]>> = { city: [3, 2], town: [2, 2], village: [2, 1] };

/** The whole county from a seed. Pure: the same seed gives the same county, to the last camera. */
export function makeCounty(seed: number): County {
  const quarters = drawQuarters(chance(seed, 'ground'));
  const sites = placeSites(quarters, chance(seed, 'sites'));
  const busy = busiestGrids(quarters, sites);
  const busySites = byTurns(sites, busy).slice(0, acting.keys);
  const keys = keysOf(sites);
  const seen = cameras(quarters, sites, chance(seed, 'cameras'));
  const actingSites = new Set(busySites.map((site) => site.id));
  const spoken = loudspeakers(quarters, sites, actingSites, chance(seed, 'loudspeakers'));
  const force = quarters.flatMap((quarter) => unitsOf(quarter, busy));
  const radios = force.map(({ unit }, index): Device => radioOf(unit, index));
  const units = force.map(({ unit }, index): Unit => ({ ...unit, deviceIds: [numbered('radio', index + 1, 3)] }));
  const first = (devices: readonly Device[], most: number) =>
    busySites.flatMap((site) => devices.find((device) => device.siteId === site.id)?.id ?? []).slice(0, most);
  return {
    stations: quarters.map(({ station }, index) => ({ ...station, dutyUnitId: numbered('duty', index + 1, 2) })),
    units,
    grids: quarters.flatMap((quarter) => gridsOf(quarter, units)),
    sites,
    devices: [...keys, ...radios, ...spoken, ...seen],
    cast: {
      keys: first(keys, acting.keys),
      loudspeakers: first(spoken, acting.loudspeakers),
      cameras: first(seen, acting.cameras),
      seen: seen.flatMap(({ id, siteId }) => (siteId !== undefined && actingSites.has(siteId) ? [id] : [])),
      radios: force.flatMap(({ unit, beat, leads, onShift }, index) =>
        onShift ? [{ id: numbered('radio', index + 1, 3), unitId: unit.id, beat, leads }] : [],
      ),
    },
  };
}

function drawQuarters(draw: Chance): Quarter[] {
  const grounds = layOut(draw);
  const towns = townNames(draw, grounds.length);
  const roads = roadNames(draw, grounds.length * streetsEachWay * 2);
  return grounds.map(({ patch, setting }, index): Quarter => {
    const town = towns[index] ?? countyName;
    const id = numbered('station', index + 1, 2);
    const cells = cut(setting).map((cell, n) => ({
      cell,
      gridId: `${id.replace('station', 'grid')}-${n + 1}`,
      name: `${town}第${numerals[n] ?? n + 1}网格`,
    }));
    const station = { id, name: `${town}派出所`, location: placeIn(patch, 0.4375, 0.46) };
    return { town, setting, patch, station, cells, roads: roads.slice(index * streetsEachWay * 2, (index + 1) * streetsEachWay * 2) };
  });
}

function cut(setting: Setting): Cell[] {
  const [across, up] = cuts[setting];
  return Array.from({ length: across * up }, (_, n) => {
    const [column, row] = [n % across, Math.floor(n / across)];
    return { fromU: column / across, toU: (column + 1) / across, fromV: row / up, toV: (row + 1) / up };
  });
}

/** Each station's fullest grid, and the next fullest until every acting radio has a unit: two of each station's own, then the officers of these. */
function busiestGrids(quarters: readonly Quarter[], sites: readonly Site[]): ReadonlySet<string> {
  const count = (gridId: string) => sites.filter((site) => site.gridId === gridId).length;
  const byFullness = quarters.map(({ cells }) => cells.map(({ gridId }) => gridId).sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1)));
  const firsts = byFullness.flatMap((ids) => ids.slice(0, 1));
  const others = byFullness.flatMap((ids) => ids.slice(1)).sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
  return new Set([...firsts, ...others].slice(0, acting.radios - 2 * quarters.length));
}

/** The first site of each of these grids, then the second of each, and so on. */
function byTurns(sites: readonly Site[], gridIds: ReadonlySet<string>): Site[] {
  const rows = [...gridIds].map((gridId) => sites.filter((site) => site.gridId === gridId));
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, turn) => rows.flatMap((row) => row.slice(turn, turn + 1))).flat();
}

interface Team {
  readonly unit: Unit;
  readonly beat: Beat;
  readonly onShift: boolean;
  readonly leads: boolean;
}

/** A duty leader keeps the station: called when nobody answers, never as the nearest. */
const statusOf = (kind: string, onShift: boolean): Unit['status'] => (kind === 'duty' ? 'busy' : onShift ? 'available' : 'off-duty');

/** A duty leader, two patrols of which one has its shift, and a community officer for each grid. Only who has a shift can be sent. */
function unitsOf({ station, town, setting, patch, cells }: Quarter, busy: ReadonlySet<string>): Team[] {
  const everywhere = cells.map(({ gridId }) => gridId);
  const team = (kind: string, name: string, gridIds: readonly string[], beat: Omit<Beat, 'patch'>, onShift: boolean): Team => ({
    unit: {
      id: station.id.replace('station', kind),
      name,
      tier: setting,
      stationId: station.id,
      gridIds,
      deviceIds: [],
      status: statusOf(kind, onShift),
    },
    beat: { patch, ...beat },
    onShift,
    leads: kind === 'duty',
  });
  return [
    team('duty', `${town}所值班领导`, [], { cell: middle, onWheels: true }, true),
    team('patrol-a', `${town}所巡逻一组`, everywhere, { cell: whole, onWheels: true }, true),
    team('patrol-b', `${town}所巡逻二组`, everywhere, { cell: whole, onWheels: true }, false),
    ...cells.map(({ cell, gridId, name }) => {
      const officer = team('officer', `${name}社区民警`, [gridId], { cell, onWheels: setting !== 'city' }, busy.has(gridId));
      return { ...officer, unit: { ...officer.unit, id: gridId.replace('grid', 'officer') } };
    }),
  ];
}

const gridsOf = ({ station, patch, cells }: Quarter, units: readonly Unit[]): Grid[] =>
  cells.map(({ cell, gridId, name }) => ({
    id: gridId,
    name,
    stationId: station.id,
    area: areaOf(patch, cell),
    officerUnitId: gridId.replace('grid', 'officer'),
    unitIds: units.filter((unit) => unit.gridIds.includes(gridId)).map((unit) => unit.id),
  }));

const radioOf = (unit: Unit, index: number): Device => ({
  id: numbered('radio', index + 1, 3),
  kind: 'radio',
  driver: 'mqtt',
  name: `${unit.name}对讲机`,
  unitId: unit.id,
  settings: {},
  exercise: true,
});
