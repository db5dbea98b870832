import booleanPointInPolygon from '@turf/boolean-point-in-polygon';
import type { Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { bodies } from '../../services/dispatch/routes/register-schemas.ts';
import type { Device } from '../../services/store/register.ts';
import { patchAt, patchesOf } from '../../services/store/register-near.ts';
import { acting } from './figures.ts';
import { makeCounty } from './map.ts';

const county = makeCounty(1);
const { stations, grids, sites, units, devices, cast } = county;
const ofKind = (kind: Device['kind']) => devices.filter((device) => device.kind === kind);
const all = [...stations, ...grids, ...sites, ...units, ...devices];

describe('the figures of the county', () => {
  test.each([
    ['stations', stations.length, 19],
    ['sites', sites.length, 400],
    ['cameras', ofKind('camera').length, 16_100],
    ['keys', ofKind('key').length, 400],
    ['radios, one for each unit', ofKind('radio').length, units.length],
    ['acting keys', cast.keys.length, acting.keys],
    ['acting radios', cast.radios.length, acting.radios],
    ['acting loudspeakers', cast.loudspeakers.length, acting.loudspeakers],
    ['acting cameras', cast.cameras.length, acting.cameras],
  ])('%s', (_name, count, wanted) => expect(count).toBe(wanted));

  test('a seed gives its own county, and always the same', () => {
    expect(makeCounty(1)).toEqual(county);
    expect(makeCounty(2).sites[0]).not.toEqual(sites[0]);
  });

  test.each([2, 3, 4, 5, 77_777, 20_260_101])('hold for seed %i', (seed) => {
    const other = makeCounty(seed);
    expect([other.stations.length, other.sites.length, other.devices.filter(({ kind }) => kind === 'camera').length]).toEqual([
      19, 400, 16_100,
    ]);
    expect([other.cast.keys.length, other.cast.radios.length, other.cast.loudspeakers.length, other.cast.cameras.length]).toEqual([
      40, 60, 40, 30,
    ]);
  });
});

describe('what is registered', () => {
  test('ids are valid and name one thing each', () => {
    for (const { id } of all) expect(id).toMatch(/^demo-[a-z0-9-]{1,59}$/);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('the API would take every row', () => {
    for (const shelf of ['stations', 'grids', 'sites', 'units'] as const)
      for (const row of county[shelf]) expect(bodies[shelf].safeParse(row).error).toBeUndefined();
    for (const device of devices) expect(bodies.devices.safeParse(device).error).toBeUndefined();
  });

  test('all of it is an exercise', () => {
    expect([...sites, ...devices].filter(({ exercise }) => !exercise)).toEqual([]);
  });

  test('no two sites, streets of a station or units share a name', () => {
    for (const rows of [stations, grids, sites, units]) expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test('every tier patrols', () => {
    expect([...new Set(units.map(({ tier }) => tier))].sort()).toEqual(['city', 'town', 'village']);
  });
});

describe('references', () => {
  const has = (rows: readonly { readonly id: string }[]) => {
    const ids = new Set(rows.map(({ id }) => id));
    return (id: string | undefined) => id === undefined || ids.has(id);
  };
  test('name what there is', () => {
    const [station, grid, site, unit, device] = [stations, grids, sites, units, devices].map(has);
    expect(stations.every(({ dutyUnitId }) => dutyUnitId !== undefined && unit?.(dutyUnitId))).toBe(true);
    expect(
      grids.every(
        ({ stationId, officerUnitId, unitIds }) => station?.(stationId) && unit?.(officerUnitId) && unitIds.every((id) => unit?.(id)),
      ),
    ).toBe(true);
    expect(sites.every(({ stationId, gridId }) => station?.(stationId) && grid?.(gridId))).toBe(true);
    expect(units.every(({ stationId, deviceIds }) => station?.(stationId) && deviceIds.every((id) => device?.(id)))).toBe(true);
    expect(devices.every(({ siteId, unitId }) => site?.(siteId) && unit?.(unitId))).toBe(true);
  });

  test('tell the same at both ends', () => {
    const pairs = (rows: readonly (readonly [string, string])[]) => rows.map((pair) => pair.join(' ')).sort();
    expect(pairs(units.flatMap(({ id, deviceIds }) => deviceIds.map((deviceId) => [id, deviceId] as const)))).toEqual(
      pairs(devices.flatMap(({ id, unitId }) => (unitId === undefined ? [] : [[unitId, id] as const]))),
    );
    expect(pairs(units.flatMap(({ id, gridIds }) => gridIds.map((gridId) => [id, gridId] as const)))).toEqual(
      pairs(grids.flatMap(({ id, unitIds }) => unitIds.map((unitId) => [unitId, id] as const))),
    );
  });

  test('whoever can be called has an acting radio', () => {
    expect(
      units
        .filter(({ status }) => status !== 'off-duty')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(cast.radios.map(({ unitId }) => unitId).sort());
    const leaders = new Set(stations.map(({ dutyUnitId }) => dutyUnitId));
    expect(units.filter(({ status }) => status === 'busy').every(({ id }) => leaders.has(id))).toBe(true);
  });
});

describe('the ground', () => {
  const patches = patchesOf(grids);
  test('every area is a closed ring that runs counter-clockwise', () => {
    for (const { area } of grids) {
      const ring = area?.coordinates[0] ?? [];
      expect(ring.at(-1)).toEqual(ring[0]);
      const turned = ring
        .slice(1)
        .reduce((sum, [x = 0, y = 0], index) => sum + (ring[index]?.[0] ?? 0) * y - x * (ring[index]?.[1] ?? 0), 0);
      expect(turned).toBeGreaterThan(0);
    }
  });

  test('every site stands in its grid and nowhere else', () => {
    for (const { gridId, location } of sites) {
      const found = patches.filter(({ polygon }) => location && booleanPointInPolygon([location.lon, location.lat], polygon as Polygon));
      expect(found.map(({ grid }) => grid.id)).toEqual([gridId]);
    }
  });

  test('every device with a place of its own stands in a grid', () => {
    expect(devices.filter(({ location }) => location && !patchAt(patches, location))).toEqual([]);
    expect(ofKind('camera').every(({ location }) => location !== undefined)).toBe(true);
  });
});
