import { viewOf } from '../../devices/cameras/view.ts';
import type { Instant, Point, Procedure } from '../alarm/index.ts';
import type { Log } from '../ports.ts';
import type { Db, Store } from './connect.ts';
import {
  type Device,
  type Grid,
  type Position,
  positionsSince,
  rowsOf,
  type Shelf,
  type Shelves,
  type Site,
  type Station,
  shelves,
  toShelf,
  type Unit,
  type Zone,
} from './register.ts';
import { type Nearby, nearby, type Patches, patchAt, patchesOf } from './register-near.ts';
import { refresher } from './register-refresh.ts';

export type { Device, Grid, Position, Site, Station, Unit, Zone } from './register.ts';

/**
 * The whole register in memory, for what must not wait for the record: 20,000 devices take about 20 MB. It follows the
 * hub's `register` news row by row, so it may lag behind another process, never behind a writer that awaited `touch`.
 */
export interface Register {
  device(id: string): Device | undefined;
  devices(): Device[];
  site(id: string): Site | undefined;
  station(id: string): Station | undefined;
  grid(id: string): Grid | undefined;
  unit(id: string): Unit | undefined;
  zone(id: string): Zone | undefined;
  procedures(): readonly Procedure[];
  units(): readonly Unit[];
  unitsOf(stationId: string): readonly Unit[];
  /** The unit's registered devices in the order in which they are tried. */
  bearersOf(unitId: string): Device[];
  devicesAtSite(siteId: string): Device[];
  /** Those whose settings name the device as their `bridge`. */
  devicesBehind(bridgeId: string): Device[];
  /** Cameras that the installer bound to this site or key. */
  camerasBoundTo(id: string): Device[];
  cameras(): Device[];
  /** Where a device stands: its own place, else its site's. Not where it moves: see `position`. */
  placeOf(device: Device): Point | undefined;
  /** Drills and simulated devices, by the device's own mark or its site's. */
  inExercise(device: Device): boolean;
  gridAt(point: Point): Grid | undefined;
  /** Nearest first. @param radius in metres */
  loudspeakersNear(point: Point, radius: number): Device[];
  camerasNear(point: Point, most: number): Device[];
  /** As `device`, but asks the record once when the view does not know it: news of it may still be on its way. */
  deviceOrLoad(id: string): Promise<Device | undefined>;
  position(deviceId: string): Position | undefined;
  /** The one heard last among those of the unit's bearers. */
  unitPosition(unitId: string): Position | undefined;
  /** Keeps the newer of the two; the record's row is the ear's to write. */
  setPosition(deviceId: string, position: Position): void;
  /** Reads the positions that other processes wrote since the last call. */
  catchUpPositions(): Promise<void>;
  /**
   * Refreshes what the news names (`devices:ID`, or `all`) and resolves when the view has it.
   * @throws what the record says; the view then keeps what it had and tries again with the next news
   */
  touch(...about: readonly string[]): Promise<void>;
  close(): void;
}

/** Reads the whole register and follows its news until closed. */
export async function openRegister(store: Store, log: Log): Promise<Register> {
  const view = new View();
  const refresh = refresher((ids) => view.read(store.urgent, ids));
  const hearing = store.hub.listen('register', (about) => {
    refresh([about]).catch((error: unknown) =>
      log.error({ err: error, about }, 'The register could not be read again; the next news tries it again'),
    );
  });
  const positions = positionsOf(view, store);
  try {
    await refresh(['all']);
    await positions.catchUp();
  } catch (error) {
    hearing.stop();
    throw error;
  }
  return {
    device: (id) => view.maps.devices.get(id),
    devices: () => [...view.maps.devices.values()],
    site: (id) => view.maps.sites.get(id),
    station: (id) => view.maps.stations.get(id),
    grid: (id) => view.maps.grids.get(id),
    unit: (id) => view.maps.units.get(id),
    zone: (id) => view.maps.zones.get(id),
    procedures: () => [...view.maps.procedures.values()],
    units: () => [...view.maps.units.values()],
    unitsOf: (stationId) => [...view.maps.units.values()].filter((unit) => unit.stationId === stationId),
    bearersOf: (unitId) => view.bearersOf(unitId),
    devicesAtSite: (siteId) => [...(view.bySite.get(siteId) ?? [])].flatMap((id) => view.maps.devices.get(id) ?? []),
    devicesBehind: (bridgeId) => [...(view.byBridge.get(bridgeId) ?? [])].flatMap((id) => view.maps.devices.get(id) ?? []),
    camerasBoundTo: (id) => [...(view.byBinding.get(id) ?? [])].flatMap((camera) => view.maps.devices.get(camera) ?? []),
    cameras: () => [...view.maps.devices.values()].filter((device) => device.kind === 'camera'),
    placeOf: (device) => view.placeOf(device),
    inExercise: (device) => device.exercise || (device.siteId !== undefined && view.maps.sites.get(device.siteId)?.exercise === true),
    gridAt: (point) => patchAt(view.patches(), point),
    loudspeakersNear: (point, radius) => view.nearby('loudspeaker').find(point, Number.POSITIVE_INFINITY, radius),
    camerasNear: (point, most) => view.nearby('camera').find(point, most),
    async deviceOrLoad(id) {
      if (!view.maps.devices.has(id)) await refresh([`devices:${id}`]);
      return view.maps.devices.get(id);
    },
    position: (deviceId) => view.positions.get(deviceId),
    unitPosition: (unitId) => freshest(view.bearersOf(unitId).flatMap((device) => view.positions.get(device.id) ?? [])),
    setPosition: positions.set,
    catchUpPositions: positions.catchUp,
    touch: (...about) => refresh(about),
    close: () => hearing.stop(),
  };
}

