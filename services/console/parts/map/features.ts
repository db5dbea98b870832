import type { Feature, FeatureCollection, Geometry, Point as PointGeometry } from 'geojson';
import { type Box, boxOf, type LonLat, type Point, rectangles, type Seeing, sector } from './shapes.ts';
import {
  type CameraState,
  type Coverage,
  type Kind,
  type MapState,
  type MapUnit,
  type Places,
  pointAt,
  type SiteColour,
  type Thing,
} from './types.ts';

/** What is known, as GeoJSON for the picture. `put` converts to the picture's datum. */

export type Put = (at: LonLat) => LonLat;
type Collection<G extends Geometry = Geometry> = FeatureCollection<G>;

export const collection = <G extends Geometry>(features: Feature<G>[]): Collection<G> => ({ type: 'FeatureCollection', features });
export const point = (coordinates: LonLat, properties: object = {}): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
});
export const line = (coordinates: LonLat[], properties: object = {}): Feature => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates },
  properties,
});
const dot = (put: Put, { lat, lon }: Point, properties: object, id?: number): Feature<PointGeometry> => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  geometry: { type: 'Point', coordinates: put([lon, lat]) },
  properties,
});

/** How each camera is, in the order of the places. */
export function cameraStates({ cameras }: Places, state: MapState | undefined): readonly CameraState[] {
  if (!state) return cameras.id.map(() => 'unknown');
  const named = new Map<string, CameraState>();
  for (const each of ['good', 'faulty', 'unknown'] as const) for (const id of state.cameras[each]) named.set(id, each);
  return cameras.id.map((id) => named.get(id) ?? state.cameras.most);
}

/** Cameras by their place in the list: `s` is the state, `b` where it looks. */
export function cameraFeatures({ cameras }: Places, states: readonly CameraState[], put: Put): Collection<PointGeometry> {
  return collection(
    cameras.id.flatMap((_id, index) => {
      const point = pointAt(cameras, index);
      if (!point) return [];
      const bearing = cameras.bearing[index];
      return [dot(put, point, { s: states[index], ...(typeof bearing === 'number' ? { b: bearing } : {}) }, index)];
    }),
  );
}

/** Cameras whose state is another one than before; undefined when the lists are of different cameras. */
export function changedStates(before: readonly CameraState[], now: readonly CameraState[]): readonly number[] | undefined {
  return before.length === now.length ? now.flatMap((state, index) => (state === before[index] ? [] : [index])) : undefined;
}

/** What a camera sees, with the usual figures where the installer gave none; undefined where nobody said which way it looks. */
export function seeingOf({ cameras, figures }: Places, index: number): Seeing | undefined {
  const point = pointAt(cameras, index);
  const [bearing, fieldOfView = null] = [cameras.bearing[index] ?? null, cameras.fieldOfView[index]];
  if (!point || (bearing === null && (fieldOfView ?? 0) < 360)) return undefined;
  const { usual } = figures;
  return { ...point, bearing: bearing ?? 0, fieldOfView: fieldOfView ?? usual.fieldOfView, reach: cameras.reach[index] ?? usual.reach };
}

/** The ground before the cameras of a view; the nearest to its middle where there are too many. */
export function sectorFeatures(places: Places, states: readonly CameraState[], view: Box, most: number, put: Put): Collection {
  const margin = { lat: (view.north - view.south) / 4, lon: (view.east - view.west) / 4 };
  const middle = { lat: (view.north + view.south) / 2, lon: (view.east + view.west) / 2 };
  const near = places.cameras.id.flatMap((_id, index) => {
    const point = pointAt(places.cameras, index);
    if (!point || Math.abs(point.lat - middle.lat) > 3 * margin.lat || Math.abs(point.lon - middle.lon) > 3 * margin.lon) return [];
    return [{ index, far: Math.hypot(point.lat - middle.lat, point.lon - middle.lon) }];
  });
  const shown = near.length > most ? near.sort((a, b) => a.far - b.far).slice(0, most) : near;
  return collection(
    shown.flatMap(({ index }): Feature[] => {
      const seeing = seeingOf(places, index);
      if (!seeing) return [];
      return [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [sector(seeing).map(put)] }, properties: { s: states[index] } }];
    }),
  );
}

export function siteFeatures({ sites }: Places, state: MapState | undefined, put: Put): Collection<PointGeometry> {
  const colours = new Map<string, SiteColour>(state?.sites.map(({ id, state: colour }) => [id, colour]));
  return collection(
    sites.id.flatMap((id, index) => {
      const point = pointAt(sites, index);
      const colour = colours.get(id) ?? 'well';
      return point ? [dot(put, point, { id, name: sites.name[index], c: colour, sort: order[colour] })] : [];
    }),
  );
}
/** The worst is drawn last, on top. */
const order: Readonly<Record<SiteColour, number>> = { well: 0, due: 1, trouble: 2, alarm: 3 };

