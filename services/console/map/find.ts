import { cameraStates, isFresh, unitLook } from '../parts/map/features.ts';
import type { Kind, MapState, Places, SiteColour, Thing } from '../parts/map/types.ts';

/** A line of the list that says what the map shows. */
export interface Line {
  readonly thing: Thing;
  readonly name: string;
  /** Name of its sign, and of the word for its state: `site.alarm`. */
  readonly sign: string;
  readonly state?: string;
  readonly placed: boolean;
}
type Ranked = Line & { readonly rank: number };

const siteRank: Readonly<Record<SiteColour, number>> = { alarm: 0, trouble: 1, due: 2, well: 3 };
const cameraRank = { faulty: 0, unknown: 1, good: 2 } as const;
const lookRank = { engaged: 0, free: 1, busy: 2, 'off-duty': 3 } as const;

type Lister = (places: Places, state: MapState | undefined, now: number) => Ranked[];

/** All of a kind; the lowest rank needs people first. */
const listers: Readonly<Record<Kind, Lister>> = {
  incident: incidentsOf,
  site: sitesOf,
  camera: camerasOf,
  loudspeaker: loudspeakersOf,
  unit: unitsOf,
  station: ({ stations }) => stations.map(({ id, name, location }) => plain({ kind: 'station', id }, name, location !== undefined)),
  grid: ({ grids }) => grids.map(({ id, name, area }) => plain({ kind: 'grid', id }, name, area !== undefined)),
};

const plain = (thing: Thing, name: string, placed: boolean): Ranked => ({ thing, name, sign: thing.kind, placed, rank: 0 });

function incidentsOf({ sites }: Places, state: MapState | undefined): Ranked[] {
  return (state?.incidents ?? []).map(({ id, number, kind, priority, siteId }, rank) => ({
    thing: { kind: 'incident', id },
    name: `${number} ${sites.name[siteId === undefined ? -1 : sites.id.indexOf(siteId)] ?? ''}`.trim(),
    sign: `priority-${priority}`,
    state: `kind.${kind}`,
    placed: true,
    rank,
  }));
}

function camerasOf(places: Places, state: MapState | undefined): Ranked[] {
  const states = cameraStates(places, state);
  return columns('camera', places.cameras, (index) => {
    const how = states[index] ?? 'unknown';
    return { sign: `camera-${how}`, state: `camera.${how}`, rank: cameraRank[how] };
  });
}

function loudspeakersOf({ loudspeakers }: Places, state: MapState | undefined): Ranked[] {
  const missing = new Set(state?.missing.loudspeakers);
  return columns('loudspeaker', loudspeakers, (_index, id) => {
    const how = missing.has(id) ? 'missing' : 'well';
    return { sign: `loudspeaker-${how}`, state: `loudspeaker.${how}`, rank: how === 'missing' ? 0 : 1 };
  });
}

function sitesOf(places: Places, state: MapState | undefined): Ranked[] {
  const colours = new Map<string, SiteColour>(state?.sites.map(({ id, state: colour }) => [id, colour]));
  return columns('site', places.sites, (_index, id) => {
    const colour = colours.get(id) ?? 'well';
    return { sign: `site-${colour}`, state: `site.${colour}`, rank: siteRank[colour] };
  });
}

function unitsOf(places: Places, state: MapState | undefined, now: number): Ranked[] {
  const known = new Map(state?.units.map((unit) => [unit.id, unit]));
  return places.units.map(({ id, name }) => {
    const unit = known.get(id) ?? { id, status: 'available' as const };
    const look = unitLook(unit);
    const fresh = unit.position !== undefined && isFresh(unit.position.at, now, places.figures.staleAfter);
    const sign = `unit-${look}-${fresh ? 'fresh' : 'stale'}`;
    return { thing: { kind: 'unit', id }, name, sign, state: `unit.${look}`, placed: unit.position !== undefined, rank: lookRank[look] };
  });
}

function columns(
  kind: Kind,
  { id, name, lat }: { readonly id: readonly string[]; readonly name: readonly string[]; readonly lat: readonly (number | null)[] },
  look: (index: number, id: string) => Pick<Ranked, 'sign' | 'state' | 'rank'>,
): Ranked[] {
  return id.map((each, index) => ({
    thing: { kind, id: each },
    name: name[index] ?? each,
    placed: lat[index] !== null && lat[index] !== undefined,
    ...look(index, each),
  }));
}

export interface Found {
  readonly lines: readonly Line[];
  readonly count: number;
}

/** What a search finds of a kind. @param most so many lines are given; the count tells of all */
export function find(kind: Kind, words: string, places: Places, state: MapState | undefined, now: number, most: number): Found {
  const wanted = words.trim().toLowerCase();
  const found = listers[kind](places, state, now).filter(
    ({ thing, name }) => name.toLowerCase().includes(wanted) || thing.id.includes(wanted),
  );
  // The order of ids is that of the register, and stays while states change within it.
  const lines = found.sort((a, b) => a.rank - b.rank).slice(0, most);
  return { lines, count: found.length };
}

/** How many there are of each kind. */
export const countsOf = (
  { sites, cameras, loudspeakers, units, stations, grids }: Places,
  state: MapState | undefined,
): Readonly<Record<Kind, number>> => ({
  incident: state?.incidents.length ?? 0,
  unit: units.length,
  site: sites.id.length,
  station: stations.length,
  camera: cameras.id.length,
  loudspeaker: loudspeakers.id.length,
  grid: grids.length,
});
