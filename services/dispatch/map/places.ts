import { viewOf } from '../../../devices/cameras/view.ts';
import { metresPerMinute, type Point, positionStaleAfter, type Tier, usualField } from '../../alarm/index.ts';
import type { Db } from '../../store/connect.ts';
import { type Area, rowsOf, type Shelf, toShelf } from '../../store/register.ts';
import type { Device, Register } from '../../store/register-view.ts';
import { usualReach } from '../coverage-cells.ts';

/**
 * What the map draws that stands still, a column a field: sixteen thousand cameras are two megabytes of JSON this way,
 * a tenth of it compressed. What is not known is null.
 */
export interface Places {
  readonly figures: Figures;
  readonly stations: readonly { readonly id: string; readonly name: string; readonly location?: Point }[];
  readonly grids: readonly { readonly id: string; readonly name: string; readonly stationId: string; readonly area?: Area }[];
  readonly sites: Placed & {
    readonly kind: readonly string[];
    readonly stationId: readonly string[];
    readonly gridId: readonly (string | null)[];
  };
  readonly cameras: Placed & {
    readonly siteId: readonly (string | null)[];
    /** Degrees from true north, clockwise. */
    readonly bearing: readonly (number | null)[];
    /** Degrees. */
    readonly fieldOfView: readonly (number | null)[];
    /** Metres. */
    readonly reach: readonly (number | null)[];
  };
  readonly loudspeakers: Placed & { readonly siteId: readonly (string | null)[] };
  readonly units: readonly { readonly id: string; readonly name: string; readonly tier: Tier; readonly stationId: string }[];
}

/** What the rules reckon with, so that the map draws the same. */
export interface Figures {
  /** Seconds; an older position says where a unit was. */
  readonly staleAfter: number;
  /** For each tier, the metres that a unit covers in a minute. */
  readonly metresPerMinute: Readonly<Record<Tier, number>>;
  /** Degrees and metres that a camera is taken to see where nobody said. */
  readonly usual: { readonly fieldOfView: number; readonly reach: number };
}

const figures: Figures = {
  staleAfter: positionStaleAfter / 1000,
  metresPerMinute,
  usual: { fieldOfView: usualField, reach: usualReach },
};

/** WGS-84, degrees. */
interface Placed {
  readonly id: readonly string[];
  readonly name: readonly string[];
  readonly lat: readonly (number | null)[];
  readonly lon: readonly (number | null)[];
}

export interface PlacesDeps {
  readonly db: Db;
  readonly register: Pick<Register, 'devices' | 'units' | 'placeOf'>;
}

export async function placesOf({ db, register }: PlacesDeps): Promise<Places> {
  const shelf = async <S extends Shelf>(name: S) => (await rowsOf(db, name)).map((row) => toShelf(name, row));
  const [stations, grids, sites] = await Promise.all([shelf('stations'), shelf('grids'), shelf('sites')]);
  const devices = byId(register.devices());
  const cameras = devices.filter(({ kind }) => kind === 'camera');
  const views = cameras.map(({ settings }) => viewOf(settings));
  const placed = (some: readonly Device[]) => ({
    ...columns(some, (device) => register.placeOf(device)),
    siteId: some.map(({ siteId }) => siteId ?? null),
  });
  return {
    figures,
    stations: stations.map(({ id, name, location }) => ({ id, name, ...(location && { location }) })),
    grids: grids.map(({ id, name, stationId, area }) => ({ id, name, stationId, ...(area && { area }) })),
    sites: {
      ...columns(sites, ({ location }) => location),
      kind: sites.map(({ kind }) => kind),
      stationId: sites.map(({ stationId }) => stationId),
      gridId: sites.map(({ gridId }) => gridId ?? null),
    },
    cameras: {
      ...placed(cameras),
      bearing: views.map(({ bearing }) => bearing ?? null),
      fieldOfView: views.map(({ fieldOfView }) => fieldOfView ?? null),
      reach: views.map(({ reach }) => reach ?? null),
    },
    loudspeakers: placed(devices.filter(({ kind }) => kind === 'loudspeaker')),
    units: byId(register.units()).map(({ id, name, tier, stationId }) => ({ id, name, tier, stationId })),
  };
}

function columns<T extends Named>(some: readonly T[], placeOf: (one: T) => Point | undefined) {
  const points = some.map(placeOf);
  return {
    id: some.map(({ id }) => id),
    name: some.map(({ name }) => name),
    lat: points.map((point) => degrees(point?.lat)),
    lon: points.map((point) => degrees(point?.lon)),
  };
}

/** Six decimals are a tenth of a metre. */
const degrees = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value * 1e6) / 1e6);

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The same register gives the same answer, byte for byte. */
const byId = <T extends Named>(some: readonly T[]): T[] => [...some].sort((a, b) => (a.id < b.id ? -1 : 1));