export function loudspeakerFeatures({ loudspeakers }: Places, state: MapState | undefined, put: Put): Collection<PointGeometry> {
  const missing = new Set(state?.missing.loudspeakers);
  return collection(
    loudspeakers.id.flatMap((id, index) => {
      const point = pointAt(loudspeakers, index);
      return point ? [dot(put, point, { id, s: missing.has(id) ? 'missing' : 'well' })] : [];
    }),
  );
}

export const stationFeatures = ({ stations }: Places, put: Put): Collection<PointGeometry> =>
  collection(stations.flatMap(({ id, name, location }) => (location ? [dot(put, location, { id, name })] : [])));

export type UnitLook = 'free' | 'engaged' | 'busy' | 'off-duty';
export function unitLook({ status, engagedOn }: MapUnit): UnitLook {
  if (status !== 'available') return status;
  return engagedOn === undefined ? 'free' : 'engaged';
}

/** Whether a position still says where the unit is. @param now seconds UTC */
export const isFresh = (at: string, now: number, staleAfter: number): boolean => now - Date.parse(at) / 1000 <= staleAfter;

export function unitFeatures(places: Places, state: MapState | undefined, now: number, put: Put): Collection<PointGeometry> {
  const names = new Map(places.units.map(({ id, name }) => [id, name]));
  return collection(
    (state?.units ?? []).flatMap((unit) => {
      const { id, position } = unit;
      if (!position) return [];
      const age = isFresh(position.at, now, places.figures.staleAfter) ? 'fresh' : 'stale';
      return [dot(put, position, { id, name: names.get(id) ?? id, s: `${unitLook(unit)}-${age}` })];
    }),
  );
}

/** A grid's area, and the point where its name stands. */
export function gridFeatures({ grids }: Places, put: Put): { readonly areas: Collection; readonly names: Collection<PointGeometry> } {
  const drawn = grids.flatMap(({ id, name, area }) => (area ? [{ id, name, rings: area.coordinates as number[][][] }] : []));
  return {
    areas: collection(
      drawn.map(({ id, name, rings }) => ({
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map(([lon = 0, lat = 0]) => put([lon, lat]))) },
        properties: { id, name },
      })),
    ),
    names: collection(
      drawn.flatMap(({ id, name, rings }) => {
        const middle = middleOf(rings[0] ?? []);
        return middle ? [dot(put, middle, { id, name })] : [];
      }),
    ),
  };
}

export function middleOf(ring: readonly (readonly number[])[]): Point | undefined {
  const box = boxOf(ring.map(([lon = 0, lat = 0]) => ({ lat, lon })));
  return box && { lat: (box.south + box.north) / 2, lon: (box.west + box.east) / 2 };
}

/** Ground that nobody sees, and ground seen by cameras of which nobody knows whether they are good. */
export function coverageFeatures(grounds: readonly Coverage[], put: Put): Collection {
  return collection(
    grounds.flatMap((ground) =>
      (['blind', 'unsure'] as const).map(
        (how): Feature => ({
          type: 'Feature',
          geometry: { type: 'MultiPolygon', coordinates: rectangles(ground, ground[how]).map((ring) => [ring.map(put)]) },
          properties: { how },
        }),
      ),
    ),
  );
}

type Finder = (id: string, places: Places, state: MapState | undefined) => Point | undefined;
const finders: Readonly<Record<Kind, Finder>> = {
  camera: (id, { cameras }) => pointAt(cameras, cameras.id.indexOf(id)),
  loudspeaker: (id, { loudspeakers }) => pointAt(loudspeakers, loudspeakers.id.indexOf(id)),
  site: (id, { sites }) => pointAt(sites, sites.id.indexOf(id)),
  station: (id, { stations }) => stations.find((station) => station.id === id)?.location,
  unit: (id, _places, state) => state?.units.find((unit) => unit.id === id)?.position,
  grid: (id, { grids }) => middleOf(outlineOf(grids.find((grid) => grid.id === id))),
  incident: incidentPlace,
};

/** Where a thing is; undefined for what has no place. */
export const placeOf = ({ kind, id }: Thing, places: Places, state: MapState | undefined): Point | undefined =>
  finders[kind](id, places, state);

/** The outer edge of a grid's area; none where it has no area. */
export const outlineOf = (grid: Places['grids'][number] | undefined): readonly (readonly number[])[] =>
  (grid?.area?.coordinates[0] ?? []) as readonly (readonly number[])[];

/** Its own place, else that of its device, else that of its site. */
function incidentPlace(id: string, places: Places, state: MapState | undefined): Point | undefined {
  const incident = state?.incidents.find((each) => each.id === id);
  if (!incident) return undefined;
  const { location, siteId, deviceId } = incident;
  const byDevice = deviceId === undefined ? undefined : placeOf({ kind: 'camera', id: deviceId }, places, state);
  return location ?? byDevice ?? (siteId === undefined ? undefined : placeOf({ kind: 'site', id: siteId }, places, state));
}