const freshest = (positions: readonly Position[]): Position | undefined =>
  positions.reduce<Position | undefined>((best, position) => (best && best.receivedAt >= position.receivedAt ? best : position), undefined);

function positionsOf(view: View, store: Store) {
  let upTo: Instant | undefined;
  const set = (deviceId: string, position: Position): void => {
    const known = view.positions.get(deviceId);
    if (!known || known.at <= position.at) view.positions.set(deviceId, position);
  };
  const catchUp = async (): Promise<void> => {
    for (const { deviceId, position } of await positionsSince(store.routine, upTo)) {
      set(deviceId, position);
      upTo = Math.max(upTo ?? 0, position.receivedAt);
    }
  };
  return { set, catchUp };
}

function boundTo({ kind, settings }: Device): readonly string[] {
  if (kind !== 'camera') return [];
  const { watches = [], aims = {} } = viewOf(settings);
  return [...watches, ...Object.keys(aims)];
}

type Maps = { readonly [S in Shelf]: Map<string, Shelves[S]> };

class View {
  readonly maps: Maps = {
    stations: new Map(),
    grids: new Map(),
    sites: new Map(),
    units: new Map(),
    devices: new Map(),
    zones: new Map(),
    procedures: new Map(),
  };
  readonly bySite = new Map<string, Set<string>>();
  readonly byBridge = new Map<string, Set<string>>();
  readonly byBinding = new Map<string, Set<string>>();
  readonly positions = new Map<string, Position>();
  readonly #near = new Map<'camera' | 'loudspeaker', Nearby>();
  #patches: Patches | undefined;

  /** @param ids by shelf, or undefined for everything */
  async read(db: Db, ids: ReadonlyMap<Shelf, readonly string[]> | undefined): Promise<void> {
    if (ids === undefined) await Promise.all(shelves.map((shelf) => this.#readShelf(db, shelf)));
    else await Promise.all([...ids].map(([shelf, some]) => this.#readShelf(db, shelf, some)));
    this.#near.clear();
    this.#patches = undefined;
  }

  bearersOf(unitId: string): Device[] {
    return (this.maps.units.get(unitId)?.deviceIds ?? []).flatMap((id) => this.maps.devices.get(id) ?? []);
  }

  placeOf(device: Device): Point | undefined {
    return device.location ?? (device.siteId === undefined ? undefined : this.maps.sites.get(device.siteId)?.location);
  }

  nearby(kind: 'camera' | 'loudspeaker'): Nearby {
    let found = this.#near.get(kind);
    if (!found) {
      const placed = [...this.maps.devices.values()].flatMap((device) => {
        const point = device.kind === kind ? this.placeOf(device) : undefined;
        return point ? [{ device, point }] : [];
      });
      found = nearby(placed);
      this.#near.set(kind, found);
    }
    return found;
  }

  patches(): Patches {
    this.#patches ??= patchesOf(this.maps.grids.values());
    return this.#patches;
  }

  async #readShelf<S extends Shelf>(db: Db, shelf: S, ids?: readonly string[]): Promise<void> {
    const rows = await rowsOf(db, shelf, ids);
    const items = rows.map((row) => toShelf(shelf, row));
    const found = new Map(items.map((item) => [item.id, item]));
    for (const id of ids ?? [...this.maps[shelf].keys()]) if (!found.has(id)) this.#drop(shelf, id);
    for (const [id, item] of found) {
      this.#unfile(shelf, id);
      this.maps[shelf].set(id, item);
      this.#file(shelf, id);
    }
  }

  #drop(shelf: Shelf, id: string): void {
    this.#unfile(shelf, id);
    this.maps[shelf].delete(id);
    if (shelf === 'devices') this.positions.delete(id);
  }

  #file(shelf: Shelf, id: string): void {
    for (const [index, place] of this.#places(shelf, id)) index.set(place, (index.get(place) ?? new Set()).add(id));
  }

  #unfile(shelf: Shelf, id: string): void {
    for (const [index, place] of this.#places(shelf, id)) {
      const there = index.get(place);
      there?.delete(id);
      if (there?.size === 0) index.delete(place);
    }
  }

  /** Under which entries of which indexes a device is found. */
  #places(shelf: Shelf, id: string): (readonly [Map<string, Set<string>>, string])[] {
    const device = shelf === 'devices' ? this.maps.devices.get(id) : undefined;
    const bridge = device?.settings['bridge'];
    return [
      ...(device?.siteId === undefined ? [] : [[this.bySite, device.siteId] as const]),
      ...(typeof bridge === 'string' ? [[this.byBridge, bridge] as const] : []),
      ...(device ? boundTo(device) : []).map((place) => [this.byBinding, place] as const),
    ];
  }
}
